//! Markets: another currency from the shelf to the order, prices with tax or without, and what staff are told. Figures are computed by hand.

mod desk;
mod tax;
mod till;

use super::settings::value;
use super::world::{Answer, Shelf, TestShop, Visitor};

/// A shop in Leipzig, prices in euros with 19 % in them, that sends for 5.00 (nothing from 100.00 on) to four countries.
pub async fn leipzig() -> TestShop {
    let shop = TestShop::open().await;
    shop.sql(
        "update settings set country = 'DE', currency = 'EUR', countries = '{DE,FR,CH,JP}', prices_include_tax = true;
         insert into shipping_zone_countries (country, zone_id)
             select c, id from shipping_zones, unnest('{FR,CH,JP}'::text[]) c where name = 'Europe';
         insert into tax_zones (country) values ('FR');
         insert into tax_rates (zone_id, class_id, name, rate_millionths)
             select z.id, c.id, 'VAT', 200000 from tax_zones z join tax_classes c on c.is_default where z.country = 'FR'",
    )
    .await;
    shop
}

impl TestShop {
    /// A market as a merchant would have it, in a currency at a rate; returns its id.
    pub async fn market(&self, name: &str, country: &str, currency: &str, rate: &str, rounding: &str) -> i64 {
        let id = self
            .returned(&format!(
                "insert into markets (name, currency, rounding, active, position)
                 values ('{name}', '{currency}', '{rounding}', true, (select count(*) from markets)) returning id as number"
            ))
            .await;
        self.sql(&format!(
            "insert into market_countries values ('{country}', {id});
             insert into exchange_rates (currency, day, rate)
                 select '{currency}', '2026-01-01', {rate} * 100000000 where '{currency}' <> (select currency from settings)"
        ))
        .await;
        id
    }

    /// Francs at 0.95, prices ending on .90.
    pub async fn switzerland(&self) -> i64 {
        self.market("Switzerland", "CH", "CHF", "0.95", "90").await
    }
}

/// Chooses a market in the footer.
pub async fn buy_in(visitor: &Visitor, market: i64) {
    let id = market.to_string();
    visitor.post("/market", &[("market", &id), ("back", "/cart")]).await.goes_to("/cart");
}

pub async fn put_in(visitor: &Visitor, shelf: &Shelf, quantity: &str) {
    let variant = shelf.variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", quantity)]).await.goes_to("/cart");
}

/// Fills in the checkout for a country.
pub async fn details(shop: &TestShop, visitor: &Visitor, country: &str) -> Answer {
    let method = shop
        .number(&format!(
            "select m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = '{country}' limit 1"
        ))
        .await
        .to_string();
    let postal = match country {
        "CH" => "8001",
        "JP" => "100-0001",
        _ => "75001",
    };
    let fields = [
        ("email", "anna@example.org"),
        ("country", country),
        ("name", "Anna Adler"),
        ("street", "Seeweg 1"),
        ("city", "Anywhere"),
        ("region", if country == "JP" { "Tokyo" } else { "" }),
        ("postal_code", postal),
        ("payment", "bank_transfer"),
        ("shipping", &method),
    ];
    visitor.post("/checkout", &fields).await
}

/// Presses the last button of a look.
pub async fn press(visitor: &Visitor, look: &Answer) -> Answer {
    let (expected, seen) = (value(look, "expected"), value(look, "seen"));
    visitor.post("/checkout/order", &[("expected", &expected), ("seen", &seen)]).await
}

