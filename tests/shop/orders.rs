//! Orders: what staff do to them, twice, at once and too late; and that money, stock and statuses agree after each.

use barrow::features::orders::commands::{add_note, cancel, expire_unpaid, fulfil, mark_paid, remind_due};
use barrow::features::orders::model::{Records, statuses};
use barrow::features::orders::queries::{Begin, Filter, Order, index, order_by_number};
use barrow::features::orders::{
    CancelRefused, FulfilRefused, FulfilmentStatus, OrderStatus, PayRefused, PaymentStatus, Placed, Tracking,
};
use barrow::platform::access::Person;
use barrow::platform::base::{Failed, FulfilmentId};
use chrono::Duration;
use futures::future::{join, join_all};

use crate::world::{Shelf, TestShop};

/// A shop with five teas, and an order of three of them.
async fn with_order() -> (TestShop, Shelf, Placed, Person) {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 5).await;
    let placed = shop.place(1, &[(&tea, 1000, 3)]).await.expect("placed");
    let sam = shop.person("sam@example.org").await;
    (shop, tea, placed, sam)
}

async fn look(shop: &TestShop, placed: &Placed) -> Order {
    order_by_number(&mut *shop.conn().await, placed.number).await.expect("a query").expect("the order")
}

async fn stands(shop: &TestShop, placed: &Placed) -> (OrderStatus, PaymentStatus, FulfilmentStatus) {
    let order = look(shop, placed).await;
    (order.status, order.payment_status, order.fulfilment_status)
}

async fn pay(
    shop: &TestShop,
    placed: &Placed,
    amount: Option<i64>,
    version: i32,
    who: &Person,
) -> Result<(), Failed<PayRefused>> {
    mark_paid(&mut *shop.conn().await, placed.number, amount, version, who, shop.now()).await
}

async fn ship(
    shop: &TestShop,
    placed: &Placed,
    quantity: i32,
    version: i32,
    who: &Person,
) -> Result<FulfilmentId, Failed<FulfilRefused>> {
    let line = look(shop, placed).await.lines[0].id;
    let tracking = Tracking { carrier: "DHL".into(), number: "0034".into(), ..Tracking::default() };
    fulfil(&mut *shop.conn().await, placed.number, &[(line, quantity)], &tracking, version, who, shop.now()).await
}

async fn undo(shop: &TestShop, placed: &Placed, restock: bool, version: i32, who: &Person) -> Result<(), Failed<CancelRefused>> {
    cancel(&mut *shop.conn().await, placed.number, restock, "changed their mind", version, who, shop.now()).await
}

#[rocket::async_test]
async fn an_order_keeps_what_was_quoted_and_promises_its_stock() {
    let (shop, tea, placed, _) = with_order().await;
    let order = look(&shop, &placed).await;
    assert_eq!((order.number.0, order.total, order.tax_total), (1001, 3500, 479 + 80));
    assert_eq!(stands(&shop, &placed).await, (OrderStatus::Open, PaymentStatus::Unpaid, FulfilmentStatus::Unfulfilled));
    assert_eq!(order.payments[0].reference, "1001");
    assert_eq!(shop.stands(&tea).await, (5, 3, 2));
    assert!(placed.token.len() >= 40 && placed.fresh);
    assert_eq!(shop.number("select count(*) from events where kind = 'order_placed'").await, 1);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn fifty_times_the_same_cart_is_one_order() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 1000, 100).await;
    shop.place(7, &[(&tea, 1000, 2)]).await.expect("placed");
    let again = join_all((0..50).map(|_| async { shop.place(7, &[(&tea, 1000, 2)]).await })).await;
    assert!(again.iter().all(|placed| placed.as_ref().is_ok_and(|placed| placed.number.0 == 1001 && !placed.fresh)));
    assert_eq!(shop.stands(&tea).await.1, 2);
}

