//! Other people's ids in forms and addresses, and fields that nobody asked for. (Ids in paths: `access_matrix`.)

use rocket::http::Status;

use super::{PASSWORD, buy, enrol, oregon, put_in, texts};
use crate::world::TestShop;

const ADDRESS: [(&str, &str); 7] = [
    ("country", "US"),
    ("name", "Anna Secret"),
    ("street", "7 Hidden Lane"),
    ("city", "Portland"),
    ("region", "OR"),
    ("postal_code", "97201"),
    ("press", "save"),
];

#[rocket::async_test]
async fn an_address_of_somebody_else_s_book_is_neither_shown_nor_sent_to() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 50).await;
    let (anna, bert) = (shop.customer("anna@example.org").await, shop.customer("bert@example.org").await);
    anna.post("/account/addresses/new", &ADDRESS).await.goes_to("/account/addresses");
    let own: Vec<_> =
        ADDRESS.iter().map(|(name, value)| (*name, value.replace("Secret", "Bert").replace("Hidden", "Open"))).collect();
    let own: Vec<(&str, &str)> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    bert.post("/account/addresses/new", &own).await.goes_to("/account/addresses");
    let annas = shop.number("select min(id) from customer_addresses").await.to_string();
    put_in(&bert, &tea).await;
    let way = super::method(&shop).await;
    let choice = [("address", annas.as_str()), ("shipping", way.as_str()), ("payment", "bank_transfer")];
    bert.post("/checkout/choices", &choice).await.is(Status::SeeOther);
    let page = bert.get("/checkout").await;
    page.is_ok().lacks("Hidden Lane").shows("Open Lane");
    let (expected, seen) = (super::hidden(&page, "expected"), super::hidden(&page, "seen"));
    let pressed = [&choice[..], &[("expected", expected.as_str()), ("seen", seen.as_str())][..]].concat();
    let answer = bert.post("/checkout/order", &pressed).await;
    assert!(answer.status.code < 500, "{}", answer.status);
    bert.get("/checkout").await.lacks("Hidden Lane");
    let sent = texts(&shop, "select shipping_address::text as text from orders").await;
    assert!(sent.iter().all(|address| !address.contains("Hidden Lane")), "{sent:?}");
}

#[rocket::async_test]
async fn lists_and_pages_of_a_customer_never_reach_into_another_s() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 50).await;
    let anna = shop.customer_id("anna@example.org").await;
    shop.place(900, &[(&tea, 450, 2)]).await.expect("placed");
    shop.sql(&format!("update orders set customer_id = {anna}")).await;
    let (number, id) = (shop.number("select number from orders").await, shop.number("select id from orders").await);
    let bert = shop.customer("bert@example.org").await;
    for query in [format!("before={}", id + 1), format!("after={}", id - 1), format!("customer={anna}"), format!("q={number}")] {
        bert.get(&format!("/account/orders?{query}")).await.is_ok().lacks(&number.to_string());
    }
    bert.get(&format!("/account?customer={anna}")).await.is_ok().lacks(&number.to_string()).lacks("anna@example.org");
    // The number of an order is no link to it, nor is a token that is almost right.
    let token = texts(&shop, "select token as text from orders").await.remove(0);
    for guess in [
        number.to_string(),
        id.to_string(),
        format!("{token}x"),
        token[1..].to_owned(),
        token.to_uppercase(),
        String::from("%25"),
    ] {
        bert.get(&format!("/orders/{guess}")).await.is(Status::NotFound);
        shop.get(&format!("/orders/{guess}")).await.is(Status::NotFound);
    }
    assert!(token.len() >= 43, "{token}");
}

