with records as (
    select o.*,
           coalesce((select sum(l.quantity) from order_lines l where l.order_id = o.id), 0) as ordered,
           coalesce((select sum(f.quantity) from fulfilment_lines f join order_lines l on l.id = f.order_line_id where l.order_id = o.id), 0) as fulfilled,
           coalesce((select sum(line.whole) from (
                select max(part.whole) as whole from (
                    select a.order_line_id, sum(a.quantity)::numeric / max(a.per_line) as whole       -- of a bundle, each part by itself
                      from stock_allocations a join stock s on s.id = a.stock_id join order_lines l on l.id = a.order_line_id
                     where l.order_id = o.id group by a.order_line_id, s.variant_id) part
                 group by part.order_line_id) line), 0) as promised,
           coalesce((select sum(c.amount) from payment_captures c join payments p on p.id = c.payment_id where p.order_id = o.id and c.state = 'done'), 0) as captured,
           coalesce((select sum(r.amount) from payment_refunds r join payments p on p.id = r.payment_id where p.order_id = o.id and r.state <> 'failed'), 0) as refunded,
           coalesce((select sum(c.amount) from payment_captures c join payments p on p.id = c.payment_id where p.order_id = o.id and c.state = 'done' and p.credit_account_id is not null), 0) as credited
      from orders o
)
select number, 'promised pieces are not those left to ship' as what from records
 where promised <> case when cancelled_at is null and expired_at is null then ordered - fulfilled else 0 end
union all
select number, 'the order status disagrees with how it ended' from records
 where (cancelled_at is not null) <> (status = 'cancelled') or (expired_at is not null) <> (status = 'expired')
union all
select number, 'the fulfilment status disagrees with the parcels' from records
 where fulfilment_status <> case when fulfilled >= ordered then 'fulfilled' when fulfilled > 0 then 'partly_fulfilled'
                                 when cancelled_at is not null or expired_at is not null then 'cancelled' else 'unfulfilled' end
union all
select number, 'the payment status disagrees with the money' from records
 where (captured < total and (payment_status = 'paid' or (payment_status in ('partly_refunded', 'refunded') and credited = 0)))  -- what cards paid goes back when the rest never came
   
    or (payment_status in ('unpaid', 'voided') and captured > 0) or (payment_status = 'authorised' and captured > credited)
    or (payment_status = 'partly_paid' and (captured = 0 or captured >= total))
    or (payment_status in ('partly_refunded', 'refunded')) <> (refunded > 0)
union all
select number, 'more money came in than was asked for' from records where captured > total
order by number
