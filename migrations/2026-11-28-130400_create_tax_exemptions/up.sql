-- Customers, and groups of them, who pay no tax, and why.
create table tax_exemptions (
    id bigint generated always as identity primary key,
    customer_id bigint unique references customers on delete cascade,
    group_id bigint unique references customer_groups on delete cascade,
    reason text not null check (length(reason) between 1 and 200),
    staff_id bigint references staff,
    created_at timestamptz not null,
    check ((customer_id is null) <> (group_id is null))
);
