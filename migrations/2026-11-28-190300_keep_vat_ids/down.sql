alter table customers drop column vat_id;
