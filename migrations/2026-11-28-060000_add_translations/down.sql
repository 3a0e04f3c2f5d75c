alter table products drop column search;
alter table products add column search tsvector generated always as (
    setweight(to_tsvector('simple', title), 'A')
    || setweight(to_tsvector('simple', vendor || ' ' || product_type), 'B')
    || setweight(to_tsvector('english', title || ' ' || regexp_replace(description_html, '<[^>]*>', ' ', 'g')), 'C')
) stored;
create index products_search on products using gin (search);
alter table products drop column translations;
alter table categories drop column translations;
alter table product_options drop column translations;
alter table option_values drop column translations;
alter table product_media drop column translations;
alter table legal_pages drop column translations;
alter table shipping_methods drop column translations;
alter table settings drop column translations;
alter table order_lines drop column translations;
alter table orders drop column translations;
