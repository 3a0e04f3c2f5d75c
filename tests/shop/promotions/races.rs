//! A use is given once, whoever is first; and comes back when its order ends.

use chrono::Duration;
use futures::StreamExt;
use futures::future::join_all;
use rocket::http::Status;

use super::steps::*;
use crate::payments::steps::{card, card_shop, notice, path_of, press, way_back};
use crate::world::{Answer, TestShop, Visitor};

#[rocket::async_test]
async fn fifty_checkouts_at_once_share_a_one_use_code_and_one_gets_it() {
    let shop = TestShop::with(&[("BARROW_DATABASE_POOL", "24")]).await;
    let tea = shop.put("Green tea", 1000, 1000).await;
    let id = promotion(&shop, "Once", &percent(50), "[]", Some("ONCE")).await;
    shop.sql(&format!("update promotions set most_uses_per_code = 1 where id = {id}")).await;
    let shoppers: Vec<Visitor> = (0..50).map(|_| shop.visitor()).collect();
    let (shop_ref, tea) = (&shop, &tea);
    let to_the_look = shoppers.iter().enumerate().map(|(nr, shopper)| async move {
        put_in(shopper, tea, "1").await;
        type_code(shopper, "ONCE").await;
        let seen = look(shop_ref, shopper, &format!("shopper{nr}@example.org"), "bank_transfer").await;
        seen.is_ok().shows("pay $10.00");
        seen
    });
    // Only the last button is pressed by all at once.
    let looks: Vec<Answer> = futures::stream::iter(to_the_look).buffered(5).collect().await;
    let answers = join_all(shoppers.iter().zip(&looks).map(|(shopper, look)| press(shopper, look))).await;
    let got = answers.iter().filter(|answer| answer.status == Status::SeeOther).count();
    assert_eq!(got, 1, "{:?}", answers.iter().map(|answer| answer.status.code).collect::<Vec<_>>());
    for refused in answers.iter().filter(|answer| answer.status != Status::SeeOther) {
        refused.is(Status::UnprocessableEntity).shows("pay $15.00");
    }
    assert!(answers.iter().any(|answer| answer.text().contains("was used up a moment ago")), "somebody was late by a moment");
    assert_eq!((uses(&shop).await, shop.number("select sum(discount_total) from orders").await), (1, 500));
    // Whoever was late buys for the new total.
    let late = answers.iter().position(|answer| answer.status != Status::SeeOther).expect("somebody was late");
    press(&shoppers[late], &answers[late]).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from orders").await, 2);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_use_comes_back_with_a_cancelled_and_an_expired_order() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 10).await;
    let id = promotion(&shop, "Once", &percent(50), "[]", Some("ONCE")).await;
    shop.sql(&format!("update promotions set most_uses = 1 where id = {id}")).await;
    let (anna, bert, staff) = (shop.visitor(), shop.visitor(), shop.staff("owner").await);
    for shopper in [&anna, &bert] {
        put_in(shopper, &tea, "1").await;
        type_code(shopper, "ONCE").await;
    }
    buy(&shop, &anna, "anna@example.org").await.is(Status::SeeOther);
    bert.get("/cart").await.is_ok().shows("has been used up");
    let number = shop.number("select number from orders").await;
    let cancelled = [("reason", "changed their mind"), ("restock", "yes"), ("version", "1")];
    staff.post(&format!("/admin/orders/{number}/cancellation"), &cancelled).await.is(Status::SeeOther);
    assert_eq!(uses(&shop).await, 0);
    buy(&shop, &bert, "bert@example.org").await.is(Status::SeeOther);
    assert_eq!(uses(&shop).await, 1);
    shop.shop.clock.advance(Duration::days(30));
    barrow::features::orders::commands::expire_unpaid(&mut *shop.conn().await, shop.now()).await.expect("expired");
    assert_eq!(uses(&shop).await, 0);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn each_customer_has_their_own_uses_by_account_and_by_address() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 20).await;
    let id = promotion(&shop, "Ten", &percent(10), "[]", Some("TEN")).await;
    shop.sql(&format!("update promotions set most_uses_per_customer = 1 where id = {id}")).await;
    let anna = shop.customer("anna@example.org").await;
    put_in(&anna, &tea, "1").await;
    type_code(&anna, "TEN").await;
    buy(&shop, &anna, "anna@example.org").await.is(Status::SeeOther);
    put_in(&anna, &tea, "1").await;
    type_code(&anna, "TEN").await;
    anna.get("/cart").await.is_ok().shows("as often as it may be");
    let guest = shop.visitor();
    put_in(&guest, &tea, "1").await;
    type_code(&guest, "TEN").await;
    guest.get("/cart").await.is_ok().shows("Ten −$1.00");
    look(&shop, &guest, "ANNA@example.org", "bank_transfer").await.is_ok().shows("as often as it may be").shows("pay $15.00");
    look(&shop, &guest, "bert@example.org", "bank_transfer").await.is_ok().shows("pay $14.00");
    assert_eq!(uses(&shop).await, 1);
}

#[rocket::async_test]
async fn a_use_is_held_while_somebody_pays_and_free_again_when_they_give_up() {
    let (shop, tea) = card_shop(100).await;
    let id = promotion(&shop, "Once", &percent(50), "[]", Some("ONCE")).await;
    shop.sql(&format!("update promotions set most_uses = 1 where id = {id}")).await;
    let (anna, bert) = (shop.visitor(), shop.visitor());
    for shopper in [&anna, &bert] {
        put_in(shopper, &tea, "2").await;
        type_code(shopper, "ONCE").await;
    }
    let first = look(&shop, &anna, "anna@example.org", "test_card").await;
    first.is_ok().shows("$9.50");
    let page = path_of(&press(&anna, &first).await.location());
    bert.get("/cart").await.is_ok().shows("has been used up");
    // Pressing again keeps what is held; a declined card gives it back.
    press(&anna, &first).await.is(Status::SeeOther);
    card(&anna, &page, "decline").await;
    notice(&shop, &page).await.is_ok();
    let second = look(&shop, &bert, "bert@example.org", "test_card").await;
    second.is_ok().shows("$9.50");
    let page = path_of(&press(&bert, &second).await.location());
    card(&bert, &page, "approve").await;
    let back = way_back(&shop, &page).await;
    assert!(bert.get(&back).await.location().starts_with("/orders/"));
    assert_eq!(uses(&shop).await, 1);
    assert_eq!(
        shop.number("select count(*) from promotion_uses where order_id is null and cart_id = (select cart_id from orders)")
            .await,
        0
    );
    look(&shop, &anna, "anna@example.org", "test_card").await.is_ok().shows("has been used up").shows("$14.00");
    shop.is_sound().await;
}
