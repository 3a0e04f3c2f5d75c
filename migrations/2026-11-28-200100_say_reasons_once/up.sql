-- What staff write about somebody (why an order was cancelled or paid back, whom a draft is for) stands where it can be forgotten; stock,
-- payments and the trail say it by a word and by ids. Rows from before this rule are put right once.
alter table stock_movements disable trigger stock_movements_append_only;
update stock_movements set reason = 'cancelled'
 where kind = 'release' and order_id is not null and reason not in ('', 'expired', 'cancelled');
alter table stock_movements enable trigger stock_movements_append_only;

alter table payment_events disable trigger payment_events_append_only;
update payment_events set detail = jsonb_build_object('why', 'cancelled')
 where kind = 'voided' and detail->>'why' not in ('', 'expired', 'cancelled', 'paid in another way');
alter table payment_events enable trigger payment_events_append_only;

alter table audit disable trigger audit_append_only;
grant update on audit to current_user;
update audit set after = after - 'reason' where action in ('order.cancelled', 'order.refund_asked') and jsonb_typeof(after) = 'object';
update audit set after = after - array['email', 'name', 'to'] where action in ('draft.customer_set', 'draft.link_sent')
   and jsonb_typeof(after) = 'object';
revoke update on audit from current_user;
alter table audit enable trigger audit_append_only;
