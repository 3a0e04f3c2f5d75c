-- Each look at the books: what was found, for the page of staff.
create table book_checks (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    took_ms bigint not null,
    drift integer not null check (drift >= 0),              -- rules that were broken
    outcomes jsonb not null
);
