//! A guest buys, staff ships, the mail is there: with JavaScript and without.

use super::{Browser, Look};
use crate::world::Running;

#[rocket::async_test]
async fn the_shop_answers_a_browser() {
    let shop = Running::open().await;
    for look in [Look::DESK, Look::NO_SCRIPTS] {
        let browser = Browser::open(look).await;
        browser.go(&shop.url).await;
        browser.shows("Test shop").await;
        browser.close().await;
    }
}
