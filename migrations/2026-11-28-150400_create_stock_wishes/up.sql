-- Who wants a mail when a variant can be bought again; one mail a wish.
create table stock_wishes (
    id bigint generated always as identity primary key,
    variant_id bigint not null references variants on delete cascade,
    email text not null check (email <> '' and email = lower(email)),
    locale text not null,
    token text not null unique,                                             -- opens the page that confirms or ends it
    created_at timestamptz not null default now(),
    confirmed_at timestamptz,                                               -- null: the address has not said yes
    told_at timestamptz
);
create unique index stock_wishes_open on stock_wishes (variant_id, email) where told_at is null;
create index stock_wishes_email on stock_wishes (email);
create index stock_wishes_told on stock_wishes (variant_id, told_at) where told_at is not null;
