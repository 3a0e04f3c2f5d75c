//! The management pages by mouse, by keyboard and without JavaScript: things put in order, many orders at once, kept views, two editors.

use thirtyfour::Key;

use super::{Browser, Look};
use crate::world::Running;

/// A running shop, and somebody of the staff before it.
async fn desk(look: Look) -> (Running, Browser) {
    let shop = Running::open().await;
    let browser = Browser::open(look).await;
    sign_in(&shop, &browser, "owner").await;
    (shop, browser)
}

async fn sign_in(shop: &Running, browser: &Browser, role: &str) {
    let staff = shop.world.staff(role).await;
    let token = staff.cookies.lock().expect("cookies").get("staff").cloned().expect("a session");
    browser.go(&format!("{}/robots.txt", shop.url)).await;
    browser.carry("staff", &token).await;
}

/// Takes one thing with the mouse and lets it go on the lower edge of another, as a person does.
async fn drag(browser: &Browser, from: &str, to: &str, data: &str) {
    let at = async |css: &str, low: &str| {
        let script = format!(
            "const e = document.querySelector({css:?}); e.scrollIntoView({{ block: 'center' }});
             const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height * {low}]"
        );
        let place = browser.run(&script).await;
        (place[0].as_f64().expect("a place"), place[1].as_f64().expect("a place"))
    };
    let tools = browser.page.cdp();
    let send = async |command: &str, what: serde_json::Value| {
        tools.send_raw(command, what).await.unwrap_or_else(|error| panic!("{command}: {error}"));
    };
    let mouse = async |kind: &str, (x, y): (f64, f64)| {
        let what = serde_json::json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
        send("Input.dispatchMouseEvent", what).await;
    };
    let carried = serde_json::json!({ "items": [{ "mimeType": "text/plain", "data": data }], "dragOperationsMask": 1 });
    let over = async |kind: &str, (x, y): (f64, f64)| {
        send("Input.dispatchDragEvent", serde_json::json!({ "type": kind, "x": x, "y": y, "data": carried })).await;
    };
    send("Input.setInterceptDrags", serde_json::json!({ "enabled": true })).await;
    let (x, y) = at(from, "0.5").await;
    for (kind, place) in [("mousePressed", (x, y)), ("mouseMoved", (x + 4.0, y + 4.0)), ("mouseMoved", (x + 9.0, y + 9.0))] {
        mouse(kind, place).await;
    }
    // The browser tells the page in its own time that something is held.
    browser.find(".is-held, .dragged").await;
    let place = at(to, "0.85").await;
    for kind in ["dragEnter", "dragOver", "dragOver", "drop"] {
        over(kind, place).await;
    }
    mouse("mouseReleased", place).await;
    send("Input.setInterceptDrags", serde_json::json!({ "enabled": false })).await;
}

