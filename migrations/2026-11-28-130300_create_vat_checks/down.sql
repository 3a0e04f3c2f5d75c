alter table order_taxes drop column class, drop column region;
drop table order_tax_standings;
drop table vat_checks;
