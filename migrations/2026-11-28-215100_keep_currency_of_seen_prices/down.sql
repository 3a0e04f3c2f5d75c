alter table cart_lines drop column seen_currency;
