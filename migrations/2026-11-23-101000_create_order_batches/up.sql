-- What became of each order when many were shipped at once.
create table order_batches (
    id bigint generated always as identity primary key,
    staff_id bigint not null references staff,
    outcome jsonb not null,
    at timestamptz not null
);
create index order_batches_staff on order_batches (staff_id);
