drop table order_batches;
