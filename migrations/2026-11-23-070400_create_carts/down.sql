drop table checkouts, cart_lines, carts;
