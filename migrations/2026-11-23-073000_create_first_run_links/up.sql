-- Links that open a new shop; printed on the terminal, valid until one of them is used.
create table first_run_links (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    created_at timestamptz not null default now()
);
