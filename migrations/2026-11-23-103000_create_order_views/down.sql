drop table order_views;
