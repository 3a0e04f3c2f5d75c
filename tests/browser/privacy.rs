//! The question at the foot of a page, answered and answered again: with JavaScript, without, and on a phone.

use super::accessibility::{scrolls_sideways, violations};
use super::{Browser, Look};
use crate::world::Running;

const SCRIPT: &str = "script[src='https://127.0.0.1:1/script.js']";

async fn answered(look: Look) {
    // Nothing leaves the machine: the script's site refuses at once.
    let shop = Running::open().await;
    shop.world
        .sql("insert into third_parties (name, purpose, script, created_at) values ('Stats', 'statistics', 'https://127.0.0.1:1/script.js', now())")
        .await;
    shop.world.put("Green tea", 450, 5).await;
    let browser = Browser::open(look).await;
    for page in ["/", "/products/green-tea"] {
        browser.go(&format!("{}{page}", shop.url)).await;
        browser.shows("Refuse all").await;
        if look.scripts {
            assert_eq!(violations(&browser).await, Vec::<String>::new());
            assert!(!scrolls_sideways(&browser).await);
        }
    }
    browser.click(".consent button[value=none]").await;
    browser.shows("Your choice is kept").await;
    assert!(browser.url().await.ends_with("/products/green-tea"), "back to where it was asked");
    assert!(!browser.has(".consent").await && !browser.has(SCRIPT).await);
    browser.go(&format!("{}/consent", shop.url)).await;
    browser.click("input[name=statistics]").await;
    browser.click("main button[value=chosen]").await;
    browser.shows("Your choice is kept").await;
    assert!(browser.has(SCRIPT).await && browser.has("input[name=statistics]:checked").await);
    browser.click("main button[value=none]").await;
    browser.shows("Your choice is kept").await;
    assert!(!browser.has(SCRIPT).await);
    browser.close().await;
    assert_eq!(shop.world.number("select count(*) from consents").await, 3);
}

#[rocket::async_test]
async fn a_visitor_is_asked_and_changes_their_mind() {
    answered(Look::DESK).await;
}

#[rocket::async_test]
async fn a_visitor_is_asked_and_changes_their_mind_on_a_phone_without_javascript() {
    answered(Look { scripts: false, ..Look::PHONE }).await;
}
