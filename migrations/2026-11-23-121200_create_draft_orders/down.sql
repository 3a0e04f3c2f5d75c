alter table cart_lines drop column discount_for;
alter table cart_lines drop column discount;
drop table draft_orders;
