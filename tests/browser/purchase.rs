//! A guest buys, staff take the payment and ship, the mail is there: with JavaScript, without, and on a phone.

use super::{Browser, Look};
use crate::world::Running;

/// Adds the tea, fills in the checkout, places the order; returns the address of the order page.
async fn buy(shop: &Running, browser: &Browser, scripts: bool) -> String {
    browser.go(&format!("{}/products/green-tea", shop.url)).await;
    browser.click("[data-buy]").await;
    if scripts {
        browser.find("dialog#cart[open]").await;
    }
    browser.go(&format!("{}/cart", shop.url)).await;
    browser.shows("Green tea").await;
    browser.click("main a[href=\"/checkout\"]").await;
    browser.fill("country", "DE").await;
    if scripts {
        browser.shows("Postal code").await;
    } else {
        browser.click("button[formaction]").await;
    }
    for (field, value) in [
        ("email", "anna@example.org"),
        ("name", "Anna Berg"),
        ("street", "Lindenweg 3"),
        ("postal_code", "10115"),
        ("city", "Berlin"),
    ] {
        browser.fill(field, value).await;
    }
    browser.click("main button.button--big").await;
    browser.shows("Place order, pay $9.50").await;
    browser.click("main button.button--big").await;
    browser.shows("1001").await;
    browser.shows("Test Bank, DE00 1234").await;
    browser.url().await
}

/// Takes the payment, ships everything, reads the mail.
async fn fulfil(shop: &Running, browser: &Browser) {
    let staff = shop.world.staff("owner").await;
    let token = staff.cookies.lock().expect("cookies")["staff"].clone();
    browser.carry("staff", &token).await;
    browser.go(&format!("{}/admin/orders", shop.url)).await;
    browser.shows("Anna Berg").await;
    browser.click("main a[href=\"/admin/orders/1001\"]").await;
    browser.click("form[action=\"/admin/orders/1001/payment\"] .btn-primary").await;
    browser.find("form[action=\"/admin/orders/1001/fulfilment\"] .btn-primary").await;
    browser.fill("tracking", "TRACK-77").await;
    browser.click("form[action=\"/admin/orders/1001/fulfilment\"] .btn-primary").await;
    browser.shows("TRACK-77").await;
    shop.world.work().await;
    browser.go(&format!("{}/admin/mail", shop.url)).await;
    browser.shows("anna@example.org").await;
    browser.shows("1001").await;
}

async fn bought_and_fulfilled(look: Look) {
    let shop = Running::open().await;
    shop.world.put("Green tea", 450, 5).await;
    let browser = Browser::open(look).await;
    let order = buy(&shop, &browser, look.scripts).await;
    fulfil(&shop, &browser).await;
    browser.go(&order).await;
    browser.shows("TRACK-77").await;
    browser.close().await;
    assert_eq!(
        shop.world.number("select count(*) from orders where payment_status = 'paid' and fulfilment_status = 'fulfilled'").await,
        1
    );
    assert_eq!(shop.world.number("select on_hand + allocated from stock").await, 4);
    assert!(shop.world.number("select count(*) from mails").await >= 4, "confirmation, notice to staff, payment, shipping");
}

#[rocket::async_test]
async fn a_guest_buys_and_staff_ship() {
    bought_and_fulfilled(Look::DESK).await;
}

#[rocket::async_test]
async fn a_guest_buys_and_staff_ship_without_javascript() {
    bought_and_fulfilled(Look::NO_SCRIPTS).await;
}

#[rocket::async_test]
async fn a_guest_buys_on_a_phone() {
    let shop = Running::open().await;
    shop.world.put("Green tea", 450, 5).await;
    let browser = Browser::open(Look::PHONE).await;
    buy(&shop, &browser, true).await;
    browser.close().await;
}
