//! What staff do with money: take, let go, pay back; never more than there is, also when two do it at once.

use futures::future::join_all;
use rocket::http::Status;

use super::steps::*;
use crate::world::{TestShop, Visitor};

/// An order of $14.00 paid by card; its number and the payment's id.
async fn paid(capture: &str) -> (TestShop, String, i64) {
    let (shop, tea) = card_shop(10).await;
    shop.sql(&format!("update payment_methods set capture = '{capture}' where method = 'test_card'")).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    card(&anna, &page, "approve").await;
    is_order(&anna.get(&way_back(&shop, &page).await).await);
    shop.work().await;
    let number = shop.number("select number from orders").await;
    let payment = shop.number("select id from payments").await;
    (shop, format!("/admin/orders/{number}"), payment)
}

async fn version(shop: &TestShop) -> String {
    shop.number("select version from orders").await.to_string()
}

async fn refund(shop: &TestShop, staff: &Visitor, order: &str, payment: i64, amount: &str) -> crate::world::Answer {
    let version = version(shop).await;
    let fields = [("version", version.as_str()), ("amount", amount), ("reason", "too small")];
    staff.post(&format!("{order}/payments/{payment}/refund"), &fields).await
}

#[rocket::async_test]
async fn staff_take_held_money_in_parts_and_no_more_than_there_is() {
    let (shop, order, payment) = paid("manual").await;
    let staff = shop.staff("manager").await;
    let take = format!("{order}/payments/{payment}/capture");
    let first = version(&shop).await;
    staff.get(&order).await.is_ok().shows("Take the money").shows("Up to $14.00 can be taken");
    staff.post(&take, &[("version", &first), ("amount", "10.00")]).await.goes_to(&order);
    staff.post(&take, &[("version", &first), ("amount", "10.00")]).await.goes_to(&order);
    shop.work().await;
    assert_eq!(shop.number("select captured from test_card_charges").await, 1000);
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'partly_paid'").await, 1);
    let now = version(&shop).await;
    let over = staff.post(&take, &[("version", &now), ("amount", "4.01")]).await;
    over.is(Status::UnprocessableEntity).shows("more than is still to pay").keeps("amount", "4.01");
    for nonsense in ["-1", "0", "x", "1e3", "99999999999999999999", ""] {
        staff.post(&take, &[("version", &now), ("amount", nonsense)]).await.is(Status::UnprocessableEntity);
    }
    staff.post(&take, &[("version", &now), ("amount", "4.00")]).await.goes_to(&order);
    shop.work().await;
    paid_orders(&shop, 1).await;
    assert_eq!(mails(&shop, "order_paid").await, 1);
}

#[rocket::async_test]
async fn staff_let_held_money_go() {
    let (shop, order, payment) = paid("manual").await;
    let staff = shop.staff("manager").await;
    let now = version(&shop).await;
    let void = format!("{order}/payments/{payment}/void");
    staff.post(&void, &[("version", &now)]).await.goes_to(&order);
    staff.post(&void, &[("version", &now)]).await.goes_to(&order);
    shop.work().await;
    assert_eq!(shop.number("select count(*) from test_card_charges where state = 'voided'").await, 1);
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'unpaid'").await, 1);
    staff.get(&order).await.is_ok().shows("was let go");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn cancelling_lets_held_money_go() {
    let (shop, order, _) = paid("manual").await;
    let staff = shop.staff("manager").await;
    let now = version(&shop).await;
    let fields = [("version", now.as_str()), ("restock", "yes"), ("reason", "")];
    staff.post(&format!("{order}/cancellation"), &fields).await.goes_to(&order);
    shop.work().await;
    assert_eq!(shop.number("select count(*) from test_card_charges where state = 'voided'").await, 1);
    assert_eq!(shop.number("select count(*) from payments where state = 'voided'").await, 1);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn staff_pay_back_in_parts_with_a_mail_each_and_no_more_than_came_in() {
    let (shop, order, payment) = paid("automatic").await;
    let staff = shop.staff("manager").await;
    refund(&shop, &staff, &order, payment, "4.00").await.goes_to(&order);
    shop.work().await;
    refund(&shop, &staff, &order, payment, "10.01").await.is(Status::UnprocessableEntity).shows("more than came in");
    refund(&shop, &staff, &order, payment, "4.00").await.goes_to(&order);
    shop.work().await;
    assert_eq!(shop.number("select refunded from test_card_charges").await, 800);
    assert_eq!(mails(&shop, "order_refunded").await, 2);
    staff.get(&order).await.is_ok().shows("$8.00 paid back").shows("Up to $6.00");
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'partly_refunded'").await, 1);
    refund(&shop, &staff, &order, payment, "6.00").await.goes_to(&order);
    shop.work().await;
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'refunded'").await, 1);
    refund(&shop, &staff, &order, payment, "0.01").await.is(Status::UnprocessableEntity);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn two_staff_refunding_at_once_pay_back_once() {
    let (shop, order, payment) = paid("automatic").await;
    let staff: Vec<Visitor> = vec![shop.staff("manager").await, shop.staff_named("b@example.org", "owner").await];
    for round in 0..5 {
        let version = version(&shop).await;
        let fields = [("version", version.as_str()), ("amount", "2.00"), ("reason", "")];
        let path = format!("{order}/payments/{payment}/refund");
        let answers = join_all(staff.iter().flat_map(|one| [one.post(&path, &fields), one.post(&path, &fields)])).await;
        let gone = answers.iter().filter(|answer| answer.status == Status::SeeOther).count();
        assert!(gone == 2, "round {round}: both clicks of one of them: {gone}");
        assert_eq!(shop.number("select sum(amount) from payment_refunds").await, 200 * (round + 1));
    }
    shop.work().await;
    assert_eq!(shop.number("select refunded from test_card_charges").await, 1000);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_gateway_that_loses_its_answer_pays_back_once() {
    let (shop, order, payment) = paid("automatic").await;
    shop.sql("update test_card_charges set behaviour = 'lose_answer'").await;
    let staff = shop.staff("manager").await;
    refund(&shop, &staff, &order, payment, "5.00").await.goes_to(&order);
    shop.work().await;
    assert_eq!(shop.number("select refunded from test_card_charges").await, 500);
    assert_eq!(shop.number("select count(*) from payment_refunds where state = 'sent' and amount = 500").await, 1);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn who_may_not_pay_back_does_not() {
    let (shop, order, payment) = paid("automatic").await;
    for role in ["support", "fulfilment", "content", "analyst"] {
        let staff = shop.staff_named(&format!("{role}@example.net"), role).await;
        refund(&shop, &staff, &order, payment, "1.00").await.is(Status::Forbidden);
    }
    let staff = shop.staff("manager").await;
    refund(&shop, &staff, &order, payment + 1, "1.00").await.is(Status::NotFound);
    refund(&shop, &staff, "/admin/orders/9999", payment, "1.00").await.is(Status::NotFound);
    assert_eq!(shop.number("select count(*) from payment_refunds").await, 0);
}
