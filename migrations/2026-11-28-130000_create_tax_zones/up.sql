-- What goods are to the tax office: standard, reduced, zero, and classes of the shop's own.
create table tax_classes (
    id bigint generated always as identity primary key,
    code text unique check (code <> ''),                    -- by which the sets of rates know it; none: the shop's own
    name text not null check (length(name) between 1 and 60),
    is_default boolean not null default false,
    position integer not null default 0
);
create unique index tax_classes_name on tax_classes (lower(name));
create unique index tax_classes_default on tax_classes (is_default) where is_default;
insert into tax_classes (code, name, is_default, position) values
    ('standard', 'Standard', true, 0), ('reduced', 'Reduced', false, 1), ('zero', 'Zero', false, 2);

-- Where a rate is taken: a country, a region of it, some of its postal codes. The most specific zone wins.
create table tax_zones (
    id bigint generated always as identity primary key,
    country char(2) not null,
    region text not null default '' check (length(region) <= 80),
    postcodes text not null default '' check (length(postcodes) <= 2000),   -- "35000-35999, 971*"; empty: all
    name text not null default '' check (length(name) <= 80)               -- empty: the country's name
);
create unique index tax_zones_place on tax_zones (country, lower(region), postcodes);

-- Rates lie in zones and have a class and days; those of before stay.
alter table tax_rates
    add column zone_id bigint references tax_zones on delete cascade,
    add column class_id bigint references tax_classes on delete restrict,
    add column valid_to date,
    add column source_url text not null default '' check (length(source_url) <= 500),
    add column source_date date,
    add column from_set boolean not null default false;     -- loaded from a set and not changed by staff since
insert into tax_zones (country) select distinct country from tax_rates;
update tax_rates r set zone_id = (select z.id from tax_zones z where z.country = r.country),
                       class_id = (select id from tax_classes where is_default);
alter table tax_rates alter column zone_id set not null;
alter table tax_rates alter column class_id set not null;
alter table tax_rates drop column country;
alter table tax_rates add constraint tax_rates_days check (valid_to >= valid_from);
create index tax_rates_zone on tax_rates (zone_id, class_id);
create index tax_rates_class on tax_rates (class_id);
