//! What is sold before it is there: the shopper knows before they buy, the order keeps it, staff see who waits.

use barrow::features::stockroom;
use chrono::Duration;
use rocket::http::Status;

use super::{buy, press, put_in, tell};
use crate::world::{Shelf, TestShop, Visitor};

async fn sell_ahead(staff: &Visitor, goods: &Shelf, at: i64, fields: &[(&str, &str)]) -> crate::world::Answer {
    let mut all = vec![("back_orders", "0"), ("ships_on", ""), ("pre_orders", ""), ("release_on", ""), ("low_at", "")];
    all.retain(|field| fields.iter().all(|typed| typed.0 != field.0));
    all.extend_from_slice(fields);
    staff.post(&format!("/admin/inventory/{}/locations/{at}/ahead", goods.variant), &all).await
}

#[rocket::async_test]
async fn stock_back_orders_say_from_when_they_ship_and_the_order_keeps_it() {
    let shop = TestShop::open().await;
    let lamp = shop.put("Lamp", 9000, 1).await;
    let (at, staff) = (shop.number("select min(id) from locations").await, shop.staff("owner").await);
    let day = (shop.now() + Duration::days(14)).format("%Y-%m-%d").to_string();
    sell_ahead(&staff, &lamp, at, &[("back_orders", "4"), ("ships_on", &day)]).await.is(Status::SeeOther);
    let (anna, ben) = (shop.visitor(), shop.visitor());
    put_in(&anna, lamp.variant, "3").await.goes_to("/cart");
    anna.get("/cart").await.is_ok().shows("2 of them ship from");
    tell(&shop, &anna).await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    look.is_ok().shows("2 of them ship from");
    // Who comes later waits; who holds what lies there does not.
    put_in(&ben, lamp.variant, "2").await.goes_to("/cart");
    shop.get("/products/lamp").await.is_ok().shows("Ships from");
    let bens = buy(&shop, &ben).await.expect("on back-order");
    let order = press(&anna, &look).await.location();
    anna.get(&order).await.is_ok().shows("2 of them ship from");
    ben.get(&bens).await.is_ok().shows("Ships from");
    assert_eq!(shop.number("select sum(waiting) from order_lines where waits_for = 'back_order'").await, 4);
    put_in(&shop.visitor(), lamp.variant, "1").await.is(Status::UnprocessableEntity).shows("Sold out");
    shop.work().await;
    let told = "select count(*) from mails where kind = 'order_placed' and body_text like '%hip%from%'";
    assert_eq!(shop.number(told).await, 2);
    // The promise stays when staff say another day.
    sell_ahead(&staff, &lamp, at, &[("back_orders", "9")]).await.is(Status::SeeOther);
    anna.get(&order).await.is_ok().shows("2 of them ship from");
    staff.get("/admin/inventory/waiting").await.is_ok().shows("4 pieces are missing").shows("Anna Miller");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn stock_pre_orders_have_their_own_limit_and_end_with_the_release() {
    let shop = TestShop::open().await;
    let lamp = shop.put("Lamp", 9000, 0).await;
    let (at, staff) = (shop.number("select min(id) from locations").await, shop.staff("owner").await);
    let day = (shop.now() + Duration::days(14)).format("%Y-%m-%d").to_string();
    shop.hear_the_feed().await;
    shop.get("/products/lamp").await.is_ok().shows("Sold out");
    let wish = [("pre_orders", "2"), ("release_on", day.as_str())];
    sell_ahead(&staff, &lamp, at, &wish).await.is(Status::SeeOther);
    shop.hear_the_feed().await;
    shop.get("/products/lamp").await.is_ok().shows("Pre-order: released and shipped from").has("schema.org/PreOrder");
    let anna = shop.visitor();
    put_in(&anna, lamp.variant, "3").await.is(Status::UnprocessableEntity).shows("only 2 left");
    put_in(&anna, lamp.variant, "2").await.goes_to("/cart");
    let order = buy(&shop, &anna).await.expect("a pre-order");
    anna.get(&order).await.is_ok().shows("Pre-order: ships from");
    shop.hear_the_feed().await;
    shop.get("/products/lamp").await.is_ok().shows("Sold out");
    staff.get("/admin/inventory/waiting").await.is_ok().shows("2 pieces are missing");
    shop.shop.clock.advance(Duration::days(15));
    stockroom::jobs::keep_time(&mut *shop.conn().await, shop.now()).await.expect("released");
    assert_eq!(shop.number("select count(*) from stock where pre_order_limit is not null").await, 0);
    assert_eq!(shop.stands(&lamp).await, (0, 2, 0));
    shop.is_sound().await;
}

#[rocket::async_test]
async fn stock_ahead_hears_why_not() {
    let shop = TestShop::open().await;
    let lamp = shop.put("Lamp", 9000, 0).await;
    let (at, staff) = (shop.number("select min(id) from locations").await, shop.staff("manager").await);
    let later = (shop.now() + Duration::days(14)).format("%Y-%m-%d").to_string();
    let today = shop.now().format("%Y-%m-%d").to_string();
    let bad: [(&[(&str, &str)], &str); 6] = [
        (&[("pre_orders", "5")], "Say when it is released"),
        (&[("release_on", &later)], "Say how many may be pre-ordered"),
        (&[("pre_orders", "5"), ("release_on", &today)], "must be a day to come"),
        (&[("back_orders", "1"), ("ships_on", "2020-01-01")], "This day is over"),
        (&[("back_orders", "-1")], "shell-error"),
        (&[("back_orders", "1"), ("ships_on", "soon")], "shell-error"),
    ];
    for (fields, said) in bad {
        let answer = sell_ahead(&staff, &lamp, at, fields).await;
        answer.is(Status::UnprocessableEntity).has("error-summary");
        if said != "shell-error" {
            answer.shows(said);
        }
    }
    sell_ahead(&staff, &lamp, 999_999, &[("back_orders", "1")]).await.is(Status::UnprocessableEntity);
    assert_eq!(shop.number("select sum(back_order_limit) from stock").await, 0);
}
