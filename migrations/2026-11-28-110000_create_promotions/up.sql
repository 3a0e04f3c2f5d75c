-- Lanes stand in an order that staff give them; they apply one after another on what is left.
create table promotion_lanes (
    id bigint generated always as identity primary key,
    name text not null check (length(name) between 1 and 80),
    position integer not null
);
insert into promotion_lanes (name, position) values ('Products', 0), ('Orders', 1), ('Delivery', 2);

create table promotions (
    id bigint generated always as identity primary key,
    name text not null check (length(name) between 1 and 120),
    lane_id bigint not null references promotion_lanes,
    status text not null default 'draft' check (status in ('draft', 'active', 'paused')),
    coded boolean not null,                                  -- whether a code must be typed
    starts_at timestamptz,
    ends_at timestamptz check (ends_at > starts_at),
    match_all boolean not null default true,
    conditions jsonb not null default '[]' check (jsonb_typeof(conditions) = 'array'),
    benefits jsonb not null check (jsonb_typeof(benefits) = 'array'),
    most_uses integer check (most_uses > 0),
    most_uses_per_code integer check (most_uses_per_code > 0),
    most_uses_per_customer integer check (most_uses_per_customer > 0),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index promotions_lane on promotions (lane_id);
create index promotions_active on promotions (id) where status = 'active' and not coded;

create table promotion_codes (
    id bigint generated always as identity primary key,
    promotion_id bigint not null references promotions on delete cascade,
    code text not null unique check (length(code) between 1 and 40),
    created_at timestamptz not null default now()
);
create index promotion_codes_promotion on promotion_codes (promotion_id, id);

-- A use is held while a gateway's page is open (no order yet), counts once there is an order, and is given back when that ends early.
create table promotion_uses (
    id bigint generated always as identity primary key,
    promotion_id bigint not null references promotions,
    code_id bigint references promotion_codes on delete set null,
    cart_id bigint not null,
    payment_id bigint references payments on delete cascade,
    order_id bigint references orders on delete cascade,
    customer_id bigint references customers on delete set null,
    email_hash bytea check (octet_length(email_hash) = 32),
    amount bigint not null check (amount >= 0),
    created_at timestamptz not null default now(),
    given_back_at timestamptz
);
create index promotion_uses_counted on promotion_uses (promotion_id) where given_back_at is null;
create index promotion_uses_code on promotion_uses (code_id) where given_back_at is null;
create index promotion_uses_customer on promotion_uses (customer_id);
create index promotion_uses_email on promotion_uses (email_hash);
create index promotion_uses_order on promotion_uses (order_id);
create index promotion_uses_payment on promotion_uses (payment_id);
create index promotion_uses_held on promotion_uses (cart_id) where order_id is null;

-- What a shopper typed; kept whether it fits or not, so that the cart can say why it does not.
create table cart_codes (
    cart_id bigint not null references carts on delete cascade,
    code text not null check (length(code) between 1 and 40),
    created_at timestamptz not null default now(),
    primary key (cart_id, code)
);
