drop table tax_rules;
