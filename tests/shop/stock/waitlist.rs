//! Shoppers who asked are told once that something is back, and nobody else is.

use barrow::features::{privacy, waitlist};
use chrono::Duration;
use futures::future::join_all;
use rocket::http::Status;

use crate::world::{Answer, Shelf, TestShop, Visitor};

async fn wish(visitor: &Visitor, goods: &Shelf, email: &str) -> Answer {
    visitor.post("/back-in-stock", &[("variant", &goods.variant.to_string()), ("email", email)]).await
}

/// The page behind the link that an address got.
async fn page_of(shop: &TestShop, email: &str) -> String {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        token: String,
    }
    use diesel_async::RunQueryDsl;
    let query = format!("select token from stock_wishes where email = '{email}' order by id desc limit 1");
    let row = diesel::sql_query(query).get_result::<Row>(&mut shop.conn().await).await.expect("a wish");
    format!("/back-in-stock/{}", row.token)
}

async fn told(shop: &TestShop) -> i64 {
    shop.number("select count(*) from mails where kind = 'back_in_stock'").await
}

/// Sends the mails that are waiting, and tells whose turn it is.
async fn tell(shop: &TestShop) {
    shop.work().await;
    waitlist::jobs::tell(&mut *shop.conn().await, &shop.shop.config, shop.now()).await.expect("told");
}

async fn comes(shop: &TestShop, goods: &Shelf, pieces: i32) {
    let row = "insert into stock_movements (stock_id, kind, on_hand) select id, 'adjustment',";
    shop.sql(&format!("{row} {pieces} from stock where variant_id = {}", goods.variant)).await;
}

#[rocket::async_test]
async fn stock_that_is_back_is_told_once_to_who_said_yes() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 0).await;
    let guest = shop.visitor();
    guest.get("/products/green-tea").await.is_ok().shows("Tell me when it is back").has("action=\"/back-in-stock\"");
    let path = format!("/products/green-tea?variant={}", tea.variant);
    wish(&guest, &tea, "Anna@Example.org").await.goes_to(&path);
    wish(&guest, &tea, "anna@example.org").await.goes_to(&path);
    wish(&guest, &tea, "silent@example.org").await.goes_to(&path);
    assert_eq!(shop.number("select count(*) from stock_wishes").await, 2, "asked twice is one wish");
    shop.work().await;
    assert_eq!(shop.number("select count(*) from mails where kind = 'stock_wish'").await, 2, "one question a day");
    let link = page_of(&shop, "anna@example.org").await;
    guest.get(&link).await.is_ok().shows("Shall we write to you as soon as Green tea is back?");
    guest.post(&format!("{link}/confirmation"), &[]).await.goes_to(&link);
    let cust = shop.customer("ben@example.org").await;
    cust.post("/back-in-stock", &[("variant", &tea.variant.to_string())]).await.goes_to(&path);
    let staff = shop.staff("owner").await;
    staff.get("/admin/inventory/demand").await.is_ok().shows("Green tea").shows("2");
    tell(&shop).await;
    assert_eq!(told(&shop).await, 0, "it is not back yet");
    comes(&shop, &tea, 3).await;
    join_all((0..4).map(|_| tell(&shop))).await;
    assert_eq!(told(&shop).await, 2, "who never said yes is not told, the others once");
    tell(&shop).await;
    assert_eq!(told(&shop).await, 2);
    guest.get(&link).await.is_ok().shows("We told you that Green tea is back");
    guest.post(&format!("{link}/removal"), &[]).await.goes_to("/products/green-tea");
    guest.get(&link).await.is(Status::Gone);
    wish(&guest, &tea, "late@example.org").await.goes_to(&path);
    assert_eq!(shop.number("select count(*) from stock_wishes where email = 'late@example.org'").await, 0, "it can be bought");
}

#[rocket::async_test]
async fn stock_of_one_piece_is_told_to_two_and_the_others_a_day_later() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 0).await;
    for number in 0..5 {
        shop.sql(&format!(
            "insert into stock_wishes (variant_id, email, locale, token, created_at, confirmed_at)
             values ({}, 'w{number}@example.org', 'en', 'token-{number}', now(), now() + interval '{number} seconds')",
            tea.variant
        ))
        .await;
    }
    comes(&shop, &tea, 1).await;
    tell(&shop).await;
    tell(&shop).await;
    assert_eq!(told(&shop).await, 2);
    let first = "select count(*) from mails where kind = 'back_in_stock' and recipient in ('w0@example.org', 'w1@example.org')";
    assert_eq!(shop.number(first).await, 2, "the longest waiting first");
    shop.shop.clock.advance(Duration::hours(25));
    tell(&shop).await;
    assert_eq!(told(&shop).await, 4);
    shop.shop.clock.advance(Duration::days(40));
    tell(&shop).await;
    assert_eq!(told(&shop).await, 5);
    privacy::jobs::forget_in_time(&shop.shop.db, shop.now()).await.expect("forgotten");
    assert_eq!(shop.number("select count(*) from stock_wishes").await, 1, "who was told a month ago is forgotten");
}

#[rocket::async_test]
async fn stock_wishes_with_mistakes_are_shown_again_and_too_many_wait() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 0).await;
    let guest = shop.visitor();
    for email in ["", "nobody", "a@b@c"] {
        let answer = wish(&guest, &tea, email).await;
        answer.is(Status::UnprocessableEntity).has("error-summary").keeps("email", email);
    }
    guest.post("/back-in-stock", &[("variant", "999999"), ("email", "a@example.org")]).await.is(Status::NotFound);
    guest.post("/back-in-stock", &[("variant", "x"), ("email", "a@example.org")]).await.is(Status::NotFound);
    guest.get("/back-in-stock/nothing").await.is(Status::Gone);
    let mut last = Status::SeeOther;
    for _ in 0..8 {
        last = wish(&guest, &tea, "anna@example.org").await.status;
    }
    assert_eq!(last, Status::TooManyRequests);
}
