alter table order_lines drop column gift_card;
alter table products drop column gift_card;
