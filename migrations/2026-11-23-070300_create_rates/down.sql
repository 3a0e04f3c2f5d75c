drop table shipping_methods, shipping_zone_countries, shipping_zones, tax_rates;
