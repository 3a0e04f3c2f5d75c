//! The guest's cart joins the customer's: nothing lost, nothing twice.

use futures::future::join_all;
use rocket::http::Status;

use super::{PASSWORD, enrol, sign_in};
use crate::gift_cards::card;
use crate::world::{Shelf, TestShop, Visitor};

async fn put_in(visitor: &Visitor, shelf: &Shelf, quantity: &str) {
    let variant = shelf.variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", quantity)]).await.goes_to("/cart");
}

async fn pieces(shop: &TestShop, shelf: &Shelf) -> i64 {
    shop.number(&format!("select sum(quantity) from cart_lines where variant_id = {}", shelf.variant)).await
}

fn carries_a_cart(visitor: &Visitor) -> bool {
    visitor.cookies.lock().expect("cookies").contains_key("cart")
}

#[rocket::async_test]
async fn a_guest_s_cart_becomes_the_customer_s_and_stays_theirs_after_signing_out() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    enrol(&shop, "marta@example.org").await;
    let marta = shop.visitor();
    put_in(&marta, &tea, "2").await;
    sign_in(&marta, "marta@example.org", PASSWORD).await.goes_to("/account");
    assert!(!carries_a_cart(&marta));
    let cart = marta.get("/cart").await;
    cart.is_ok().shows("Green tea").has("class=\"cart-count\" aria-hidden=\"true\">2<");
    marta.post("/account/sign-out", &[]).await.goes_to("/account/sign-in");
    marta.get("/cart").await.is_ok().shows("Nothing in here yet");
    let phone = shop.visitor();
    sign_in(&phone, "marta@example.org", PASSWORD).await.goes_to("/account");
    phone.get("/cart").await.is_ok().shows("Green tea");
    put_in(&phone, &tea, "1").await;
    assert!(!carries_a_cart(&phone), "a customer's cart has no cookie");
    assert_eq!((pieces(&shop, &tea).await, shop.number("select count(*) from carts").await), (3, 1));
}

#[rocket::async_test]
async fn two_carts_are_summed_up_to_what_can_be_sold_and_the_cart_says_so() {
    let shop = TestShop::open().await;
    let (tea, cup, pot) = (shop.put("Green tea", 450, 9).await, shop.put("Cup", 900, 4).await, shop.put("Pot", 100, 9).await);
    enrol(&shop, "marta@example.org").await;
    let phone = shop.visitor();
    sign_in(&phone, "marta@example.org", PASSWORD).await;
    put_in(&phone, &tea, "2").await;
    put_in(&phone, &cup, "3").await;
    let desk = shop.visitor();
    put_in(&desk, &tea, "1").await;
    put_in(&desk, &cup, "3").await;
    put_in(&desk, &pot, "1").await;
    let fields = [("email", "marta@example.org"), ("password", PASSWORD), ("next", "/account/orders")];
    let answer = desk.post("/account/sign-in", &fields).await;
    let cart = desk.get(&answer.location()).await;
    cart.is_ok().shows("Of “Cup” fewer are left than you had: 4 are in your cart").shows("Green tea").shows("Pot");
    assert_eq!((pieces(&shop, &tea).await, pieces(&shop, &cup).await, pieces(&shop, &pot).await), (3, 4, 1));
    assert_eq!(shop.number("select count(*) from carts").await, 1);
    phone.get("/cart").await.is_ok().shows("Pot");
}

