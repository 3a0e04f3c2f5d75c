-- Addresses that staff lead on by hand: of an old shop, of a campaign. They answer where there is no page.
create table redirects (
    id bigint generated always as identity primary key,
    from_path text not null unique check (from_path like '/%'),      -- as people read it: decoded, without a slash at the end
    to_address text not null check (to_address <> '' and to_address <> from_path),
    created_at timestamptz not null default now()
);
