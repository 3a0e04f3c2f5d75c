//! The management pages beyond the first list: drafts, many orders, views, sheets, money, mail, settings; in German and in the dark, too.

use super::accessibility::{Furnished, furnished, scrolls_sideways, violations};
use super::{Browser, Look};

/// Fills the shop with what these pages show, and names them.
pub(super) async fn desk_pages(furnished: &Furnished) -> Vec<(&'static str, String)> {
    let world = &furnished.shop.world;
    let staff = world.staff_named("pages@example.org", "owner").await;
    let order = world.number("select min(number) from orders").await;
    let amount = world.number("select total from orders order by number limit 1").await;
    let draft = staff.post("/admin/drafts", &[]).await.location();
    let variant = world.number("select min(id) from variants").await.to_string();
    let filled = staff.post("/admin/drafts", &[]).await.location();
    staff.post(&format!("{filled}/lines"), &[("version", "1"), ("variant", &variant), ("quantity", "2")]).await;
    staff.post("/admin/orders/views", &[("query", "payment=unpaid"), ("name", "Not paid")]).await;
    world
        .sql(
            "insert into lost_pictures (product_id, url, job, reason, reason_values, waits, at)
              select id, 'https://cdn.example.com/files/a-very-long-name-of-a-picture-2048x2048.jpg', '{}', 'media-fetch-status',
                     '{\"status\": \"404\"}', false, now() from products",
        )
        .await;
    world.work().await;
    let zone = world.number("select min(id) from shipping_zones").await;
    let method = world.number(&format!("select min(id) from shipping_methods where zone_id = {zone}")).await;
    let mail = world.number("select min(id) from mails").await;
    let person = world.number("select min(id) from staff").await;
    staff.post("/admin/settings/staff/invitations", &[("email", "tomas@example.org"), ("role", "support")]).await;
    world.staff("owner").await.post("/admin/security/app", &[]).await;
    assert!(amount > 0);
    vec![
        ("figures of a year", "/admin?from=2026-01-01&to=2026-11-27&compare=year".to_owned()),
        ("orders narrowed to none", "/admin/orders?q=zzzz&payment=paid".into()),
        ("customer of an order", format!("/admin/orders/{order}/contact")),
        ("many orders to ship", format!("/admin/orders/shipping?order={order}")),
        ("views", "/admin/orders/views".into()),
        ("a view to keep", "/admin/orders/views?payment=unpaid".into()),
        ("packing slips", format!("/admin/orders/sheets/slips?order={order}")),
        ("receipts", format!("/admin/orders/sheets/receipts?order={order}")),
        ("drafts", "/admin/drafts".into()),
        ("empty draft", draft),
        ("draft", format!("{filled}?q=tea")),
        ("new product", "/admin/products/new".into()),
        ("products narrowed to none", "/admin/products?q=zzzz".into()),
        ("payments", "/admin/payments".into()),
        ("takings", "/admin/takings".into()),
        ("tax report", "/admin/tax-report".into()),
        ("mail", format!("/admin/mail/{mail}")),
        ("jobs", "/admin/jobs".into()),
        ("books", "/admin/books".into()),
        ("lost pictures", "/admin/lost-pictures".into()),
        ("payment settings", "/admin/settings/payment".into()),
        ("delivery", "/admin/settings/delivery".into()),
        ("new zone", "/admin/settings/delivery/new".into()),
        ("delivery method", format!("/admin/settings/delivery/{zone}/methods/{method}")),
        ("delivery hours", "/admin/settings/delivery/hours".into()),
        ("delivery profiles", "/admin/settings/delivery/profiles".into()),
        ("tax", "/admin/settings/tax".into()),
        ("new tax zone", "/admin/settings/tax/zones/new".into()),
        ("tax zone", "/admin/settings/tax/zones/1".into()),
        ("new tax rate", "/admin/settings/tax/zones/1/rates/new".into()),
        ("tax classes", "/admin/settings/tax/classes".into()),
        ("tax rules", "/admin/settings/tax/rules".into()),
        ("rates to load", "/admin/settings/tax/sets/US".into()),
        ("legal texts", "/admin/settings/legal".into()),
        ("legal text", "/admin/settings/legal/terms".into()),
        ("staff", "/admin/settings/staff".into()),
        ("staff member", format!("/admin/settings/staff/{person}")),
        ("audit trail", "/admin/settings/audit".into()),
        ("audit trail narrowed to none", "/admin/settings/audit?q=zzzz&subject=order&id=1".into()),
        ("roles", "/admin/settings/roles".into()),
        ("new role", "/admin/settings/roles/new".into()),
        ("built-in role", "/admin/settings/roles/support".into()),
        ("own security", "/admin/security".into()),
        ("setting up an app", "/admin/security/app".into()),
        ("proof", "/admin/proof".into()),
        ("invitation gone", "/admin/invitation/x".into()),
        ("preferences", "/admin/preferences".into()),
        ("own sessions", "/admin/sessions".into()),
        ("search", "/admin/search?q=tea".into()),
        ("search without a find", "/admin/search?q=zzzz".into()),
        ("lost on the desk", "/admin/no-such-page".into()),
    ]
}

