//! The books: what must be equal in stock and money, recomputed from the records.

use anyhow::Result;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use super::Report;
use crate::platform::db::Conn;

/// Something that no row may break: the query gives a name for each row that does.
struct Rule {
    well: &'static str,
    broken: &'static str,
    what_to_do: &'static str,
    query: &'static str,
}

const STOCK: [Rule; 3] = [
    Rule {
        well: "stock: every balance is the sum of its movements",
        broken: "stock balances that are not the sum of their movements",
        what_to_do: "count these variants and correct them on their product page; tell us, since only the ledger may change a balance",
        query: "select coalesce(v.sku, 'variant ' || v.id) as name from stock s join variants v on v.id = s.variant_id \
                left join (select stock_id, sum(on_hand) as on_hand, sum(allocated) as allocated from stock_movements group by 1) m \
                  on m.stock_id = s.id \
                where s.on_hand <> coalesce(m.on_hand, 0) or s.allocated <> coalesce(m.allocated, 0) order by s.id",
    },
    Rule {
        well: "stock: what is promised is promised to order lines",
        broken: "stock rows whose promised pieces are not those of the order lines",
        what_to_do: "look at the open orders of these variants; cancelling and placing them again repairs it; tell us how it came about",
        query: "select coalesce(v.sku, 'variant ' || v.id) as name from stock s join variants v on v.id = s.variant_id \
                left join (select stock_id, sum(quantity) as promised from stock_allocations group by 1) a on a.stock_id = s.id \
                where s.allocated <> coalesce(a.promised, 0) order by s.id",
    },
    Rule {
        well: "stock: no closed order holds stock",
        broken: "closed orders that still hold stock",
        what_to_do: "these pieces can be sold: correct the stock of their variants, and tell us",
        query: "select distinct 'order ' || o.number as name from stock_allocations a join order_lines l on l.id = a.order_line_id \
                join orders o on o.id = l.order_id where o.status in ('cancelled', 'expired') order by 1",
    },
];

/// Allowed after a count that found fewer pieces; the orders show as short.
const SHORT: Rule = Rule {
    well: "stock: nothing is promised that is not there",
    broken: "variants of which more is promised than is there",
    what_to_do: "",
    query: "select coalesce(v.sku, 'variant ' || v.id) as name from stock s join variants v on v.id = s.variant_id \
            where s.tracked and s.allocated > s.on_hand::bigint + s.back_order_limit order by s.id",
};

const MONEY: [Rule; 4] = [
    Rule {
        well: "orders: totals are the sums of their parts",
        broken: "orders whose totals are not the sums of their parts",
        what_to_do: "do not ship these before looking at them; tell us, since the database should have refused them",
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
        well: "payments: refunds ≤ captures ≤ authorised",
        broken: "payments with more refunded than captured, or more captured than authorised",
        what_to_do: "compare them with your bank or gateway; tell us, since the database should have refused them",
        query: "select 'payment ' || p.reference as name from payments p \
                left join (select payment_id, sum(amount) filter (where state <> 'failed') as asked, \
                                  sum(amount) filter (where state = 'done') as done from payment_captures group by 1) c on c.payment_id = p.id \
                left join (select payment_id, sum(amount) as sum from payment_refunds where state <> 'failed' group by 1) r \
                  on r.payment_id = p.id \
                where coalesce(r.sum, 0) > coalesce(c.done, 0) or coalesce(c.asked, 0) > p.amount order by p.id",
    },
    Rule {
        well: "payments: in the currency of their order",
        broken: "payments in another currency than their order",
        what_to_do: "refund them and ask for the right amount",
        query: "select 'payment ' || p.reference as name from payments p join orders o on o.id = p.order_id where p.currency <> o.currency",
    },
    Rule {
        well: "orders: nothing is shipped twice",
        broken: "order lines of which more was shipped than ordered",
        what_to_do: "ask the shopper what arrived; tell us, since the database should have refused it",
        query: "select 'order ' || o.number as name from order_lines l join orders o on o.id = l.order_id \
                join fulfilment_lines f on f.order_line_id = l.id group by o.number, l.id, l.quantity having sum(f.quantity) > l.quantity",
    },
];

