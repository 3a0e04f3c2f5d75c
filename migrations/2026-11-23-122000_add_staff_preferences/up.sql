-- How somebody of the staff sees the management pages; null: as the shop does.
alter table staff add column time_zone text;
alter table staff add column locale text check (locale in ('en', 'de'));
alter table staff add column guide_hidden boolean not null default false;
