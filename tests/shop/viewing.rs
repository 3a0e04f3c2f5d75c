//! Staff look at the shop as a customer sees it: they see, and do nothing.

use chrono::Duration;
use rocket::http::Status;

use crate::world::{TestShop, Visitor};

const MARTA: &str = "marta@example.org";

/// A shop where Marta has an order, a cart of two and an answer that she has not read; and support, who looks at the shop as her.
async fn looked_at() -> (TestShop, i64, Visitor) {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 50).await;
    let id = shop.customer_id(MARTA).await;
    shop.place(900, &[(&tea, 450, 2)]).await.expect("placed");
    shop.sql(&format!("update orders set customer_id = {id}")).await;
    let marta = shop.signed_in(MARTA).await;
    marta.post("/cart/lines", &[("variant", &tea.variant.to_string()), ("quantity", "2")]).await.goes_to("/cart");
    let support = shop.staff("support").await;
    support.get(&format!("/admin/customers/{id}")).await.is_ok().shows("See the shop as them");
    support.post(&format!("/admin/customers/{id}/view"), &[]).await.goes_to("/account");
    (shop, id, support)
}

#[rocket::async_test]
async fn viewing_shows_what_the_customer_sees_and_says_so_on_every_page() {
    let (shop, id, support) = looked_at().await;
    for (path, shown) in
        [("/", "Green tea"), ("/account/orders", "Order 1001"), ("/cart", "Green tea"), ("/account/addresses", "Addresses")]
    {
        support.get(path).await.is_ok().shows(shown).shows("You can look, nothing else");
    }
    shop.signed_in(MARTA).await.get("/account/security").await.is_ok().lacks("You can look");
    let written =
        format!("select count(*) from audit where action = 'customer.viewed' and subject_id = {id} and staff_id is not null");
    assert_eq!(shop.number(&written).await, 1);
    support.get(&format!("/admin/customers/{id}")).await.is_ok().shows("Looked at the shop as this customer");
    // Whoever looks on is no session of hers.
    let own = shop.number("select count(*) from customer_sessions where viewer_session_id is null").await;
    assert_eq!(shop.number("select count(*) from customer_sessions").await, own + 1);
}

#[rocket::async_test]
async fn viewing_buys_pays_and_changes_nothing() {
    let (shop, _, support) = looked_at().await;
    let variant = shop.number("select min(id) from variants").await.to_string();
    for (path, fields) in [
        ("/cart/lines", vec![("variant", variant.as_str()), ("quantity", "1")]),
        ("/checkout", vec![("email", MARTA)]),
        ("/checkout/order", vec![("expected", "900")]),
        ("/account/details", vec![("name", "Mallory"), ("language", "en")]),
        ("/account/addresses/new", vec![("country", "US"), ("press", "save")]),
        ("/account/password", vec![("password", "x")]),
        ("/account/closing", vec![("password", "x")]),
        ("/account/privacy/copies", vec![]),
        ("/account/proof", vec![("password", "x")]),
    ] {
        support.post(path, &fields).await.is(Status::Forbidden).shows("You can only look here");
    }
    // Written in another way it is the same page.
    let written = ["/%63heckout/review", "/account/%70rivacy", "/%61ccount/privacy"];
    for path in ["/checkout", "/checkout/review", "/account/privacy"].into_iter().chain(written) {
        support.get(path).await.is(Status::Forbidden).shows("You can only look here");
    }
    assert_eq!(shop.number("select sum(quantity) from cart_lines").await, 2);
    assert_eq!(shop.number("select count(*) from orders").await, 1);
    assert_eq!(shop.number("select count(*) from customers where name = 'Mallory'").await, 0);
    assert_eq!(shop.number("select count(*) from checkouts").await, 0, "nothing is begun by a look");
}

#[rocket::async_test]
async fn viewing_leaves_unread_what_is_unread() {
    let (shop, id, support) = looked_at().await;
    let made = format!(
        "insert into conversations (customer_id, email, secret, newest_at, customer_unread) values ({id}, '', decode(repeat('00', 32), 'hex'), now(), 3)"
    );
    shop.sql(&made).await;
    support.get("/account/messages").await.is_ok();
    support.get("/account").await.is_ok();
    assert_eq!(shop.number("select sum(customer_unread) from conversations").await, 3);
    shop.signed_in(MARTA).await.get("/account/messages").await.is_ok();
    assert_eq!(shop.number("select sum(customer_unread) from conversations").await, 0);
}

#[rocket::async_test]
async fn viewing_ends_by_a_button_by_the_clock_and_with_the_session_of_the_staff() {
    let (shop, id, support) = looked_at().await;
    let alive = "select count(*) from customer_sessions where viewer_session_id is not null";
    support.post("/account/sign-out", &[]).await.goes_to(&format!("/admin/customers/{id}"));
    assert_eq!(shop.number(alive).await, 0);
    support.get("/").await.is_ok().lacks("You can look");
    shop.signed_in(MARTA).await.get("/account/orders").await.is_ok().shows("Order 1001");

    support.post(&format!("/admin/customers/{id}/view"), &[]).await.goes_to("/account");
    shop.shop.clock.advance(Duration::minutes(29));
    support.get("/account/orders").await.is_ok();
    shop.shop.clock.advance(Duration::minutes(2));
    support.get("/account/orders").await.goes_to("/account/sign-in?next=%2Faccount%2Forders");
    // Half an hour later they show once more who they are.
    let view = format!("/admin/customers/{id}/view");
    support.post(&view, &[]).await.goes_to("/admin/proof?next=%2Fadmin");

    shop.shop.clock.advance(Duration::minutes(-31));
    let other = shop.staff_named("ola@example.org", "manager").await;
    other.post(&view, &[]).await.goes_to("/account");
    shop.sql("delete from staff_sessions where staff_id = (select id from staff where email = 'ola@example.org')").await;
    other.get("/account/orders").await.goes_to("/account/sign-in?next=%2Faccount%2Forders");
    shop.staff("content").await.post(&view, &[]).await.is(Status::Forbidden);
    shop.staff("support").await.post("/admin/customers/9999/view", &[]).await.is(Status::NotFound);
}
