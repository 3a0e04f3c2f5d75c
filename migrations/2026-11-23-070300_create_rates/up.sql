create table tax_rates (
    id bigint generated always as identity primary key,
    country char(2) not null unique,
    name text not null check (name <> ''),                  -- "VAT"
    rate_millionths integer not null check (rate_millionths between 0 and 1000000),   -- 190000 is 19 %
    source text not null default '',
    valid_from date
);

create table shipping_zones (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    position integer not null default 0
);
create table shipping_zone_countries (
    country char(2) primary key,
    zone_id bigint not null references shipping_zones on delete cascade
);
create table shipping_methods (
    id bigint generated always as identity primary key,
    zone_id bigint not null references shipping_zones on delete cascade,
    name text not null check (name <> ''),
    price bigint not null check (price between 0 and 100000000000),
    free_from bigint check (free_from between 0 and 100000000000),            -- goods total from which it costs nothing
    days_min integer not null default 2 check (days_min >= 0),
    days_max integer not null default 4,
    position integer not null default 0,
    active boolean not null default true,
    check (days_max >= days_min)
);
