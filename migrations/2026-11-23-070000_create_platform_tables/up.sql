-- The shop's own facts: exactly one row.
create table settings (
    id smallint primary key default 1 check (id = 1),
    shop_name text not null default 'Barrow' check (shop_name <> ''),
    legal_name text not null default '',
    street text not null default '',
    postal_code text not null default '',
    city text not null default '',
    country char(2) not null default 'US',
    phone text not null default '',
    currency char(3) not null default 'USD',
    time_zone text not null default 'UTC',
    locale text not null default 'en' check (locale in ('en', 'de')),
    countries text[] not null default '{}',
    sender_email text not null default 'shop@localhost',
    notice_email text not null default '',
    prices_include_tax boolean not null default true,
    unpaid_days integer not null default 7 check (unpaid_days between 1 and 90),
    reservation_minutes integer not null default 20 check (reservation_minutes between 5 and 240),
    bank_details text not null default '',
    announcement text not null default '',
    logo_media_id bigint,
    demo boolean not null default false,
    opened_at timestamptz,                         -- null until the first-run page was filled in
    version integer not null default 1,
    updated_at timestamptz not null default now()
);
insert into settings default values;

-- What changed, for caches and indexes; a reader never trusts the order of ids (see platform/feed).
create table change_feed (
    id bigint generated always as identity primary key,
    xid xid8 not null default pg_current_xact_id(),
    subject text not null,                         -- product, category, settings, stock, ...
    subject_id bigint,
    at timestamptz not null default now()
);
create index change_feed_xid on change_feed (xid);
create index change_feed_at on change_feed (at);

create function tell_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('barrow_feed', '');
    return null;
end $$;
create trigger change_feed_notify after insert on change_feed for each statement execute function tell_change();

-- News: what happened, kept for jobs that answer it.
create table events (
    id bigint generated always as identity primary key,
    kind text not null,
    payload jsonb not null,
    at timestamptz not null default now()
);

-- Numbers that count up without gaps; locked last.
create table counters (
    name text primary key,
    value bigint not null
);
insert into counters (name, value) values ('order_number', 1000);

create table media (
    id bigint generated always as identity primary key,
    sha256 bytea not null unique check (octet_length(sha256) = 32),
    file_name text not null default '',
    mime text not null check (mime in ('image/jpeg', 'image/png', 'image/webp')),
    bytes bigint not null check (bytes > 0),
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    colour char(7) not null default '#ece5da',     -- dominant colour, shown until the picture is there
    widths integer[] not null default '{}',        -- the widths that are made, ascending; empty until the job ran
    state text not null default 'pending' check (state in ('pending', 'ready', 'failed')),
    failure text,
    created_at timestamptz not null default now()
);
alter table settings add foreign key (logo_media_id) references media on delete set null;

create table mails (
    id bigint generated always as identity primary key,
    kind text not null,
    sender text not null,
    recipient text not null,
    subject text not null,
    html text not null,
    body_text text not null,
    order_id bigint,
    dedupe_key text unique,                        -- one mail per cause, however often its job runs
    state text not null default 'waiting' check (state in ('waiting', 'kept', 'sent', 'failed')),
    failure text,
    created_at timestamptz not null default now(),
    sent_at timestamptz
);
create index mails_newest on mails (id desc);

create table staff (
    id bigint generated always as identity primary key,
    email text not null check (email = lower(email)),
    name text not null default '',
    password_hash text not null,
    role text not null check (role in ('owner', 'manager', 'fulfilment', 'support', 'content', 'analyst')),
    disabled_at timestamptz,
    created_at timestamptz not null default now(),
    unique (email)
);

create table staff_sessions (
    id bigint generated always as identity primary key,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    staff_id bigint not null references staff on delete cascade,
    address text not null default '',
    device text not null default '',
    created_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    expires_at timestamptz not null
);
create index staff_sessions_staff on staff_sessions (staff_id);

-- One row per failed sign-in, counted for throttling; swept after a day.
create table sign_in_failures (
    id bigint generated always as identity primary key,
    account text not null,
    address text not null,
    at timestamptz not null default now()
);
create index sign_in_failures_account on sign_in_failures (account, at);
create index sign_in_failures_address on sign_in_failures (address, at);

create table audit (
    id bigint generated always as identity primary key,
    staff_id bigint references staff,
    staff_email text not null,
    action text not null,                          -- "order.cancelled"
    subject text not null,
    subject_id bigint,
    before jsonb,
    after jsonb,
    address text not null default '',
    at timestamptz not null default now()
);
create index audit_subject on audit (subject, subject_id, id desc);
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger audit_append_only before update or delete or truncate on audit for each statement execute function refuse_change();

create table legal_pages (
    kind text primary key check (kind in ('terms', 'privacy', 'imprint', 'returns')),
    title text not null default '',
    body text not null default '',                 -- Markdown
    updated_at timestamptz not null default now()
);
insert into legal_pages (kind) values ('terms'), ('privacy'), ('imprint'), ('returns');
