-- Where the places are, and by which rules orders are sent from them.
alter table locations
    add column country text check (country ~ '^[A-Z]{2}$'),
    add column region text not null default '',
    add column postal_code text not null default '';
alter table settings add column stock_routing text not null default 'order'
    check (stock_routing in ('order', 'nearest', 'fewest', 'nearest_fewest', 'fewest_nearest'));
