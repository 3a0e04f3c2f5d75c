//! Ways into an account through a browser: passkeys with a virtual authenticator, codes without scripts, another site.

use serde_json::json;

use super::{Browser, Look};
use crate::account::sites::Elsewhere;
use crate::account::{PASSWORD, enrol, link_in_mail};
use crate::world::{Running, totp_code};

const MARTA: &str = "marta@example.org";

/// A shop that is reached by a name, as passkeys want it.
async fn named_shop() -> Running {
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
    let (address, public) = (format!("127.0.0.1:{port}"), format!("http://localhost:{port}"));
    let mut shop = Running::with(&[("BARROW_ADDRESS", &address), ("BARROW_PUBLIC_URL", &public)]).await;
    shop.url = public;
    shop
}

/// A browser with a device that keeps passkeys and knows its owner.
async fn with_device(look: Look) -> Browser {
    let browser = Browser::open(look).await;
    let device = browser.page.cdp();
    device.send_raw("WebAuthn.enable", json!({ "enableUI": false })).await.expect("passkeys are played");
    let options = json!({ "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
        "isUserVerified": true, "automaticPresenceSimulation": true });
    device.send_raw("WebAuthn.addVirtualAuthenticator", json!({ "options": options })).await.expect("a device");
    browser
}

async fn sign_in(browser: &Browser, shop: &Running) {
    browser.go(&format!("{}/account/sign-in", shop.url)).await;
    browser.fill("email", MARTA).await;
    browser.fill("password", PASSWORD).await;
    browser.click("main button.button--big").await;
}

async fn sign_out(browser: &Browser, shop: &Running) {
    browser.go(&format!("{}/account", shop.url)).await;
    browser.click(".account__nav form button").await;
    browser.shows("Welcome back").await;
}

#[rocket::async_test]
async fn an_account_lives_by_a_passkey_alone() {
    let shop = named_shop().await;
    let browser = with_device(Look::DESK).await;
    browser.go(&format!("{}/account/register", shop.url)).await;
    browser.fill("name", "Marta Wolf").await;
    browser.fill("email", MARTA).await;
    browser.click("button[formaction=\"/account/register/without-password\"]").await;
    browser.shows("Look in your mailbox").await;
    let link = link_in_mail(&shop.world, MARTA, "/account/confirmation/").await;
    browser.go(&format!("{}{link}", shop.url)).await;
    browser.click("form[data-passkey=create] button").await;
    browser.shows("Recovery codes").await;
    browser.click("main a.button--big").await;
    browser.shows("Hello, Marta").await;
    assert_eq!(shop.world.number("select count(*) from customers where password_hash is null").await, 1);
    sign_out(&browser, &shop).await;
    browser.click("form[data-passkey=get] button").await;
    browser.shows("Hello, Marta").await;
    // The last way in stays; a second passkey, and it may go.
    browser.go(&format!("{}/account/security", shop.url)).await;
    browser.click("form[action$=\"/passkeys/1/removal\"] button").await;
    browser.shows("Nothing else opens your account").await;
    sign_out(&browser, &shop).await;
    browser.close().await;
    assert_eq!(shop.world.number("select count(*) from passkeys where used_at is not null").await, 1);
}

#[rocket::async_test]
async fn a_passkey_is_added_and_is_the_second_step() {
    let shop = named_shop().await;
    enrol(&shop.world, MARTA).await;
    let browser = with_device(Look::PHONE).await;
    sign_in(&browser, &shop).await;
    browser.shows("Hello").await;
    browser.go(&format!("{}/account/security", shop.url)).await;
    browser.fill("name", "My phone").await;
    browser.click("form[data-passkey=create] button").await;
    browser.shows("Recovery codes").await;
    browser.click("main a.button--big").await;
    browser.shows("My phone").await;
    sign_out(&browser, &shop).await;
    sign_in(&browser, &shop).await;
    browser.shows("One more step").await;
    browser.click("form[data-passkey=get] button").await;
    browser.shows("Hello").await;
    browser.go(&format!("{}/account/proof", shop.url)).await;
    browser.click("form[data-passkey=get] button").await;
    browser.shows("My phone").await;
    browser.close().await;
}

#[rocket::async_test]
async fn codes_work_without_javascript() {
    let shop = Running::open().await;
    enrol(&shop.world, MARTA).await;
    let browser = Browser::open(Look::NO_SCRIPTS).await;
    sign_in(&browser, &shop).await;
    browser.shows("Hello").await;
    browser.go(&format!("{}/account/security", shop.url)).await;
    browser.click("form[action=\"/account/security/app\"] button").await;
    let secret = browser.find("[data-secret]").await.text().await.expect("a key");
    browser.fill("code", &totp_code(&secret, shop.world.now())).await;
    browser.click("main button.button--big").await;
    browser.shows("Recovery codes").await;
    sign_out(&browser, &shop).await;
    shop.world.shop.clock.advance(chrono::Duration::seconds(60));
    sign_in(&browser, &shop).await;
    browser.shows("One more step").await;
    browser.fill("code", &totp_code(&secret, shop.world.now())).await;
    browser.click("main button.button--big").await;
    browser.shows("Hello").await;
    browser.close().await;
}

async fn by_another_site(look: Look) {
    let shop = Running::with(&[("BARROW_OUTBOUND_LOOPBACK", "yes")]).await;
    let Some(there) = Elsewhere::open(&shop.url, &[]).await else { return };
    there.is("marta-1", MARTA, true).await;
    let owner = shop.world.staff("owner").await;
    let fields = [("label", "Elsewhere"), ("issuer", &*there.address), ("client_id", "barrow"), ("position", "1")];
    let fields = [&fields[..], &[("secret", "a secret between the two of them"), ("is_on", "true")]].concat();
    owner.post("/admin/settings/sign-in-new/oidc", &fields).await.goes_to("/admin/settings/sign-in/1");
    let browser = Browser::open(look).await;
    browser.go(&format!("{}/account/sign-in", shop.url)).await;
    browser.click("button[formaction=\"/account/sign-in/with/1\"]").await;
    browser.shows("Hello, Marta").await;
    browser.close().await;
    assert_eq!(shop.world.number("select count(*) from customer_identities").await, 1);
}

#[rocket::async_test]
async fn another_site_opens_an_account() {
    by_another_site(Look::PHONE).await;
}

#[rocket::async_test]
async fn another_site_opens_an_account_without_javascript() {
    by_another_site(Look::NO_SCRIPTS).await;
}
