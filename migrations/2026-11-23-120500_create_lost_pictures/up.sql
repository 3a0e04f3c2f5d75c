-- Pictures that an import named and that could not be fetched, until they are fetched or given up.
create table lost_pictures (
    id bigint generated always as identity primary key,
    product_id bigint not null references products on delete cascade,
    url text not null check (length(url) between 1 and 1000),
    job jsonb not null,                      -- the job that fetches it, to be done again
    reason text not null,                    -- the key of a sentence
    reason_values jsonb not null default '{}',
    waits boolean not null,                  -- whether it is tried again by itself
    at timestamptz not null,
    unique (product_id, url)
);
