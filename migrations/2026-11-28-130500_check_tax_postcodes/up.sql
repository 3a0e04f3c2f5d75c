-- What is no list of codes cannot be read: it is not kept either.
alter table tax_zones add constraint tax_zones_postcodes check (postcodes ~ '^[A-Z0-9*, -]*$');
