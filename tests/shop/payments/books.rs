//! The gateway's books against ours: what was late is completed, what differs is shown and mended with one press.

use chrono::Duration;
use rocket::http::Status;

use super::steps::*;
use crate::world::{Shelf, TestShop};

async fn compare(shop: &TestShop) -> usize {
    shop.shop.clock.advance(Duration::minutes(40));
    barrow::features::checkout::commands::compare(&shop.shop.db, &shop.shop.gateways, shop.now()).await.expect("a comparison")
}

async fn paid() -> (TestShop, Shelf) {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    card(&anna, &page, "approve").await;
    is_order(&anna.get(&way_back(&shop, &page).await).await);
    shop.work().await;
    (shop, tea)
}

async fn mend(shop: &TestShop) {
    let staff = shop.staff_named("books@example.org", "manager").await;
    staff.get("/admin/payments").await.is_ok().shows("Differences in the books");
    let id = shop.number("select id from payment_differences where mended_at is null").await;
    staff.post(&format!("/admin/payment-differences/{id}"), &[]).await.goes_to("/admin/payments");
    staff.get("/admin/payments").await.is_ok().shows("Mended");
    shop.work().await;
    assert_eq!(compare(shop).await, 0);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn what_only_was_not_heard_of_becomes_its_order() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    card(&anna, &page, "lose_answer").await;
    assert_eq!(compare(&shop).await, 0);
    paid_orders(&shop, 1).await;
}

