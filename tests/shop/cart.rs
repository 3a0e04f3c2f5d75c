//! The cart: adding, changing, taking out, and what has changed meanwhile.

use chrono::Duration;
use futures::future::join_all;
use rocket::http::Status;

use super::world::{Answer, Shelf, TestShop, Visitor};

async fn put_in(visitor: &Visitor, shelf: &Shelf, quantity: &str) {
    let variant = shelf.variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", quantity)]).await.goes_to("/cart");
}

async fn line_of(shop: &TestShop, shelf: &Shelf) -> i64 {
    shop.number(&format!("select id from cart_lines where variant_id = {}", shelf.variant)).await
}

async fn held(shop: &TestShop) -> i64 {
    shop.number("select sum(quantity) from cart_lines").await
}

#[rocket::async_test]
async fn an_empty_cart_says_what_to_do_next_and_sets_no_cookie() {
    let shop = TestShop::open().await;
    let cart = shop.get("/cart").await;
    cart.is_ok().shows("Nothing in here yet").has("href=\"/search\"");
    assert_eq!(shop.number("select count(*) from carts").await, 0);
}

#[rocket::async_test]
async fn what_is_added_is_in_the_cart_with_its_total_and_counted_in_the_header() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 10).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "2").await;
    put_in(&anna, &tea, "1").await;
    let cart = anna.get("/cart").await;
    cart.is_ok().shows("Green tea").shows("$13.50").shows("$4.50 each").has("class=\"cart-count\" aria-hidden=\"true\">3<");
    assert_eq!(shop.number("select count(*) from carts").await, 1);
    anna.get_part("/cart").await.is_ok().shows("Green tea").has("<hx-partial").has("id=\"cart-title\"");
    let vary = anna.get_part("/cart").await;
    assert!(vary.header("vary").is_some_and(|vary| vary.contains("HX-Request-Type")));
}

#[rocket::async_test]
async fn more_than_the_shelf_holds_is_refused_with_the_form_refilled() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 3).await;
    let anna = shop.visitor();
    let variant = tea.variant.to_string();
    let refused = anna.post("/cart/lines", &[("variant", &variant), ("quantity", "4")]).await;
    refused.is(Status::UnprocessableEntity).shows("only 3 left").shows("Green tea was not added").keeps("quantity", "4");
    assert_eq!(held(&shop).await, 0);
    put_in(&anna, &tea, "2").await;
    let refused = anna.post("/cart/lines", &[("variant", &variant), ("quantity", "2")]).await;
    refused.is(Status::UnprocessableEntity).shows("only 3 left, and you have 2 of them");
    let path = format!("/cart/lines/{}/quantity", line_of(&shop, &tea).await);
    let refused = anna.post(&path, &[("quantity", "7")]).await;
    refused.is(Status::UnprocessableEntity).shows("only 3 left").keeps("quantity", "7");
    assert_eq!(held(&shop).await, 2);
}

#[rocket::async_test]
async fn the_quantity_is_set_or_stepped_and_less_is_always_fine() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 5).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    let path = format!("/cart/lines/{}/quantity", line_of(&shop, &tea).await);
    anna.post(&path, &[("quantity", "4")]).await.goes_to("/cart");
    anna.post(&path, &[("step", "more"), ("quantity", "4")]).await.goes_to("/cart");
    assert_eq!(held(&shop).await, 5);
    shop.sql("insert into stock_movements (stock_id, kind, on_hand) select id, 'adjustment', -4 from stock").await;
    anna.get("/cart").await.is_ok().shows("only 1 left").shows("no longer to be had");
    anna.post(&path, &[("step", "less"), ("quantity", "5")]).await.goes_to("/cart");
    assert_eq!(held(&shop).await, 4);
}

#[rocket::async_test]
async fn taking_out_can_be_undone() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 5).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "3").await;
    let gone = anna.post(&format!("/cart/lines/{}/removal", line_of(&shop, &tea).await), &[]).await;
    let back = gone.location();
    let page = anna.get(&back).await;
    page.is_ok().shows("Green tea was taken out").shows("Put it back").keeps("quantity", "3");
    put_in(&anna, &tea, "3").await;
    anna.get(&back).await.is_ok().lacks("was taken out");
    assert_eq!(held(&shop).await, 3);
}

#[rocket::async_test]
async fn somebody_elses_line_does_not_exist() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 5).await;
    let (anna, ben) = (shop.visitor(), shop.visitor());
    put_in(&anna, &tea, "2").await;
    let line = line_of(&shop, &tea).await;
    for path in [format!("/cart/lines/{line}/quantity"), format!("/cart/lines/{line}/removal")] {
        ben.post(&path, &[("quantity", "1")]).await.is(Status::NotFound);
    }
    put_in(&ben, &tea, "1").await;
    for path in [format!("/cart/lines/{line}/quantity"), format!("/cart/lines/{line}/removal")] {
        ben.post(&path, &[("quantity", "1")]).await.is(Status::NotFound);
        ben.post(&path, &[("quantity", "no number")]).await.is(Status::NotFound);
    }
    assert_eq!(held(&shop).await, 3);
}

#[rocket::async_test]
async fn twenty_clicks_at_once_add_twenty() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 100).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    join_all((0..20).map(|_| put_in(&anna, &tea, "1"))).await;
    assert_eq!(held(&shop).await, 21);
    assert_eq!(shop.number("select count(*) from carts").await, 1);
}

