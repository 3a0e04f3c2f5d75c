delete from payment_differences where kind = 'other_capture';
alter table payment_differences drop constraint payment_differences_kind_check;
alter table payment_differences add constraint payment_differences_kind_check
    check (kind in ('paid_without_order', 'order_without_payment', 'other_refund'));
