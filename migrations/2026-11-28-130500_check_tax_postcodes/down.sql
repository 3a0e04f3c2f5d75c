alter table tax_zones drop constraint tax_zones_postcodes;
