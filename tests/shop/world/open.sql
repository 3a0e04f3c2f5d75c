update settings set shop_name = 'Test shop', countries = '{US,DE}', opened_at = now(), sender_email = 'shop@example.org',
    notice_email = 'staff@example.org', bank_details = 'Test Bank, DE00 1234', legal_name = 'Test Ltd';
insert into tax_rates (country, name, rate_millionths) values ('DE', 'VAT', 190000), ('US', 'Sales tax', 0);
insert into shipping_zones (name) values ('Domestic'), ('Europe');
insert into shipping_zone_countries (country, zone_id) select 'US', id from shipping_zones where name = 'Domestic';
insert into shipping_zone_countries (country, zone_id) select 'DE', id from shipping_zones where name = 'Europe';
insert into shipping_methods (zone_id, name, price, free_from) select id, 'Standard', 500, 10000 from shipping_zones;
