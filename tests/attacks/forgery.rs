//! Other sites send forms in the name of who is signed in here: with every method, content type and header that a browser lets them.

use rocket::http::{ContentType, Header, Method, Status};

use super::{aim, routes};
use crate::world::{TestShop, Visitor};

/// What a browser says of a request that another site makes; nothing at all, as old browsers do, is no better.
const FOREIGN: [&[(&str, &str)]; 8] = [
    &[("Sec-Fetch-Site", "cross-site")],
    &[("Sec-Fetch-Site", "same-site")],
    &[("Sec-Fetch-Site", "cross-site"), ("Origin", "http://127.0.0.1:8000")],
    &[("Sec-Fetch-Site", "")],
    &[("Origin", "https://evil.example")],
    &[("Origin", "http://127.0.0.1:8001")],
    &[("Origin", "null"), ("Referer", "http://127.0.0.1:8000/cart")],
    &[("Referer", "http://127.0.0.1:8000/cart")],
];

/// What a page can make a browser send, and what only a program can.
const KINDS: [&str; 6] = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/json",
    "application/octet-stream",
    "",
];

async fn forge(shop: &TestShop, victim: &Visitor, method: Method, path: String, kind: &str, headers: &[(&str, &str)]) -> Status {
    let mut request = shop.client.req(method, path).body("email=a%40evil.example&quantity=1");
    if !kind.is_empty() {
        request.add_header(kind.parse::<ContentType>().expect("a type"));
    }
    for (name, value) in headers {
        request.add_header(Header::new((*name).to_owned(), (*value).to_owned()));
    }
    victim.send(request).await.status
}

#[rocket::async_test]
async fn no_form_of_another_site_is_taken_whatever_it_is_sent_as() {
    let shop = TestShop::open().await;
    let staff = shop.staff("owner").await;
    // Letters of gateways are signed; a form that comes back from a site to sign in with becomes a page asked for by its own visitor.
    let meant_for_others = |path: &str| path.starts_with("/webhooks/") || path.starts_with("/account/sign-in/return/");
    for route in routes(&shop, Method::Post).iter().filter(|route| !meant_for_others(route.uri.path())) {
        for kind in KINDS {
            // A route that wants another type is not even found.
            let wanted = route.format.as_ref().is_none_or(|format| kind.starts_with(&format.to_string()));
            // Every header with the type that pages send, two with each other type.
            for headers in FOREIGN.into_iter().step_by(if kind == KINDS[0] { 1 } else { 4 }) {
                let status = forge(&shop, &staff, Method::Post, aim(route, "1"), kind, headers).await;
                let refused = status == Status::Forbidden || (!wanted && status.code >= 400 && status.code < 500);
                assert!(refused, "{} as {kind:?} with {headers:?}: {status}", route.uri);
            }
        }
    }
}

#[rocket::async_test]
async fn other_methods_write_nothing_and_a_field_does_not_change_the_method() {
    let shop = TestShop::open().await;
    let staff = shop.staff("owner").await;
    for route in routes(&shop, Method::Post).iter().filter(|route| !route.uri.path().starts_with("/webhooks/")) {
        for method in [Method::Put, Method::Patch, Method::Delete] {
            let status = forge(&shop, &staff, method, aim(route, "1"), KINDS[0], &[("Sec-Fetch-Site", "cross-site")]).await;
            assert!((400..500).contains(&status.code), "{method} {}: {status}", route.uri);
        }
    }
    // Rocket reads a method from this field: it must not open a way past the door.
    for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let request = shop.client.post("/preferences").header(ContentType::Form).body(format!("_method={method}&theme=dark"));
        let answer = staff.send(request.header(Header::new("Sec-Fetch-Site", "cross-site"))).await;
        assert!((400..500).contains(&answer.status.code) && answer.header("set-cookie").is_none(), "{method}: {}", answer.status);
    }
}

/// Tables that looking may write: when somebody was last here, and how long their cart is kept.
const SEEN: [&str; 5] = ["staff_sessions", "customer_sessions", "carts", "checkouts_begun", "__diesel_schema_migrations"];

/// What stands in every table, as one number each.
async fn everything(shop: &TestShop) -> Vec<(String, i64)> {
    let tables = super::texts(shop, "select table_name::text as text from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1").await;
    let mut sums = Vec::new();
    for table in tables.into_iter().filter(|table| !SEEN.contains(&table.as_str())) {
        let sum =
            format!("select hashtextextended(coalesce(string_agg(t::text, '|' order by t::text), ''), 0) from \"{table}\" t");
        sums.push((table, shop.number(&sum).await));
    }
    sums
}

#[rocket::async_test]
async fn looking_changes_nothing() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 50).await;
    shop.place(900, &[(&tea, 450, 2)]).await.expect("placed");
    shop.sql(&format!("update orders set customer_id = {}", shop.customer_id("anna@example.org").await)).await;
    let (owner, anna) = (shop.staff("owner").await, shop.signed_in("anna@example.org").await);
    super::put_in(&anna, &tea).await;
    let before = everything(&shop).await;
    for route in routes(&shop, Method::Get) {
        for visitor in [&owner, &anna, &shop.visitor()] {
            for value in ["1", "1000", "new"] {
                let request = shop.client.get(aim(&route, value)).header(Header::new("Sec-Fetch-Site", "cross-site"));
                let answer = visitor.send(request).await;
                assert!(answer.status.code < 500, "{}: {}", answer.asked, answer.status);
            }
        }
    }
    let after = everything(&shop).await;
    let changed: Vec<&String> = before.iter().zip(&after).filter(|(one, other)| one != other).map(|(one, _)| &one.0).collect();
    assert!(changed.is_empty(), "a GET wrote {changed:?}");
}

#[rocket::async_test]
async fn a_page_in_the_clear_sends_nothing_to_a_shop_with_tls() {
    let shop = TestShop::with(&[("BARROW_PUBLIC_URL", "https://tea.example.org")]).await;
    for (origin, status) in [
        ("https://tea.example.org", Status::SeeOther),
        ("http://tea.example.org", Status::Forbidden),
        ("https://tea.example.org:8443", Status::Forbidden),
        ("https://tea.example.org.evil.example", Status::Forbidden),
        ("https://nottea.example.org", Status::Forbidden),
    ] {
        let request = shop.client.post("/preferences").header(ContentType::Form).body("theme=dark");
        let request = request.header(Header::new("Host", "tea.example.org")).header(Header::new("Origin", origin));
        assert_eq!(request.dispatch().await.status(), status, "{origin}");
    }
}
