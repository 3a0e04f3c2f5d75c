//! Two customers become one: what each could pay with, had chosen or is about to pay with is the one's who is left.

use super::*;
use crate::payments::steps::{card as choose, card_shop, notice, path_of, press};

/// Staff give a customer store credit, who had so much (in cents) before.
async fn give(shop: &TestShop, to: i64, amount: &str, had: i64) {
    let had = had.to_string();
    let fields = [("how", "give"), ("amount", amount), ("reason", "Sorry"), ("seen", &*had)];
    let path = format!("/admin/customers/{to}");
    shop.staff("manager").await.post(&format!("{path}/store-credit"), &fields).await.goes_to(&path);
}

async fn merge(shop: &TestShop, from: i64, into: i64) {
    let path = format!("/admin/customers/{into}");
    shop.staff("support").await.post(&format!("{path}/merge"), &[("other", &from.to_string())]).await.goes_to(&path);
}

/// The store credit of a customer, in cents.
async fn credit_of(shop: &TestShop, customer: i64) -> i64 {
    shop.number(&format!("select coalesce(sum(balance), 0)::bigint from credit_accounts where customer_id = {customer}")).await
}

/// Chooses store credit at the last look; the look as it is then.
async fn with_credit(visitor: &Visitor) -> Answer {
    visitor.post("/checkout/store-credit", &[("at", "review")]).await.goes_to("/checkout/review");
    visitor.get("/checkout/review").await
}

#[rocket::async_test]
async fn gift_cards_and_store_credit_go_along_when_two_customers_become_one() {
    let (shop, tea) = card_shop(20).await;
    let (old, new) = (shop.customer("old@example.org").await, shop.customer("new@example.org").await);
    let (from, into) = (shop.customer_id("old@example.org").await, shop.customer_id("new@example.org").await);
    give(&shop, from, "6", 0).await;
    look(&shop, &old, &tea, "1", "bank_transfer").await.is_ok();
    placed(&old, &with_credit(&old).await).await;
    let (order, paid) = (desk(&shop).await, shop.number("select id from payments where gateway = 'store_credit'").await);
    give(&shop, from, "4", 0).await;
    give(&shop, into, "2", 0).await;
    let ((_, one), (_, two)) = (card(&shop, "1").await, card(&shop, "3").await);
    look(&shop, &old, &tea, "2", "bank_transfer").await.is_ok();
    pay_with(&old, &one).await;
    with_credit(&old).await.is_ok();
    look(&shop, &new, &tea, "1", "bank_transfer").await.is_ok();
    pay_with(&new, &two).await;
    pay_with(&new, &one).await;

    merge(&shop, from, into).await;
    assert_eq!((credit_of(&shop, from).await, credit_of(&shop, into).await), (0, 600));
    let seen = new.get("/checkout/review").await;
    seen.is_ok().shows(&format!("Gift card …{}", &one[15..])).shows(&format!("Gift card …{}", &two[15..]));
    // Three teas and their delivery, less two cards and all the credit of both.
    seen.shows("Store credit").shows("pay $8.50");
    assert_eq!(shop.number("select count(*) from checkout_credits").await, 3, "each once");
    new.get("/account/store-credit").await.is_ok().shows("$6.00 left");

    let manager = shop.staff("manager").await;
    let version = shop.number("select version from orders").await.to_string();
    let back = [("version", &*version), ("amount", "6.00"), ("reason", "Chipped"), ("to", "source")];
    manager.post(&format!("{order}/payments/{paid}/refund"), &back).await.goes_to(&order);
    assert_eq!((credit_of(&shop, from).await, credit_of(&shop, into).await), (0, 1200), "it is the one's who is left");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn what_is_paid_on_an_open_page_is_the_one_customers_who_is_left() {
    let (shop, tea) = card_shop(20).await;
    let old = shop.customer("old@example.org").await;
    let (from, into) = (shop.customer_id("old@example.org").await, shop.customer_id("new@example.org").await);
    give(&shop, from, "6", 0).await;
    give(&shop, into, "2", 0).await;
    look(&shop, &old, &tea, "2", "test_card").await.is_ok();
    let seen = with_credit(&old).await;
    seen.is_ok().shows("Continue to payment, $8.00");
    let page = path_of(&press(&old, &seen).await.location());

    merge(&shop, from, into).await;
    let held = "select h.amount from credit_holds h join credit_accounts a on a.id = h.account_id where a.customer_id = ";
    assert_eq!(shop.number(&format!("{held}{into}")).await, 600, "what the page was promised stays held");
    choose(&old, &page, "approve").await;
    notice(&shop, &page).await.is_ok();
    shop.work().await;
    let theirs = format!("select count(*) from orders where payment_status = 'paid' and customer_id = {into}");
    assert_eq!(shop.number(&theirs).await, 1);
    assert_eq!((credit_of(&shop, from).await, credit_of(&shop, into).await), (0, 200));
    assert_eq!(shop.number("select count(*) from credit_holds").await, 0);
    shop.is_sound().await;
}
