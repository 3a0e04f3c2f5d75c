//! Whatever staff can change leads from its page to what the trail knows of it, for whoever may read the trail.

use rocket::http::Status;

use super::TRAIL;
use crate::settings::value;
use crate::world::{Answer, TestShop, Visitor};

/// The links into a narrowed trail that a page has.
fn trails_on(page: &Answer) -> Vec<String> {
    let (body, begins) = (page.body(), format!("href=\"{TRAIL}?"));
    let links = body.split(&*begins).skip(1).filter_map(|rest| rest.split('"').next());
    links.map(|query| format!("{TRAIL}?{}", query.replace("&#38;", "&").replace("&amp;", "&"))).collect()
}

/// Somebody who may read the trail and somebody who may not.
struct Desk {
    shop: TestShop,
    owner: Visitor,
    worker: Visitor,
}

impl Desk {
    async fn open() -> Desk {
        let shop = TestShop::open().await;
        shop.sql(
            "update settings set countries = '{US,DE,CH}';
             insert into shipping_zone_countries (country, zone_id) select 'CH', id from shipping_zones where name = 'Europe'",
        )
        .await;
        let (owner, worker) = (shop.staff("owner").await, shop.staff("fulfilment").await);
        Desk { shop, owner, worker }
    }

    async fn newest(&self, table: &str) -> i64 {
        self.shop.number(&format!("select max(id) from {table}")).await
    }

    async fn mark(&self, page: &str) -> String {
        value(&self.owner.get(page).await, "seen")
    }

    /// Does something; where the act leads then.
    async fn done(&self, act: &str, fields: &[(&str, &str)]) -> String {
        self.owner.post(act, fields).await.is(Status::SeeOther).location()
    }

    /// The page leads to a trail that tells of this act and not of the first one of all; who may not read it sees no way there.
    async fn leads(&self, page: &str, words: &str) {
        let links = trails_on(self.owner.get(page).await.is_ok());
        let row = |words: &str| format!("<li><span class=\"grow\"><b>{words}");
        let mut told = false;
        for link in &links {
            let trail = self.owner.get(link).await.is_ok().body();
            assert!(!trail.contains(&row("Role made")), "{page}: {link} tells of everything");
            told |= trail.contains(&row(words));
        }
        assert!(told, "{page} does not lead to {words:?}: {links:?}");
        let seen = self.worker.get(page).await;
        assert!(trails_on(&seen).is_empty(), "{page} leads who may not read the trail to it");
    }

    async fn does(&self, page: &str, act: &str, fields: &[(&str, &str)], words: &str) {
        self.done(act, fields).await;
        self.leads(page, words).await;
    }
}

async fn goods(desk: &Desk) {
    let shop = &desk.shop;
    let (tea, set) = (shop.put("Green tea", 1000, 9).await, shop.put("Tea set", 2000, 0).await);
    let product = format!("/admin/products/{}", shop.put("Old pot", 1000, 1).await.product);
    desk.does(&product, &format!("{product}/archiving"), &[], "Product archived").await;
    let category = desk.done("/admin/categories", &[("title", "Kitchen"), ("parent", "0")]).await;
    desk.leads(&category, "Category added").await;
    let list = [("name", "Trade"), ("active", "yes"), ("whom", "all"), ("off", "5"), ("from_quantity", "1")];
    let list = [&list[..], &[("rounding", "none"), ("begins", ""), ("ends", "")]].concat();
    desk.leads(&desk.done("/admin/price-lists", &list).await, "Price list saved").await;

    let at = shop.number("select min(id) from locations").await.to_string();
    let stock = format!("/admin/inventory/{}", tea.variant);
    let page = desk.owner.get(&format!("{stock}?location={at}")).await;
    let (was, form) = (value(&page, "was"), value(&page, "form"));
    let counted = [("how", "to"), ("amount", "7"), ("reason", "counted"), ("note", ""), ("was", &*was), ("form", &*form)];
    desk.does(&stock, &format!("{stock}/locations/{at}/corrections"), &counted, "Stock corrected").await;
    assert_eq!(desk.worker.get(&stock).await.status, Status::Ok, "who ships sees the page, without the way to the trail");
    let bundle = format!("/admin/inventory/bundles/{}", set.variant);
    desk.does(&bundle, &bundle, &[("part", &tea.variant.to_string()), ("quantity", "2")], "Bundle changed").await;
    let (places, rules) = ("/admin/inventory/locations", "/admin/inventory/rules");
    desk.does(places, places, &[("name", "Berlin")], "Location added").await;
    desk.does(rules, rules, &[("low_stock", "3"), ("routing", "fewest")], "Rules of the stock changed").await;
    let berlin = desk.newest("locations").await.to_string();
    let van = [("from", &*at), ("to", &*berlin), ("supplier", ""), ("expected_on", ""), ("note", "")];
    desk.leads(&desk.done("/admin/inventory/transfers", &van).await, "Transfer begun").await;
    let count = [("location", &*at), ("category", ""), ("note", "")];
    desk.leads(&desk.done("/admin/inventory/counts", &count).await, "Count begun").await;
}

