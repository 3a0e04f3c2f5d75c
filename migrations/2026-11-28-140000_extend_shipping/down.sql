drop table shipping_holidays;
drop table shipping_hours;
drop table shipping_rates;
alter table shipping_methods drop constraint shipping_methods_pickup, drop constraint shipping_methods_season,
    drop column kind, drop column up_to, drop column profile_id, drop column location_id, drop column note,
    drop column starts_on, drop column ends_on;
drop table shipping_profile_products;
drop table shipping_profiles;
drop table shipping_zone_parts;
drop index shipping_zones_rest;
alter table shipping_zones drop column rest;
