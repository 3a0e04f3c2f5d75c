alter table categories
    add column seo_title text not null default '',
    add column seo_description text not null default '',
    add column arranged boolean not null default false,      -- staff put its products in an order of their own
    add column version integer not null default 1,
    add column updated_at timestamptz not null default now();
