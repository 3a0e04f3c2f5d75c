alter table fulfilments drop column location_id;
drop table order_deliveries;
