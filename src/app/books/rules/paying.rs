//! Payments on gateways' pages: what must be true of each while it is open, and after.

use crate::app::books::model::Rule;

pub const PAYING: [Rule; 9] = [
    Rule {
        id: "page-late",
        query: "select 'payment ' || p.id as name from payments p join payment_sessions s on s.payment_id = p.id \
            where p.state = 'pending' and p.expires_at < now() - interval '10 minutes' order by p.id",
    },
    Rule {
        id: "page-held",
        query: "select 'payment ' || p.id as name from payments p join payment_sessions s on s.payment_id = p.id \
            where p.state = 'pending' and p.expires_at > now() and s.url is not null \
            and exists (select from carts c where c.id = s.cart_id) and not exists (select from orders o where o.cart_id = s.cart_id) \
            and not exists (select from stock_reservations r where r.cart_id = s.cart_id and r.expires_at >= p.expires_at) order by p.id",
    },
    Rule {
        id: "page-after",
        query: "select distinct 'cart ' || r.cart_id as name from stock_reservations r, settings x where r.expires_at > now() \
            and (exists (select from orders o where o.cart_id = r.cart_id) \
            or r.expires_at > now() + interval '40 minutes' + x.reservation_minutes * interval '1 minute') order by 1",
    },
    Rule {
        id: "as-shown",
        query: "select 'payment ' || p.id as name from payments p join payment_sessions s on s.payment_id = p.id \
            left join orders o on o.id = p.order_id \
            where (s.snapshot #>> '{order,quote,total}')::bigint - coalesce((select sum((c->>'amount')::bigint) \
            from jsonb_array_elements(s.snapshot #> '{order,credits}') c), 0) <> p.amount or s.order_id <> p.order_id \
            or (p.state in ('authorised', 'captured') and s.cart_id is not null and s.cart_id is distinct from o.cart_id) order by p.id",
    },
    Rule {
        id: "paid",
        query: "select 'payment ' || p.id as name from payments p \
            left join (select payment_id, sum(amount) as done from payment_captures where state = 'done' group by 1) c on c.payment_id = p.id \
            where p.state = 'captured' and p.amount > 0 and p.amount > coalesce(c.done, 0) order by p.id",
    },
    Rule {
        id: "went-back",
        query: "select 'payment ' || p.id as name from payments p where p.state = 'voiding' and not exists \
            (select from payment_events e where e.payment_id = p.id and e.at > now() - interval '1 hour') order by p.id",
    },
    Rule {
        id: "answered",
        query: "select 'payment ' || payment_id as name from (select payment_id from payment_captures \
            where state = 'granted' and at < now() - interval '1 hour' union select payment_id from payment_refunds \
            where state = 'granted' and at < now() - interval '1 hour') late order by payment_id",
    },
    Rule { id: "agree", query: "select reference as name from payment_differences where mended_at is null order by id" },
    Rule {
        id: "no-money",
        query: "select m.method as name from payment_methods m, settings s where m.method = 'test_card' and m.enabled and not s.demo",
    },
];
