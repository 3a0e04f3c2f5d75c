-- What of each variant on offer can be sold now; the same sums as engines/inventory.
create view variant_shelf as
select v.id as variant_id, v.product_id, v.price, v.compare_at, v.position,
       coalesce(s.unlimited, false) as unlimited,
       least(coalesce(s.saleable, 0), 1000000000)::bigint as saleable,        -- with what may be back-ordered
       least(coalesce(s.present, 0), 1000000000)::bigint as present           -- what lies there and is free
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

-- What lists of products are sorted and filtered by; only what shoppers may see.
create view product_prices as
select p.id, p.title, p.published_at, s.price_from, s.price_to, s.buyable, s.on_sale
  from products p
  cross join lateral (
        select min(v.price) as price_from, max(v.price) as price_to, bool_or(v.saleable > 0) as buyable,
               bool_or(coalesce(v.compare_at > v.price, false)) as on_sale
          from variant_shelf v where v.product_id = p.id having count(*) > 0) s
 where p.status = 'active';

-- What a product's card shows.
create view product_cards as
select p.id, p.handle, p.title, p.vendor, s.price_from, s.price_to, s.compare_at, s.buyable, s.on_sale, s.only_variant,
       coalesce(m.media, '{}') as media, coalesce(c.colours, '{}') as colours
  from products p
  cross join lateral (
        select min(v.price) as price_from, max(v.price) as price_to, bool_or(v.saleable > 0) as buyable,
               bool_or(coalesce(v.compare_at > v.price, false)) as on_sale,
               (array_agg(v.compare_at order by v.price, v.position))[1] as compare_at,       -- of the cheapest
               case when count(*) = 1 then min(v.variant_id) end as only_variant
          from variant_shelf v where v.product_id = p.id having count(*) > 0) s
  left join lateral (
        select array_agg(f.media_id order by f.position) as media
          from (select media_id, position from product_media where product_id = p.id order by position limit 2) f) m on true
  left join lateral (
        select array_agg(ov.value order by ov.position) as colours
          from product_options po join option_values ov on ov.option_id = po.id
         where po.product_id = p.id and lower(po.name) in ('color', 'colour', 'farbe')) c on true
 where p.status = 'active';

-- Every category below (or at) every category.
create recursive view category_paths (ancestor_id, category_id, depth) as
    select id, id, 0 from categories
    union all
    select p.ancestor_id, c.id, p.depth + 1 from category_paths p join categories c on c.parent_id = p.category_id
     where p.depth < 32;

create index products_newest on products (published_at desc, id desc) where status = 'active';
create index product_media_product on product_media (product_id, position);
create index variant_options_value on variant_options (value_id);
create index products_title on products using gin (lower(title) gin_trgm_ops);
