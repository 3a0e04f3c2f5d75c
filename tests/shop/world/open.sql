update settings set shop_name = 'Test shop', countries = '{US,DE}', opened_at = now(), sender_email = 'shop@example.org',
    notice_email = 'staff@example.org', bank_details = 'Test Bank, DE00 1234', legal_name = 'Test Ltd';
insert into tax_zones (country) values ('DE'), ('US');
insert into tax_rates (zone_id, class_id, name, rate_millionths)
    select z.id, c.id, r.name, r.rate from (values ('DE', 'VAT', 190000), ('US', 'Sales tax', 0)) r (country, name, rate)
      join tax_zones z on z.country = r.country join tax_classes c on c.is_default;
insert into shipping_zones (name) values ('Domestic'), ('Europe');
insert into shipping_zone_countries (country, zone_id) select 'US', id from shipping_zones where name = 'Domestic';
insert into shipping_zone_countries (country, zone_id) select 'DE', id from shipping_zones where name = 'Europe';
insert into shipping_methods (zone_id, name, price, free_from) select id, 'Standard', 500, 10000 from shipping_zones;
