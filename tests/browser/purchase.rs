//! A guest buys, staff take the payment and ship, the mail is there: with JavaScript, without, and on a phone.

use super::markets::the_bill_says;
use super::{Browser, Look};
use crate::world::Running;

/// Adds the tea, fills in the checkout, places the order; returns the address of the order page.
async fn buy(shop: &Running, browser: &Browser, scripts: bool) -> String {
    go_to_the_last_look(shop, browser, scripts).await;
    browser.click("main button.button--big").await;
    browser.shows("1001").await;
    browser.shows("Test Bank, DE00 1234").await;
    browser.url().await
}

/// Adds the tea and fills in the checkout.
async fn go_to_the_last_look(shop: &Running, browser: &Browser, scripts: bool) {
    fill_in(shop, browser, scripts).await;
    browser.click("main button.button--big").await;
    browser.shows("Place order, pay $9.50").await;
}

/// Adds the tea and types everything that the checkout asks for.
pub(super) async fn fill_in(shop: &Running, browser: &Browser, scripts: bool) {
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

#[rocket::async_test]
async fn delivery_and_the_bill_follow_the_country_the_region_and_the_postcode_by_themselves() {
    let shop = Running::open().await;
    shop.world.put("Green tea", 450, 5).await;
    let staff = shop.world.staff("owner").await;
    let far = [("name", "Far away"), ("spots", "US-AK\nDE 27498-27499")];
    staff.post("/admin/settings/delivery/new", &far).await.goes_to("/admin/settings/delivery");
    let zone = shop.world.number("select id from shipping_zones where name = 'Far away'").await;
    crate::delivery::add_method(&staff, zone, "Ferry", &[("price", "25")]).await;
    let browser = Browser::open(Look::DESK).await;
    fill_in(&shop, &browser, true).await;
    the_bill_says(&browser, "$9.50").await;
    // The next field takes the focus, and with it the postcode is there.
    browser.fill("postal_code", "27498").await;
    browser.fill("city", "Helgoland").await;
    browser.shows("Ferry").await;
    the_bill_says(&browser, "$29.50").await;
    browser.fill("country", "US").await;
    browser.find("main select[name=region]").await;
    the_bill_says(&browser, "$9.50").await;
    browser.fill("region", "AK").await;
    browser.shows("Ferry").await;
    the_bill_says(&browser, "$29.50").await;
    browser.find("main input[name=city][value=Helgoland]").await;
    browser.close().await;
    assert_eq!(shop.world.number("select count(*) from orders").await, 0);
}

/// Clicks twice, as fast as the driver can.
async fn double_click(browser: &Browser, css: &str) {
    let button = browser.find(css).await;
    button.scroll_into_view().await.expect("scrolls");
    browser.page.action_chain().double_click_element(&button).perform().await.expect("clicks twice");
}

#[rocket::async_test]
async fn the_last_button_is_pressed_once_however_often_it_is_clicked() {
    for look in [Look::DESK, Look::NO_SCRIPTS] {
        let shop = Running::open().await;
        shop.world.put("Green tea", 450, 5).await;
        let browser = Browser::open(look).await;
        go_to_the_last_look(&shop, &browser, look.scripts).await;
        if look.scripts {
            let sent = browser
                .run(
                    "const button = document.querySelector('[data-once]'); let sent = 0;
                     addEventListener('submit', e => { sent += !e.defaultPrevented; e.preventDefault(); }, { once: false });
                     button.click(); const busy = button.getAttribute('aria-busy'); button.click(); button.click();
                     return sent + ' ' + busy;",
                )
                .await;
            assert_eq!(sent, "1 true");
            browser.go(&format!("{}/checkout/review", shop.url)).await;
            assert!(!browser.has("[data-once][aria-busy]").await, "coming back frees the button");
        }
        double_click(&browser, "main button.button--big").await;
        browser.shows("1001").await;
        browser.close().await;
        let counts =
            "select count(*) * 100 + (select count(*) from payments) * 10 + (select sum(allocated) from stock) from orders";
        assert_eq!(shop.world.number(counts).await, 111, "{look:?}: one order, one payment, one piece");
    }
}

#[rocket::async_test]
async fn a_first_piece_clicked_twice_goes_into_one_cart() {
    let shop = Running::open().await;
    shop.world.put("Green tea", 450, 5).await;
    let browser = Browser::open(Look::DESK).await;
    browser.go(&format!("{}/products/green-tea", shop.url)).await;
    browser.run("const b = document.querySelector('[data-buy]'); b.click(); b.click(); b.form.requestSubmit();").await;
    browser.find("dialog#cart[open] .line").await;
    for _ in 0..100 {
        if shop.world.number("select sum(quantity) from cart_lines").await == 3 {
            break;
        }
        rocket::tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    browser.go(&format!("{}/cart", shop.url)).await;
    browser.find("main input[name=quantity][value=\"3\"]").await;
    browser.close().await;
    assert_eq!(shop.world.number("select count(*) from carts").await, 1);
}
