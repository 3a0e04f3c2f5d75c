-- Somebody with an account. Until the address is verified nothing may be joined to it, and nobody signs in by it.
create table customers (
    id bigint generated always as identity primary key,
    email text not null check (email = lower(email)),
    email_verified_at timestamptz,
    name text not null default '',
    password_hash text,                                      -- null: signs in another way
    locale text not null default 'en' check (locale in ('en', 'de')),
    created_at timestamptz not null default now(),
    closed_at timestamptz,                                   -- then the row is anonymous; orders keep what tax law keeps
    merged_into bigint references customers,
    version integer not null default 1
);
create unique index customers_email on customers (email) where email_verified_at is not null and closed_at is null;
create index customers_newest on customers (created_at desc, id desc);
create index customers_words on customers using gin ((lower(name) || ' ' || email) gin_trgm_ops);

-- `expires_at` slides with every use and never past `ends_at`.
create table customer_sessions (
    id bigint generated always as identity primary key,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    customer_id bigint not null references customers on delete cascade,
    address text not null default '',
    device text not null default '',
    stay boolean not null default false,                     -- asked to stay signed in
    created_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    ends_at timestamptz not null,
    check (expires_at <= ends_at)
);
create index customer_sessions_customer on customer_sessions (customer_id);
create index customer_sessions_expiry on customer_sessions (expires_at);

-- Links in mails, each good for one act. "register" holds an account that is opened when its address is confirmed: before that
-- there is none, so that nobody can open one in another's name. Whose a "reset" is, is found out when its mail is written, so that
-- asking for one takes the same time whether there is an account or not; until then nobody has its token.
create table customer_tokens (
    id bigint generated always as identity primary key,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    kind text not null check (kind in ('register', 'verify', 'reset', 'change')),
    customer_id bigint references customers on delete cascade,
    email text not null check (email = lower(email)),        -- whose mailbox the link proves
    name text not null default '',
    password_hash text,
    locale text not null default 'en' check (locale in ('en', 'de')),
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    check (customer_id is not null or kind in ('register', 'reset'))
);
create index customer_tokens_customer on customer_tokens (customer_id, kind);
create index customer_tokens_email on customer_tokens (email, kind);
create index customer_tokens_expiry on customer_tokens (expires_at);

-- Who this customer is at another site: the issuer and its name for them, never the address.
create table customer_identities (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers on delete cascade,
    issuer text not null check (issuer <> ''),
    subject text not null check (subject <> ''),
    email text not null default '',                          -- as the issuer said it, to tell identities apart
    created_at timestamptz not null default now(),
    used_at timestamptz,
    unique (issuer, subject)
);
create index customer_identities_customer on customer_identities (customer_id);

create table customer_addresses (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers on delete cascade,
    address jsonb not null,
    is_default boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index customer_addresses_customer on customer_addresses (customer_id, id);
create unique index customer_addresses_default on customer_addresses (customer_id) where is_default;

alter table orders add column customer_id bigint references customers;
create index orders_customer on orders (customer_id, placed_at desc, id desc) where customer_id is not null;

-- A customer has one cart that can be filled; those that became orders stay behind it.
alter table carts add column customer_id bigint references customers on delete set null, add column placed_at timestamptz;
update carts c set placed_at = o.placed_at from orders o where o.cart_id = c.id;
create unique index carts_customer on carts (customer_id) where placed_at is null;
create index carts_placed_customer on carts (customer_id, placed_at desc) where placed_at is not null;
