//! The demo shop comes in whole, once, with every picture described and credited.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use barrow::app::exchange::{Bench, demo};
use barrow::platform::base::{Currency, Failed, Money};
use barrow::platform::i18n::{Locale, Words};
use rocket::http::Status;

use crate::payments::steps;
use crate::world::{BERLIN, TestShop};

/// An empty shop, as nobody has opened it yet.
async fn empty() -> TestShop {
    let shop = TestShop::open().await;
    shop.sql("update settings set opened_at = null, demo = false; delete from shipping_zones").await;
    shop
}

fn assets(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(folder)
}

fn names(folder: &str) -> BTreeSet<String> {
    let files = fs::read_dir(assets(folder)).expect("a folder of the demo");
    files.map(|file| file.expect("a file").path().file_stem().expect("a name").to_string_lossy().into_owned()).collect()
}

/// One test, since loading is what takes long.
#[rocket::async_test]
async fn demo_furnishes_an_empty_shop_once_and_whole() {
    let shop = empty().await;
    let bench = Bench::from(&shop.shop);
    let loaded = demo::load(&bench, shop.now()).await.expect("loads");
    assert!(loaded.products >= 40 && loaded.changed == loaded.products && loaded.pictures >= 60, "{loaded:?}");
    assert_eq!(shop.number("select count(*) from settings where demo and opened_at is not null").await, 1);
    assert_eq!(shop.number("select count(*) from legal_pages where length(body) > 200").await, 4);
    let nine = "select count(distinct category_id) from product_categories";
    assert_eq!(shop.number(nine).await, 9);
    let rows = "select (select count(*) from products) + (select count(*) from variants) * 1000 + (select sum(version) from products) * 1000000
                     + (select count(*) from media) * 1000000000 + (select count(*) from stock_movements) * 1000000000000";
    sixty_orders_of_the_last_ninety_days_in_all_states(&shop).await;
    pages_show_what_is_new_on_sale_and_sold_out(&shop).await;
    every_picture_is_described_and_every_product_has_one(&shop).await;
    everything_is_said_in_german_too(&shop).await;
    let full = shop.number(rows).await;
    let again = demo::load(&bench, shop.now()).await.expect("loads");
    assert_eq!(again.changed, 0);
    assert_eq!(shop.number(rows).await, full);
    money_of_cards_adds_up_with_the_bank_and_on_the_home(&shop).await;
    a_gift_card_is_bought_from_the_shelf(&shop).await;
    a_shopper_in_the_united_states_pays_in_dollars_without_tax(&shop).await;
    shop.sql("update settings set demo = false").await;
    assert!(matches!(demo::load(&bench, shop.now()).await, Err(Failed::Refused(demo::DemoRefused::ShopIsOpen))));
}

async fn sixty_orders_of_the_last_ninety_days_in_all_states(shop: &TestShop) {
    assert_eq!(shop.number("select count(*) from orders").await, 60);
    for state in ["unpaid", "partly_paid", "paid", "voided", "authorised", "partly_refunded", "refunded"] {
        assert!(shop.number(&format!("select count(*) from orders where payment_status = '{state}'")).await > 0, "{state}");
    }
    for state in ["unfulfilled", "partly_fulfilled", "fulfilled", "cancelled"] {
        assert!(shop.number(&format!("select count(*) from orders where fulfilment_status = '{state}'")).await > 0, "{state}");
    }
    for state in ["open", "completed", "cancelled", "expired"] {
        assert!(shop.number(&format!("select count(*) from orders where status = '{state}'")).await > 0, "{state}");
    }
    let old = "select count(*) from orders where placed_at < now() - interval '80 days'";
    assert!(shop.number(old).await >= 3);
    let ahead = "select count(*) from order_timeline where at > now() + interval '1 minute'";
    assert_eq!(shop.number(ahead).await, 0);
    let ledger = "select count(*) from stock_movements m join orders o on o.id = m.order_id
                   where m.kind = 'allocation' and abs(extract(epoch from m.at - o.placed_at)) > 1";
    assert_eq!(shop.number(ledger).await, 0);
    assert!(shop.number("select count(*) from stock_movements").await > 200);
    assert_eq!(shop.number("select count(*) from mails where state <> 'kept' or created_at > now()").await, 0);
    assert!(shop.number("select count(*) from mails").await > 200);
    let drift = "select count(*) from stock s where on_hand <> (select sum(on_hand) from stock_movements where stock_id = s.id)
                    or allocated <> coalesce((select sum(quantity) from stock_allocations where stock_id = s.id), 0)";
    assert_eq!(shop.number(drift).await, 0);
    assert_eq!(shop.number("select count(*) from checkouts").await, 9);
}

