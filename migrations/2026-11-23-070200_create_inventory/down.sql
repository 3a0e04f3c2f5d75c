drop table stock_allocations, stock_reservations, stock_movements, stock, locations;
drop function apply_stock_movement, stock_changes_by_movement, stock_allocation_within_limit;
