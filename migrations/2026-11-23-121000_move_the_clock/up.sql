-- The time by which rows date themselves: a transaction may say another one, so that the demo's past lies in the past.
create function shop_now() returns timestamptz language sql stable as $$
    select coalesce(nullif(current_setting('barrow.now', true), '')::timestamptz, now())
$$;
alter table events alter column at set default shop_now();
alter table audit alter column at set default shop_now();
alter table mails alter column created_at set default shop_now();
alter table staff alter column created_at set default shop_now();
alter table stock_movements alter column at set default shop_now();
