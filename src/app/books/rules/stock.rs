//! Stock: balances are their ledger, and promises belong to orders.

use crate::app::books::model::Rule;

pub const STOCK: [Rule; 4] = [
    Rule {
        id: "balances",
        query: "select coalesce(v.sku, 'variant ' || v.id) as name from stock s join variants v on v.id = s.variant_id \
            left join (select stock_id, sum(on_hand) as on_hand, sum(allocated) as allocated from stock_movements group by 1) m \
            on m.stock_id = s.id \
            where s.on_hand <> coalesce(m.on_hand, 0) or s.allocated <> coalesce(m.allocated, 0) order by s.id",
    },
    Rule {
        id: "promised",
        query: "select coalesce(v.sku, 'variant ' || v.id) as name from stock s join variants v on v.id = s.variant_id \
            left join (select stock_id, sum(quantity) as promised from stock_allocations group by 1) a on a.stock_id = s.id \
            where s.allocated <> coalesce(a.promised, 0) order by s.id",
    },
    Rule {
        id: "closed",
        query: "select distinct 'order ' || o.number as name from stock_allocations a join order_lines l on l.id = a.order_line_id \
            join orders o on o.id = l.order_id where o.status in ('cancelled', 'expired') order by 1",
    },
    Rule {
        id: "transfers",
        query: "select 'transfer ' || t.id as name from transfers t \
            where t.from_location_id is not null and t.status <> 'draft' \
            and not exists (select from transfer_lines l join stock s on s.variant_id = l.variant_id where l.transfer_id = t.id and not s.tracked) \
            and coalesce((select sum(m.on_hand) from stock_movements m where m.transfer_id = t.id), 0) \
            <> (select coalesce(-sum(l.quantity - l.received - l.returned), 0) from transfer_lines l where l.transfer_id = t.id) order by t.id",
    },
];

/// Allowed after a count that found fewer pieces; the orders show as short.
pub const SHORT: Rule = Rule {
    id: "short",
    query: "select coalesce(v.sku, 'variant ' || v.id) as name from stock s join variants v on v.id = s.variant_id \
            where s.tracked and s.allocated > s.on_hand::bigint + coalesce(s.pre_order_limit, s.back_order_limit) order by s.id",
};
