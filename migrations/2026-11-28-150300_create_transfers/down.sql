alter table stock_movements
    drop column transfer_id,
    drop constraint stock_movements_kind_check,
    add constraint stock_movements_kind_check check (kind in ('opening', 'adjustment', 'allocation', 'release', 'shipment', 'return'));
drop table transfer_receipts;
drop table transfer_lines;
drop table transfers;
