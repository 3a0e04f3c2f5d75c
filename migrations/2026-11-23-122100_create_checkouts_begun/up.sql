-- That a checkout was begun, and when: kept after the checkout itself is placed or swept, and nothing about who it was.
-- It was placed if there is an order of this cart.
create table checkouts_begun (
    cart_id bigint primary key,
    at timestamptz not null
);
create index checkouts_begun_at on checkouts_begun (at) include (cart_id);
insert into checkouts_begun (cart_id, at) select cart_id, updated_at from checkouts;

create function note_checkout_begun() returns trigger language plpgsql as $$
begin
    insert into checkouts_begun (cart_id, at) values (new.cart_id, new.updated_at) on conflict do nothing;
    return null;
end $$;
create trigger note_checkout_begun after insert on checkouts for each row execute function note_checkout_begun();

-- Money by the day it moved.
create index payment_captures_at on payment_captures (at) include (amount, state);
create index payment_refunds_at on payment_refunds (at) include (amount, state);
-- Orders by the day they were placed.
create index orders_placed on orders (placed_at) include (id, status, total, cart_id);
-- What was sold, without reading the lines themselves.
create index order_lines_sold on order_lines (order_id) include (product_id, quantity, total);
