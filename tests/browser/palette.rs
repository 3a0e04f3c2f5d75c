//! The palette: Ctrl K opens it over any page, arrows move, Enter opens; without scripts its link leads to a page.

use thirtyfour::prelude::*;

use super::{Browser, Look};
use crate::world::Running;

async fn desk(look: Look) -> (Running, Browser) {
    let shop = Running::open().await;
    let kettle = shop.world.put("Electric kettle", 4500, 50).await;
    shop.world.place(1, &[(&kettle, 4500, 1)]).await.expect("placed");
    let browser = Browser::open(look).await;
    browser.go(&format!("{}/admin/sign-in", shop.url)).await;
    let staff = shop.world.staff("owner").await;
    let token = staff.cookies.lock().expect("cookies")["staff"].clone();
    browser.carry("staff", &token).await;
    browser.go(&format!("{}/admin/mail", shop.url)).await;
    (shop, browser)
}

async fn press(browser: &Browser, keys: impl Into<TypingData>) {
    browser.page.action_chain().send_keys(keys).perform().await.expect("the keys are pressed");
}

#[rocket::async_test]
async fn palette_leads_by_keyboard_to_what_was_looked_for() {
    let (shop, browser) = desk(Look::DESK).await;
    let chord = Key::Control + "k".to_owned();
    browser.page.find(By::Css("body")).await.expect("a body").send_keys(chord).await.expect("Ctrl K");
    browser.find("dialog#palette:modal").await;
    browser.find("#palette a[href=\"/admin/products/new\"]").await;
    press(&browser, "wolf").await;
    browser.find("#palette a[data-first][href=\"/admin/orders/1001\"]").await;
    assert_eq!(browser.run("return document.activeElement.id").await, "palette-q");
    press(&browser, Key::Down).await;
    assert_eq!(browser.run("return document.activeElement.getAttribute('href')").await, "/admin/orders/1001");
    press(&browser, Key::Up).await;
    assert_eq!(browser.run("return document.activeElement.id").await, "palette-q");
    press(&browser, Key::Escape).await;
    assert!(!browser.has("dialog#palette[open]").await, "Escape closes it");
    browser.click(".jump").await;
    browser.find("dialog#palette:modal").await;
    press(&browser, "kettle").await;
    browser.find("#palette a[data-first][href=\"/admin/products/1\"]").await;
    press(&browser, Key::Enter).await;
    for _ in 0..100 {
        if browser.url().await == format!("{}/admin/products/1", shop.url) {
            break;
        }
        rocket::tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(browser.url().await, format!("{}/admin/products/1", shop.url));
    browser.close().await;
}

#[rocket::async_test]
async fn palette_is_a_page_without_javascript() {
    let (shop, browser) = desk(Look::NO_SCRIPTS).await;
    browser.click(".jump").await;
    browser.shows("Add a product").await;
    assert_eq!(browser.url().await, format!("{}/admin/search", shop.url));
    browser.fill("q", "wolf").await;
    browser.click("main form button").await;
    browser.click("main a[href=\"/admin/orders/1001\"]").await;
    browser.shows("#1001").await;
    browser.close().await;
}
