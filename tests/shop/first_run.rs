//! A new shop: the one-time link, the page behind it, and what others see until then.

use barrow::app::admin::first_run;
use rocket::http::Status;

use crate::world::{Answer, TestShop, Visitor};

/// A shop as production starts it: nobody has opened it.
async fn unopened() -> TestShop {
    let shop = TestShop::open().await;
    shop.sql("update settings set opened_at = null, shop_name = 'Barrow', demo = false; delete from shipping_methods;").await;
    shop
}

async fn send(visitor: &Visitor, link: &str, typed: &[(&str, &str)]) -> Answer {
    let usual = [
        ("name", "Corner shop"),
        ("street", ""),
        ("postal_code", ""),
        ("city", "Leipzig"),
        ("country", "DE"),
        ("currency", "EUR"),
        ("zone", "Europe/Berlin"),
        ("locale", "de"),
        ("sells_to", "europe"),
        ("sender_email", "hello@corner.example"),
        ("staff_name", "Anna Berger"),
        ("email", "anna@corner.example"),
        ("password", "a long walk by the sea"),
    ];
    let mut fields: Vec<(&str, &str)> =
        usual.into_iter().filter(|(name, _)| !typed.iter().any(|(other, _)| other == name)).collect();
    fields.extend(typed);
    visitor.post(link, &fields).await
}

#[rocket::async_test]
async fn first_run_the_link_opens_the_shop_once() {
    let shop = unopened().await;
    let link = first_run::issue(&shop.shop.db).await.expect("asked").expect("a link");
    let other = first_run::issue(&shop.shop.db).await.expect("asked").expect("another link");
    assert_ne!(link, other);
    shop.get(&link).await.is_ok().shows("Open your shop").keeps("currency", "EUR");
    shop.get("/first-run/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await.is(Status::NotFound);
    shop.get("/first-run/nonsense").await;
    let owner = shop.visitor();
    send(&owner, &link, &[]).await.goes_to("/admin");
    owner.get("/admin").await.is_ok().shows("Ihr Shop ist eröffnet").shows("Anna Berger").shows("Bereit zum Verkaufen");
    shop.get("/").await.is_ok().shows("Corner shop").lacks("Opening soon");
    assert_eq!(shop.number("select cardinality(countries) from settings").await, 27);
    assert_eq!(
        shop.number("select count(*) from settings where currency = 'EUR' and opened_at is not null and prices_include_tax")
            .await,
        1
    );
    for used in [&link, &other] {
        shop.get(used).await.is(Status::NotFound);
        send(&shop.visitor(), used, &[("email", "eve@example.org")]).await.is(Status::NotFound);
    }
    assert_eq!(first_run::issue(&shop.shop.db).await.expect("asked"), None);
    assert_eq!(shop.number("select count(*) from staff").await, 1);
    owner.post("/admin/sign-out", &[]).await;
    owner
        .post("/admin/sign-in", &[("email", "anna@corner.example"), ("password", "a long walk by the sea")])
        .await
        .goes_to("/admin");
}

#[rocket::async_test]
async fn first_run_until_then_shoppers_see_that_it_opens_soon() {
    let shop = unopened().await;
    for path in ["/", "/cart", "/products/tea", "/search?q=tea", "/no-such-page"] {
        let answer = shop.get(path).await;
        answer.is_ok().shows("Opening soon");
        assert_eq!(answer.header("x-robots-tag"), Some("noindex"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    shop.post("/cart/lines", &[("variant", "1"), ("quantity", "1")]).await.is_ok().shows("Opening soon");
    shop.get("/admin/sign-in").await.is_ok().shows("This shop is not open yet").shows("terminal");
    shop.get("/admin").await.is(Status::SeeOther);
}

#[rocket::async_test]
async fn first_run_a_refused_page_comes_back_as_typed_and_opens_nothing() {
    let shop = unopened().await;
    let link = first_run::issue(&shop.shop.db).await.expect("asked").expect("a link");
    let long = "x".repeat(10_000);
    let bad = [
        ("name", ""),
        ("name", "a\0"),
        ("name", &long),
        ("country", "XX"),
        ("currency", "XXX0"),
        ("zone", "nowhere"),
        ("sells_to", "moon"),
        ("sender_email", "no"),
        ("email", "no"),
        ("password", "short"),
        ("password", "anna@corner.example"),
        ("password", "qwertyuiop"),
        ("locale", "fr"),
    ];
    for (field, value) in bad {
        send(&shop.visitor(), &link, &[(field, value)])
            .await
            .is(Status::UnprocessableEntity)
            .has("error-summary")
            .keeps("city", "Leipzig");
    }
    shop.post(&link, &[]).await.is(Status::UnprocessableEntity);
    assert_eq!(shop.number("select count(*) from staff").await, 0);
    shop.get("/").await.is_ok().shows("Opening soon");
    send(&shop.visitor(), &link, &[]).await.goes_to("/admin");
}

#[rocket::async_test]
async fn first_run_ten_at_once_open_it_once() {
    let shop = unopened().await;
    let link = first_run::issue(&shop.shop.db).await.expect("asked").expect("a link");
    let emails: Vec<String> = (0..10).map(|n| format!("p{n}@example.org")).collect();
    let all = emails.iter().map(|email| {
        let (visitor, link) = (shop.visitor(), link.clone());
        async move { send(&visitor, &link, &[("email", email.as_str())]).await.status }
    });
    let statuses = futures::future::join_all(all).await;
    assert_eq!(statuses.iter().filter(|status| **status == Status::SeeOther).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| status.code < 500), "{statuses:?}");
    assert_eq!(shop.number("select count(*) from staff").await, 1);
}
