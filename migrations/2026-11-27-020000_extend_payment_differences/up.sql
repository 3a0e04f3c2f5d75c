-- Money that a gateway took of what it held, without us.
alter table payment_differences drop constraint payment_differences_kind_check;
alter table payment_differences add constraint payment_differences_kind_check
    check (kind in ('paid_without_order', 'order_without_payment', 'other_capture', 'other_refund'));
