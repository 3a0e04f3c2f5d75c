-- The account with a house that sells labels; its token is sealed elsewhere.
create table label_account (
    id boolean primary key default true check (id),
    address text not null check (address <> ''),             -- "https://api.goshippo.com"
    length_cm integer not null check (length_cm between 1 and 400),
    width_cm integer not null check (width_cm between 1 and 400),
    height_cm integer not null check (height_cm between 1 and 400)
);

-- Labels that staff bought; a rate is bought once, however often the button is pressed.
create table parcel_labels (
    id bigint generated always as identity primary key,
    order_id bigint not null references orders on delete restrict,
    rate text not null unique check (rate <> ''),
    state text not null default 'asked' check (state in ('asked', 'bought', 'refused')),
    carrier text not null default '',
    service text not null default '',
    tracking_number text not null default '',
    tracking_url text not null default '',
    label_url text not null default '',
    why text not null default '',
    staff_id bigint references staff on delete set null,
    at timestamptz not null
);
create index parcel_labels_order on parcel_labels (order_id, id);
