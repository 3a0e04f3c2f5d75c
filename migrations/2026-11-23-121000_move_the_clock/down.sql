alter table events alter column at set default now();
alter table audit alter column at set default now();
alter table mails alter column created_at set default now();
alter table staff alter column created_at set default now();
alter table stock_movements alter column at set default now();
drop function shop_now;
