drop trigger stock_goes_when_never_sold on stock;
drop function stock_goes_when_never_sold();
drop trigger stock_movements_stay on stock_movements;
drop trigger stock_movements_append_only on stock_movements;
create trigger stock_movements_append_only before update or delete or truncate on stock_movements
    for each statement execute function refuse_change();
alter table stock_movements
    drop constraint stock_movements_stock_id_fkey,
    add constraint stock_movements_stock_id_fkey foreign key (stock_id) references stock on delete restrict;
alter table products drop column publish_at, drop column form_key;
