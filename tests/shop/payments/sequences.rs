//! Captures and refunds in any order, through the commands and the database's own rules: 10,000 acts against a model of three numbers.

use barrow::engines::payments::commands::{Stage, book_refund, capture, grant_refund};
use barrow::engines::payments::{CaptureRefused, Captured, RefundRefused};
use barrow::platform::base::{Failed, PaymentId};
use barrow::platform::db::Conn;
use diesel_async::SimpleAsyncConnection;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::world::TestShop;

const PAYMENTS: usize = 40;
const ACTS: usize = 10_000;
/// Of each payment.
const ASKED: i64 = 3500;

#[derive(Clone, Copy, Debug)]
enum Act {
    Capture,
    Refund,
    Book,
}

/// What one payment should hold.
#[derive(Clone, Copy, Debug, Default)]
struct Model {
    captured: i64,
    refunded: i64,
}

impl Model {
    /// Whether the act is taken; the model goes on if it is.
    fn takes(&mut self, act: Act, amount: i64) -> bool {
        let (sum, most) = match act {
            // A payment that is paid in full is closed.
            Act::Capture => (&mut self.captured, ASKED),
            Act::Refund | Act::Book => (&mut self.refunded, self.captured),
        };
        let fits = amount > 0 && amount <= most - *sum;
        *sum += if fits { amount } else { 0 };
        fits
    }
}

/// One act; whether it was taken, or done before under this key.
async fn perform(tx: &mut Conn, payment: PaymentId, act: Act, amount: i64, key: &str, shop: &TestShop) -> Option<Captured> {
    let taken = |done: Result<Captured, Failed<RefundRefused>>| match done {
        Ok(captured) => Some(captured),
        Err(Failed::Refused(RefundRefused::TooLittle | RefundRefused::TooMuch { .. })) => None,
        Err(other) => panic!("{other:?}"),
    };
    match act {
        Act::Capture => match capture(tx, payment, amount, key, Stage::Done, shop.now()).await {
            Ok(captured) => Some(captured),
            Err(Failed::Refused(CaptureRefused::TooLittle | CaptureRefused::TooMuch { .. } | CaptureRefused::Closed)) => None,
            Err(other) => panic!("{other:?}"),
        },
        Act::Refund => taken(grant_refund(tx, payment, amount, "", key, shop.now()).await),
        Act::Book => taken(book_refund(tx, payment, amount, key, shop.now()).await),
    }
}

#[rocket::async_test]
async fn payments_refund_never_more_than_came_in_whatever_the_order() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 1000).await;
    for cart in 1..=PAYMENTS as i64 {
        shop.place(cart, &[(&tea, 1000, 3)]).await.expect("placed");
    }
    let first = PaymentId(shop.number("select min(id) from payments").await);
    let acts = prop_oneof![Just(Act::Capture), Just(Act::Refund), Just(Act::Book)];
    // Often small, sometimes nothing, below nothing, or far too much; every tenth is a replay.
    let amounts = prop_oneof![6 => 1..400_i64, 2 => 400..4000_i64, 1 => -5..=0_i64, 1 => Just(i64::MAX)];
    let step = (0..PAYMENTS, acts, amounts, 0..10);
    let mut runner = TestRunner::deterministic();
    let (mut models, mut last, mut taken) = ([Model::default(); PAYMENTS], None::<(usize, Act, i64, String)>, 0);
    let mut conn = shop.conn().await;
    conn.batch_execute("begin").await.expect("begins");
    for at in 1..=ACTS {
        let (which, act, amount, replay) = step.new_tree(&mut runner).expect("a step").current();
        let replayed = last.clone().filter(|_| replay == 0);
        let again = replayed.is_some();
        let (which, act, amount, key) = replayed.unwrap_or((which, act, amount, at.to_string()));
        let found = perform(&mut conn, PaymentId(first.0 + which as i64), act, amount, &key, &shop).await;
        let expected = if again { Some(Captured::Before) } else { models[which].takes(act, amount).then_some(Captured::Now) };
        assert_eq!(found, expected, "{act:?} {amount} of {:?}", models[which]);
        if expected == Some(Captured::Now) {
            last = Some((which, act, amount, key));
            taken += 1;
        }
        if at % 200 == 0 {
            conn.batch_execute("commit; begin").await.expect("the database agrees with every sum");
        }
    }
    conn.batch_execute("commit").await.expect("commits");
    assert!(taken > 500, "{taken} of {ACTS} were taken");
    for (at, model) in models.iter().enumerate() {
        let of = |table: &str| format!("select sum(amount) from {table} where payment_id = {}", first.0 + at as i64);
        let sums = (shop.number(&of("payment_captures")).await, shop.number(&of("payment_refunds")).await);
        assert_eq!(sums, (model.captured, model.refunded));
    }
}
