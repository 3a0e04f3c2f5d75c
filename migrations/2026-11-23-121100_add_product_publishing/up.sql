-- A draft that becomes active by itself, and the mark of the form that made a product, so that a form sent twice makes one.
alter table products
    add column publish_at timestamptz,
    add column form_key text unique,
    add check (publish_at is null or status = 'draft');
create index products_due on products (publish_at) where publish_at is not null;

-- A product that was never sold may go, and its shelf and ledger with it; by itself no row of a ledger can.
alter table stock_movements
    drop constraint stock_movements_stock_id_fkey,
    add constraint stock_movements_stock_id_fkey foreign key (stock_id) references stock on delete cascade;
drop trigger stock_movements_append_only on stock_movements;
create trigger stock_movements_append_only before update or truncate on stock_movements
    for each statement execute function refuse_change();
create trigger stock_movements_stay before delete on stock_movements
    for each statement when (pg_trigger_depth() = 0) execute function refuse_change();

create function stock_goes_when_never_sold() returns trigger language plpgsql as $$
begin
    if exists (select 1 from order_lines where variant_id = old.variant_id) then
        raise exception 'stock %: its variant was sold', old.id
            using errcode = 'integrity_constraint_violation', constraint = 'stock_goes_when_never_sold';
    end if;
    return old;
end $$;
create trigger stock_goes_when_never_sold before delete on stock
    for each row execute function stock_goes_when_never_sold();
