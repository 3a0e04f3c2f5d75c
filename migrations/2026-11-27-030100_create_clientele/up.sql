-- What staff know of customers: groups that they are put in by hand, tags, notes.
create table customer_groups (
    id bigint generated always as identity primary key,
    name text not null check (length(name) between 1 and 60),
    created_at timestamptz not null default now()
);
create unique index customer_groups_name on customer_groups (lower(name));
create table customer_group_members (
    group_id bigint not null references customer_groups on delete cascade,
    customer_id bigint not null references customers on delete cascade,
    primary key (group_id, customer_id)
);
create index customer_group_members_customer on customer_group_members (customer_id);
create table customer_tags (
    customer_id bigint not null references customers on delete cascade,
    tag text not null check (length(tag) between 1 and 40),
    primary key (customer_id, tag)
);
create index customer_tags_tag on customer_tags (tag);
create table customer_notes (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers on delete cascade,
    staff_id bigint references staff,
    text text not null check (text <> ''),
    at timestamptz not null default now()
);
create index customer_notes_customer on customer_notes (customer_id, id desc);