async fn shown(desk: &Desk) {
    let shop = &desk.shop;
    let pictures = crate::inbox::send(shop, &desk.owner, "/admin/pictures", &[], &[("a.png", &crate::inbox::png(10))]).await;
    pictures.goes_to("/admin/pictures");
    desk.leads(&format!("/admin/pictures/{}", desk.newest("media").await), "Picture added").await;
    shop.sql(
        "insert into lost_pictures (product_id, url, job, reason, waits, at)
             select id, 'https://a.example/b.jpg', '{}', 'media-fetch-address', false, now() from products limit 1",
    )
    .await;
    let lost = format!("/admin/lost-pictures/{}/removal", desk.newest("lost_pictures").await);
    desk.does("/admin/lost-pictures", &lost, &[], "Missing picture given up").await;
    desk.does("/admin/redirects", "/admin/redirects", &[("from", "/old"), ("to", "/")], "Redirect added").await;
    desk.does("/admin/menus", "/admin/menus/footer/beginning", &[], "Own menu begun").await;
    let link = [("label_en", "Sale"), ("label_de", ""), ("target", "place-sale"), ("address", ""), ("parent", "0")];
    desk.done("/admin/menus/header/links", &link).await;
    desk.leads(&format!("/admin/menu-links/{}", desk.newest("menu_links").await), "Menu link added").await;
    let page = "/admin/announcement";
    let words = [("text_en", "Open on Sunday"), ("text_de", ""), ("link", ""), ("from", ""), ("until", ""), ("shown", "yes")];
    let seen = desk.mark(page).await;
    desk.does(page, page, &[&words[..], &[("seen", &*seen)]].concat(), "Announcement changed").await;
    let page = "/admin/settings/legal/imprint";
    let seen = desk.mark(page).await;
    desk.does(page, page, &[("seen", &*seen), ("title", ""), ("body", "We")], "Legal text changed").await;
    let lane = shop.number("select min(id) from promotion_lanes").await.to_string();
    let spring = [("name", "Spring"), ("lane", &*lane), ("way", "code"), ("status", "active"), ("matching", "all")];
    let when = [("version", "0"), ("code", "SPRING"), ("condition_rows", "1"), ("conditions[0].kind", "quantity")];
    let what =
        [("conditions[0].at_least", "2"), ("conditions[0].goods.of", "products"), ("conditions[0].goods.products", "green-tea")];
    let gives =
        [("benefit_rows", "1"), ("benefits[0].kind", "percent"), ("benefits[0].percent", "15"), ("benefits[0].goods.of", "all")];
    desk.leads(&desk.done("/admin/discounts/new", &[&spring[..], &when, &what, &gives].concat()).await, "Discount added").await;
    let lanes = "/admin/discounts/lanes";
    desk.does(lanes, lanes, &[("name", "Extra")], "Lane of discounts added").await;
}

