//! Money of orders: sums, payments within bounds, nothing shipped twice.

use crate::app::books::model::Rule;

pub const MONEY: [Rule; 5] = [
    Rule {
        id: "credit",
        query: "select a.kind || ' ' || a.id as name from credit_accounts a \
            left join (select account_id, sum(amount) as sum from credit_movements group by 1) m on m.account_id = a.id \
            where a.balance <> coalesce(m.sum, 0) order by a.id",
    },
    Rule {
        id: "totals",
        query: "select 'order ' || o.number as name from orders o \
            left join (select order_id, sum(unit_price * quantity) as goods, sum(discount) as discount from order_lines group by 1) l \
            on l.order_id = o.id \
            left join (select order_id, sum(amount) as tax from order_taxes group by 1) t on t.order_id = o.id \
            left join (select order_id, sum(amount) filter (where order_line_id is not null) as goods, \
            sum(amount) filter (where order_line_id is null) as shipping from order_discounts group by 1) d \
            on d.order_id = o.id \
            where o.goods_total <> coalesce(l.goods, 0) or o.discount_total <> coalesce(l.discount, 0) \
            or o.tax_total <> coalesce(t.tax, 0) \
            or o.discount_total <> coalesce(d.goods, 0) or o.shipping_discount <> coalesce(d.shipping, 0) \
            or o.total <> o.goods_total - o.discount_total + o.shipping_total + case when o.tax_included then 0 else o.tax_total end \
            order by o.number",
    },
    Rule {
        id: "refunds",
        query: "select 'payment ' || coalesce(p.reference, p.id::text) as name from payments p \
            left join (select payment_id, sum(amount) filter (where state <> 'failed') as asked, \
            sum(amount) filter (where state = 'done') as done from payment_captures group by 1) c on c.payment_id = p.id \
            left join (select payment_id, sum(amount) as sum from payment_refunds where state <> 'failed' group by 1) r \
            on r.payment_id = p.id \
            where coalesce(r.sum, 0) > coalesce(c.done, 0) or coalesce(c.asked, 0) > p.amount order by p.id",
    },
    Rule {
        id: "currency",
        query: "select 'payment ' || coalesce(p.reference, p.id::text) as name from payments p \
            join orders o on o.id = p.order_id where p.currency <> o.currency order by p.id",
    },
    Rule {
        id: "shipped",
        query: "select 'order ' || o.number as name from order_lines l join orders o on o.id = l.order_id \
            join (select order_line_id, sum(quantity) as shipped from fulfilment_lines group by 1) f on f.order_line_id = l.id \
            where f.shipped > l.quantity order by o.number",
    },
];