/// Payments on gateways' pages: what must be true of each while it is open, and after.
const PAYING: [Rule; 9] = [
    Rule {
        well: "payment pages: none is open past its time",
        broken: "payment pages that are open past their time",
        what_to_do: "start `barrow serve` or `barrow work`, which close them every minute; if one runs, the gateway does not answer: see the log",
        query: "select 'payment ' || p.id as name from payments p join payment_sessions s on s.payment_id = p.id \
                where p.state = 'pending' and p.expires_at < now() - interval '10 minutes' order by p.id",
    },
    Rule {
        well: "payment pages: what can be paid there is held",
        broken: "open payment pages whose goods are not held as long as they are open",
        what_to_do: "nothing at once: money for what is sold meanwhile goes back by itself; tell us how it came about",
        query: "select 'payment ' || p.id as name from payments p join payment_sessions s on s.payment_id = p.id \
                where p.state = 'pending' and p.expires_at > now() and s.url is not null \
                  and exists (select from carts c where c.id = s.cart_id) and not exists (select from orders o where o.cart_id = s.cart_id) \
                  and not exists (select from stock_reservations r where r.cart_id = s.cart_id and r.expires_at >= p.expires_at) order by p.id",
    },
    Rule {
        well: "payment pages: nothing is held after them",
        broken: "carts that hold goods although they became orders, or longer than any checkout does",
        what_to_do: "these pieces are free again when their time is over; tell us, since nobody can buy them until then",
        query: "select distinct 'cart ' || r.cart_id as name from stock_reservations r, settings x where r.expires_at > now() \
                and (exists (select from orders o where o.cart_id = r.cart_id) \
                     or r.expires_at > now() + interval '40 minutes' + x.reservation_minutes * interval '1 minute') order by 1",
    },
    Rule {
        well: "payments: each paid for what its shopper saw",
        broken: "payments of another amount than the shopper saw, or on an order that they were not for",
        what_to_do: "do not ship these orders before looking at them; compare with the gateway, and tell us",
        query: "select 'payment ' || p.id as name from payments p join payment_sessions s on s.payment_id = p.id \
                left join orders o on o.id = p.order_id \
                where (s.snapshot #>> '{order,quote,total}')::bigint <> p.amount or s.order_id <> p.order_id \
                   or (p.state in ('authorised', 'captured') and s.cart_id is not null and s.cart_id is distinct from o.cart_id) order by p.id",
    },
    Rule {
        well: "payments: what is paid here was paid by somebody",
        broken: "payments that are captured although less came in than was asked for",
        what_to_do: "press \"Compare the books now\" on the page Payments to look at, and mend what differs",
        query: "select 'payment ' || p.id as name from payments p where p.state = 'captured' and p.amount > 0 and p.amount > \
                coalesce((select sum(c.amount) from payment_captures c where c.payment_id = p.id and c.state = 'done'), 0) order by p.id",
    },
    Rule {
        well: "payments: what should go back went back",
        broken: "payments whose money should go back and has not for an hour",
        what_to_do: "open Payments to look at and ask the gateway again; if it refuses, pay back at the gateway itself",
        query: "select 'payment ' || p.id as name from payments p where p.state = 'voiding' and not exists \
                (select from payment_events e where e.payment_id = p.id and e.at > now() - interval '1 hour') order by p.id",
    },
    Rule {
        well: "payments: the gateway has answered everything",
        broken: "captures and refunds that the gateway has not answered for an hour",
        what_to_do: "see whether `barrow serve` or `barrow work` runs and the gateway can be reached; they are sent again with the same key",
        query: "select 'payment ' || payment_id as name from (select payment_id from payment_captures \
                where state = 'granted' and at < now() - interval '1 hour' union select payment_id from payment_refunds \
                where state = 'granted' and at < now() - interval '1 hour') late order by payment_id",
    },
    Rule {
        well: "payments: the gateways' books agree with ours",
        broken: "differences between a gateway's books and ours that stand open",
        what_to_do: "open Payments to look at; each has a button that mends it",
        query: "select reference as name from payment_differences where mended_at is null order by id",
    },
    Rule {
        well: "payments: nobody can order without paying",
        broken: "ways to pay with which no money moves are offered, although this is no demo shop",
        what_to_do: "switch the test card off under Settings, Payment, before anybody else sees the shop",
        query: "select m.method as name from payment_methods m, settings s where m.method = 'test_card' and m.enabled and not s.demo",
    },
];

/// Work and mail that got stuck.
const ERRANDS: [Rule; 3] = [
    Rule {
        well: "jobs: none was given up",
        broken: "jobs that failed too often and were given up",
        what_to_do: "the log says why; once that is mended, run `barrow work` and see whether new ones pass",
        query: "select t.identifier || ' (' || left(coalesce(j.last_error, ''), 80) || ')' as name from graphile_worker._private_jobs j \
                join graphile_worker._private_tasks t on t.id = j.task_id where j.attempts >= j.max_attempts order by j.id",
    },
    Rule {
        well: "jobs: none waits for long",
        broken: "jobs that wait for more than ten minutes",
        what_to_do: "start `barrow serve` or `barrow work`, which do them",
        query: "select t.identifier as name from graphile_worker._private_jobs j \
                join graphile_worker._private_tasks t on t.id = j.task_id \
                where j.attempts < j.max_attempts and j.locked_at is null and j.run_at < now() - interval '10 minutes' order by j.id",
    },
    Rule {
        well: "mail: none was refused",
        broken: "mails of the last month that could not be sent",
        what_to_do: "look at them under \"Sent mail\", and at SMTP_URL",
        query: "select 'to ' || recipient as name from mails where state = 'failed' and created_at > now() - interval '30 days' order by id desc",
    },
];

#[derive(diesel::QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    of: i64,
}

pub async fn stock(report: &mut Report, conn: &mut Conn) -> Result<()> {
    for rule in &STOCK {
        check(report, conn, rule).await?;
    }
    match broken(conn, &SHORT).await? {
        None => report.well(SHORT.well),
        Some(which) => report.note(&format!("{} {which}; their orders show as short", SHORT.broken)),
    }
    Ok(())
}

pub async fn money(report: &mut Report, conn: &mut Conn) -> Result<()> {
    for rule in MONEY.iter().chain(&PAYING) {
        check(report, conn, rule).await?;
    }
    Ok(())
}

pub async fn errands(report: &mut Report, conn: &mut Conn) -> Result<()> {
    for rule in &ERRANDS {
        check(report, conn, rule).await?;
    }
    Ok(())
}

async fn check(report: &mut Report, conn: &mut Conn, rule: &Rule) -> Result<()> {
    match broken(conn, rule).await? {
        None => report.well(rule.well),
        Some(which) => report.finding(&format!("{}: {which}", rule.broken), rule.what_to_do),
    }
    Ok(())
}

/// How many rows break the rule, with the names of the first few.
async fn broken(conn: &mut Conn, rule: &Rule) -> Result<Option<String>> {
    let query = format!("select name, count(*) over () as of from ({}) found limit 5", rule.query);
    let rows: Vec<Named> = diesel::sql_query(query).load(conn).await?;
    let Some(first) = rows.as_slice().first() else { return Ok(None) };
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let more = if first.of > 5 { ", …" } else { "" };
    Ok(Some(format!("{} ({}{more})", first.of, names.join(", "))))
}
