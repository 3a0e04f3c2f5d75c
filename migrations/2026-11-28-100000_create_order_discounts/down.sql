drop table order_discounts;
create or replace function order_sums_agree() returns trigger language plpgsql as $$
declare
    row_id bigint;
    ok boolean;
begin
    if tg_table_name = 'orders' then row_id := new.id; else row_id := new.order_id; end if;
    select o.goods_total = coalesce((select sum(l.unit_price * l.quantity) from order_lines l where l.order_id = o.id), 0)
       and o.discount_total = coalesce((select sum(l.discount) from order_lines l where l.order_id = o.id), 0)
       and o.tax_total = coalesce((select sum(t.amount) from order_taxes t where t.order_id = o.id), 0)
      into ok from orders o where o.id = row_id;
    if not ok then
        raise exception 'order %: totals differ from their parts', row_id
            using errcode = 'check_violation', constraint = 'order_sums_agree';
    end if;
    return null;
end $$;
alter table orders drop column shipping_discount;
