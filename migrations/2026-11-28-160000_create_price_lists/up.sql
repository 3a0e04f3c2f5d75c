-- Prices for some: groups of customers, quantities, dates. Of the lists that hold for a line, the first by position decides.
create table price_lists (
    id bigint generated always as identity primary key,
    name text not null check (length(name) between 1 and 80),
    position integer not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    for_all boolean not null default true,                  -- else only for the groups in price_list_groups
    active boolean not null default false,
    valid_from timestamptz,
    valid_until timestamptz,
    percent_off integer not null default 0 check (percent_off between 0 and 1000000),  -- millionths off the usual price; 0: own prices alone
    from_quantity integer not null default 1 check (from_quantity between 1 and 9999), -- pieces of a line from which the percentage holds
    rounding text not null default 'none' check (rounding in ('none', '99', '95', '5')),
    in_force boolean not null default false,                -- whether it was running when the prices of all were last settled
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (valid_until > valid_from)
);
create unique index price_lists_name on price_lists (lower(name));

create table price_list_groups (
    price_list_id bigint not null references price_lists on delete cascade,
    group_id bigint not null references customer_groups on delete cascade,
    primary key (price_list_id, group_id)
);
create index price_list_groups_group on price_list_groups (group_id);

create table price_list_prices (
    price_list_id bigint not null references price_lists on delete cascade,
    variant_id bigint not null references variants on delete cascade,
    from_quantity integer not null check (from_quantity between 1 and 9999),
    amount bigint not null check (amount between 0 and 100000000000),  -- minor units of the list's currency
    primary key (price_list_id, variant_id, from_quantity)
);
create index price_list_prices_variant on price_list_prices (variant_id);

-- Whose prices a draft order has: the customer of the address that staff typed, if they have an account and proved the address.
alter table draft_orders add column customer_id bigint references customers on delete set null;
create index draft_orders_customer on draft_orders (customer_id);
