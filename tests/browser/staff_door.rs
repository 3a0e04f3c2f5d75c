//! Staff at their door: a passkey as the second step, an app's codes without JavaScript.

use barrow::platform::access::Role;

use super::accessibility::violations;
use super::{Browser, Look};
use crate::access::{PASSWORD, hire};
use crate::world::{Running, totp_code};

/// A shop that is reached by a name, as passkeys want it.
async fn named() -> (Running, String) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
    let (address, url) = (format!("127.0.0.1:{port}"), format!("http://localhost:{port}"));
    let shop = Running::with(&[("BARROW_ADDRESS", &address), ("BARROW_PUBLIC_URL", &url)]).await;
    (shop, url)
}

async fn password(browser: &Browser, url: &str) {
    browser.go(&format!("{url}/admin/sign-in")).await;
    browser.fill("email", "anna@example.org").await;
    browser.fill("password", PASSWORD).await;
    browser.click("main .btn-primary").await;
}

#[rocket::async_test]
async fn a_passkey_is_added_and_lets_staff_in_at_the_second_step() {
    let (shop, url) = named().await;
    hire(&shop.world, "anna@example.org", Role::Owner).await;
    let browser = Browser::open(Look::DESK).await;
    browser.go(&format!("{url}/robots.txt")).await;
    browser.with_authenticator().await;
    password(&browser, &url).await;
    browser.find(".frame .sidebar nav").await;
    browser.go(&format!("{url}/admin/security")).await;
    assert_eq!(violations(&browser).await, Vec::<String>::new());
    browser.fill("name", "Anna’s laptop").await;
    browser.click("form[data-passkey=create] button").await;
    browser.shows("These codes are shown this once").await;
    assert_eq!(violations(&browser).await, Vec::<String>::new());
    browser.click("main .card-foot .btn-primary").await;
    browser.shows("Anna’s laptop").await;
    browser.click("form[action=\"/admin/sign-out\"] button").await;
    password(&browser, &url).await;
    browser.shows("Second step").await;
    assert_eq!(violations(&browser).await, Vec::<String>::new());
    assert_eq!(shop.world.number("select count(*) from staff_sessions").await, 0);
    browser.click("form[data-passkey=get] button").await;
    browser.find(".frame .sidebar nav").await;
    let by = "select count(*) from audit where action = 'staff.signed_in' and after->>'by' = 'passkey'";
    assert_eq!(shop.world.number(by).await, 1);
    shop.world.sql("update staff_sessions set proven_at = now() - interval '1 hour'").await;
    browser.go(&format!("{url}/admin/security")).await;
    browser.click("form[action$=\"/recovery-codes\"] button").await;
    browser.shows("Is it you?").await;
    browser.click("form[data-passkey=get] button").await;
    browser.shows("Authenticator app").await;
    browser.click("form[action$=\"/removal\"] button").await;
    browser.shows("The passkey is off the list").await;
    browser.close().await;
    assert_eq!(shop.world.number("select (select count(*) from passkeys) + (select count(*) from recovery_codes)").await, 0);
}

#[rocket::async_test]
async fn codes_of_an_app_let_staff_in_without_javascript() {
    let shop = Running::open().await;
    hire(&shop.world, "anna@example.org", Role::Owner).await;
    let browser = Browser::open(Look::NO_SCRIPTS).await;
    password(&browser, &shop.url).await;
    browser.click(".nav-foot a[href=\"/admin/security\"]").await;
    browser.click("form[action=\"/admin/security/app\"] button").await;
    let secret = browser.find("code.secret").await.text().await.expect("a secret");
    browser.fill("code", &totp_code(&secret, shop.world.now())).await;
    browser.click("main form .btn-primary").await;
    browser.shows("These codes are shown this once").await;
    browser.click("main .card-foot .btn-primary").await;
    browser.shows("Remove the app").await;
    browser.click("form[action=\"/admin/sign-out\"] button").await;
    password(&browser, &shop.url).await;
    browser.shows("Second step").await;
    assert!(!browser.has("form[data-passkey]").await);
    let code = shop.world.next_code(&secret);
    browser.fill("code", &code).await;
    browser.click("main form .btn-primary").await;
    browser.find(".frame .sidebar nav").await;
    browser.close().await;
}
