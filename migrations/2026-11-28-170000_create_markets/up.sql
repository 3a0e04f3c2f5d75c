-- Markets: where the shop sells in which currency, and whether prices are shown there with their tax.
create table markets (
    id bigint generated always as identity primary key,
    name text not null check (length(name) between 1 and 60),
    is_primary boolean not null default false,              -- the shop's own: all countries that no other market has
    currency text check (currency ~ '^[A-Z]{3}$'),          -- null: the shop's, of the primary market alone
    locale text,                                            -- null: as the visitor's browser says
    tax_display text not null default 'entered' check (tax_display in ('entered', 'with', 'without')),
    rounding text not null default 'none' check (rounding in ('none', 'whole', '99', '95', '90')),
    active boolean not null default false,
    position integer not null,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (is_primary = (currency is null)),
    check (active or not is_primary)
);
create unique index markets_name on markets (lower(name));
create unique index markets_primary on markets (is_primary) where is_primary;

insert into markets (name, is_primary, active, position)
select case when locale = 'de' then 'Hauptmarkt' else 'Main market' end, true, true, 0 from settings;

create function primary_market_stays() returns trigger language plpgsql as $$
begin
    raise exception 'the primary market cannot be removed';
end $$;
create trigger markets_primary_stays before delete on markets for each row when (old.is_primary) execute function primary_market_stays();

-- Countries of markets other than the primary one: a country belongs to one at most.
create table market_countries (
    country text primary key check (country ~ '^[A-Z]{2}$'),
    market_id bigint not null references markets on delete cascade
);
create index market_countries_market on market_countries (market_id);

-- What one unit of the shop's currency is worth in others, in hundred-millionths, as staff read it on a day; the latest day counts.
create table exchange_rates (
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    day date not null,
    rate bigint not null check (rate between 1 and 100000000000000),
    created_at timestamptz not null default now(),
    primary key (currency, day)
);

-- Price lists for some markets only; a list in another currency than the shop's holds where that currency is paid in.
alter table price_lists add column all_markets boolean not null default true;
create table price_list_markets (
    price_list_id bigint not null references price_lists on delete cascade,
    market_id bigint not null references markets,
    primary key (price_list_id, market_id)
);
create index price_list_markets_market on price_list_markets (market_id);

-- Where a cart buys; null: in the primary market.
alter table carts add column market_id bigint references markets on delete set null;
create index carts_market on carts (market_id) where market_id is not null;
