-- Views of the list of orders that staff keep: a name and the query it stands for.
create table order_views (
    id bigint generated always as identity primary key,
    staff_id bigint not null references staff,
    name text not null check (length(name) between 1 and 60),
    query text not null check (query <> ''),
    shared boolean not null default false,                   -- everybody sees it; only its maker changes it
    created_at timestamptz not null
);
create unique index order_views_name on order_views (staff_id, lower(name));
create index order_views_shared on order_views (id) where shared;
