create table carts (
    id bigint generated always as identity primary key,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    locale text not null default 'en',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    expires_at timestamptz not null
);
create index carts_expiry on carts (expires_at);

create table cart_lines (
    id bigint generated always as identity primary key,
    cart_id bigint not null references carts on delete cascade,
    variant_id bigint not null references variants on delete cascade,
    quantity integer not null check (quantity between 1 and 9999),
    seen_price bigint not null,                             -- what it cost when the shopper last looked
    created_at timestamptz not null default now(),
    unique (cart_id, variant_id)
);
create index cart_lines_variant on cart_lines (variant_id);

-- What a shopper has told the checkout so far; any part may still be missing.
create table checkouts (
    cart_id bigint primary key references carts on delete cascade,
    email text,
    country char(2),
    address jsonb not null default '{}',
    shipping_method_id bigint references shipping_methods on delete set null,
    payment_method text,
    note text not null default '',
    updated_at timestamptz not null default now()
);