#[rocket::async_test]
async fn nobody_becomes_more_than_they_are_by_fields_that_no_form_has() {
    let shop = TestShop::open().await;
    let more = [
        ("role", "owner"),
        ("id", "1"),
        ("customer_id", "1"),
        ("staff", "true"),
        ("is_admin", "1"),
        ("email_verified_at", "2020-01-01"),
        ("verified", "true"),
        ("password_hash", "!"),
        ("customer[role]", "owner"),
        ("customer.role", "owner"),
        ("__proto__[role]", "owner"),
    ];
    let fields = [("name", "Mallory"), ("email", "mallory@example.org"), ("password", PASSWORD)];
    let visitor = shop.visitor();
    visitor.post("/account/register", &[&fields[..], &more[..]].concat()).await.goes_to("/account/mail-sent/register");
    assert_eq!(shop.number("select count(*) from customers").await, 0);
    shop.work().await;
    let mail = texts(&shop, "select body_text as text from mails order by id desc limit 1").await.remove(0);
    let link = mail.split("/account/confirmation/").nth(1).and_then(|rest| rest.get(..43)).expect("a link").to_owned();
    let confirm = [&[("password", PASSWORD)][..], &more[..]].concat();
    visitor.post(&format!("/account/confirmation/{link}"), &confirm).await.goes_to("/account");
    assert_eq!(shop.number("select count(*) from staff").await, 0, "no staff came of it");
    visitor.get("/admin").await.is(Status::SeeOther);
    let details = [&[("name", "Mallory"), ("language", "en"), ("email", "anna@example.org")][..], &more[..]].concat();
    visitor.post("/account/details", &details).await.goes_to("/account/details");
    assert_eq!(texts(&shop, "select email as text from customers").await, ["mallory@example.org"]);
    // The least of the staff stays what they are.
    let analyst = shop.staff("analyst").await;
    for path in ["/admin/preferences", "/admin/password", "/admin/sessions/others/ending", "/admin/orders/views"] {
        let answer =
            analyst.post(path, &[&more[..], &[("time_zone", "UTC"), ("locale", "en"), ("name", "x")][..]].concat()).await;
        assert!(answer.status.code < 500, "{path}: {}", answer.status);
    }
    analyst.get("/admin/settings/staff").await.is(Status::Forbidden);
    assert_eq!(texts(&shop, "select role::text as text from staff").await, ["analyst"]);
}

#[rocket::async_test]
async fn nobody_pays_less_by_fields_that_no_form_has() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 4500, 50).await;
    let visitor = shop.visitor();
    let cheap = [
        ("price", "1"),
        ("unit_price", "1"),
        ("total", "1"),
        ("discount", "4499"),
        ("discount_total", "4499"),
        ("shipping_total", "0"),
        ("tax_total", "0"),
        ("payment_status", "paid"),
        ("status", "closed"),
        ("customer_id", "1"),
        ("currency", "KWD"),
    ];
    let variant = tea.variant.to_string();
    let line = [&[("variant", variant.as_str()), ("quantity", "1")][..], &cheap[..]].concat();
    visitor.post("/cart/lines", &line).await.goes_to("/cart");
    let fields = [&oregon()[..], &cheap[..]].concat();
    buy(&shop, &visitor, &tea, &fields, &cheap).await.is(Status::SeeOther);
    assert_eq!(shop.number("select total from orders").await, 2 * 4500 + 500);
    assert_eq!(shop.number("select count(*) from orders where payment_status <> 'paid' and currency = 'USD'").await, 1);
    // A total that the page did not show places nothing.
    put_in(&visitor, &tea).await;
    let way = super::method(&shop).await;
    visitor.post("/checkout", &[&oregon()[..], &[("shipping", way.as_str())][..]].concat()).await.goes_to("/checkout/review");
    let look = visitor.get("/checkout/review").await;
    let seen = super::hidden(&look, "seen");
    for expected in ["1", "0", "-1", "99999999999999999999", ""] {
        let answer = visitor.post("/checkout/order", &[("expected", expected), ("seen", seen.as_str())]).await;
        assert!((400..500).contains(&answer.status.code), "{expected}: {}", answer.status);
    }
    assert_eq!(shop.number("select count(*) from orders").await, 1);
}

#[rocket::async_test]
async fn of_a_field_that_comes_twice_nobody_gets_two_readings() {
    let shop = TestShop::open().await;
    enrol(&shop, "anna@example.org").await;
    let anna = shop.signed_in("anna@example.org").await;
    let reset = [("email", "anna@example.org"), ("email", "mallory@example.org")];
    anna.post("/account/password-reset", &reset).await;
    let twice = [("email", "mallory@example.org"), ("email", "anna@example.org"), ("password", PASSWORD)];
    shop.visitor().post("/account/sign-in", &twice).await;
    shop.work().await;
    let to = texts(&shop, "select distinct recipient as text from mails").await;
    assert!(to.iter().all(|to| to == "anna@example.org" || to == "mallory@example.org"), "{to:?}");
    let both = texts(&shop, "select recipient as text from mails where body_text like '%/account/password-reset/%'").await;
    assert!(both.len() <= 1 && both.iter().all(|to| to == "anna@example.org"), "the mailbox is the account's own: {both:?}");
}
