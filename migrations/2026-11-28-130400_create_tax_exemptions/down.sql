drop table tax_exemptions;
