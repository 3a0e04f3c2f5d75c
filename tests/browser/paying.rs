//! A guest pays by card on the provider's page: pays, is declined and pays again, closes the window; with JavaScript and without.

use super::purchase::fill_in;
use super::{Browser, Look};
use crate::world::Running;

/// A shop that takes cards, with a few teas.
async fn card_shop(environment: &[(&str, &str)]) -> Running {
    let shop = Running::with(environment).await;
    shop.world.sql("update payment_methods set enabled = true").await;
    shop.world.put("Green tea", 450, 5).await;
    shop
}

/// Fills in the checkout, chooses the card and goes to the provider's page.
async fn to_the_provider(shop: &Running, browser: &Browser, look: Look) {
    fill_in(shop, browser, look.scripts).await;
    browser.click("main [name=payment][value=test_card]").await;
    browser.click("main button.button--big").await;
    browser.shows("Continue to payment, $9.50").await;
    browser.click("main button.button--big").await;
    browser.shows("Pay $9.50 with the test card").await;
}

/// Has the card behave so and presses the button.
async fn pay(browser: &Browser, behaviour: &str) {
    browser.click(&format!("main [name=behaviour][value={behaviour}]")).await;
    browser.click("main button.button--big").await;
}

/// One order, wholly paid, with its mails.
async fn is_paid(shop: &Running) {
    shop.world.work().await;
    for count in [
        "select count(*) from orders where payment_status = 'paid'",
        "select count(*) from orders",
        "select count(*) from mails where kind = 'order_placed'",
        "select allocated from stock",
    ] {
        assert_eq!(shop.world.number(count).await, 1, "{count}");
    }
    shop.world.is_sound().await;
}

#[rocket::async_test]
async fn a_guest_pays_by_card_with_and_without_javascript_and_on_a_phone() {
    for look in [Look::DESK, Look::NO_SCRIPTS, Look::PHONE] {
        let shop = card_shop(&[]).await;
        let browser = Browser::open(look).await;
        to_the_provider(&shop, &browser, look).await;
        pay(&browser, "approve").await;
        browser.shows("Thank you").await;
        assert!(browser.url().await.contains("/orders/"), "{look:?}");
        browser.go(&format!("{}/cart", shop.url)).await;
        browser.shows("Nothing in here yet").await;
        browser.close().await;
        is_paid(&shop).await;
    }
}

#[rocket::async_test]
async fn a_guest_who_is_declined_pays_again_with_and_without_javascript() {
    for look in [Look::DESK, Look::NO_SCRIPTS] {
        let shop = card_shop(&[]).await;
        let browser = Browser::open(look).await;
        to_the_provider(&shop, &browser, look).await;
        pay(&browser, "decline").await;
        browser.shows("The payment did not go through").await;
        browser.shows("10115 Berlin").await;
        browser.click("main button.button--big").await;
        browser.shows("Pay $9.50 with the test card").await;
        pay(&browser, "confirm").await;
        browser.shows("Your bank asks back").await;
        browser.click("main button[value=yes]").await;
        browser.shows("Thank you").await;
        browser.close().await;
        is_paid(&shop).await;
        assert_eq!(shop.world.number("select count(*) from payments where state = 'failed'").await, 1);
    }
}

#[rocket::async_test]
async fn a_guest_who_closes_the_window_at_the_provider_still_gets_order_and_mail() {
    for look in [Look::DESK, Look::NO_SCRIPTS] {
        let shop = card_shop(&[]).await;
        let browser = Browser::open(look).await;
        to_the_provider(&shop, &browser, look).await;
        pay(&browser, "never_return").await;
        browser.shows("You can close this window").await;
        browser.close().await;
        assert_eq!(shop.world.number("select count(*) from orders").await, 0, "nobody has told the shop yet");
        shop.world.sql("update graphile_worker._private_jobs set run_at = now()").await;
        is_paid(&shop).await;
        let mail = "select count(*) from mails where kind = 'order_placed' and recipient = 'anna@example.org'";
        assert_eq!(shop.world.number(mail).await, 1);
    }
}

#[rocket::async_test]
async fn a_form_may_end_on_the_providers_site_although_it_is_another() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
    let (listen, outside) = (format!("127.0.0.1:{port}"), format!("http://localhost:{port}"));
    let shop = card_shop(&[("BARROW_ADDRESS", &listen), ("BARROW_PUBLIC_URL", &outside)]).await;
    let browser = Browser::open(Look::DESK).await;
    to_the_provider(&shop, &browser, Look::DESK).await;
    assert!(browser.url().await.starts_with(&outside), "{}", browser.url().await);
    pay(&browser, "approve").await;
    browser.shows("Thank you").await;
    browser.close().await;
    is_paid(&shop).await;
}
