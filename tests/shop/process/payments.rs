//! Payments and the real binary: the doctor finds what went astray, and the proofs of `bin/bench --prove` hold in small rounds.

use super::*;

/// An open payment page for one tea, as the checkout leaves it.
const PAGE: &str = "
    insert into payments (gateway, reference, idempotency_key, currency, amount, state, expires_at)
    values ('elsewhere', 'tc_1', 's1', 'USD', 900, 'pending', now() + interval '20 minutes');
    insert into payment_sessions (payment_id, token, cart_id, snapshot, email, locale, url)
    select id, 'abcdefghijklmnopqrstuvwxyz', 77, '{\"order\": {\"quote\": {\"total\": 900}}}', 'a@example.org', 'en', '/x'
      from payments where reference = 'tc_1';
    insert into carts (id, token_hash, locale, expires_at) overriding system value values (77, sha256('x'), 'en', now() + interval '1 day');
    insert into stock_reservations (cart_id, stock_id, quantity, expires_at) select 77, id, 1, now() + interval '25 minutes' from stock;";

/// What goes astray, what the doctor says then, and what puts it right.
const ASTRAY: [(&str, &str, &str); 11] = [
    (
        "update payments set expires_at = now() - interval '11 minutes' where reference = 'tc_1'",
        "payment pages that are open past their time: 1 (payment 2)",
        "update payments set expires_at = now() + interval '20 minutes' where reference = 'tc_1'",
    ),
    (
        "update stock_reservations set expires_at = now() + interval '1 minute'",
        "open payment pages whose goods are not held as long as they are open: 1 (payment 2)",
        "update stock_reservations set expires_at = now() + interval '25 minutes'",
    ),
    (
        "update stock_reservations set expires_at = now() + interval '3 days'",
        "or longer than any checkout does: 1 (cart 77)",
        "update stock_reservations set expires_at = now() + interval '25 minutes'",
    ),
    (
        "update orders set cart_id = 77",
        "carts that hold goods although they became orders",
        "update orders set cart_id = 1",
    ),
    (
        "update payments set amount = 901 where reference = 'tc_1'",
        "payments of another amount than the shopper saw, or on an order that they were not for: 1 (payment 2)",
        "update payments set amount = 900 where reference = 'tc_1'",
    ),
    (
        "update payments set state = 'authorised', order_id = (select id from orders) where reference = 'tc_1'",
        "on an order that they were not for: 1 (payment 2)",
        "update payments set state = 'pending', order_id = null where reference = 'tc_1'",
    ),
    (
        "update payments set state = 'captured', order_id = (select id from orders) where reference = 'tc_1'",
        "payments that are captured although less came in than was asked for: 1 (payment 2)",
        "update payments set state = 'pending', order_id = null where reference = 'tc_1'",
    ),
    (
        "update payments set state = 'voiding' where reference = 'tc_1'",
        "payments whose money should go back and has not for an hour: 1 (payment 2)",
        "update payments set state = 'pending' where reference = 'tc_1'",
    ),
    (
        "insert into payment_captures (payment_id, amount, idempotency_key, state, at) select id, 9, 'k', 'granted', now() - interval '2 hours'
           from payments where reference = 'tc_1'",
        "captures and refunds that the gateway has not answered for an hour: 1 (payment 2)",
        "delete from payment_captures where idempotency_key = 'k'",
    ),
    (
        "insert into payment_differences (gateway, reference, kind, ours, theirs, currency) values ('test_card', 'tc_9', 'paid_without_order', 0, 5, 'USD')",
        "differences between a gateway's books and ours that stand open: 1 (tc_9)",
        "update payment_differences set mended_at = now()",
    ),
    (
        "update payment_methods set enabled = true where method = 'test_card'",
        "ways to pay with which no money moves are offered, although this is no demo shop: 1 (test_card)",
        "update payment_methods set enabled = false where method = 'test_card'",
    ),
];

#[test]
fn the_doctor_finds_payments_that_went_astray() {
    let place = Place::new();
    let shop = place.serve();
    place.sql(SHOP);
    place.sql(PAGE);
    assert!(place.done(&["doctor"]).contains("All is well."));
    for (astray, finding, right) in ASTRAY {
        place.sql(&format!("set session_replication_role = replica; {astray}"));
        let output = place.run(&["doctor"]);
        let said = text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{astray}: {said}");
        let (_, after) = said.split_once(finding).unwrap_or_else(|| panic!("{astray}: {said}"));
        assert!(after.lines().nth(1).is_some_and(|line| line.contains("\u{2192} ")), "it says what to do: {said}");
        place.sql(&format!("set session_replication_role = replica; {right}"));
    }
    assert!(place.done(&["doctor"]).contains("All is well."));
    // A capture that the gateway refused is no money.
    place.sql(
        "set session_replication_role = replica; insert into payment_captures (payment_id, amount, idempotency_key, state)
               select id, amount, format('no%s-%s', id, n), 'failed' from payments, generate_series(1, 2) n",
    );
    assert!(place.done(&["doctor"]).contains("All is well."));
    shop.stop();
}

/// Runs proofs of `bin/bench --prove` in small rounds.
#[track_caller]
fn proved(names: &[&str]) {
    let mut proof = Command::new("python3");
    proof.args(["benches/prove.py", env!("CARGO_BIN_EXE_barrow"), "--small"]).args(names);
    proof.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("DATABASE_URL").env_remove("SMTP_URL");
    let output = proof.output().expect("python3 runs");
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}

#[test]
fn cards_hold_when_many_want_few_when_two_pay_back_and_when_the_shop_is_killed() {
    proved(&["card-race", "refunds", "card-kills"]);
}

#[test]
fn stock_codes_and_gift_cards_hold_when_many_come_at_once_and_when_shop_and_database_are_killed() {
    proved(&["pieces", "codes", "gift-cards", "bundles", "corrections", "mixed-kills"]);
}
