drop index order_lines_product;
drop index orders_fulfilment;
