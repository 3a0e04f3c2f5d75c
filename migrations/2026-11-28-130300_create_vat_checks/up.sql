-- What a register said of a VAT id: the proof that is kept beside an order without tax.
create table vat_checks (
    id bigint generated always as identity primary key,
    vat_id text not null check (length(vat_id) between 4 and 20),
    answer text not null check (answer in ('valid', 'invalid', 'away')),
    register text not null,                                  -- "vies"
    consultation text not null default '',                   -- the number by which the register knows the question
    name text not null default '',
    address text not null default '',
    detail text not null default '',                         -- why there was no answer
    cart_id bigint,                                          -- for which checkout it was asked; no key: carts are swept
    at timestamptz not null
);
create index vat_checks_id on vat_checks (vat_id, id desc);
create index vat_checks_at on vat_checks (at);

-- Why an order has no tax, where it could have some, and the customer's VAT id: copied when it was placed.
create table order_tax_standings (
    order_id bigint primary key references orders on delete restrict,
    vat_id text not null default '' check (length(vat_id) <= 20),
    vat_check_id bigint references vat_checks on delete set null,
    reverse_charge boolean not null default false,
    exempt text not null default '' check (length(exempt) <= 200)          -- the reason that staff gave
);
create index order_tax_standings_check on order_tax_standings (vat_check_id) where vat_check_id is not null;
alter table order_taxes
    add column class text not null default '',
    add column region text not null default '';
