alter table carts drop column customer_id, drop column placed_at;
alter table orders drop column customer_id;
drop table customer_addresses, customer_identities, customer_tokens, customer_sessions, customers;
