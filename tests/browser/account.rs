//! Register, confirm, order, look: with JavaScript, without, and on a phone.

use super::{Browser, Look};
use crate::account::link_in_mail;
use crate::world::Running;

const PASSWORD: &str = "a long walk by the sea";

async fn registered_and_ordered(look: Look) {
    let shop = Running::open().await;
    shop.world.put("Green tea", 450, 5).await;
    let browser = Browser::open(look).await;
    browser.go(&format!("{}/products/green-tea", shop.url)).await;
    browser.click("[data-buy]").await;
    browser.go(&format!("{}/account", shop.url)).await;
    browser.shows("Welcome back").await;
    browser.click("main a[href=\"/account/register\"]").await;
    for (field, value) in [("name", "Marta Wolf"), ("email", "marta@example.org"), ("password", PASSWORD)] {
        browser.fill(field, value).await;
    }
    browser.click("main button.button--big").await;
    browser.shows("Look in your mailbox").await;
    let link = link_in_mail(&shop.world, "marta@example.org", "/account/confirmation/").await;
    browser.go(&format!("{}{link}", shop.url)).await;
    browser.fill("password", PASSWORD).await;
    browser.click("main button.button--big").await;
    browser.shows("Hello, Marta").await;
    keep_address(&shop, &browser, look.scripts).await;
    browser.go(&format!("{}/checkout", shop.url)).await;
    browser.shows("Lindenweg 3").await;
    browser.click("main button.button--big").await;
    browser.shows("1001").await;
    browser.go(&format!("{}/account", shop.url)).await;
    browser.shows("Order 1001").await;
    browser.close().await;
    assert_eq!(shop.world.number("select count(*) from orders where customer_id is not null").await, 1);
}

async fn keep_address(shop: &Running, browser: &Browser, scripts: bool) {
    browser.go(&format!("{}/account/addresses/new", shop.url)).await;
    browser.fill("country", "DE").await;
    if scripts {
        browser.shows("Postal code").await;
    } else {
        browser.click("button[name=press][value=country]:not(.vh)").await;
    }
    for (field, value) in [("name", "Marta Wolf"), ("street", "Lindenweg 3"), ("postal_code", "10115"), ("city", "Berlin")] {
        browser.fill(field, value).await;
    }
    browser.click("main button.button[value=save]").await;
    browser.shows("Lindenweg 3").await;
}

#[rocket::async_test]
async fn an_account_is_opened_and_an_order_is_in_it() {
    registered_and_ordered(Look::DESK).await;
}

#[rocket::async_test]
async fn an_account_is_opened_and_an_order_is_in_it_without_javascript() {
    registered_and_ordered(Look::NO_SCRIPTS).await;
}

#[rocket::async_test]
async fn an_account_is_opened_and_an_order_is_in_it_on_a_phone() {
    registered_and_ordered(Look::PHONE).await;
}