#[rocket::async_test]
async fn markets_show_their_currency_from_the_shelf_to_the_order() {
    let shop = leipzig().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    shop.sql(&format!("update variants set compare_at = 1500 where id = {}", tea.variant)).await;
    let swiss = shop.switzerland().await;
    let anna = shop.visitor();
    let page = anna.get("/products/green-tea").await;
    page.is_ok().shows("€10.00").shows("Main market (EUR)").shows("Switzerland (CHF)");
    // In the header, in the menu and at the foot; the first two say where one is.
    assert_eq!(page.body().matches("action=\"/market\"").count(), 3);
    assert_eq!(page.text().matches("Country and currency: Main market").count(), 2);
    let button = format!("name=\"market\" value=\"{swiss}\" aria-pressed=\"false\"");
    assert_eq!(page.body().matches(&button).count(), 2);
    anna.post("/market", &[("market", &swiss.to_string()), ("back", "/products/green-tea")]).await.goes_to("/products/green-tea");
    let page = anna.get("/products/green-tea").await;
    page.is_ok().shows("CHF 9.90").shows("CHF 13.90").lacks("€").has("\"priceCurrency\":\"CHF\"").has("\"price\":\"9.90\"");
    page.shows("Country and currency: Switzerland (CHF)").has(&button.replace("false", "true"));
    for path in ["/", "/products", "/products?min=9.90&max=9.90", "/sale", "/search?q=tea"] {
        anna.get(path).await.is_ok().shows("Green tea").shows("CHF 9.90").lacks("€");
    }
    // What anonymous visitors see is kept for each market by itself.
    shop.visitor().get("/products/green-tea").await.is_ok().shows("€10.00").lacks("CHF 9.90");
    let before = shop.shop.db.queries();
    anna.get("/products/green-tea").await.is_ok().shows("CHF 9.90");
    assert_eq!(shop.shop.db.queries(), before, "kept for the market");
    put_in(&anna, &tea, "2").await;
    let cart = anna.get("/cart").await;
    cart.is_ok()
        .shows("CHF 9.90 each")
        .shows("CHF 19.80")
        .shows("CHF 4.75")
        .shows("CHF 24.55")
        .lacks("€")
        .lacks("since you added it");
    details(&shop, &anna, "CH").await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    look.is_ok().shows("CHF 24.55").lacks("€");
    let order = press(&anna, &look).await.location();
    anna.get(&order).await.is_ok().shows("CHF 24.55").lacks("€");
    let kept =
        "select count(*) from orders where currency = 'CHF' and total = 2455 and goods_total = 1980 and shipping_total = 475";
    assert_eq!(shop.number(kept).await, 1);
    shop.work().await;
    assert!(shop.number("select count(*) from mails where body_text like '%24.55%'").await >= 1);
    assert_eq!(shop.number("select count(*) from mails where body_text like '%€%'").await, 0);
    shop.is_sound().await;
    // Once there is no cart, the cookie says it.
    anna.get("/products").await.is_ok().shows("CHF 9.90");
    buy_in(&anna, shop.number("select id from markets where is_primary").await).await;
    anna.get("/products").await.is_ok().shows("€10.00");
    shop.post("/market", &[("market", "999")]).await.is(rocket::http::Status::NotFound);
}

#[rocket::async_test]
async fn markets_in_yen_and_own_prices_of_a_list_in_francs() {
    let shop = leipzig().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    let (swiss, japan) = (shop.switzerland().await, shop.market("Japan", "JP", "JPY", "162.35", "none").await);
    let list = shop
        .returned(
            "insert into price_lists (name, position, currency, active) values ('Francs', 0, 'CHF', true) returning id as number",
        )
        .await;
    shop.sql(&format!(
        "insert into price_list_prices values ({list}, {}, 1, 777), ({list}, {}, 3, 700)",
        tea.variant, tea.variant
    ))
    .await;
    let (anna, ken) = (shop.visitor(), shop.visitor());
    buy_in(&anna, swiss).await;
    buy_in(&ken, japan).await;
    anna.get("/products/green-tea").await.is_ok().shows("CHF 7.77").shows("From 3 pieces CHF 7.00 each");
    anna.get("/products").await.is_ok().shows("CHF 7.77");
    ken.get("/products/green-tea").await.is_ok().shows("¥1,624").lacks("CHF 7").has("\"price\":\"1624\"");
    shop.get("/products/green-tea").await.is_ok().shows("€10.00").lacks("CHF 7");
    put_in(&anna, &tea, "3").await;
    anna.get("/cart").await.is_ok().shows("CHF 7.00 each").shows("CHF 21.00");
    put_in(&ken, &tea, "2").await;
    // 500 cents of delivery are 811.75 yen.
    details(&shop, &ken, "JP").await.goes_to("/checkout/review");
    let look = ken.get("/checkout/review").await;
    look.is_ok().shows("¥3,248").shows("¥812").shows("¥4,060");
    press(&ken, &look).await.is(rocket::http::Status::SeeOther);
    assert_eq!(shop.number("select total from orders where currency = 'JPY'").await, 4060);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn markets_members_of_a_group_see_their_price_on_cards_and_guests_ask_no_more() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    let asked = async |visitor: &Visitor, path: &str| {
        let before = shop.shop.db.queries();
        visitor.get(path).await.is_ok();
        shop.shop.db.queries() - before
    };
    let guest = shop.visitor();
    put_in(&guest, &tea, "1").await;
    let alone = guest.get("/products").await.body();
    for choice in ["market-menu", "menu-market", "action=\"/market\""] {
        assert!(!alone.contains(choice), "a shop with one market has no {choice}");
    }
    asked(&guest, "/products").await;
    let usual = asked(&guest, "/products").await;
    let customer = shop.customer_id("trade@example.org").await;
    shop.sql(&format!(
        "insert into customer_groups (name) values ('Trade');
         insert into customer_group_members (group_id, customer_id) select id, {customer} from customer_groups;
         insert into price_lists (name, position, currency, active, for_all, percent_off) values ('Trade', 0, 'USD', true, false, 150000);
         insert into price_list_groups select l.id, g.id from price_lists l, customer_groups g"
    ))
    .await;
    let trade = shop.signed_in("trade@example.org").await;
    for path in ["/", "/products", "/search?q=tea", "/products/green-tea"] {
        trade.get(path).await.is_ok().shows("$8.50").shows("Before $10.00");
        shop.get(path).await.is_ok().shows("$10.00").lacks("$8.50");
    }
    assert_eq!(asked(&guest, "/products").await, usual);
    assert_eq!(asked(&shop.visitor(), "/products").await, 0, "kept");
}
