alter table stock_allocations drop column per_line;
drop table order_line_parts;
drop table bundle_parts;
drop function bundles_do_not_nest();
