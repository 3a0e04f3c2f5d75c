alter table stock_movements drop column stocktake_id;
drop table stocktake_lines;
drop table stocktakes;