async fn money_of_cards_adds_up_with_the_bank_and_on_the_home(shop: &TestShop) {
    assert!(shop.number("select count(*) from orders where payment_method = 'test_card'").await >= 10);
    assert_eq!(shop.number("select count(*) from payments where state = 'flagged' and attention = 'wrong_money'").await, 1);
    assert_eq!(shop.number("select count(*) from payment_sessions where created_at > now() - interval '40 minutes'").await, 0);
    let theirs = "select sum(captured - refunded) from test_card_charges where captured = amount";
    let ours = "select (select sum(c.amount) from payment_captures c join payments p on p.id = c.payment_id where p.gateway = 'test_card')
                     - (select sum(amount) from payment_refunds where state = 'sent')";
    assert_eq!(shop.number(theirs).await, shop.number(ours).await);
    let open = barrow::features::checkout::commands::compare(&shop.shop.db, &shop.shop.gateways, shop.now()).await;
    assert_eq!(open.expect("a comparison"), 0);
    shop.is_sound().await;
    for (kind, at_least) in [("order_refunded", 4), ("payment_in_vain", 1), ("payment_notice", 1)] {
        assert!(shop.number(&format!("select count(*) from mails where kind = '{kind}'")).await >= at_least, "{kind}");
    }
    assert_eq!(shop.number("select count(*) from payment_methods where capture = 'manual'").await, 0);
    let staff = shop.staff("owner").await;
    staff.get("/admin/payments").await.is_ok().shows("Another amount or currency").lacks("Differences in the books");
    let kept =
        "select (select sum(amount) from payment_captures where state = 'done') - (select sum(amount) from payment_refunds)";
    let kept = Money::new(shop.number(kept).await, Currency::EUR);
    staff.get("/admin?range=90").await.is_ok().shows(&Words::new(Locale::En).money(kept));
    shop.work().await;
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'authorised'").await, 1);
}

async fn a_gift_card_is_bought_from_the_shelf(shop: &TestShop) {
    let anna = shop.visitor();
    anna.get("/categories/gift-cards").await.is_ok().shows("Gift card");
    anna.get("/products/gift-card").await.is_ok().shows("\u{20ac}50").shows("No tax is due now").lacks("Sold out");
    let before = shop.number("select count(*) from gift_cards").await;
    let variant = shop.number("select id from variants where sku = 'GIFT-50'").await.to_string();
    anna.post("/cart/lines", &[("variant", &variant), ("quantity", "1")]).await.goes_to("/cart");
    anna.post("/checkout", &BERLIN).await.goes_to("/checkout/review");
    let seen = anna.get("/checkout/review").await;
    seen.is_ok().shows("Continue to payment, \u{20ac}50.00").lacks("MwSt.");
    let page = steps::path_of(&steps::press(&anna, &seen).await.location());
    steps::card(&anna, &page, "approve").await;
    steps::notice(shop, &page).await.is_ok();
    shop.work().await;
    assert_eq!(shop.number("select count(*) from gift_cards").await, before + 1);
    let mailed = "select count(*) from mails where kind = 'gift_card' and recipient = 'anna@example.org'";
    assert_eq!(shop.number(mailed).await, 1);
    shop.is_sound().await;
}