async fn settings(desk: &Desk) {
    desk.done("/admin/settings/delivery/new", &[("name", "Mars"), ("countries", "FI")]).await;
    let zone = format!("/admin/settings/delivery/{}", desk.newest("shipping_zones").await);
    desk.leads(&zone, "Delivery zone saved").await;
    desk.done(&format!("{zone}/methods/new"), &crate::delivery::method("Post", &[("price", "5")])).await;
    desk.leads(&format!("{zone}/methods/{}", desk.newest("shipping_methods").await), "Delivery method saved").await;
    let profiles = "/admin/settings/delivery/profiles";
    desk.does(profiles, profiles, &[("name", "Plants")], "Delivery profile saved").await;
    let hours = "/admin/settings/delivery/hours";
    let days = [("cut_off", "14:00"), ("handling", "1"), ("holidays", ""), ("work_days", "1"), ("carrier_days", "1")];
    let seen = desk.mark(hours).await;
    desk.does(hours, hours, &[&days[..], &[("seen", &*seen)]].concat(), "Handling and holidays changed").await;

    let antilles = [("country", "FR"), ("postcodes", "971*"), ("name", "Antilles")];
    let zone = desk.done("/admin/settings/tax/zones/new", &antilles).await;
    desk.leads(&zone, "Tax zone saved").await;
    let class = desk.shop.number("select id from tax_classes where is_default").await.to_string();
    let from = (desk.shop.now() + chrono::Duration::days(1)).format("%Y-%m-%d").to_string();
    let rate = [("class", &*class), ("name", "VAT"), ("rate", "8.5"), ("from", &*from), ("source", "The law")];
    desk.done(&format!("{zone}/rates/new"), &rate).await;
    desk.leads(&format!("{zone}/rates/{}", desk.newest("tax_rates").await), "Tax rate saved").await;
    let classes = "/admin/settings/tax/classes";
    desk.does(classes, classes, &[("name", "Books of art")], "Tax class saved").await;

    let today = desk.shop.now().format("%Y-%m-%d").to_string();
    let (markets, rate) = ("/admin/settings/markets", [("currency", "CHF"), ("rate", "0.95"), ("day", &*today)]);
    desk.does(markets, "/admin/settings/markets/rates", &rate, "Exchange rate saved").await;
    let swiss = [("version", "0"), ("name", "Switzerland"), ("active", "yes"), ("countries", "CH"), ("currency", "CHF")];
    let swiss = [&swiss[..], &[("language", "de"), ("tax", "entered"), ("rounding", "90")]].concat();
    desk.done("/admin/settings/markets/new", &swiss).await;
    desk.leads(&format!("{markets}/{}", desk.newest("markets").await), "Market saved").await;
    let page = "/admin/settings/payment";
    let seen = desk.mark(page).await;
    let bank = [("seen", &*seen), ("bank_details", "IBAN"), ("unpaid_days", "5"), ("reservation_minutes", "30")];
    desk.does(page, page, &bank, "Payment settings changed").await;
    let (page, parties) = ("/admin/settings/privacy", "/admin/settings/privacy/third-parties");
    let script = [("name", "Stats"), ("purpose", "statistics"), ("script", "https://stats.example.com/script.js"), ("sites", "")];
    desk.does(page, parties, &script, "Script of another house added").await;
    let site = [("label", "Elsewhere"), ("issuer", "https://id.example.org"), ("client_id", "barrow"), ("secret", "hush")];
    let site = [&site[..], &[("position", "1"), ("is_on", "true")]].concat();
    desk.leads(&desk.done("/admin/settings/sign-in-new/oidc", &site).await, "Site for signing in added").await;
}

async fn people(desk: &Desk) {
    let shop = &desk.shop;
    let groups = "/admin/customer-groups";
    desk.does(groups, groups, &[("name", "Regulars")], "Customer group added").await;
    let marta = shop.customer("marta@example.org").await;
    let page = format!("/admin/customers/{}", shop.customer_id("marta@example.org").await);
    desk.does(&page, &format!("{page}/note"), &[("note", "An old friend")], "Note about a customer written").await;
    marta.post("/account/messages", &[("body", "Where is my cup?")]).await.goes_to("/account/messages");
    let page = format!("/admin/inbox/{}", crate::inbox::newest(shop).await);
    desk.does(&page, &format!("{page}/closing"), &[], "Closed a conversation").await;
    let (replies, reply) = ("/admin/saved-replies", [("title", "Soon"), ("body", "It is on its way.")]);
    desk.does(replies, replies, &reply, "Saved a reply").await;
    let page = format!("{replies}/{}", desk.newest("saved_replies").await);
    desk.does(&page, &page, &[("title", "Soon"), ("body", "Tomorrow.")], "Changed a saved reply").await;
    let gift = [("amount", "5"), ("expires", ""), ("email", ""), ("words", ""), ("language", "en"), ("form", "g")];
    desk.leads(&desk.done("/admin/gift-cards", &gift).await, "Gift card issued").await;
    desk.leads(&desk.done("/admin/drafts", &[]).await, "Draft begun").await;
    let cup = shop.put("Cup", 900, 9).await;
    let order = format!("/admin/orders/{}", shop.place(900, &[(&cup, 900, 1)]).await.expect("placed").number);
    desk.does(&order, &format!("{order}/note"), &[("note", "Call first")], "Note written to an order").await;
    desk.worker.get(&order).await.is_ok().lacks("Audit trail");
    let views = "/admin/orders/views";
    desk.does(views, views, &[("name", "Mine"), ("query", "payment=paid")], "View of orders kept").await;

    let staff = "/admin/settings/staff";
    let tomas = [("email", "tomas@example.org"), ("role", "support")];
    desk.does(staff, "/admin/settings/staff/invitations", &tomas, "Somebody invited").await;
    shop.staff("manager").await;
    let member = format!("{staff}/{}", shop.number("select id from staff where role = 'manager'").await);
    desk.does(&member, &member, &[("role", "support")], "Person of the team changed").await;
}

#[rocket::async_test]
async fn audit_every_record_leads_to_what_the_trail_knows_of_it() {
    let desk = Desk::open().await;
    desk.done("/admin/settings/roles", &[("name", "Night")]).await;
    goods(&desk).await;
    shown(&desk).await;
    settings(&desk).await;
    people(&desk).await;
    let roles = trails_on(desk.owner.get("/admin/settings/roles").await.is_ok());
    desk.owner.get(&roles[0]).await.is_ok().has("<b>Role made");
}