/// Looks at every management page; `language` is that of the reader.
async fn looked_at(look: Look, language: &str) {
    let furnished = furnished().await;
    let mut pages = desk_pages(&furnished).await;
    pages.extend(furnished.pages.iter().filter(|(_, path)| path.starts_with("/admin")).cloned());
    let browser = Browser::open(look).await;
    browser.go(&format!("{}/robots.txt", furnished.shop.url)).await;
    for (name, value) in furnished.cookies.iter().map(|(name, value)| (*name, value.as_str())).chain([("locale", language)]) {
        browser.carry(name, value).await;
    }
    let mut wrong = Vec::new();
    for (name, path) in &pages {
        browser.go(&format!("{}{path}", furnished.shop.url)).await;
        let said = browser.run("return document.documentElement.lang").await;
        if said.as_str() != Some(language) {
            wrong.push(format!("{name}: {path} speaks {said}"));
        }
        wrong.extend(violations(&browser).await.into_iter().map(|what| format!("{name} {look:?}: {what}")));
        if scrolls_sideways(&browser).await {
            wrong.push(format!("{name} {look:?} scrolls sideways"));
        }
    }
    browser.close().await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[rocket::async_test]
async fn every_management_page_is_accessible() {
    looked_at(Look::DESK, "en").await;
}

#[rocket::async_test]
async fn every_management_page_is_accessible_in_german_in_the_dark() {
    looked_at(Look { dark: true, ..Look::DESK }, "de").await;
}

#[rocket::async_test]
async fn every_management_page_is_accessible_in_german_on_a_small_phone() {
    looked_at(Look { width: 320, ..Look::PHONE }, "de").await;
}

/// Who lacks a right is told so in the same frame, and finds the way back.
#[rocket::async_test]
async fn a_page_that_is_not_theirs_looks_like_the_others() {
    let furnished = furnished().await;
    let staff = furnished.shop.world.staff("content").await;
    let token = staff.cookies.lock().expect("cookies").get("staff").cloned().expect("a session");
    let browser = Browser::open(Look::DESK).await;
    browser.go(&format!("{}/robots.txt", furnished.shop.url)).await;
    browser.carry("staff", &token).await;
    for path in
        ["/admin/settings/staff", "/admin/no-such-page", "/admin/products/999999", "/admin/products/abc", "/admin/orders/1/x"]
    {
        browser.go(&format!("{}{path}", furnished.shop.url)).await;
        browser.find(".frame .sidebar nav").await;
        browser.find("main a[href=\"/admin\"]").await;
        assert_eq!(violations(&browser).await, Vec::<String>::new(), "{path}");
    }
    browser.close().await;
}

/// What has the focus, where it cannot be seen: no ring on it or around it, out of the window, or something lying over it.
const UNSEEN: &str = "
    const e = document.activeElement, box = e.getBoundingClientRect();
    if (e === document.body) return 'end';
    const ringed = at => { const s = getComputedStyle(at); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0; };
    const around = e.closest('label, .md, .drop-zone, .segments, .palette-search');
    const shadow = around && getComputedStyle(around).boxShadow !== 'none';
    const over = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const covered = box.width > 2 && over && !e.contains(over) && !over.contains(e) && !(around && around.contains(over));
    const wrong = !(ringed(e) || around && ringed(around) || shadow) ? 'no ring' : box.bottom <= 0 || box.top >= innerHeight ? 'out of sight' : covered ? 'covered by ' + over.className : '';
    return wrong && `${e.tagName} ${e.name || e.id || e.textContent.trim().slice(0, 30)}: ${wrong}`;";

#[rocket::async_test]
async fn the_keyboard_walks_the_management_pages_and_is_never_lost() {
    let furnished = furnished().await;
    let browser = Browser::open(Look::DESK).await;
    browser.go(&format!("{}/robots.txt", furnished.shop.url)).await;
    for (name, value) in &furnished.cookies {
        browser.carry(name, value).await;
    }
    let order = furnished.shop.world.number("select min(number) from orders").await;
    let product = furnished.shop.world.number("select min(id) from products").await;
    let mut wrong = Vec::new();
    for path in [
        "/admin".to_owned(),
        "/admin/orders".into(),
        format!("/admin/orders/{order}"),
        format!("/admin/products/{product}"),
        "/admin/categories".into(),
        "/admin/settings".into(),
    ] {
        browser.go(&format!("{}{path}", furnished.shop.url)).await;
        let (mut stops, mut early) = (0, 0);
        while stops < 150 {
            browser.page.action_chain().send_keys(thirtyfour::Key::Tab.value().to_string()).perform().await.expect("Tab");
            match browser.run(UNSEEN).await.as_str() {
                // A page that has only just been drawn does not take keys yet.
                Some("end") if stops == 0 && early < 50 => {
                    early += 1;
                    rocket::tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                    continue;
                }
                Some("end") => break,
                Some("") | None => {}
                Some(what) => wrong.push(format!("{path}: {what}")),
            }
            stops += 1;
        }
        assert!(stops > 20, "{path}: Tab reaches {stops} things only");
    }
    browser.close().await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
