-- Pieces beyond what is there: back-orders with the day from which they ship, or, until the release, pre-orders with a limit of their own.
alter table stock
    add column ships_on date,
    add column pre_order_limit integer check (pre_order_limit between 0 and 1000000000),      -- null: no pre-order
    add column release_on date,
    add constraint stock_release_of_pre_order check ((pre_order_limit is null) = (release_on is null));

-- Pieces of what is held that are not there: they take nothing from those who come for what is.
alter table stock_reservations add column late integer not null default 0 check (late between 0 and quantity);

create or replace function stock_allocation_within_limit() returns trigger language plpgsql as $$
begin
    if new.tracked and new.allocated > new.on_hand::bigint + coalesce(new.pre_order_limit, new.back_order_limit)
       and (tg_op = 'INSERT' or new.allocated > old.allocated) then
        raise exception 'stock %: % allocated of % on hand', new.id, new.allocated, new.on_hand
            using errcode = 'check_violation', constraint = 'stock_allocation_within_limit';
    end if;
    return new;
end $$;

-- What an order line was told that it waits for; the promise of that day stays.
alter table order_lines
    add column waiting integer not null default 0 check (waiting between 0 and quantity),     -- pieces that were not there
    add column waits_for text check (waits_for in ('back_order', 'pre_order')),
    add column waits_until date,
    add constraint order_lines_wait_for_something check ((waiting = 0) = (waits_for is null));

-- What of each variant on offer can be sold now; the same sums as engines/inventory. A bundle is there as often as all its parts are.
create or replace view variant_shelf as
select v.id as variant_id, v.product_id, v.price, v.compare_at, v.position,
       coalesce(k.unlimited, false) as unlimited,
       least(coalesce(k.saleable, 0), 1000000000)::bigint as saleable,         -- with what may be back-ordered
       least(coalesce(k.present, 0), 1000000000)::bigint as present,           -- what lies there and is free
       coalesce(k.pre_order, false) as pre_order,
       k.ships_on,                                                             -- of what is not there
       coalesce(k.bundle, false) as bundle,
       coalesce(k.weight_grams, v.weight_grams) as weight_grams
  from variants v
  left join lateral (
        select bool_and(coalesce(q.unlimited, false)) as unlimited,
               min(floor(coalesce(q.saleable, 0) / p.quantity)) as saleable,
               min(floor(coalesce(q.present, 0) / p.quantity)) as present,
               bool_or(q.pre_order) as pre_order,
               max(q.ships_on) filter (where coalesce(q.present, 0) < p.quantity) as ships_on,
               bool_or(p.bundle) as bundle,
               case when bool_or(p.bundle)
                    then least(sum((select weight_grams from variants where id = p.part_id)::bigint * p.quantity), 2147483647)::integer
               end as weight_grams
          from (select part_id, quantity, true as bundle from bundle_parts where bundle_id = v.id
                union all
                select v.id, 1, false where not exists (select from bundle_parts where bundle_id = v.id)) p
          left join lateral (
                select bool_or(not st.tracked) as unlimited, bool_or(st.pre_order_limit is not null) as pre_order,
                       sum(case when st.tracked
                                then greatest(st.on_hand::bigint + coalesce(st.pre_order_limit, st.back_order_limit) - st.allocated
                                              - coalesce(r.held, 0), 0)
                                else 1000000000 end) as saleable,
                       sum(case when not st.tracked then 1000000000 when st.pre_order_limit is not null then 0
                                else greatest(st.on_hand::bigint - st.allocated - coalesce(r.at_once, 0), 0) end) as present,
                       min(coalesce(st.release_on, st.ships_on))
                           filter (where st.tracked and coalesce(st.pre_order_limit, st.back_order_limit) > 0) as ships_on
                  from stock st
                  left join lateral (select sum(quantity) as held, sum(quantity - late) as at_once from stock_reservations
                                      where stock_id = st.id and expires_at > now()) r on true
                 where st.variant_id = p.part_id) q on true) k on true
 where v.archived_at is null;
