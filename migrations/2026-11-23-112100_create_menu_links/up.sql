-- The links of the shop's header and footer, in two levels. While a menu has none, the shop shows its categories.
create table menu_links (
    id bigint generated always as identity primary key,
    menu text not null check (menu in ('header', 'footer')),
    parent_id bigint references menu_links on delete cascade check (parent_id <> id),
    position integer not null default 0,
    labels jsonb not null default '{}' check (jsonb_typeof(labels) = 'object'),  -- by language; none: the title of what it leads to
    category_id bigint references categories on delete cascade,
    product_id bigint references products on delete cascade,
    place text not null default '' check (place in ('', 'home', 'products', 'sale', 'search', 'terms', 'privacy', 'imprint', 'returns')),
    address text not null default '',
    created_at timestamptz not null default now(),
    check (num_nonnulls(category_id, product_id, nullif(place, ''), nullif(address, '')) <= 1)
);
create index menu_links_order on menu_links (menu, parent_id, position);
