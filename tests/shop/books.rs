//! The books: what must be equal in stock and money is computed again from the records, and staff read what does not agree.

use barrow::app::books::queries::examine;
use diesel_async::SimpleAsyncConnection;

use crate::world::TestShop;

#[rocket::async_test]
async fn books_that_do_not_agree_are_found_and_shown() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 5).await;
    shop.place(1, &[(&tea, 1000, 3)]).await.expect("placed");
    let sam = shop.staff("owner").await;
    sam.get("/admin/books").await.is_ok().shows("Not looked at yet");
    look(&shop).await;
    sam.get("/admin/books").await.is_ok().shows("All is well").shows("every tax is its rate of its amount");
    sam.get("/admin").await.is_ok().lacks("do not agree").lacks("does not agree");
    // Only a superuser can plant this: triggers are off.
    let cent =
        "update order_taxes set amount = amount + 1 where order_line_id is not null; update orders set tax_total = tax_total + 1;
                update stock set on_hand = on_hand + 1";
    shop.sql(&format!("begin; set local session_replication_role = replica; {cent}; commit;")).await;
    look(&shop).await;
    let page = sam.get("/admin/books").await;
    page.is_ok().shows("2 things do not agree").shows("stock balances that are not the sum of their movements");
    page.shows("orders with a tax that is not its rate of its amount").shows("one: order 1001").shows("Earlier looks");
    sam.get("/admin").await.is_ok().shows("2 things do not agree");
}

async fn look(shop: &TestShop) {
    shop.staff("owner").await.post("/admin/books/looks", &[]).await.goes_to("/admin/books");
    shop.work().await;
}

/// What somebody does to a shop of one order (three teas by bank transfer), and the one rule that finds it, with the name it gives; no rule:
/// unusual, but right. Those of payment pages are in `process/payments.rs`.
const DONE: &[(&str, &str)] = &[
    ("update stock set on_hand = on_hand + 1", "balances: GREEN-TEA"),
    ("update stock_allocations set quantity = 2", "promised: GREEN-TEA"),
    (
        "update orders set status = 'cancelled', payment_status = 'voided', fulfilment_status = 'cancelled', cancelled_at = now()",
        "closed: order 1001",
    ),
    (
        "insert into transfers (id, from_location_id, to_location_id, status, sent_at) overriding system value
         select 9, min(id), min(id) + 1, 'sent', now() from locations;
         insert into transfer_lines (transfer_id, variant_id, quantity) select 9, id, 2 from variants",
        "transfers: transfer 9",
    ),
    (
        "insert into stock_movements (stock_id, kind, on_hand) select id, 'adjustment', -3 from stock; update stock set on_hand = 2",
        "short: GREEN-TEA",
    ),
    (
        "insert into stock_movements (stock_id, kind, allocated) select id, 'release', -4 from stock;
         insert into stock_movements (stock_id, kind, allocated) select id, 'allocation', 4 from stock",
        "replayed: GREEN-TEA",
    ),
    (
        "insert into credit_accounts (id, kind, currency, balance) overriding system value values (9, 'gift_card', 'USD', 500)",
        "credit: gift_card 9",
    ),
    (
        "insert into credit_accounts (id, kind, currency, balance) overriding system value values (9, 'gift_card', 'USD', 500);
         insert into credit_movements (account_id, kind, amount) values (9, 'issued', 700), (9, 'taken', -200)",
        "",
    ),
    ("update orders set goods_total = goods_total + 5, total = total + 5", "totals: order 1001"),
    (
        "update orders set discount_total = 5, shipping_total = shipping_total + 5, tax_total = tax_total + 1;
         update order_taxes set amount = amount + 1 where order_line_id is null;
         insert into order_discounts (order_id, order_line_id, name, amount) select order_id, id, 'Off', 5 from order_lines",
        "totals: order 1001",
    ),
    ("delete from order_taxes where order_line_id is null", "totals: order 1001"),
    ("insert into order_discounts (order_id, order_line_id, name, amount) select order_id, id, 'Off', 1 from order_lines", "totals: order 1001"),
    ("insert into order_discounts (order_id, name, amount) select id, 'Off', 1 from orders", "totals: order 1001"),
    (
        "insert into payment_refunds (payment_id, amount, state, idempotency_key) select id, 1, 'granted', 'r' from payments;
         update orders set payment_status = 'refunded'; update payments set reference = null",
        "refunds: payment 1",
    ),
    (
        "insert into payment_captures (payment_id, amount, idempotency_key, state)
         select id, amount + n, 'c' || n, case n when 0 then 'failed' else 'granted' end from payments, generate_series(0, 1) n",
        "refunds: payment 1001",
    ),
    ("update payments set currency = 'EUR'", "currency: payment 1001"),
    ("{ship 1}; {ship 2}; update orders set fulfilment_status = 'fulfilled'", ""),
    ("{ship 2}; {ship 2}; update orders set fulfilment_status = 'fulfilled'", "shipped: order 1001"),
    ("{ship 1}; update orders set fulfilment_status = 'partly_fulfilled'", ""),
    ("{ship 1}", "statuses: order 1001"),
    ("{capture 3500}; update payments set state = 'captured'; update orders set payment_status = 'paid'", ""),
    ("{capture 3500}", "statuses: order 1001"),
    (
        "{capture 3400}; insert into payment_captures (payment_id, amount, idempotency_key, state) select id, 100, 'no', 'failed' from payments;
         update payments set state = 'captured'; update orders set payment_status = 'partly_paid'",
        "paid: payment 1",
    ),
    (
        "{capture 3500}; update payments set state = 'captured'; update orders set payment_status = 'partly_refunded';
         insert into payment_refunds (payment_id, amount, state, idempotency_key)
         select id, 100, case n when 0 then 'failed' else 'sent' end, 'r' || n from payments, generate_series(0, 1) n",
        "",
    ),
    ("update payments set state = 'authorised'", "statuses: order 1001"),
    ("{card}; update orders set payment_status = 'authorised'", ""),
    ("{card}; update orders set payment_status = 'partly_paid'", "statuses: order 1001"),
    ("{two rates 130}", ""),
    ("{two rates 131}", "taxes: order 1001"),
    (
        "with task as (insert into graphile_worker._private_tasks (identifier) values ('plough') returning id)
         insert into graphile_worker._private_jobs (task_id, attempts, max_attempts, last_error) select id, 25, 25, 'stuck' from task",
        "jobs-failed: plough (stuck)",
    ),
    (
        "with task as (insert into graphile_worker._private_tasks (identifier) values ('plough') returning id)
         insert into graphile_worker._private_jobs (task_id, run_at) select id, now() - interval '11 minutes' from task",
        "jobs-late: plough",
    ),
    (
        "insert into mails (kind, sender, recipient, subject, html, body_text, state) values ('x', 'x', 'anna@example.org', '', '', '', 'failed')",
        "mail: to anna@example.org",
    ),
];