async fn a_shopper_in_the_united_states_pays_in_dollars_without_tax(shop: &TestShop) {
    let america = shop.number("select market_id from market_countries where country = 'US'").await.to_string();
    let desk = shop.staff("owner").await;
    desk.get("/admin/settings/markets").await.is_ok().shows("Europe").shows("Without tax").shows("1 EUR = 1.16 USD");
    let maya = shop.visitor();
    maya.get("/products/stacking-chair").await.is_ok().shows("€129.00").shows("Europe (EUR)").lacks("excl. VAT");
    let back = "/products/stacking-chair";
    maya.post("/market", &[("market", &america), ("back", back)]).await.goes_to(back);
    // On the list of dollars: 179.00 without 19 % is 150.42. Converted: 39.00 is 45.24, ends on 44.99, without 19 % 37.81.
    maya.get(back).await.is_ok().shows("$149.99").shows("excl. VAT").shows("United States (USD)").lacks("€129.00");
    maya.get("/products/twin-bell-alarm-clock").await.is_ok().shows("$37.99");
    maya.get("/categories/seating").await.is_ok().shows("$149.99").lacks("€129.00");
    for sku in ["STACK-OCHRE", "CLOCK-12"] {
        let variant = shop.number(&format!("select id from variants where sku = '{sku}'")).await.to_string();
        maya.post("/cart/lines", &[("variant", &variant), ("quantity", "1")]).await.goes_to("/cart");
    }
    let method = "select m.id from shipping_methods m join shipping_zone_countries c using (zone_id) where c.country = 'US'";
    let method = shop.number(method).await.to_string();
    let fields = [
        ("email", "maya.torres@example.org"),
        ("country", "US"),
        ("name", "Maya Torres"),
        ("street", "418 Prospect Place"),
        ("city", "Brooklyn"),
        ("region", "NY"),
        ("postal_code", "11238"),
        ("payment", "bank_transfer"),
        ("shipping", &*method),
    ];
    maya.post("/checkout", &fields).await.goes_to("/checkout/review");
    let seen = maya.get("/checkout/review").await;
    // 29.00 of delivery are 33.64, without 19 % 28.27.
    seen.is_ok().shows("$149.99").shows("$37.99").shows("$28.27").shows("$216.25").lacks("MwSt.");
    let order = steps::press(&maya, &seen).await.location();
    maya.get(&order).await.is_ok().shows("$216.25");
    let kept = "select count(*) from orders where currency = 'USD' and total = 21625 and tax_total = 0 and not tax_included";
    assert_eq!(shop.number(kept).await, 1);
    shop.is_sound().await;
}

async fn pages_show_what_is_new_on_sale_and_sold_out(shop: &TestShop) {
    shop.get("/").await.is_ok().shows("Stacking chair").shows("Living").shows("Free delivery within Germany");
    shop.get("/categories/seating").await.is_ok().shows("Alder sofa").shows("7 products");
    shop.get("/categories/living").await.is_ok().shows("At the desk").shows("15 products");
    shop.get("/products/alder-sofa").await.is_ok().shows("looks better in its tenth year").shows("\u{20ac}1,990.00");
    shop.get("/products/drawing-slate").await.is_ok().shows("Sold out");
    shop.get("/sale").await.is_ok().shows("Harbour sofa");
    shop.get("/legal/imprint").await.is_ok().shows("Paul Weaver");
    shop.get("/products/stoneware-mug").await.is(Status::NotFound);
}

async fn every_picture_is_described_and_every_product_has_one(shop: &TestShop) {
    assert_eq!(shop.number("select count(*) from product_media where length(alt) < 12").await, 0);
    assert_eq!(
        shop.number("select count(*) from products p where not exists (select 1 from product_media where product_id = p.id)")
            .await,
        0
    );
    assert_eq!(shop.number("select count(*) from categories where media_id is null").await, 0);
    assert_eq!(shop.number("select count(*) from products where seo_description = '' or description_html !~ '<li>'").await, 0);
    let said: i64 = names("words").len() as i64;
    assert_eq!(shop.number("select count(*) from products").await, said);
}

