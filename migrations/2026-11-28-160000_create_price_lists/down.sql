alter table draft_orders drop column customer_id;
drop table price_list_prices;
drop table price_list_groups;
drop table price_lists;
