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
