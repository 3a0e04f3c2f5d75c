-- Discounts as typed rows, named as they were when the order was placed; no line: on delivery. An empty name: taken off by hand.
create table order_discounts (
    id bigint generated always as identity primary key,
    order_id bigint not null references orders on delete restrict,
    order_line_id bigint references order_lines on delete restrict,
    name text not null,
    promotion_id bigint,
    code text,
    amount bigint not null check (amount > 0)
);
create index order_discounts_order on order_discounts (order_id);
create index order_discounts_promotion on order_discounts (promotion_id) where promotion_id is not null;
insert into order_discounts (order_id, order_line_id, name, amount)
    select order_id, id, '', discount from order_lines where discount > 0;

-- What discounts took off delivery; shipping_total is what is left.
alter table orders add column shipping_discount bigint not null default 0 check (shipping_discount >= 0);

-- At commit lines, discounts and taxes sum up to the totals of their order.
create or replace function order_sums_agree() returns trigger language plpgsql as $$
declare
    row_id bigint;
    ok boolean;
begin
    if tg_table_name = 'orders' then row_id := new.id; else row_id := new.order_id; end if;
    select o.goods_total = coalesce((select sum(l.unit_price * l.quantity) from order_lines l where l.order_id = o.id), 0)
       and o.discount_total = coalesce((select sum(l.discount) from order_lines l where l.order_id = o.id), 0)
       and o.tax_total = coalesce((select sum(t.amount) from order_taxes t where t.order_id = o.id), 0)
       and o.shipping_discount = coalesce((select sum(d.amount) from order_discounts d where d.order_id = o.id and d.order_line_id is null), 0)
       and not exists (select 1 from order_lines l
                        where l.order_id = o.id
                          and l.discount <> coalesce((select sum(d.amount) from order_discounts d
                                                       where d.order_id = o.id and d.order_line_id = l.id), 0))
      into ok from orders o where o.id = row_id;
    if not ok then
        raise exception 'order %: totals differ from their parts', row_id
            using errcode = 'check_violation', constraint = 'order_sums_agree';
    end if;
    return null;
end $$;
create constraint trigger order_discounts_sums_agree after insert or update on order_discounts
    deferrable initially deferred for each row execute function order_sums_agree();
