drop table stock_wishes;
