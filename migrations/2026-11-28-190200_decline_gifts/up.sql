-- Gifts of promotions that a shopper does not want; they may still take them.
create table cart_declined_gifts (
    cart_id bigint not null references carts on delete cascade,
    product_id bigint not null references products on delete cascade,
    created_at timestamptz not null,
    primary key (cart_id, product_id)
);
create index cart_declined_gifts_product on cart_declined_gifts (product_id);
