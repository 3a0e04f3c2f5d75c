-- Everything that no other zone names.
alter table shipping_zones add column rest boolean not null default false;
create unique index shipping_zones_rest on shipping_zones (rest) where rest;

-- Parts of a country that a zone takes out of it: a region, or postcodes from one to another (a prefix is both).
create table shipping_zone_parts (
    id bigint generated always as identity primary key,
    zone_id bigint not null references shipping_zones on delete cascade,
    country char(2) not null,
    region text not null default '',
    first_code text not null default '',
    last_code text not null default '',
    check ((region = '') <> (first_code = '')),
    check (length(first_code) = length(last_code) and first_code <= last_code),
    unique (country, region, first_code, last_code)
);
create index shipping_zone_parts_zone on shipping_zone_parts (zone_id);

-- Goods that are sent in another way than the rest.
create table shipping_profiles (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    position integer not null default 0
);
create table shipping_profile_products (
    product_id bigint primary key references products on delete cascade,
    profile_id bigint not null references shipping_profiles on delete cascade
);
create index shipping_profile_products_profile on shipping_profile_products (profile_id);

alter table shipping_methods
    add column kind text not null default 'flat' check (kind in ('flat', 'weight', 'price', 'quantity', 'pickup')),
    add column up_to bigint check (up_to between 0 and 100000000000),       -- grams, minor units or pieces beyond which it is not offered
    add column profile_id bigint references shipping_profiles on delete cascade,   -- null: whatever has no methods of its own
    add column location_id bigint references locations on delete restrict,  -- where it is picked up
    add column note text not null default '',                               -- address and hours of that place
    add column starts_on date,
    add column ends_on date,
    add constraint shipping_methods_season check (ends_on >= starts_on),
    add constraint shipping_methods_pickup check ((kind = 'pickup') = (location_id is not null));

-- What a method costs from so many grams, minor units or pieces on.
create table shipping_rates (
    method_id bigint not null references shipping_methods on delete cascade,
    at_least bigint not null check (at_least between 0 and 100000000000),
    price bigint not null check (price between 0 and 100000000000),
    extra bigint not null default 0 check (extra between 0 and 100000000000),   -- for each begun "every" beyond "at_least"
    every bigint not null default 0 check (every between 0 and 100000000000),
    primary key (method_id, at_least),
    check ((extra = 0) = (every = 0))
);

-- When goods leave the house; days of the week are 1 (Monday) to 7.
create table shipping_hours (
    id boolean primary key default true check (id),
    work_days smallint[] not null default '{1,2,3,4,5}' check (cardinality(work_days) > 0 and work_days <@ '{1,2,3,4,5,6,7}'),
    carrier_days smallint[] not null default '{1,2,3,4,5}' check (cardinality(carrier_days) > 0 and carrier_days <@ '{1,2,3,4,5,6,7}'),
    cut_off smallint check (cut_off between 0 and 1439),                    -- minutes after midnight; ordered later counts as ordered on the next day
    handling_days integer not null default 0 check (handling_days between 0 and 60)
);
insert into shipping_hours default values;
create table shipping_holidays (
    day date primary key,
    name text not null default ''
);
