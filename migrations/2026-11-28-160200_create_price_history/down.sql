alter table settings drop column lowest_price;
drop view product_cards;
drop view product_prices;
create view product_prices as
select p.id, p.title, p.published_at, s.price_from, s.price_to, s.buyable, s.on_sale,
       coalesce(p.translations->'title', '{}') as titles
  from products p
  cross join lateral (
        select min(v.price) as price_from, max(v.price) as price_to, bool_or(v.saleable > 0) as buyable,
               bool_or(coalesce(v.compare_at > v.price, false)) as on_sale
          from variant_shelf v where v.product_id = p.id having count(*) > 0) s
 where p.status = 'active';

create view product_cards as
select p.id, p.handle, p.title, p.vendor, s.price_from, s.price_to, s.compare_at, s.buyable, s.on_sale, s.only_variant,
       coalesce(m.media, '{}') as media, coalesce(c.colours, '{}') as colours,
       coalesce(p.translations->'title', '{}') as titles, coalesce(c.names, '{}') as colour_names
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
        select array_agg(ov.value order by ov.position) as colours,
               array_agg(coalesce(ov.translations->'value', '{}') order by ov.position) as names
          from product_options po join option_values ov on ov.option_id = po.id
         where po.product_id = p.id and lower(po.name) in ('color', 'colour', 'farbe')) c on true
 where p.status = 'active';

drop trigger variants_price_history on variants;
drop function price_history_begins();
drop function lowest_price_before(bigint);
drop view current_prices;
drop table price_history;
drop table standing_prices;