#[rocket::async_test]
async fn fifty_orders_race_for_the_last_piece_and_one_stands_without_a_gap_in_the_numbers() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 1000, 1).await;
    let placed = join_all((1..=50).map(|cart| {
        let (shop, tea) = (&shop, &tea);
        async move { shop.place(cart, &[(tea, 1000, 1)]).await }
    }))
    .await;
    assert_eq!(placed.iter().filter(|one| one.is_ok()).count(), 1);
    let next = shop.put("Cup", 100, 1).await;
    assert_eq!(shop.place(99, &[(&next, 100, 1)]).await.expect("placed").number.0, 1002);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_double_click_on_paid_is_one_payment_and_a_colleague_is_told() {
    let (shop, _, placed, sam) = with_order().await;
    let anna = shop.person("anna@example.org").await;
    let clicks = join_all((0..6).map(|_| pay(&shop, &placed, None, 1, &sam)).collect::<Vec<_>>()).await;
    assert!(clicks.iter().all(Result::is_ok), "{clicks:?}");
    assert!(matches!(pay(&shop, &placed, None, 1, &anna).await, Err(Failed::Refused(PayRefused::Changed))));
    assert!(matches!(pay(&shop, &placed, None, 2, &anna).await, Err(Failed::Refused(PayRefused::Settled))));
    assert_eq!(shop.number("select count(*) from payment_captures").await, 1);
    assert_eq!(shop.number("select count(*) from events where kind = 'order_paid'").await, 1);
    assert_eq!(shop.number("select count(*) from audit where action = 'order.paid'").await, 1);
    assert_eq!(stands(&shop, &placed).await.1, PaymentStatus::Paid);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn money_may_come_in_parts_but_never_too_much() {
    let (shop, _, placed, sam) = with_order().await;
    pay(&shop, &placed, Some(1500), 1, &sam).await.expect("recorded");
    assert_eq!(stands(&shop, &placed).await.1, PaymentStatus::PartlyPaid);
    for wrong in [0, -1, 2001, i64::MAX] {
        assert!(
            matches!(pay(&shop, &placed, Some(wrong), 2, &sam).await, Err(Failed::Refused(PayRefused::Capture(_)))),
            "{wrong}"
        );
    }
    pay(&shop, &placed, Some(2000), 2, &sam).await.expect("recorded");
    assert_eq!(stands(&shop, &placed).await.1, PaymentStatus::Paid);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn two_staff_ship_the_same_pieces_at_once_and_one_parcel_leaves() {
    let (shop, tea, placed, sam) = with_order().await;
    let anna = shop.person("anna@example.org").await;
    let (one, other) = join(ship(&shop, &placed, 3, 1, &sam), ship(&shop, &placed, 3, 1, &anna)).await;
    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1, "{one:?} {other:?}");
    let refused = if one.is_err() { one } else { other };
    assert!(matches!(refused, Err(Failed::Refused(FulfilRefused::Changed))), "{refused:?}");
    assert_eq!(shop.stands(&tea).await, (2, 0, 2));
    assert_eq!(shop.number("select count(*) from fulfilments").await, 1);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_double_click_on_ship_is_one_parcel() {
    let (shop, tea, placed, sam) = with_order().await;
    let clicks = join_all((0..6).map(|_| ship(&shop, &placed, 2, 1, &sam)).collect::<Vec<_>>()).await;
    let parcels: Vec<FulfilmentId> = clicks.into_iter().map(|click| click.expect("the same parcel")).collect();
    assert!(parcels.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(matches!(ship(&shop, &placed, 1, 1, &sam).await, Err(Failed::Refused(FulfilRefused::Changed))));
    assert_eq!(shop.stands(&tea).await, (3, 1, 2));
    assert_eq!(shop.number("select count(*) from events where kind = 'items_shipped'").await, 1);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn no_parcel_holds_more_than_is_left_or_another_orders_lines() {
    let (shop, tea, placed, sam) = with_order().await;
    let other = shop.place(2, &[(&tea, 1000, 1)]).await.expect("placed");
    ship(&shop, &placed, 2, 1, &sam).await.expect("shipped");
    for (quantity, left) in [(2, 1), (i32::MAX, 1)] {
        let refused = ship(&shop, &placed, quantity, 2, &sam).await;
        assert!(matches!(refused, Err(Failed::Refused(FulfilRefused::TooMany { left: l, .. })) if l == left), "{refused:?}");
    }
    for nothing in [0, -1] {
        assert!(matches!(ship(&shop, &placed, nothing, 2, &sam).await, Err(Failed::Refused(FulfilRefused::Nothing))));
    }
    let foreign = look(&shop, &other).await.lines[0].id;
    let refused =
        fulfil(&mut *shop.conn().await, placed.number, &[(foreign, 1)], &Tracking::default(), 2, &sam, shop.now()).await;
    assert!(matches!(refused, Err(Failed::Refused(FulfilRefused::ForeignLine))));
    ship(&shop, &placed, 1, 2, &sam).await.expect("the rest");
    pay(&shop, &placed, None, 3, &sam).await.expect("paid");
    assert_eq!(stands(&shop, &placed).await, (OrderStatus::Completed, PaymentStatus::Paid, FulfilmentStatus::Fulfilled));
    assert!(matches!(undo(&shop, &placed, true, 4, &sam).await, Err(Failed::Refused(CancelRefused::AllShipped))));
    shop.is_sound().await;
}

#[rocket::async_test]
async fn pieces_that_are_not_there_do_not_leave() {
    let (shop, _, placed, sam) = with_order().await;
    shop.sql("insert into stock_movements (stock_id, kind, on_hand) select id, 'adjustment', -4 from stock").await;
    let refused = ship(&shop, &placed, 2, 1, &sam).await;
    assert!(matches!(refused, Err(Failed::Refused(FulfilRefused::Stock(_)))), "{refused:?}");
    ship(&shop, &placed, 1, 1, &sam).await.expect("the one that is there");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn cancelling_gives_the_stock_back_once_and_voids_the_payment() {
    let (shop, tea, placed, sam) = with_order().await;
    let anna = shop.person("anna@example.org").await;
    let clicks = join_all((0..4).map(|_| undo(&shop, &placed, true, 1, &sam)).collect::<Vec<_>>()).await;
    assert!(clicks.iter().all(Result::is_ok), "{clicks:?}");
    assert!(matches!(undo(&shop, &placed, true, 1, &anna).await, Err(Failed::Refused(CancelRefused::Cancelled))));
    assert_eq!(stands(&shop, &placed).await, (OrderStatus::Cancelled, PaymentStatus::Voided, FulfilmentStatus::Cancelled));
    assert_eq!(shop.stands(&tea).await, (5, 0, 5));
    assert!(matches!(pay(&shop, &placed, None, 2, &sam).await, Err(Failed::Refused(PayRefused::Cancelled))));
    assert!(matches!(ship(&shop, &placed, 1, 2, &sam).await, Err(Failed::Refused(FulfilRefused::Cancelled))));
    shop.is_sound().await;
}

#[rocket::async_test]
async fn cancelling_after_a_part_was_shipped_gives_only_the_rest_back() {
    let (shop, tea, placed, sam) = with_order().await;
    pay(&shop, &placed, None, 1, &sam).await.expect("paid");
    ship(&shop, &placed, 1, 2, &sam).await.expect("shipped");
    undo(&shop, &placed, true, 3, &sam).await.expect("cancelled");
    assert_eq!(stands(&shop, &placed).await, (OrderStatus::Cancelled, PaymentStatus::Paid, FulfilmentStatus::PartlyFulfilled));
    assert_eq!(shop.stands(&tea).await, (4, 0, 4));
    assert_eq!(look(&shop, &placed).await.owed_back(), 3500 - 1000 - 500);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn cancelling_without_restock_writes_the_pieces_off() {
    let (shop, tea, placed, sam) = with_order().await;
    undo(&shop, &placed, false, 1, &sam).await.expect("cancelled");
    assert_eq!(shop.stands(&tea).await, (2, 0, 2));
    shop.is_sound().await;
}

#[rocket::async_test]
async fn shipping_and_cancelling_at_once_end_in_one_of_the_two() {
    for round in 0..8 {
        let (shop, tea, placed, sam) = with_order().await;
        let anna = shop.person("anna@example.org").await;
        let (shipped, cancelled) = join(ship(&shop, &placed, 3, 1, &sam), undo(&shop, &placed, true, 1, &anna)).await;
        assert!(shipped.is_ok() != cancelled.is_ok(), "round {round}: {shipped:?} {cancelled:?}");
        assert_eq!(shop.stands(&tea).await, if shipped.is_ok() { (2, 0, 2) } else { (5, 0, 5) });
        shop.is_sound().await;
    }
}

#[rocket::async_test]
async fn unpaid_orders_are_reminded_once_and_expire_with_their_stock() {
    let (shop, tea, placed, sam) = with_order().await;
    let mut conn = shop.conn().await;
    assert_eq!(remind_due(&mut conn, shop.now()).await.expect("swept"), 0);
    shop.shop.clock.advance(Duration::days(5) + Duration::minutes(1));
    assert_eq!(remind_due(&mut conn, shop.now()).await.expect("swept"), 1);
    assert_eq!(remind_due(&mut conn, shop.now()).await.expect("swept"), 0);
    assert_eq!(expire_unpaid(&mut conn, shop.now()).await.expect("swept"), 0);
    shop.shop.clock.advance(Duration::days(2));
    assert_eq!(expire_unpaid(&mut conn, shop.now()).await.expect("swept"), 1);
    assert_eq!(expire_unpaid(&mut conn, shop.now()).await.expect("swept"), 0);
    assert_eq!(stands(&shop, &placed).await, (OrderStatus::Expired, PaymentStatus::Voided, FulfilmentStatus::Cancelled));
    assert_eq!(shop.stands(&tea).await, (5, 0, 5));
    assert!(matches!(pay(&shop, &placed, None, 2, &sam).await, Err(Failed::Refused(PayRefused::Expired))));
    assert_eq!(shop.number("select count(*) from events where kind in ('order_due_soon', 'order_expired')").await, 2);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn what_is_paid_in_part_or_shipped_does_not_expire() {
    let (shop, tea, placed, sam) = with_order().await;
    let other = shop.place(2, &[(&tea, 1000, 1)]).await.expect("placed");
    pay(&shop, &placed, Some(1), 1, &sam).await.expect("paid");
    ship(&shop, &other, 1, 1, &sam).await.expect("shipped");
    shop.shop.clock.advance(Duration::days(30));
    assert_eq!(expire_unpaid(&mut *shop.conn().await, shop.now()).await.expect("swept"), 0);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn expiring_and_paying_at_once_end_in_one_of_the_two() {
    for round in 0..8 {
        let (shop, tea, placed, sam) = with_order().await;
        shop.shop.clock.advance(Duration::days(8));
        let now = shop.now();
        let (mut one, mut other) = (shop.conn().await, shop.conn().await);
        let sweeps = join(expire_unpaid(&mut one, now), expire_unpaid(&mut other, now));
        let (paid, (first, second)) = join(pay(&shop, &placed, None, 1, &sam), sweeps).await;
        let expired = first.expect("swept") + second.expect("swept");
        assert_eq!(expired, usize::from(paid.is_err()), "round {round}: {paid:?}");
        let now_is = stands(&shop, &placed).await;
        assert_eq!(now_is.0, if paid.is_ok() { OrderStatus::Open } else { OrderStatus::Expired });
        assert_eq!(shop.stands(&tea).await.1, if paid.is_ok() { 3 } else { 0 });
        shop.is_sound().await;
    }
}

#[rocket::async_test]
async fn a_note_is_kept_once_and_changes_nothing_else() {
    let (shop, _, placed, sam) = with_order().await;
    let mut conn = shop.conn().await;
    for _ in 0..2 {
        add_note(&mut conn, placed.number, "asked for blue paper", &sam, shop.now()).await.expect("kept");
    }
    assert!(add_note(&mut conn, placed.number, "  \n", &sam, shop.now()).await.is_err());
    assert_eq!(shop.number("select count(*) from order_timeline where kind = 'note' and not public").await, 1);
    assert_eq!(look(&shop, &placed).await.version, 1);
}

#[rocket::async_test]
async fn orders_are_found_by_number_name_and_address_page_by_page() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 1000, 100).await;
    for cart in 1..=60 {
        shop.place(cart, &[(&tea, 1000, 1)]).await.expect("placed");
    }
    shop.sql("update orders set customer_name = 'Ümit 100% O''Hara_', email = 'umit@example.net' where number = 1007").await;
    let mut conn = shop.conn().await;
    for words in ["1007", "#1007", "ümit", "100%", "O'HARA_", "umit@example"] {
        let filter = Filter { words: words.into(), ..Filter::default() };
        let found = index(&mut conn, &filter, Begin::Newest).await.expect("a query");
        assert_eq!(found.rows.iter().map(|row| row.0.number).collect::<Vec<_>>(), [1007], "{words}");
    }
    let every = Filter::default();
    let first = index(&mut conn, &every, Begin::Newest).await.expect("a query");
    assert_eq!((first.found, first.worth["USD"], first.rows.len(), first.newer, first.older), (60, 60 * 1500, 25, false, true));
    let second = index(&mut conn, &every, Begin::Before(first.rows[24].0.id)).await.expect("a query");
    let third = index(&mut conn, &every, Begin::Before(second.rows[24].0.id)).await.expect("a query");
    assert_eq!((second.rows[0].0.number, third.rows.len(), third.newer, third.older), (1035, 10, true, false));
    let back = index(&mut conn, &every, Begin::After(third.rows[0].0.id)).await.expect("a query");
    assert_eq!(
        back.rows.iter().map(|row| row.0.number).collect::<Vec<_>>(),
        second.rows.iter().map(|row| row.0.number).collect::<Vec<_>>()
    );
    let paid = Filter { payment: vec![PaymentStatus::Paid], ..Filter::default() };
    assert_eq!(index(&mut conn, &paid, Begin::Newest).await.expect("a query").found, 0);
}

#[test]
fn statuses_follow_from_the_records() {
    use FulfilmentStatus as F;
    use OrderStatus as O;
    use PaymentStatus as P;
    let of = |total, captured, refunded, fulfilled, cancelled, expired| {
        let records =
            Records { total, authorised: 0, captured, credited: 0, refunded, ordered: 3, fulfilled, cancelled, expired };
        let now_is = statuses(&records);
        (now_is.order, now_is.payment, now_is.fulfilment)
    };
    let table = [
        (of(100, 0, 0, 0, false, false), (O::Open, P::Unpaid, F::Unfulfilled)),
        (of(100, 40, 0, 1, false, false), (O::Open, P::PartlyPaid, F::PartlyFulfilled)),
        (of(100, 100, 0, 0, false, false), (O::Open, P::Paid, F::Unfulfilled)),
        (of(100, 100, 0, 3, false, false), (O::Completed, P::Paid, F::Fulfilled)),
        (of(100, 0, 0, 3, false, false), (O::Open, P::Unpaid, F::Fulfilled)),
        (of(100, 100, 40, 3, false, false), (O::Completed, P::PartlyRefunded, F::Fulfilled)),
        (of(100, 100, 100, 3, false, false), (O::Completed, P::Refunded, F::Fulfilled)),
        (of(100, 0, 0, 0, true, false), (O::Cancelled, P::Voided, F::Cancelled)),
        (of(100, 100, 100, 0, true, false), (O::Cancelled, P::Refunded, F::Cancelled)),
        (of(100, 100, 0, 1, true, false), (O::Cancelled, P::Paid, F::PartlyFulfilled)),
        (of(100, 0, 0, 0, false, true), (O::Expired, P::Voided, F::Cancelled)),
        (of(0, 0, 0, 0, false, false), (O::Open, P::Paid, F::Unfulfilled)),
        (of(0, 0, 0, 3, false, false), (O::Completed, P::Paid, F::Fulfilled)),
    ];
    for (at, (is, should)) in table.into_iter().enumerate() {
        assert_eq!(is, should, "row {at}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(10_000))]
    #[test]
    fn no_records_break_the_status_function(
        total: i64, authorised: i64, captured: i64, refunded: i64, ordered: i64, fulfilled: i64, cancelled: bool, expired: bool,
    ) {
        let now_is = statuses(&Records { total, authorised, captured, credited: 0, refunded, ordered, fulfilled, cancelled, expired });
        proptest::prop_assert_eq!(now_is.order == OrderStatus::Expired, expired);
        proptest::prop_assert_eq!(now_is.order == OrderStatus::Cancelled, cancelled && !expired);
        if now_is.order == OrderStatus::Completed {
            proptest::prop_assert!(fulfilled >= ordered && captured.max(0) >= total.min(captured.max(0)));
        }
    }
}
