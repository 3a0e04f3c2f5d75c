//! axe finds nothing, nothing scrolls sideways at 320 px, and the keyboard reaches what the mouse does.

use thirtyfour::Key;

use super::{Browser, Look};
use crate::inbox::{answer, of_mail, png, send};
use crate::world::{Running, Shelf, TestShop, Visitor};

/// A shop with something on every page, the pages, and the cookies that open them.
pub(super) struct Furnished {
    pub shop: Running,
    pub pages: Vec<(&'static str, String)>,
    pub cookies: Vec<(&'static str, String)>,
}

pub(super) async fn furnished() -> Furnished {
    let shop = Running::open().await;
    let world = &shop.world;
    let mut shelves = Vec::new();
    for (title, price, stock) in
        [("Green tea", 1290, 12), ("Temperature control kettle", 10999, 2), ("Spiky cactus", 1550, 0), ("Old pot", 900, 1)]
    {
        shelves.push(world.put(title, price, stock).await);
    }
    world
        .sql(
            "update announcement set texts = '{\"en\": \"Free delivery from $60\"}';
             update legal_pages set body = 'As the law says.';
             insert into categories (title, handle, position) values ('Kitchen', 'kitchen', 1), ('Empty shelf', 'empty-shelf', 2);
             insert into categories (title, handle, position, parent_id) select 'Kettles', 'kettles', 1, id from categories where handle = 'kitchen';
             insert into menu_links (menu, place, labels) values ('footer', 'products', '{}'), ('footer', '', '{\"en\": \"Help\"}');
             insert into menu_links (menu, place, parent_id) select 'footer', 'terms', id from menu_links where place = '';
             insert into markets (name, currency, tax_display, active, position) values ('Germany', 'EUR', 'without', true, 1);
             insert into market_countries values ('DE', 2);
             insert into exchange_rates (currency, day, rate) values ('EUR', '2026-01-01', 92000000);
             insert into price_lists (name, position, currency, active) values ('Trade', 0, 'USD', true), ('Summer', 1, 'USD', false);
             insert into price_list_prices select 1, id, 10, 1190 from variants where sku = 'GREEN-TEA';
             insert into price_list_prices select 1, id, 3, 1250 from variants where sku = 'GREEN-TEA';
             update variants set content = '100 g / 1 kg', compare_at = 1500 where sku = 'GREEN-TEA';
             insert into promotions (name, lane_id, status, coded, conditions, benefits)
                 select 'Spring', min(id), 'active', true, '[{\"kind\": \"subtotal\", \"at_least\": 900, \"of\": {\"tags\": [\"tea\"]}}]',
                        '[{\"kind\": \"tiers\", \"by\": \"quantity\", \"of\": \"all\", \"steps\": [[2, {\"percent\": 50000}]]}, {\"kind\": \"percent\", \"rate\": 100000, \"of\": \"all\"}]' from promotion_lanes;
             insert into promotion_codes (promotion_id, code) values (1, 'SPRING');
             insert into promotion_code_lots (promotion_id, wanted, made, created_at, finished_at)
                 values (1, 20, 20, now(), now()), (1, 100000, 5000, now(), null);
             insert into redirects (from_path, to_address) values ('/pages/about', '/legal/terms');
             insert into product_categories (product_id, category_id) select p.id, c.id from products p, categories c where c.handle <> 'empty-shelf';
             update products set status = 'archived' where handle = 'old-pot';
             update products set description_html = '<p>Steeped for three minutes it is mild.</p><h3>Origin</h3><ul><li>Uji</li></ul>';",
        )
        .await;
    let placed = world.place(4711, &[(&shelves[0], 1290, 2)]).await.expect("an order");
    let visitor = world.visitor();
    let variant = shelves[1].variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", "2")]).await;
    visitor.post("/cart/codes", &[("code", "SPRING"), ("at", "cart")]).await;
    let cart = visitor.cookies.lock().expect("cookies").get("cart").cloned().expect("a cart");
    let marta = world.customer("marta@example.org").await;
    world
        .sql("update orders set customer_id = (select id from customers); insert into customer_groups (name) values ('Regulars')")
        .await;
    let guests = world.place(4712, &[(&shelves[0], 1290, 1)]).await.expect("an order");
    let address =
        [("country", "US"), ("name", "Marta Wolf"), ("street", "12 Oak Street"), ("city", "Portland"), ("region", "OR")];
    let address = [&address[..], &[("postal_code", "97201"), ("press", "save")][..]].concat();
    marta.post("/account/addresses/new", &address).await.goes_to("/account/addresses");
    let customer = marta.cookies.lock().expect("cookies").get("customer").cloned().expect("a session");
    marta.post("/account/security/app", &[]).await.goes_to("/account/security/app");
    let inbox = talked(world, &marta, &placed.token).await;
    let gift = gifts(world).await;
    let staff = world.staff("owner").await.cookies.lock().expect("cookies").get("staff").cloned().expect("a session");
    let pages = vec![
        ("home", "/".to_owned()),
        ("category", "/categories/kitchen".to_owned()),
        ("filtered category", "/categories/kitchen?stock=in&min=1".to_owned()),
        ("category without a find", "/categories/kitchen?min=9999".to_owned()),
        ("empty category", "/categories/empty-shelf".to_owned()),
        ("all products", "/products?sort=price".to_owned()),
        ("sale", "/sale".to_owned()),
        ("search", "/search?q=tea".to_owned()),
        ("search without words", "/search".to_owned()),
        ("search without a find", "/search?q=zzzz".to_owned()),
        ("product", "/products/green-tea".to_owned()),
        ("sold-out product", "/products/spiky-cactus".to_owned()),
        ("cart", "/cart".to_owned()),
        ("checkout", "/checkout".to_owned()),
        ("checkout form", "/checkout?form=yes".to_owned()),
        ("order", format!("/orders/{}", placed.token)),
        ("account", "/account".to_owned()),
        ("own orders", "/account/orders".to_owned()),
        ("own order", format!("/account/orders/{}", placed.number)),
        ("addresses", "/account/addresses".to_owned()),
        ("new address", "/account/addresses/new".to_owned()),
        ("store credit", "/account/store-credit".to_owned()),
        ("balance of a gift card", "/gift-card".to_owned()),
        ("gift card", gift),
        ("gift cards", "/admin/gift-cards".to_owned()),
        ("new gift card", "/admin/gift-cards/new".to_owned()),
        ("gift card for staff", "/admin/gift-cards/1".to_owned()),
        ("security", "/account/security".to_owned()),
        ("details", "/account/details".to_owned()),
        ("closing", "/account/closing".to_owned()),
        ("proof", "/account/proof".to_owned()),
        ("app for codes", "/account/security/app".to_owned()),
        ("sites to sign in with", "/admin/settings/sign-in".to_owned()),
        ("site to sign in with", "/admin/settings/sign-in-new/oidc".to_owned()),
        ("own data", "/account/privacy".to_owned()),
        ("data of a guest", format!("/orders/{}/privacy", guests.token)),
        ("consent", "/consent".to_owned()),
        ("privacy", "/legal/privacy".to_owned()),
        ("privacy settings", "/admin/settings/privacy".to_owned()),
        ("data of a customer", "/admin/customers/1/privacy".to_owned()),
        ("own messages", "/account/messages".to_owned()),
        ("guest's conversation", inbox),
        ("contact", "/contact?product=green-tea".to_owned()),
        ("message sent", "/contact/sent".to_owned()),
        ("inbox", "/admin/inbox".to_owned()),
        ("inbox without a find", "/admin/inbox?q=zzzz".to_owned()),
        ("conversation", "/admin/inbox/1".to_owned()),
        ("first word", format!("/admin/messages/orders/{}", placed.number)),
        ("saved replies", "/admin/saved-replies".to_owned()),
        ("saved reply", "/admin/saved-replies/1".to_owned()),
        ("customers", "/admin/customers".to_owned()),
        ("customer", "/admin/customers/1".to_owned()),
        ("customer groups", "/admin/customer-groups".to_owned()),
        ("legal page", "/legal/terms".to_owned()),
        ("lost", "/no-such-page".to_owned()),
        ("gone", "/products/old-pot".to_owned()),
        ("payment link", payment_link(world, &shelves[0]).await),
        ("management home", "/admin".to_owned()),
        ("orders", "/admin/orders".to_owned()),
        ("order for staff", format!("/admin/orders/{}", placed.number)),
        ("products", "/admin/products".to_owned()),
        ("product form", format!("/admin/products/{}", shelves[0].product)),
        ("categories", "/admin/categories".to_owned()),
        ("new category", "/admin/categories/new".to_owned()),
        ("category form", "/admin/categories/1".to_owned()),
        ("order of a category", "/admin/categories/1/products?q=tea".to_owned()),
        ("removal of a category", "/admin/categories/1/removal".to_owned()),
        ("price history", format!("/admin/products/{}/prices", shelves[0].product)),
        ("markets", "/admin/settings/markets".to_owned()),
        ("new market", "/admin/settings/markets/new".to_owned()),
        ("market", "/admin/settings/markets/2".to_owned()),
        ("price lists", "/admin/price-lists".to_owned()),
        ("new price list", "/admin/price-lists/new".to_owned()),
        ("price list", "/admin/price-lists/1?q=tea".to_owned()),
        ("discounts", "/admin/discounts".to_owned()),
        ("new discount", "/admin/discounts/new".to_owned()),
        ("discount", "/admin/discounts/1".to_owned()),
        ("codes of a discount", "/admin/discounts/1/codes".to_owned()),
        ("discount tried", "/admin/discounts/1/trial".to_owned()),
        ("lanes of discounts", "/admin/discounts/lanes".to_owned()),
        ("inventory", "/admin/inventory".to_owned()),
        ("stock of a variant", format!("/admin/inventory/{}", shelves[0].variant)),
        ("parts of a bundle", format!("/admin/inventory/bundles/{}?q=e", shelves[0].variant)),
        ("who waits for what", "/admin/inventory/waiting".to_owned()),
        ("what shoppers wait for", "/admin/inventory/demand".to_owned()),
        ("rules of the stock", "/admin/inventory/rules".to_owned()),
        ("counts", "/admin/inventory/counts".to_owned()),
        ("transfers", "/admin/inventory/transfers".to_owned()),
        ("locations", "/admin/inventory/locations".to_owned()),
        ("pictures", "/admin/pictures".to_owned()),
        ("menus", "/admin/menus".to_owned()),
        ("new link", "/admin/menus/footer/links/new".to_owned()),
        ("announcement", "/admin/announcement".to_owned()),
        ("redirects", "/admin/redirects".to_owned()),
        ("delivery zone", "/admin/settings/delivery/1".to_owned()),
        ("delivery method", "/admin/settings/delivery/1/methods/new".to_owned()),
        ("delivery hours", "/admin/settings/delivery/hours".to_owned()),
        ("delivery profiles", "/admin/settings/delivery/profiles".to_owned()),
        ("sent mail", "/admin/mail".to_owned()),
        ("settings", "/admin/settings".to_owned()),
        ("style guide", "/admin/styleguide".to_owned()),
        ("style guide of the shop", "/admin/styleguide/shop".to_owned()),
    ];
    Furnished { shop, pages, cookies: vec![("cart", cart), ("staff", staff), ("customer", customer)] }
}

/// A conversation with everything in it, and one of a guest: the address of the guest's.
async fn talked(world: &TestShop, marta: &Visitor, order: &str) -> String {
    world.work().await;
    let files: [(&str, &[u8]); 2] = [("cup.png", &png(7)), ("a-list-of-what-is-broken.txt", b"the handle")];
    send(
        world,
        marta,
        "/account/messages",
        &[("body", "Where is my kettle?\n\nIt was to come today."), ("about", "1001")],
        &files,
    )
    .await;
    let sam = world.staff_named("sam@example.org", "manager").await;
    sam.post("/admin/saved-replies", &[("title", "Late"), ("body", "Dear {first_name}, it is late.")]).await;
    sam.post("/admin/inbox/1/notes", &[("note", "Ask the stockroom"), ("seen", "1")]).await;
    sam.post("/admin/inbox/1/answers", &[("body", "It left today."), ("seen", "2")]).await;
    world.visitor().post(&format!("/orders/{order}/messages"), &[("body", "Thank you")]).await;
    world.sql("update messages set trust = 'other_sender', channel = 'mail', sender = 'son@example.org', subject = 'Re: the kettle', quoted = 'It left today.' where body = 'Thank you'").await;
    world.visitor().post("/contact", &[("email", "lena@example.org"), ("body", "Do you ship to Malta?")]).await;
    let lena = world.number("select max(id) from conversations").await;
    answer(world, &sam, lena, "We do.").await;
    world.work().await;
    let text = of_mail(world, "lena@example.org", "body_text").await;
    format!("/messages/{}", text.split("/messages/").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link"))
}

/// A gift card whose code nobody has seen, and store credit of the customer: where the card's sheet is.
async fn gifts(world: &TestShop) -> String {
    let link = barrow::platform::base::Token::random();
    world
        .sql(&format!(
            "insert into credit_accounts (kind, currency) values ('gift_card', 'USD');
             insert into credit_movements (account_id, kind, amount) select id, 'issued', 5000 from credit_accounts;
             insert into gift_cards (account_id, code_hash, last_four, value, words, locale, link_hash)
                 select id, decode(repeat('ab', 32), 'hex'), 'K7QM', 5000, 'For you', 'en', decode('{}', 'hex') from credit_accounts;
             insert into credit_accounts (kind, customer_id, currency) select 'store_credit', min(id), 'USD' from customers;
             insert into credit_movements (account_id, kind, amount, reason)
                 select id, 'given', 500, 'It came late' from credit_accounts where kind = 'store_credit'",
            hex::encode(link.hash().as_bytes())
        ))
        .await;
    format!("/gift-cards/{link}")
}

/// The address of a draft order that waits to be paid.
async fn payment_link(world: &TestShop, shelf: &Shelf) -> String {
    let sam = world.staff_named("sam@example.org", "manager").await;
    let draft = sam.post("/admin/drafts", &[]).await.location();
    let line = [("version", "1"), ("variant", &*shelf.variant.to_string()), ("quantity", "2")];
    sam.post(&format!("{draft}/lines"), &line).await;
    let method =
        world.number("select m.id from shipping_methods m join shipping_zone_countries c using (zone_id) where c.country = 'DE'");
    let customer = [
        ("version", "2"),
        ("email", "lena@example.org"),
        ("language", "de"),
        ("country", "DE"),
        ("name", "Lena Hoffmann"),
        ("street", "Lindenweg 4"),
        ("postal_code", "04229"),
        ("city", "Leipzig"),
        ("shipping", &*method.await.to_string()),
        ("note", ""),
    ];
    sam.post(&format!("{draft}/customer"), &customer).await;
    sam.post(&format!("{draft}/link"), &[("sent", "0")]).await;
    let page = sam.get(&draft).await.body();
    let address = page.split("id=\"link\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    address[address.find("/checkout").expect("a path")..].to_owned()
}

/// The pages at the door of an account, for who is not signed in.
pub(super) const DOOR: [(&str, &str); 6] = [
    ("account sign-in", "/account/sign-in"),
    ("register", "/account/register"),
    ("password reset", "/account/password-reset"),
    ("mail sent", "/account/mail-sent/register"),
    ("link gone", "/account/confirmation/x"),
    ("request gone", "/privacy/requests/x"),
];

/// The accessibility rules of axe-core that fail on the page, with the elements concerned.
pub(super) async fn violations(browser: &Browser) -> Vec<String> {
    let path = std::env::var("AXE")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/axe/node_modules/axe-core/axe.min.js").into());
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
pub(super) async fn scrolls_sideways(browser: &Browser) -> bool {
    browser.run("return document.documentElement.scrollWidth > document.documentElement.clientWidth").await.as_bool()
        == Some(true)
}

/// The pages of shoppers once more in German, whose words are long.
async fn in_german(browser: &Browser, furnished: &Furnished) -> Vec<String> {
    let mut wrong = Vec::new();
    browser.carry("locale", "de").await;
    for (name, path) in furnished.pages.iter().filter(|(_, path)| !path.starts_with("/admin")) {
        browser.go(&format!("{}{path}", furnished.shop.url)).await;
        wrong.extend(violations(browser).await.into_iter().map(|what| format!("{name} in German: {what}")));
        if scrolls_sideways(browser).await {
            wrong.push(format!("{name} in German scrolls sideways"));
        }
    }
    wrong
}

/// Walks all pages in one look; on a phone those of shoppers in German too.
async fn walk(look: Look) {
    let furnished = furnished().await;
    let browser = Browser::open(look).await;
    browser.go(&format!("{}/admin/sign-in", furnished.shop.url)).await;
    let mut wrong: Vec<String> = violations(&browser).await.into_iter().map(|what| format!("sign-in {look:?}: {what}")).collect();
    for (name, path) in DOOR {
        browser.go(&format!("{}{path}", furnished.shop.url)).await;
        wrong.extend(violations(&browser).await.into_iter().map(|what| format!("{name} {look:?}: {what}")));
        if scrolls_sideways(&browser).await {
            wrong.push(format!("{name} {look:?} scrolls sideways"));
        }
    }
    for (name, value) in &furnished.cookies {
        browser.carry(name, value).await;
    }
    for (name, path) in &furnished.pages {
        browser.go(&format!("{}{path}", furnished.shop.url)).await;
        if !["lost", "gone"].contains(name) && browser.text().await.contains("This page is not here") {
            wrong.push(format!("{name}: {path} is not there"));
        }
        wrong.extend(violations(&browser).await.into_iter().map(|what| format!("{name} {look:?}: {what}")));
        if scrolls_sideways(&browser).await {
            wrong.push(format!("{name} {look:?} scrolls sideways"));
        }
    }
    if look.width < 500 {
        wrong.extend(in_german(&browser, &furnished).await);
    }
    browser.close().await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[rocket::async_test]
async fn every_page_is_accessible() {
    walk(Look::DESK).await;
}

#[rocket::async_test]
async fn every_page_is_accessible_in_the_dark() {
    walk(Look { dark: true, ..Look::DESK }).await;
}

#[rocket::async_test]
async fn every_page_is_accessible_and_fits_a_small_phone() {
    walk(Look { width: 320, ..Look::PHONE }).await;
}

/// What has the focus: tag, id and text, and whether it shows.
async fn focused(browser: &Browser) -> String {
    let said = browser
        .run(
            "const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
             const seen = b.bottom > 0 && b.top < innerHeight && (s.outlineStyle !== 'none' || e.closest('.pill, .swatch'));
             return (seen ? '' : 'UNSEEN ') + e.tagName.toLowerCase() + '#' + e.id + ' ' + (e.textContent.trim() || e.name || '').slice(0, 40)",
        )
        .await;
    said.as_str().unwrap_or_default().to_owned()
}

pub(super) async fn press(browser: &Browser, key: Key) {
    browser.page.action_chain().send_keys(key.value().to_string()).perform().await.expect("a key is pressed");
    let drawn = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))";
    browser.page.execute_async(drawn, vec![]).await.expect("the page is drawn anew");
}

#[rocket::async_test]
async fn the_keyboard_reaches_what_the_mouse_does() {
    let furnished = furnished().await;
    let browser = Browser::open(Look::DESK).await;
    browser.go(&format!("{}/products/green-tea", furnished.shop.url)).await;
    press(&browser, Key::Tab).await;
    assert!(focused(&browser).await.contains("Skip to content"), "{}", focused(&browser).await);
    let mut walked = Vec::new();
    for _ in 0..80 {
        press(&browser, Key::Tab).await;
        let here = focused(&browser).await;
        if here.contains("body#") {
            break;
        }
        walked.push(here);
    }
    let unseen: Vec<&String> = walked.iter().filter(|here| here.starts_with("UNSEEN")).collect();
    assert!(unseen.is_empty(), "the focus is lost from sight: {unseen:?}");
    for needed in ["Kitchen", "input#q", "Cart, empty", "input#qty", "Add to cart", "Terms", "Dark", "Deutsch"] {
        assert!(walked.iter().any(|here| here.contains(needed)), "Tab never reaches {needed}: {walked:?}");
    }

    browser.run("document.getElementById('cart-link').focus()").await;
    press(&browser, Key::Enter).await;
    browser.find("dialog#cart[open] .empty").await;
    press(&browser, Key::Escape).await;
    assert!(!browser.has("dialog#cart[open]").await, "Escape closes the cart");
    assert!(focused(&browser).await.contains("#cart-link"), "the focus goes back: {}", focused(&browser).await);

    browser.run("document.querySelector('.nav summary').focus()").await;
    press(&browser, Key::Enter).await;
    assert!(browser.has(".nav details[open]").await, "Enter opens the menu");
    press(&browser, Key::Escape).await;
    assert!(!browser.has(".nav details[open]").await, "Escape closes the menu");
    browser.close().await;
}