#[rocket::async_test]
async fn prices_and_offers_that_changed_since_are_shown() {
    let shop = TestShop::open().await;
    let (tea, mug) = (shop.put("Green tea", 450, 5).await, shop.put("Mug", 900, 5).await);
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    put_in(&anna, &mug, "1").await;
    shop.sql(&format!("update variants set price = 500 where id = {}", tea.variant)).await;
    shop.sql(&format!("update products set status = 'archived' where id = {}", mug.product)).await;
    let cart = anna.get("/cart").await;
    cart.is_ok().shows("rose from $4.50 to $5.00").shows("No longer for sale").lacks("Check out");
    cart.shows("Estimated total");
    let mug = mug.variant.to_string();
    anna.post("/cart/lines", &[("variant", &mug)]).await.is(Status::UnprocessableEntity).shows("No longer for sale");
}

#[rocket::async_test]
async fn carts_are_kept_for_thirty_days_after_the_last_visit() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 5).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    shop.shop.clock.advance(Duration::days(29));
    anna.get("/cart").await.is_ok().shows("Green tea");
    shop.shop.clock.advance(Duration::days(29));
    let now = shop.now();
    assert_eq!(barrow::features::cart::commands::sweep(&mut *shop.conn().await, 30, now).await.expect("sweeps"), 0);
    anna.get("/cart").await.is_ok().shows("Green tea");
    shop.shop.clock.advance(Duration::days(31));
    anna.get("/cart").await.is_ok().shows("Nothing in here yet");
    let now = shop.now();
    assert_eq!(barrow::features::cart::commands::sweep(&mut *shop.conn().await, 30, now).await.expect("sweeps"), 1);
    assert_eq!(held(&shop).await, 0);
}

#[rocket::async_test]
async fn nothing_that_is_sent_breaks_the_cart() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 5).await;
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    let line = line_of(&shop, &tea).await;
    let long = "9".repeat(10_000);
    let variant = tea.variant.to_string();
    let values = ["", "0", "-1", "1.5", "99999999999999999999", "1e9", "\0", "\u{1F375}", "' or 1=1 --", "10000", &long, "NaN"];
    let quantity = format!("/cart/lines/{line}/quantity");
    for value in values {
        for answer in [
            anna.post("/cart/lines", &[("variant", value), ("quantity", "1")]).await,
            anna.post("/cart/lines", &[("variant", &variant), ("quantity", value)]).await,
            anna.post(&quantity, &[("quantity", value)]).await,
        ] {
            answer.is(Status::UnprocessableEntity);
        }
        anna.get(&format!("/cart?removed={}&quantity=3", url(value))).await.is_ok();
        anna.get(&format!("/cart?removed={variant}&quantity={}", url(value))).await.is_ok();
    }
    for body in
        [&b"variant=\xff\xfe&quantity=1"[..], b"quantity=1", b"", b"variant", b"&&&==", b"variant=1&variant=2&quantity=%00"]
    {
        let answer = anna.post_body("/cart/lines", body).await;
        assert!(answer.status.code < 500, "{body:?}: {}", answer.status);
    }
    for path in
        ["/cart/lines/0/quantity", "/cart/lines/-1/removal", "/cart/lines/x/quantity", "/cart/lines/99999999999999999999/removal"]
    {
        anna.post(path, &[("quantity", "1")]).await.is(Status::NotFound);
    }
    assert_eq!(held(&shop).await, 1);
}

fn url(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// Goes to the last look, which holds what is in the cart.
async fn look(shop: &TestShop, visitor: &Visitor) -> Answer {
    let method = shop.number("select id from shipping_methods order by id limit 1").await.to_string();
    let fields = [
        ("email", "anna@example.org"),
        ("country", "US"),
        ("name", "Anna Miller"),
        ("street", "12 Oak Street"),
        ("city", "Portland"),
        ("region", "OR"),
        ("postal_code", "97201"),
        ("shipping", method.as_str()),
        ("payment", "bank_transfer"),
    ];
    visitor.post("/checkout", &fields).await.goes_to("/checkout/review");
    visitor.get("/checkout/review").await
}

#[rocket::async_test]
async fn what_is_taken_out_or_made_less_is_no_longer_held() {
    let shop = TestShop::open().await;
    let (tea, mug) = (shop.put("Green tea", 450, 5).await, shop.put("Mug", 900, 1).await);
    let (anna, ben) = (shop.visitor(), shop.visitor());
    put_in(&anna, &tea, "5").await;
    put_in(&anna, &mug, "1").await;
    look(&shop, &anna).await.is_ok().shows("We hold these for you until");
    let held = |shelf: &Shelf| {
        format!(
            "select sum(r.quantity) from stock_reservations r join stock s on s.id = r.stock_id where s.variant_id = {}",
            shelf.variant
        )
    };
    assert_eq!((shop.number(&held(&tea)).await, shop.number(&held(&mug)).await), (5, 1));
    let until = "select extract(epoch from max(expires_at)) from stock_reservations";
    let before = shop.number(until).await;
    shop.shop.clock.advance(Duration::minutes(5));
    let mug_of_ben = mug.variant.to_string();
    ben.post("/cart/lines", &[("variant", &mug_of_ben)]).await.is(Status::UnprocessableEntity);

    anna.post(&format!("/cart/lines/{}/removal", line_of(&shop, &mug).await), &[]).await.is(Status::SeeOther);
    anna.post(&format!("/cart/lines/{}/quantity", line_of(&shop, &tea).await), &[("quantity", "2")]).await.goes_to("/cart");
    assert_eq!((shop.number(&held(&tea)).await, shop.number(&held(&mug)).await), (2, 0));
    assert_eq!(shop.number(until).await, before, "what stays is held as long as it was, not longer");
    let last = line_of(&shop, &tea).await;
    put_in(&ben, &mug, "1").await;
    put_in(&ben, &tea, "3").await;
    anna.post(&format!("/cart/lines/{last}/removal"), &[]).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from stock_reservations").await, 0);
}