/// Waits until a query of the database says this.
async fn becomes(shop: &Running, query: &str, value: i64) {
    for _ in 0..100 {
        if shop.world.number(query).await == value {
            return;
        }
        rocket::tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(shop.world.number(query).await, value, "{query}");
}

/// Puts the focus on a control and presses Enter, as the keyboard does.
async fn press(browser: &Browser, css: &str) {
    browser.find(css).await;
    browser.run(&format!("document.querySelector({css:?}).focus()")).await;
    browser.page.action_chain().send_keys(Key::Enter.value().to_string()).perform().await.expect("Enter is pressed");
}

const MENU: &str = "insert into menu_links (menu, place, position, labels) values
    ('header', 'products', 0, '{\"en\": \"All\"}'), ('header', 'sale', 1, '{\"en\": \"Sale\"}'), ('header', 'home', 2, '{\"en\": \"Home\"}')";

/// How many links stand before this one.
fn before(place: &str) -> String {
    format!(
        "select count(*) from menu_links where menu = 'header' and position < (select position from menu_links where place = '{place}')"
    )
}

#[rocket::async_test]
async fn menus_are_put_in_order_by_mouse_by_keyboard_and_without_javascript() {
    let (shop, browser) = desk(Look::DESK).await;
    shop.world.sql(MENU).await;
    browser.go(&format!("{}/admin/menus", shop.url)).await;
    drag(&browser, "#link-1 .meta", "#link-3 .tree-row", "1").await;
    becomes(&shop, &before("products"), 2).await;
    browser.find("#link-3 + #link-1").await;
    press(&browser, "#link-1 button[value=up]").await;
    becomes(&shop, &before("products"), 1).await;
    browser.close().await;

    let browser = Browser::open(Look::NO_SCRIPTS).await;
    sign_in(&shop, &browser, "owner").await;
    browser.go(&format!("{}/admin/menus", shop.url)).await;
    browser.click("#link-1 button[value=up]").await;
    becomes(&shop, &before("products"), 0).await;
    browser.close().await;
}

#[rocket::async_test]
async fn categories_are_put_in_order_by_mouse_by_keyboard_and_without_javascript() {
    let (shop, browser) = desk(Look::DESK).await;
    let rows =
        "insert into categories (title, handle, position) values ('Pots', 'pots', 0), ('Cups', 'cups', 1), ('Tea', 'tea', 2)";
    shop.world.sql(rows).await;
    let place = "select count(*) from categories where position < (select position from categories where handle = 'pots')";
    browser.go(&format!("{}/admin/categories", shop.url)).await;
    drag(&browser, "#category-1 .meta", "#category-2 .tree-row", "1").await;
    becomes(&shop, place, 1).await;
    browser.find("#category-2 + #category-1").await;
    press(&browser, "#category-1 button[value=down]").await;
    becomes(&shop, place, 2).await;
    browser.close().await;

    let browser = Browser::open(Look::NO_SCRIPTS).await;
    sign_in(&shop, &browser, "owner").await;
    browser.go(&format!("{}/admin/categories", shop.url)).await;
    browser.click("#category-1 button[value=up]").await;
    becomes(&shop, place, 1).await;
    browser.close().await;
}

#[rocket::async_test]
async fn pictures_of_a_product_are_dragged_to_their_place() {
    let (shop, browser) = desk(Look::DESK).await;
    let tea = shop.world.put("Green tea", 1290, 5).await;
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<String> = (1..=3_u8)
        .map(|number| {
            let path = folder.path().join(format!("photo-{number}.png"));
            image::RgbImage::from_pixel(90, 90, image::Rgb([number * 60, 90, 90])).save(&path).expect("a file");
            path.display().to_string()
        })
        .collect();
    browser.go(&format!("{}/admin/products/{}", shop.url, tea.product)).await;
    browser.find("#shots input[type=file]").await.send_keys(files.join("\n")).await.expect("chooses files");
    browser.find("#shots .shot:nth-of-type(3)").await;
    let first = "select min(media_id) from product_media";
    let cover = shop.world.number("select media_id from product_media where position = 0").await;
    assert_eq!(cover, shop.world.number(first).await);
    drag(&browser, "#shots .shot:nth-of-type(1) .shot-frame", "#shots .shot:nth-of-type(3) .shot-frame", "").await;
    becomes(&shop, &format!("select position from product_media where media_id = {cover}"), 2).await;
    browser.close().await;
}

/// Three orders that are paid.
async fn three_orders(shop: &Running) {
    let tea = shop.world.put("Green tea", 1290, 30).await;
    for cart in 1..=3 {
        shop.world.place(cart, &[(&tea, 1290, 1)]).await.expect("an order");
    }
    let staff = shop.world.staff("owner").await;
    for number in 1001..=1003 {
        let path = format!("/admin/orders/{number}/payment");
        let amount = shop.world.number(&format!("select total from orders where number = {number}")).await;
        let amount = format!("{}.{:02}", amount / 100, amount % 100);
        staff.post(&path, &[("version", "1"), ("amount", &amount)]).await.goes_to(&format!("/admin/orders/{number}"));
    }
}

async fn shipped_and_printed(look: Look) {
    let (shop, browser) = desk(look).await;
    three_orders(&shop).await;
    browser.go(&format!("{}/admin/orders", shop.url)).await;
    assert!(!browser.find(".bulk-bar").await.is_displayed().await.expect("an answer"), "nothing is ticked yet");
    for number in [1001, 1003] {
        browser.click(&format!("tbody .pick label:has([value=\"{number}\"])")).await;
    }
    assert!(browser.find(".bulk-bar").await.is_displayed().await.expect("an answer"));
    browser.click(".bulk-bar [formaction$=\"/slips\"]").await;
    browser.find("article.paper + article.paper").await;
    assert!(!browser.has("article.paper + article.paper + article.paper").await, "only those that were ticked");
    let wide = "return [...document.querySelectorAll('.paper')].some(p => p.scrollWidth > p.clientWidth)";
    assert_eq!(browser.run(wide).await, serde_json::json!(false), "the lines fit the paper");
    browser.page.back().await.expect("goes back");
    // The browser may or may not have kept the ticks.
    for number in [1001, 1003] {
        if !browser.has(&format!("tbody [value=\"{number}\"]:checked")).await {
            browser.click(&format!("tbody .pick label:has([value=\"{number}\"])")).await;
        }
    }
    browser.click(".bulk-bar button:not([formaction]):not([type])").await;
    browser.shows("Ship 2 orders").await;
    browser.fill("carrier", "DHL").await;
    browser.click("main form .btn-primary").await;
    browser.shows("#1001").await;
    becomes(&shop, "select count(*) from orders where fulfilment_status = 'fulfilled'", 2).await;
    becomes(&shop, "select count(*) from orders where number = 1002 and fulfilment_status = 'unfulfilled'", 1).await;
    browser.close().await;
}

#[rocket::async_test]
async fn many_orders_are_printed_and_shipped_at_once() {
    shipped_and_printed(Look::DESK).await;
}

#[rocket::async_test]
async fn many_orders_are_printed_and_shipped_at_once_without_javascript() {
    shipped_and_printed(Look::NO_SCRIPTS).await;
}

#[rocket::async_test]
async fn a_view_of_the_orders_is_kept_opened_and_removed() {
    for look in [Look::DESK, Look::NO_SCRIPTS] {
        let (shop, browser) = desk(look).await;
        three_orders(&shop).await;
        browser.go(&format!("{}/admin/orders", shop.url)).await;
        browser.click("[popovertarget=filters]").await;
        browser.click("#filters label:has([name=payment][value=paid])").await;
        browser.click("#filters .btn-primary").await;
        browser.click(".applied a[href*=\"/views\"]").await;
        browser.fill("name", "Paid for").await;
        browser.click("main form .btn-primary").await;
        browser.find(".views a[aria-current]").await;
        browser.shows("Paid for").await;
        browser.click("[aria-label=\"Edit views\"], .views .btn-icon").await;
        browser.click(".view-removal .btn").await;
        becomes(&shop, "select count(*) from order_views", 0).await;
        browser.close().await;
    }
}

#[rocket::async_test]
async fn the_second_of_two_editors_sees_what_changed_and_chooses() {
    for look in [Look::DESK, Look::NO_SCRIPTS] {
        let (shop, browser) = desk(look).await;
        let tea = shop.world.put("Green tea", 1290, 5).await;
        let path = format!("{}/admin/products/{}", shop.url, tea.product);
        browser.go(&path).await;
        browser.fill("title", "Green tea, mine").await;
        let other = Browser::open(look).await;
        sign_in(&shop, &other, "manager").await;
        other.go(&path).await;
        other.fill("title", "Green tea, theirs").await;
        other.fill("vendor", "Uji").await;
        other.click(".save-bar .btn-primary").await;
        other.shows("Product saved").await;
        other.close().await;
        browser.click(".save-bar .btn-primary").await;
        browser.shows("Green tea, theirs").await;
        let mine = browser.find("main [name=title]").await;
        assert_eq!(mine.prop("value").await.expect("a value").as_deref(), Some("Green tea, mine"), "nothing is lost");
        browser.click("#conflict label:has([value=theirs])").await;
        browser.click("#conflict .btn-primary").await;
        browser.shows("Product saved").await;
        let kept = "select count(*) from products where title = 'Green tea, theirs' and vendor = 'Uji'";
        assert_eq!(shop.world.number(kept).await, 1);
        browser.close().await;
    }
}

#[rocket::async_test]
async fn a_description_is_seen_as_shoppers_will_and_a_product_waits_for_its_moment() {
    for look in [Look::DESK, Look::NO_SCRIPTS] {
        let (shop, browser) = desk(look).await;
        let tea = shop.world.put("Green tea", 1290, 5).await;
        browser.go(&format!("{}/admin/products/{}", shop.url, tea.product)).await;
        browser.fill("description", "Steep **three** minutes.").await;
        browser.click(".md .segments label:has([value=preview])").await;
        if !look.scripts {
            browser.click(".md-refresh .btn").await;
        }
        browser.find(".md-view strong").await;
        let preview = browser.find(".md-view").await.text().await.expect("a text");
        assert!(preview.contains("Steep three minutes."), "{preview}");
        browser.fill("status", "scheduled").await;
        browser.run("document.querySelector('[name=publish_at]').value = '2099-01-01T08:00'").await;
        browser.click(".save-bar .btn-primary").await;
        browser.shows("Product saved").await;
        let waits =
            "select count(*) from products where publish_at > '2098-01-01' and description_html like '%<strong>three</strong>%'";
        assert_eq!(shop.world.number(waits).await, 1);
        browser.close().await;
    }
}
