//! Who is let in by the guards, for how long, and that pages of strangers stay the same for all.

use chrono::Duration;
use rocket::http::{ContentType, Header, Status};

use super::{PASSWORD, enrol, sign_in};
use crate::world::TestShop;

#[rocket::async_test]
async fn who_is_not_signed_in_is_sent_to_the_door_and_back() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    let visitor = shop.visitor();
    visitor.get("/account/orders?before=7").await.goes_to("/account/sign-in?next=%2Faccount%2Forders%3Fbefore%3D7");
    visitor.get("/account/sign-in?next=%2Faccount%2Forders").await.is_ok().has("value=\"/account/orders\"");
    let fields = [("email", "Marta@Example.org "), ("password", PASSWORD), ("next", "/account/orders")];
    let answer = visitor.post("/account/sign-in", &fields).await;
    answer.goes_to("/account/orders");
    let cookie = answer.header("set-cookie").expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    assert!(!cookie.contains("Max-Age"), "the cookie goes with the browser: {cookie}");
    visitor.get("/account").await.is_ok().shows("Hello, Marta");
    visitor.get("/account/sign-in").await.goes_to("/account");
    visitor.post("/account/sign-out", &[]).await.goes_to("/account/sign-in");
    visitor.get("/account").await.goes_to("/account/sign-in?next=%2Faccount");
    assert_eq!(shop.number("select count(*) from customer_sessions").await, 0);
}

#[rocket::async_test]
async fn a_form_sent_after_the_session_ended_leads_back_to_its_page() {
    let shop = TestShop::open().await;
    let send = |from: &'static str| {
        let request = shop.client.post("/account/password").header(ContentType::Form).body("current=a");
        request.header(Header::new("Referer", from)).header(Header::new("Sec-Fetch-Site", "same-origin"))
    };
    let visitor = shop.visitor();
    let own = send("http://127.0.0.1:8000/account/security");
    visitor.send(own).await.goes_to("/account/sign-in?next=%2Faccount%2Fsecurity");
    let other = send("https://evil.example//evil.example/account");
    visitor.send(other).await.goes_to("/account/sign-in?next=%2Faccount");
    let part = shop.client.get("/account").header(Header::new("HX-Request", "true"));
    let part = visitor.send(part).await;
    part.is(Status::Unauthorized);
    assert_eq!(part.header("hx-redirect"), Some("/account/sign-in?next=%2Faccount"));
}

#[rocket::async_test]
async fn signing_in_never_leads_to_another_site() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    for next in
        ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/account/sign-in?next=/x", "\0", ""]
    {
        let fields = [("email", "marta@example.org"), ("password", PASSWORD), ("next", next)];
        shop.visitor().post("/account/sign-in", &fields).await.goes_to("/account");
    }
}

#[rocket::async_test]
async fn a_bad_signature_of_a_webhook_is_no_reason_to_sign_in() {
    let shop = TestShop::open().await;
    let answer = shop.visitor().post("/webhooks/test_card", &[]).await;
    assert!(answer.status == Status::Unauthorized || answer.status.code >= 400, "{}", answer.status);
    assert_ne!(answer.status, Status::SeeOther);
}

#[rocket::async_test]
async fn sessions_end_when_idle_and_when_old_and_last_longer_for_who_stays() {
    let shop = TestShop::open().await;
    let idle = shop.customer("marta@example.org").await;
    for _ in 0..2 {
        shop.shop.clock.advance(Duration::hours(11));
        idle.get("/account").await.is_ok();
    }
    shop.shop.clock.advance(Duration::hours(12) + Duration::minutes(1));
    idle.get("/account").await.is(Status::SeeOther);

    enrol(&shop, "marta@example.org").await;
    let busy = shop.visitor();
    sign_in(&busy, "marta@example.org", PASSWORD).await.goes_to("/account");
    for _ in 0..15 {
        shop.shop.clock.advance(Duration::hours(11));
        busy.get("/account").await.is_ok();
    }
    shop.shop.clock.advance(Duration::hours(4));
    busy.get("/account").await.is(Status::SeeOther);

    let stays = shop.visitor();
    let fields = [("email", "marta@example.org"), ("password", PASSWORD), ("stay", "yes")];
    let answer = stays.post("/account/sign-in", &fields).await;
    assert!(answer.header("set-cookie").is_some_and(|cookie| cookie.contains("Max-Age=31536000")), "{:?}", answer.headers);
    for _ in 0..6 {
        shop.shop.clock.advance(Duration::days(59));
        stays.get("/account").await.is_ok();
    }
    shop.shop.clock.advance(Duration::days(59));
    stays.get("/account").await.is(Status::SeeOther);
}

#[rocket::async_test]
async fn pages_of_strangers_stay_the_same_for_all_and_those_of_customers_are_nobody_elses() {
    let shop = TestShop::open().await;
    shop.put("Green tea", 450, 5).await;
    let stranger = shop.visitor();
    let page = stranger.get("/products/green-tea").await;
    page.is_ok().has("href=\"/account\"").shows("Sign in").lacks("Your account");
    assert_eq!(page.header("cache-control"), Some("private, no-cache"));
    assert!(page.header("set-cookie").is_none());
    let marta = shop.customer("marta@example.org").await;
    let page = marta.get("/products/green-tea").await;
    page.is_ok().shows("Your account");
    assert_eq!(page.header("cache-control"), Some("private, no-cache"));
    stranger.get("/products/green-tea").await.lacks("Your account");
    assert_eq!(marta.get("/account").await.header("cache-control"), Some("no-store"));
}

#[rocket::async_test]
async fn nothing_typed_at_the_door_breaks_it() {
    let shop = TestShop::open().await;
    let long = "x".repeat(10_000);
    for bad in ["\0", "a\0@example.org", "🦆@🦆.org", &long, "-1", "' or 1=1 --"] {
        for path in ["/account/sign-in", "/account/register", "/account/password-reset"] {
            let answer = shop.visitor().post(path, &[("email", bad), ("password", bad), ("name", bad)]).await;
            assert!(matches!(answer.status.code, 422 | 429 | 413), "{path} {bad:?}: {}", answer.status);
        }
        shop.visitor().with_cookie("customer", "not-a-token").get("/account").await.is(Status::SeeOther);
    }
    for path in ["/account/confirmation/x", "/account/password-reset/x", "/account/email/x"] {
        shop.get(path).await.is(Status::Gone).shows("This link is good no more");
    }
}
