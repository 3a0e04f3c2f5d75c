drop trigger note_checkout_begun on checkouts;
drop function note_checkout_begun();
drop table checkouts_begun;
drop index payment_captures_at, payment_refunds_at, orders_placed, order_lines_sold;
