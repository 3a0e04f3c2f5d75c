-- The texts of a record in other languages than the shop's main one: {"title": {"de": "Hocker"}}. Its own columns are in the main one.
-- products: title, description (as typed), description_html (cleaned), product_type, seo_title, seo_description
alter table products add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');
-- title, description, seo_title, seo_description
alter table categories add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');
-- name
alter table product_options add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');
-- value
alter table option_values add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');
-- alt
alter table product_media add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');
-- title, body
alter table legal_pages add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');
-- name
alter table shipping_methods add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');
-- bank_details
alter table settings add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');
-- As they were when the order was placed; order_lines: title, variant_title; orders: shipping_method
alter table order_lines add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');
alter table orders add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');

-- Words of both languages are found.
alter table products drop column search;
alter table products add column search tsvector generated always as (
    setweight(to_tsvector('simple', title || ' ' || coalesce(translations->'title'->>'de', '') || ' ' || coalesce(translations->'title'->>'en', '')), 'A')
    || setweight(to_tsvector('simple', vendor || ' ' || product_type || ' ' || coalesce(translations->'product_type'->>'de', '')
                                       || ' ' || coalesce(translations->'product_type'->>'en', '')), 'B')
    || setweight(to_tsvector('english', title || ' ' || regexp_replace(description_html, '<[^>]*>', ' ', 'g')), 'C')
    || setweight(to_tsvector('german', coalesce(translations->'title'->>'de', '') || ' '
                                       || regexp_replace(coalesce(translations->'description_html'->>'de', ''), '<[^>]*>', ' ', 'g')), 'C')
    || setweight(to_tsvector('english', coalesce(translations->'title'->>'en', '') || ' '
                                        || regexp_replace(coalesce(translations->'description_html'->>'en', ''), '<[^>]*>', ' ', 'g')), 'C')
) stored;
create index products_search on products using gin (search);
