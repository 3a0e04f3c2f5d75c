-- Times that staff have chosen for a kind of data; where there is none, the usual one of the program holds.
create table retention_times (
    kind text primary key check (kind <> ''),
    time integer not null check (time > 0)                   -- days; for orders: years
);

-- Who may fetch a copy of a customer's data until when; the copy itself is made while it is fetched, so none lies about.
create table data_downloads (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers on delete cascade,
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    fetched_at timestamptz
);
create index data_downloads_customer on data_downloads (customer_id, id desc);
create index data_downloads_over on data_downloads (expires_at);

-- What a guest asked for about the address of an order; good once its link, sent to that address, is followed.
create table privacy_requests (
    id bigint generated always as identity primary key,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    kind text not null check (kind in ('copy', 'erasure')),
    order_id bigint not null references orders on delete cascade,
    locale text not null default 'en' check (locale in ('en', 'de')),
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index privacy_requests_order on privacy_requests (order_id);
create index privacy_requests_over on privacy_requests (expires_at);

-- Scripts of other houses that staff have added; they run only where a visitor agreed to their purpose.
create table third_parties (
    id bigint generated always as identity primary key,
    name text not null check (length(name) between 1 and 80),
    purpose text not null check (purpose in ('statistics', 'marketing')),
    script text not null check (script like 'https://%'),
    origins text[] not null default '{}',                    -- others that the script talks to
    created_at timestamptz not null
);
create unique index third_parties_script on third_parties (script);

-- What a visitor chose, about which text, when; no address. The id is random and lies in a cookie.
create table consents (
    id bigint generated always as identity primary key,
    visitor text not null check (length(visitor) >= 16),
    customer_id bigint references customers on delete set null,
    statistics boolean not null,
    marketing boolean not null,
    version text not null,
    locale text not null default 'en' check (locale in ('en', 'de')),
    at timestamptz not null
);
create index consents_customer on consents (customer_id) where customer_id is not null;
create index consents_at on consents (at);
