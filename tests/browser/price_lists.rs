//! A price list is made in the browser, with and without JavaScript: begun, given a price by search, put before another; the shop shows it.

use super::{Browser, Look};
use crate::world::Running;

async fn made(look: Look) {
    let shop = Running::open().await;
    shop.world.put("Green tea", 1000, 9).await;
    shop.world
        .sql("insert into price_lists (name, position, currency, active, percent_off) values ('Summer', 0, 'USD', true, 100000)")
        .await;
    let staff = shop.world.staff("owner").await;
    let token = staff.cookies.lock().expect("cookies").get("staff").cloned().expect("a session");
    let browser = Browser::open(look).await;
    browser.go(&format!("{}/robots.txt", shop.url)).await;
    browser.carry("staff", &token).await;
    browser.go(&format!("{}/admin/price-lists", shop.url)).await;
    browser.click("a[href='/admin/price-lists/new']").await;
    browser.fill("name", "More for less").await;
    browser.click("form[action='/admin/price-lists'] .btn-primary").await;
    browser.shows("Now give it prices").await;
    browser.fill("q", "green").await;
    browser.click("form[role=search][action$='#add'] button").await;
    browser.click("a[href$='#add']").await;
    browser.fill("pieces", "3").await;
    browser.fill("amount", "cheap").await;
    browser.click("#add button").await;
    browser.shows("This is no price in the currency of the list").await;
    browser.fill("amount", "7.50").await;
    browser.click("#add button").await;
    browser.shows("Price added").await;
    browser.go(&format!("{}/admin/price-lists", shop.url)).await;
    browser.click("#list-2 button[value=up]").await;
    browser.find("#list-2:first-child").await;
    browser.go(&format!("{}/products/green-tea", shop.url)).await;
    browser.shows("From 3 pieces").await;
    browser.shows("$7.50 each").await;
    browser.shows("$9.00").await;
    browser.close().await;
}

#[rocket::async_test]
async fn price_lists_are_made_in_the_browser() {
    made(Look::DESK).await;
}

#[rocket::async_test]
async fn price_lists_are_made_without_javascript() {
    made(Look::NO_SCRIPTS).await;
}
