//! A discount is made in the editor and its code used, with and without JavaScript.

use super::{Browser, Look};
use crate::world::Running;

async fn made_and_used(look: Look) {
    let shop = Running::open().await;
    shop.world.put("Green tea", 1000, 9).await;
    let cup = shop.world.put("Cup", 700, 3).await;
    let staff = shop.world.staff("owner").await;
    let token = staff.cookies.lock().expect("cookies").get("staff").cloned().expect("a session");
    let browser = Browser::open(look).await;
    browser.go(&format!("{}/robots.txt", shop.url)).await;
    browser.carry("staff", &token).await;
    browser.go(&format!("{}/admin", shop.url)).await;
    browser.click("a[href='/admin/discounts']").await;
    browser.click("a[href='/admin/discounts/new']").await;
    browser.fill("name", "Spring").await;
    browser.fill("status", "active").await;
    browser.fill("code", "spring").await;
    browser.fill("benefits[0].percent", "20").await;
    browser.click("button[name=rows][value=condition]").await;
    browser.fill("conditions[0].kind", "subtotal").await;
    browser.fill("conditions[0].at_least", "15 dollars").await;
    browser.click(".save-bar .btn-primary").await;
    browser.shows("Write an amount such as 10 or 9.90").await;
    browser.fill("conditions[0].at_least", "15").await;
    browser.click(".save-bar .btn-primary").await;
    browser.shows("Running").await;
    browser.go(&format!("{}/products/green-tea", shop.url)).await;
    browser.click("[data-buy]").await;
    if look.scripts {
        browser.find("dialog#cart[open]").await;
    }
    browser.go(&format!("{}/cart", shop.url)).await;
    browser.fill("code", "Spring").await;
    browser.click("#codes .input-row button").await;
    browser.shows("$5.00 more in the cart").await;
    browser.click("button[name=step][value=more]").await;
    browser.shows("Spring −$4.00").await;
    browser.shows("$21.00").await;
    browser.click("main a[href='/checkout']").await;
    browser.find("#bill button[name=remove_code][value=SPRING]").await;
    // On a wide page the bill stands open by its style alone; the driver believes only what is open.
    browser.run("document.querySelector('details.bill').open = true").await;
    browser.fill("email", "anna@example.org").await;
    browser.click("button[name=remove_code]").await;
    browser.find("#bill #codes:not(:has([name=remove_code]))").await;
    let bill = browser.run("return document.querySelector('#bill').textContent").await;
    assert!(bill.as_str().is_some_and(|bill| bill.contains("$25.00")), "{bill}");
    assert_eq!(browser.run("return document.querySelector('main [name=email]').value").await, "anna@example.org");
    // A gift is offered there, and taken after it was not wanted.
    let gift = format!(r#"[{{"kind": "gift", "product": {}, "pieces": 1}}]"#, cup.product);
    let added = "insert into promotions (name, lane_id, status, coded, conditions, benefits) select 'A cup for you', min(id), 'active', false, '[]'";
    shop.world.sql(&format!("{added}, '{gift}' from promotion_lanes")).await;
    for (press, shown) in [("no_gift", "You left out “Cup”"), ("gift", "A cup for you")] {
        browser.go(&format!("{}/checkout", shop.url)).await;
        browser.run("document.querySelector('details.bill').open = true").await;
        browser.click(&format!("#bill button[name={press}]")).await;
        browser.find("#bill #codes").await;
        let bill = browser.run("return document.querySelector('#bill').textContent").await;
        assert!(bill.as_str().is_some_and(|bill| bill.contains(shown)), "{bill}");
    }
    browser.close().await;
}

#[rocket::async_test]
async fn a_discount_is_made_and_its_code_used_in_the_browser() {
    made_and_used(Look::DESK).await;
}

#[rocket::async_test]
async fn a_discount_is_made_and_its_code_used_without_javascript() {
    made_and_used(Look::NO_SCRIPTS).await;
}
