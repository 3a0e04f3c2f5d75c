alter table order_discounts drop column translations;
alter table promotions drop column translations;
