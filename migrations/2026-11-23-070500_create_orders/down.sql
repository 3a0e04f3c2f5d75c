drop table payment_events, payment_refunds, payment_captures, payments, order_timeline, fulfilment_lines, fulfilments, order_taxes, order_lines, orders;
drop function payment_sums_agree, fulfilled_within_ordered, order_sums_agree;
drop extension if exists pg_trgm;
