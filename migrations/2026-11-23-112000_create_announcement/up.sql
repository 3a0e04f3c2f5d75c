-- The bar above the shop's header: exactly one row.
create table announcement (
    id smallint primary key default 1 check (id = 1),
    texts jsonb not null default '{}' check (jsonb_typeof(texts) = 'object'),    -- by language
    link text not null default '',
    shown boolean not null default true,
    shown_from timestamptz,
    shown_until timestamptz,
    updated_at timestamptz not null default now(),
    check (shown_until > shown_from)
);
insert into announcement (texts)
select case announcement when '' then '{}' else jsonb_build_object(locale, announcement) end from settings;
alter table settings drop column announcement;