/// `{ship 2}` and its like, spelt out: pieces shipped; money captured; a gift card of 1.00 beside a card that is authorised; two taxes on
/// the tea, 10% and 5% of 30.00, the second of them so many cents.
const SPELT: [(&str, &str); 4] = [
    (
        r"\{ship (\d+)\}",
        "with parcel as (insert into fulfilments (order_id) select id from orders returning id)
         insert into fulfilment_lines (fulfilment_id, order_line_id, quantity) select parcel.id, l.id, $1 from parcel, order_lines l",
    ),
    (
        r"\{capture (\d+)\}",
        "insert into payment_captures (payment_id, amount, idempotency_key) select id, $1, 'c' from payments",
    ),
    (
        r"\{card\}",
        "update payments set state = 'authorised', amount = 3400;
         insert into payments (order_id, gateway, reference, idempotency_key, currency, amount, state, credit_account_id)
         select id, 'gift_card', 'G', 'g', 'USD', 100, 'captured', 9 from orders;
         insert into payment_captures (payment_id, amount, idempotency_key) select id, 100, 'g' from payments where reference = 'G'",
    ),
    (
        r"\{two rates (\d+)\}",
        "delete from order_taxes where order_line_id is not null;
         insert into order_taxes (order_id, order_line_id, name, country, rate_millionths, included, amount)
         select l.order_id, l.id, 'VAT', 'DE', t.rate, true, t.amount from order_lines l, (values (100000, 261), (50000, $1)) t(rate, amount);
         update orders set tax_total = (select sum(amount) from order_taxes)",
    ),
];

#[rocket::async_test]
async fn each_rule_finds_what_breaks_it_and_nothing_else() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 5).await;
    shop.place(1, &[(&tea, 1000, 3)]).await.expect("placed");
    let mut conn = shop.conn().await;
    for (done, found) in [("select", "")].iter().chain(DONE) {
        let spelt = SPELT.iter().fold((*done).to_owned(), |done, (short, long)| {
            regex::Regex::new(short).expect("a pattern").replace_all(&done, *long).into_owned()
        });
        // Only a superuser can do these: triggers are off.
        conn.batch_execute(&format!("begin; set local session_replication_role = replica; {spelt}")).await.expect("done");
        let outcomes = examine(&mut conn, true).await.expect("looked at");
        conn.batch_execute("rollback").await.expect("undone");
        let broken = outcomes.iter().filter(|one| one.count > 0).map(|one| format!("{}: {}", one.rule, one.shown()));
        assert_eq!(broken.collect::<Vec<_>>().join("; "), *found, "{done}");
    }
}
