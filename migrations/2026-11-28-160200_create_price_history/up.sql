-- What one piece costs everybody now, where a price list for everybody decides it; kept by engines/pricing.
create table standing_prices (
    variant_id bigint primary key references variants on delete cascade,
    price_list_id bigint not null references price_lists on delete cascade,
    amount bigint not null check (amount between 0 and 100000000000)
);
create index standing_prices_list on standing_prices (price_list_id);

-- Every price that everybody could buy at, with what stood beside it as the price before; the open row is the one of now.
create table price_history (
    id bigint generated always as identity primary key,
    variant_id bigint not null references variants on delete cascade,
    amount bigint not null,
    compare_at bigint,
    valid_from timestamptz not null,
    valid_until timestamptz check (valid_until >= valid_from)
);
create unique index price_history_open on price_history (variant_id) where valid_until is null;
create index price_history_variant on price_history (variant_id, valid_from desc);

-- What everybody pays for one piece, and what it cost before.
create view current_prices as
select v.id as variant_id, coalesce(s.amount, v.price) as price,
       case when s.amount is null then v.compare_at else greatest(v.price, v.compare_at) end as compare_at
  from variants v left join standing_prices s on s.variant_id = v.id;

insert into price_history (variant_id, amount, compare_at, valid_from)
select id, price, compare_at, now() from variants;

-- A new variant has its first price from its first moment; what ends a price is the shop's to say (engines/pricing/settling.rs).
create function price_history_begins() returns trigger language plpgsql as $$
begin
    insert into price_history (variant_id, amount, compare_at, valid_from) values (new.id, new.price, new.compare_at, new.created_at);
    return null;
end $$;
create trigger variants_price_history after insert on variants for each row execute function price_history_begins();

-- The lowest price of the thirty days before the price of now (Directive 98/6/EC, article 6a); null where it had none before.
create function lowest_price_before(variant bigint) returns bigint language sql stable as $$
    select min(h.amount)
      from price_history h
      join price_history o on o.variant_id = h.variant_id and o.valid_until is null
     where h.variant_id = variant and h.valid_until > h.valid_from
       and h.valid_until > o.valid_from - interval '30 days'
$$;

-- The views of the catalogue with the prices of now: those of a variant's shelf, where no list for everybody says another.
create or replace view product_prices as
select p.id, p.title, p.published_at, s.price_from, s.price_to, s.buyable, s.on_sale,
       coalesce(p.translations->'title', '{}') as titles
  from products p
  cross join lateral (
        select min(coalesce(l.amount, v.price)) as price_from, max(coalesce(l.amount, v.price)) as price_to,
               bool_or(v.saleable > 0) as buyable,
               bool_or(coalesce(case when l.amount is null then v.compare_at else greatest(v.price, v.compare_at) end
                                > coalesce(l.amount, v.price), false)) as on_sale
          from variant_shelf v left join standing_prices l on l.variant_id = v.variant_id
         where v.product_id = p.id having count(*) > 0) s
 where p.status = 'active';

create or replace view product_cards as
select p.id, p.handle, p.title, p.vendor, s.price_from, s.price_to, s.compare_at, s.buyable, s.on_sale, s.only_variant,
       coalesce(m.media, '{}') as media, coalesce(c.colours, '{}') as colours,
       coalesce(p.translations->'title', '{}') as titles, coalesce(c.names, '{}') as colour_names,
       cheapest.content,
       case when s.compare_at > s.price_from then lowest_price_before(s.cheapest) end as lowest_before
  from products p
  cross join lateral (
        select min(n.price) as price_from, max(n.price) as price_to, bool_or(n.saleable > 0) as buyable,
               bool_or(coalesce(n.compare_at > n.price, false)) as on_sale,
               (array_agg(n.compare_at order by n.price, n.position))[1] as compare_at,       -- of the cheapest
               (array_agg(n.variant_id order by n.price, n.position))[1] as cheapest,
               case when count(*) = 1 then min(n.variant_id) end as only_variant
          from (select v.variant_id, v.position, v.saleable, coalesce(l.amount, v.price) as price,
                       case when l.amount is null then v.compare_at else greatest(v.price, v.compare_at) end as compare_at
                  from variant_shelf v left join standing_prices l on l.variant_id = v.variant_id
                 where v.product_id = p.id) n
        having count(*) > 0) s
  join variants cheapest on cheapest.id = s.cheapest
  left join lateral (
        select array_agg(f.media_id order by f.position) as media
          from (select media_id, position from product_media where product_id = p.id order by position limit 2) f) m on true
  left join lateral (
        select array_agg(ov.value order by ov.position) as colours,
               array_agg(coalesce(ov.translations->'value', '{}') order by ov.position) as names
          from product_options po join option_values ov on ov.option_id = po.id
         where po.product_id = p.id and lower(po.name) in ('color', 'colour', 'farbe')) c on true
 where p.status = 'active';

-- Whether the lowest price of thirty days stands beside a price before; null: where the law asks for it.
alter table settings add column lowest_price boolean;
