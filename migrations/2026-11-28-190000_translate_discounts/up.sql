-- name, in other languages than the shop's main one
alter table promotions add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');
-- As it was called when the order was placed.
alter table order_discounts add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');
