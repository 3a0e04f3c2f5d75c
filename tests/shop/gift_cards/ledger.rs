//! Whatever moves, in whatever order: a balance is the sum of its movements and never below zero, and the database sees to it.

use diesel_async::SimpleAsyncConnection;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use super::*;

#[rocket::async_test]
async fn any_sequence_of_movements_keeps_the_balance_the_sum_of_its_ledger_and_above_zero() {
    let shop = TestShop::open().await;
    let account =
        shop.returned("insert into credit_accounts (kind, currency) values ('gift_card', 'USD') returning id as number").await;
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let moves = proptest::collection::vec((-1000_i64..900).prop_filter("never nothing", |amount| *amount != 0), 10_000);
    let moves = moves.new_tree(&mut runner).expect("moves").current();
    let mut conn = shop.conn().await;
    let (mut model, mut refused) = (0_i64, 0);
    for some in moves.chunks(500) {
        // A movement that would go below nothing is refused by itself; the others stay.
        let acts: String = some
            .iter()
            .map(|amount| {
                format!(
                    "begin insert into credit_movements (account_id, kind, amount) values ({account}, 'given', {amount}); \
                     exception when check_violation then null; end; "
                )
            })
            .collect();
        conn.batch_execute(&format!("do $$ begin {acts} end $$")).await.expect("moves");
        for amount in some {
            match model + amount {
                after if after < 0 => refused += 1,
                after => model = after,
            }
        }
    }
    drop(conn);
    assert!(refused > 100 && refused < 9_000, "{refused} of 10,000 were refused");
    assert_eq!(balance(&shop, account).await, model);
    assert_eq!(shop.number("select sum(amount) from credit_movements").await, model);
    shop.is_sound().await;
    for by_hand in [
        "update credit_accounts set balance = balance + 1",
        "insert into credit_accounts (kind, currency, balance) values ('gift_card', 'USD', 5)",
        "update credit_movements set amount = amount + 1",
        "delete from credit_movements",
    ] {
        assert!(shop.conn().await.batch_execute(by_hand).await.is_err(), "{by_hand}");
    }
}
