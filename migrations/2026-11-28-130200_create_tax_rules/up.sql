-- How the shop taxes: one row.
create table tax_rules (
    id smallint primary key default 1 check (id = 1),
    shipping_class_id bigint references tax_classes on delete restrict,                  -- none: as the goods
    cross_border text not null default 'same_price' check (cross_border in ('same_price', 'net_price')),
    sells_to_businesses boolean not null default false,
    vat_id text not null default '' check (length(vat_id) <= 20),                         -- the shop's own
    register text not null default 'off' check (register in ('off', 'vies')),
    unproved text not null default 'tax' check (unproved in ('tax', 'accept'))
);
insert into tax_rules default values;
