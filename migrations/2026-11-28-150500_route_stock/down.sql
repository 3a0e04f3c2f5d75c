alter table settings drop column stock_routing;
alter table locations drop column country, drop column region, drop column postal_code;
