//! axe finds nothing, nothing scrolls sideways at 320 px, and the keyboard reaches what the mouse does.

use super::{Browser, Look};
use crate::world::Running;

/// The accessibility rules of axe-core that fail on the page, with the elements concerned.
async fn violations(browser: &Browser) -> Vec<String> {
    let path = std::env::var("AXE")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/target/axe/node_modules/axe-core/axe.min.js").into());
    let axe = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{path} is not here: bin/test fetches axe-core"));
    browser.run(&axe).await;
    let found = browser
        .page
        .execute_async(
            "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] })
               .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))))",
            vec![],
        )
        .await
        .expect("axe runs");
    serde_json::from_value(found.json().clone()).expect("a list")
}

/// Whether the page is wider than its window.
async fn scrolls_sideways(browser: &Browser) -> bool {
    browser.run("return document.documentElement.scrollWidth > document.documentElement.clientWidth").await.as_bool()
        == Some(true)
}

#[rocket::async_test]
async fn the_home_page_of_an_empty_shop_is_accessible() {
    let shop = Running::open().await;
    for look in [Look::DESK, Look { width: 320, ..Look::PHONE }] {
        let browser = Browser::open(look).await;
        browser.go(&shop.url).await;
        assert_eq!(violations(&browser).await, Vec::<String>::new(), "{look:?}");
        assert!(!scrolls_sideways(&browser).await, "{look:?}");
        browser.close().await;
    }
}