/// Texts of the demo that have no German, of these columns of a table.
async fn untranslated(shop: &TestShop, table: &str, columns: &[&str]) -> i64 {
    let lacks = |column: &&str| format!("({column} <> '' and coalesce(translations->'{column}'->>'de', '') = '')");
    let any = columns.iter().map(lacks).collect::<Vec<_>>().join(" or ");
    shop.number(&format!("select count(*) from {table} where {any}")).await
}

async fn everything_is_said_in_german_too(shop: &TestShop) {
    for (table, columns) in [
        ("products", &["title", "description", "description_html", "product_type", "seo_title", "seo_description"][..]),
        ("categories", &["title", "description", "seo_title", "seo_description"]),
        ("product_options", &["name"]),
        ("option_values", &["value"]),
        ("product_media", &["alt"]),
        ("legal_pages", &["title", "body"]),
        ("shipping_methods", &["name"]),
        ("settings", &["bank_details"]),
        ("order_lines", &["title", "variant_title"]),
        ("orders", &["shipping_method"]),
    ] {
        assert_eq!(untranslated(shop, table, columns).await, 0, "{table}");
    }
    assert_eq!((names("words"), names("photos").len() > 60), (names("de/words"), true));
    let mut hans = shop.visitor();
    hans.language = "de";
    let home = hans.get("/").await;
    home.is_ok().shows("Stapelstuhl").shows("Wohnen").lacks("Stacking chair").lacks("Living");
    for path in [
        "/",
        "/categories/seating",
        "/products/alder-sofa",
        "/products/stacking-chair",
        "/sale",
        "/legal/terms",
        "/search?q=hocker",
    ] {
        let page = hans.get(path).await;
        let but_for_the_switch = page.is_ok().body().replace("value=\"en\" lang=\"en\"", "");
        assert!(!but_for_the_switch.contains(" lang=\"en\""), "{path} says something in English: {}", page.text());
    }
    hans.get("/products/alder-sofa").await.shows("besser aussieht als am ersten Tag").shows("Größe").shows("Zweisitzer");
    hans.get("/search?q=hocker").await.shows("Werkstatthocker");
    hans.get("/legal/returns").await.shows("30 Tage Zeit");
}

#[test]
fn demo_photographs_are_light_and_credited() {
    let credits = fs::read_to_string(assets("CREDITS.md")).expect("the credits");
    let photos = names("photos");
    let uncredited: Vec<&String> = photos.iter().filter(|name| !credits.contains(&format!("`{name}`"))).collect();
    assert!(uncredited.is_empty(), "{uncredited:?}");
    let rows: Vec<&str> = credits.lines().filter(|line| line.starts_with("| ") && line.contains('`')).collect();
    assert!(rows.iter().all(|row| row.ends_with("| Unsplash licence |")), "{rows:?}");
    let gone: Vec<&str> =
        rows.iter().flat_map(|row| row.split('`').skip(1).step_by(2)).filter(|name| !photos.contains(*name)).collect();
    assert!(gone.is_empty(), "{gone:?}");
    let imprint = fs::read_to_string(assets("imprint.md")).expect("the imprint");
    let people = rows.iter().filter_map(|row| row.split('|').nth(1)).map(str::trim);
    let unthanked: Vec<&str> = people.filter(|name| !imprint.contains(name)).collect();
    assert!(unthanked.is_empty(), "{unthanked:?}");
    let bytes: u64 =
        fs::read_dir(assets("photos")).expect("photos").map(|file| file.expect("one").metadata().expect("size").len()).sum();
    assert!(bytes < 6 * 1024 * 1024, "{bytes}");
}