#[rocket::async_test]
async fn gift_cards_on_both_checkouts_pay_for_the_joined_cart_each_once() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    enrol(&shop, "marta@example.org").await;
    let ((_, one), (_, two)) = (card(&shop, "3.00").await, card(&shop, "2.00").await);
    let pay_with = async |visitor: &Visitor, code: &str| {
        visitor.post("/checkout/gift-cards", &[("at", "form"), ("gift_card", code)]).await.is(Status::SeeOther);
    };
    let phone = shop.visitor();
    sign_in(&phone, "marta@example.org", PASSWORD).await;
    put_in(&phone, &tea, "1").await;
    pay_with(&phone, &one).await;
    let desk = shop.visitor();
    put_in(&desk, &tea, "2").await;
    pay_with(&desk, &two).await;
    pay_with(&desk, &one).await;
    sign_in(&desk, "marta@example.org", PASSWORD).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from carts").await, 1);
    assert_eq!(
        shop.number("select count(*) from checkout_credits k join carts c on c.id = k.cart_id and c.customer_id > 0").await,
        2
    );
    let form = desk.get("/checkout?form=yes").await;
    form.is_ok().shows(&format!("Gift card …{}", &one[15..])).shows(&format!("Gift card …{}", &two[15..]));
    // A cart that nobody had before goes over as it is.
    let anna = shop.visitor();
    put_in(&anna, &tea, "1").await;
    pay_with(&anna, &two).await;
    enrol(&shop, "anna@example.org").await;
    sign_in(&anna, "anna@example.org", PASSWORD).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from checkout_credits").await, 3);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn signing_in_many_times_at_once_joins_once() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 500).await;
    enrol(&shop, "marta@example.org").await;
    let phone = shop.visitor();
    sign_in(&phone, "marta@example.org", PASSWORD).await;
    put_in(&phone, &tea, "2").await;
    let desks: Vec<Visitor> = join_all((0..3).map(|_| async {
        let desk = shop.visitor();
        put_in(&desk, &tea, "3").await;
        desk
    }))
    .await;
    let tokens: Vec<String> = desks.iter().map(|desk| desk.cookies.lock().expect("cookies")["cart"].clone()).collect();
    // Each of three guests' carts is brought four times at once.
    let answers = join_all(tokens.iter().cycle().take(12).map(|token| {
        let visitor = shop.visitor().with_cookie("cart", token);
        async move { sign_in(&visitor, "marta@example.org", PASSWORD).await.status }
    }))
    .await;
    assert!(answers.iter().filter(|status| **status == Status::SeeOther).count() >= 3, "{answers:?}");
    assert!(answers.iter().all(|status| matches!(status.code, 303 | 429)), "{answers:?}");
    shop.shop.clock.advance(chrono::Duration::minutes(61));
    for desk in &desks {
        sign_in(desk, "marta@example.org", PASSWORD).await.is(Status::SeeOther);
    }
    assert_eq!((pieces(&shop, &tea).await, shop.number("select count(*) from carts").await), (11, 1));
}

#[rocket::async_test]
async fn first_things_put_in_at_once_are_in_one_cart() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 90).await;
    let marta = shop.customer("marta@example.org").await;
    join_all((0..10).map(|_| put_in(&marta, &tea, "1"))).await;
    assert_eq!((pieces(&shop, &tea).await, shop.number("select count(*) from carts").await), (10, 1));
}

#[rocket::async_test]
async fn somebody_else_s_token_does_not_open_a_customer_s_cart() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    enrol(&shop, "marta@example.org").await;
    let marta = shop.visitor();
    put_in(&marta, &tea, "2").await;
    let token = marta.cookies.lock().expect("cookies")["cart"].clone();
    sign_in(&marta, "marta@example.org", PASSWORD).await;
    shop.visitor().with_cookie("cart", &token).get("/cart").await.is_ok().shows("Nothing in here yet").lacks("cart-count");
}

#[rocket::async_test]
async fn an_order_placed_while_signed_in_is_the_customer_s_and_the_next_cart_is_empty() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let marta = shop.customer("marta@example.org").await;
    put_in(&marta, &tea, "2").await;
    let method = shop
        .number(
            "select m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = 'DE'",
        )
        .await
        .to_string();
    let fields = [
        ("email", "marta@example.org"),
        ("country", "DE"),
        ("name", "Marta Wolf"),
        ("street", "Weg 1"),
        ("city", "Berlin"),
        ("postal_code", "10115"),
        ("payment", "bank_transfer"),
        ("shipping", &method),
    ];
    marta.post("/checkout", &fields).await.goes_to("/checkout/review");
    let look = marta.get("/checkout/review").await;
    let hidden = |name: &str| {
        let body = look.body();
        let rest = body.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a field").to_owned();
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let (expected, seen) = (hidden("expected"), hidden("seen"));
    let button = [("expected", expected.as_str()), ("seen", seen.as_str())];
    let order = marta.post("/checkout/order", &button).await.location();
    assert!(order.starts_with("/orders/"), "{order}");
    marta.post("/checkout/order", &button).await.goes_to(&order);
    marta.get("/checkout").await.goes_to(&order);
    marta.get("/account/orders").await.is_ok().shows("Order 1001");
    marta.get("/cart").await.is_ok().shows("Nothing in here yet");
    put_in(&marta, &tea, "1").await;
    assert_eq!(shop.number("select count(*) from orders").await, 1);
    shop.is_sound().await;
}
