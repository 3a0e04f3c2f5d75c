-- What the list of orders is narrowed by alone: where the goods are, and a product.
create index orders_fulfilment on orders (fulfilment_status, id desc);
create index order_lines_product on order_lines (product_id, order_id);
