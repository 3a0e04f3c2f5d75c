-- The columns stay: views of others stand on this one.
create or replace view variant_shelf as
select v.id as variant_id, v.product_id, v.price, v.compare_at, v.position,
       coalesce(s.unlimited, false) as unlimited,
       least(coalesce(s.saleable, 0), 1000000000)::bigint as saleable,        -- with what may be back-ordered
       least(coalesce(s.present, 0), 1000000000)::bigint as present,          -- what lies there and is free
       false as pre_order, null::date as ships_on, false as bundle, v.weight_grams
  from variants v
  left join lateral (
        select bool_or(not st.tracked) as unlimited,
               sum(case when st.tracked then greatest(st.on_hand::bigint + st.back_order_limit - st.allocated - coalesce(r.held, 0), 0)
                        else 1000000000 end) as saleable,
               sum(case when st.tracked then greatest(st.on_hand::bigint - st.allocated - coalesce(r.held, 0), 0)
                        else 1000000000 end) as present
          from stock st
          left join lateral (select sum(quantity) as held from stock_reservations
                              where stock_id = st.id and expires_at > now()) r on true
         where st.variant_id = v.id) s on true
 where v.archived_at is null;
alter table order_lines drop column waiting, drop column waits_for, drop column waits_until;
create or replace function stock_allocation_within_limit() returns trigger language plpgsql as $$
begin
    if new.tracked and new.allocated > new.on_hand::bigint + new.back_order_limit
       and (tg_op = 'INSERT' or new.allocated > old.allocated) then
        raise exception 'stock %: % allocated of % on hand', new.id, new.allocated, new.on_hand
            using errcode = 'check_violation', constraint = 'stock_allocation_within_limit';
    end if;
    return new;
end $$;
alter table stock_reservations drop column late;
alter table stock drop column ships_on, drop column pre_order_limit, drop column release_on;
