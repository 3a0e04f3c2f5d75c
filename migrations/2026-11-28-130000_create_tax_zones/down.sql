-- One rate a country is left: that of the whole country and the default class which is valid the longest.
alter table tax_rates add column country char(2);
update tax_rates r set country = z.country from tax_zones z where z.id = r.zone_id;
delete from tax_rates r using tax_zones z
 where z.id = r.zone_id
   and (z.region <> '' or z.postcodes <> '' or r.class_id <> (select id from tax_classes where is_default));
delete from tax_rates r using tax_rates later
 where later.country = r.country
   and (coalesce(later.valid_to, 'infinity'), later.id) > (coalesce(r.valid_to, 'infinity'), r.id);
alter table tax_rates drop constraint tax_rates_days;
alter table tax_rates drop column zone_id, drop column class_id, drop column valid_to, drop column source_url,
    drop column source_date, drop column from_set;
alter table tax_rates alter column country set not null;
alter table tax_rates add constraint tax_rates_country_key unique (country);
drop table tax_zones;
drop table tax_classes;