#[rocket::async_test]
async fn books_that_agree_show_nothing() {
    let (shop, _) = paid().await;
    assert_eq!(compare(&shop).await, 0);
    let staff = shop.staff_named("a@example.org", "manager").await;
    staff.get("/admin/payments").await.is_ok().shows("Nothing to look at");
    staff.post("/admin/payments/comparison", &[]).await.goes_to("/admin/payments");
    let clerk = shop.staff_named("b@example.org", "fulfilment").await;
    clerk.post("/admin/payments/comparison", &[]).await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn money_that_nobody_here_knows_goes_back() {
    let (shop, _) = paid().await;
    shop.sql("insert into test_card_charges (reference, idempotency_key, amount, currency, capture, return_url, state, authorised, captured, expires_at)
              values ('tc_strange', 'strange', 700, 'USD', 'automatic', '', 'captured', 700, 700, now())").await;
    assert_eq!(compare(&shop).await, 1);
    assert_eq!(compare(&shop).await, 1, "said once");
    assert_eq!(shop.number("select count(*) from payment_differences where kind = 'paid_without_order'").await, 1);
    mend(&shop).await;
    assert_eq!(shop.number("select refunded from test_card_charges where reference = 'tc_strange'").await, 700);
}

#[rocket::async_test]
async fn a_refund_made_at_the_gateway_is_booked_here() {
    let (shop, _) = paid().await;
    shop.sql("update test_card_charges set refunded = 300").await;
    assert_eq!(compare(&shop).await, 1);
    mend(&shop).await;
    assert_eq!(shop.number("select sum(amount) from payment_refunds where state = 'sent'").await, 300);
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'partly_refunded'").await, 1);
}

#[rocket::async_test]
async fn money_that_the_gateway_does_not_have_is_booked_as_gone() {
    let (shop, _) = paid().await;
    shop.sql("update test_card_charges set state = 'authorised', captured = 0").await;
    assert_eq!(compare(&shop).await, 1);
    assert_eq!(shop.number("select count(*) from payment_differences where kind = 'order_without_payment'").await, 1);
    mend(&shop).await;
    assert_eq!(shop.number("select sum(amount) from payment_refunds where state = 'sent'").await, 1400);
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'refunded'").await, 1);
    assert_eq!(shop.number("select refunded from test_card_charges").await, 0, "nothing was asked of the gateway");
    // It comes after all: since the order no longer counts it, it goes back.
    shop.sql("update test_card_charges set state = 'captured', captured = 1400").await;
    assert_eq!(compare(&shop).await, 1);
    mend(&shop).await;
    assert_eq!(shop.number("select captured - refunded from test_card_charges").await, 0);
}

#[rocket::async_test]
async fn money_taken_at_the_gateway_is_booked_here() {
    let (shop, tea) = card_shop(10).await;
    shop.sql("update payment_methods set capture = 'manual' where method = 'test_card'").await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    card(&anna, &page, "approve").await;
    is_order(&anna.get(&way_back(&shop, &page).await).await);
    shop.work().await;
    assert_eq!(compare(&shop).await, 0);
    shop.sql("update test_card_charges set state = 'captured', captured = 1400").await;
    assert_eq!(compare(&shop).await, 1);
    assert_eq!(shop.number("select count(*) from payment_differences where kind = 'other_capture'").await, 1);
    mend(&shop).await;
    paid_orders(&shop, 1).await;
    assert_eq!(mails(&shop, "order_paid").await, 1);
}

#[rocket::async_test]
async fn money_that_the_gateway_holds_no_longer_is_not_waited_for() {
    let (shop, tea) = card_shop(10).await;
    shop.sql("update payment_methods set capture = 'manual' where method = 'test_card'").await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    card(&anna, &page, "approve").await;
    is_order(&anna.get(&way_back(&shop, &page).await).await);
    shop.work().await;
    shop.sql("update test_card_charges set state = 'voided'").await;
    assert_eq!(compare(&shop).await, 1);
    mend(&shop).await;
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'unpaid'").await, 1);
    assert_eq!(shop.number("select count(*) from payments where state = 'voided'").await, 1);
}

#[rocket::async_test]
async fn a_refund_that_the_gateway_never_had_is_sent_again_and_what_it_made_itself_is_not() {
    let (shop, _) = paid().await;
    shop.sql("update test_card_charges set refunded = 300").await;
    assert_eq!(compare(&shop).await, 1);
    mend(&shop).await;
    let staff = shop.staff("manager").await;
    let (number, payment) = (shop.number("select number from orders").await, shop.number("select id from payments").await);
    let version = shop.number("select version from orders").await.to_string();
    let fields = [("version", version.as_str()), ("amount", "2.00"), ("reason", "")];
    staff.post(&format!("/admin/orders/{number}/payments/{payment}/refund"), &fields).await.is(Status::SeeOther);
    shop.work().await;
    assert_eq!(shop.number("select refunded from test_card_charges").await, 500);
    shop.sql("update test_card_charges set refunded = 300; delete from test_card_answers where kind = 'refund'").await;
    assert_eq!(compare(&shop).await, 1);
    mend(&shop).await;
    assert_eq!(shop.number("select refunded from test_card_charges").await, 500, "only the one that was missing");
    assert_eq!(shop.number("select sum(amount) from payment_refunds where state = 'sent'").await, 500);
    assert_eq!(mails(&shop, "order_refunded").await, 1, "its shopper is told once");
}

#[rocket::async_test]
async fn money_held_for_a_payment_that_was_given_up_is_found_and_let_go() {
    for state in ["authorised", "captured"] {
        let (shop, tea) = card_shop(10).await;
        let anna = shop.visitor();
        let page = to_the_page(&shop, &anna, &tea, "2").await;
        card(&anna, &page, "decline").await;
        anna.get(&way_back(&shop, &page).await).await.is(Status::SeeOther);
        let taken = if state == "captured" { 1400 } else { 0 };
        shop.sql(&format!("update test_card_charges set state = '{state}', authorised = 1400, captured = {taken}")).await;
        assert_eq!(compare(&shop).await, 1, "{state}");
        assert_eq!(shop.number("select theirs from payment_differences where kind = 'paid_without_order'").await, 1400);
        mend(&shop).await;
        assert_eq!(shop.number("select count(*) from orders").await, 0);
        assert_eq!(shop.number("select captured - refunded from test_card_charges").await, 0, "{state}");
        assert_eq!(shop.number("select count(*) from test_card_charges where state in ('voided', 'captured')").await, 1);
    }
}

#[rocket::async_test]
async fn a_difference_that_is_gone_or_unsettled_is_not_mended_twice() {
    let (shop, _) = paid().await;
    shop.sql("update test_card_charges set refunded = 300").await;
    assert_eq!(compare(&shop).await, 1);
    shop.sql("update test_card_charges set refunded = 500").await;
    assert_eq!(compare(&shop).await, 1, "the same one, with what it is now");
    assert_eq!(shop.number("select theirs from payment_differences").await, 500);
    let staff = shop.staff("manager").await;
    let id = shop.number("select id from payment_differences").await;
    let path = format!("/admin/payment-differences/{id}");
    let presses = futures::future::join_all((0..4).map(|_| staff.post(&path, &[]))).await;
    assert!(presses.iter().all(|answer| answer.status == Status::SeeOther));
    assert_eq!(shop.number("select sum(amount) from payment_refunds where state = 'sent'").await, 500);
    staff.post("/admin/payment-differences/999", &[]).await.goes_to("/admin/payments");
    staff.get("/admin/payments").await.is_ok().shows("could not be mended");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn one_payment_that_breaks_does_not_keep_the_others_from_being_compared() {
    let (shop, tea) = card_shop(10).await;
    let (anna, berta) = (shop.visitor(), shop.visitor());
    let broken = to_the_page(&shop, &anna, &tea, "1").await;
    card(&anna, &broken, "lose_answer").await;
    let good = to_the_page(&shop, &berta, &tea, "1").await;
    card(&berta, &good, "lose_answer").await;
    shop.sql("update payment_sessions set snapshot = '{}' where payment_id = (select min(id) from payments)").await;
    compare(&shop).await;
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'paid'").await, 1);
    barrow::features::checkout::jobs::keep_time(&shop.shop.db, &shop.shop.gateways, shop.now()).await.expect("time is kept");
}

#[rocket::async_test]
async fn money_that_a_gateway_will_not_give_back_is_never_counted_and_asked_for_again() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    review(&shop, &anna, &tea, "2").await;
    details(&shop, &anna, "bank_transfer").await;
    let order = press(&anna, &anna.get("/checkout/review").await).await.location();
    let page = path_of(&anna.post(&format!("{order}/payment"), &[("method", "test_card")]).await.location());
    let staff = shop.staff("manager").await;
    let number = shop.number("select number from orders").await;
    let version = [("version", "1"), ("amount", "14.00")];
    staff.post(&format!("/admin/orders/{number}/payment"), &version).await.is(Status::SeeOther);
    card(&anna, &page, "approve").await;
    anna.get(&way_back(&shop, &page).await).await.is_ok().shows("Paid once is enough");
    // The gateway's books are in a state in which it refuses.
    shop.sql("update test_card_charges set state = 'authorised', captured = 100").await;
    shop.work().await;
    assert_eq!(shop.number("select count(*) from payments where state = 'voiding' and attention = 'twice'").await, 1);
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'paid'").await, 1);
    staff.get("/admin/payments").await.is_ok().shows("Ask the gateway again");
    shop.sql("update test_card_charges set state = 'captured', captured = 1400").await;
    let payment = shop.number("select id from payments where state = 'voiding'").await;
    staff.post(&format!("/admin/payments/{payment}/return"), &[]).await.goes_to("/admin/payments");
    shop.work().await;
    assert_eq!(shop.number("select captured - refunded from test_card_charges").await, 0);
    assert_eq!(shop.number("select count(*) from payments where state = 'voided' and attention = 'twice'").await, 1);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn flagged_money_goes_back_when_staff_say_so() {
    let (shop, tea) = card_shop(10).await;
    let anna = shop.visitor();
    let page = to_the_page(&shop, &anna, &tea, "2").await;
    card(&anna, &page, "other_amount").await;
    anna.get(&way_back(&shop, &page).await).await.is_ok().shows("We are looking at your payment");
    let staff = shop.staff("manager").await;
    staff.get("/admin/payments").await.is_ok().shows("Another amount or currency");
    let payment = shop.number("select id from payments").await;
    for _ in 0..2 {
        staff.post(&format!("/admin/payments/{payment}/return"), &[]).await.goes_to("/admin/payments");
    }
    shop.work().await;
    assert_eq!(shop.number("select captured - refunded from test_card_charges").await, 0);
    staff.post(&format!("/admin/payments/{payment}/attention"), &[]).await.goes_to("/admin/payments");
    staff.get("/admin/payments").await.is_ok().shows("Nothing to look at");
    staff.post("/admin/payments/999/return", &[]).await.is(Status::NotFound);
}
