-- Pieces left at which a shelf runs low: its own, else the shop's.
alter table settings add column low_stock integer not null default 5 check (low_stock between 0 and 1000000);
alter table stock
    add column low_at integer check (low_at between 0 and 1000000),
    add column low_told_at timestamptz;                                     -- null: nobody was told since it was above again
-- Who of the staff wants the mail of what runs low, once a day.
alter table staff add column low_stock_mail boolean not null default false;

-- The shelves of goods on offer of which so few are left; a bundle's own shelf does not count.
create view low_shelves as
select s.id as stock_id, s.variant_id, v.product_id, s.location_id, coalesce(s.low_at, x.low_stock) as low_at, s.low_told_at,
       (s.on_hand::bigint - s.allocated - coalesce(r.held, 0)) as left_over
  from stock s
  join variants v on v.id = s.variant_id and v.archived_at is null
  join products p on p.id = v.product_id and p.status = 'active'
  join locations l on l.id = s.location_id and l.active
  cross join settings x
  left join lateral (select sum(quantity) as held from stock_reservations where stock_id = s.id and expires_at > now()) r on true
 where s.tracked and s.pre_order_limit is null and not exists (select from bundle_parts where bundle_id = v.id)
   and s.on_hand::bigint - s.allocated - coalesce(r.held, 0) <= coalesce(s.low_at, x.low_stock);
