//! What is picked up is taxed where it is handed over.

use super::*;

/// Adds a way to pick up at the first location to the zone of a country; its id.
async fn pick_up(shop: &TestShop, country: &str) -> String {
    let added = format!(
        "insert into shipping_methods (zone_id, name, price, kind, location_id, position)
         select c.zone_id, 'Pick-up', 0, 'pickup', (select min(id) from locations), 9 from shipping_zone_countries c
          where c.country = '{country}' returning id as number"
    );
    shop.returned(&added).await.to_string()
}

#[rocket::async_test]
async fn taxes_of_what_is_picked_up_are_those_of_the_place_that_hands_it_over() {
    let shop = german(FakeRegister::default()).await;
    let tea = shop.put("Tea tin", 1200, 50).await;
    let way = pick_up(&shop, "FR").await;
    let french = |changes: &[(&'static str, &'static str)]| with(&with(&LEIPZIG, &PARIS), changes);
    let picks = async |changes: &[(&'static str, &'static str)]| {
        let visitor = shop.visitor();
        let fields = french(changes);
        visitor.post("/cart/lines", &[("variant", &tea.variant.to_string()), ("quantity", "1")]).await.goes_to("/cart");
        visitor.post("/checkout", &with(&fields, &[("shipping", &way)])).await.goes_to("/checkout/review");
        let look = visitor.get("/checkout/review").await;
        (pressed(&visitor).await, look)
    };
    // Sent to Paris, of 12.00 there are 2.00 at 20 %; picked up in Leipzig, 1.92 at 19 %.
    bought(&shop, &[(&tea, "1")], &french(&[])).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["200000:200", "200000:83"]);
    let (_, look) = picks(&[]).await;
    look.shows("€1.92").lacks("20 %");
    assert_eq!(taxes_of_the_latest(&shop).await, ["190000:192", "190000:0"]);
    assert_eq!(shop.number("select total from orders order by id desc limit 1").await, 1200);
    assert_eq!(shop.number("select count(*) from order_taxes where country = 'DE'").await, 2);

    // The net price stays abroad: sent to Paris a tin costs 12.10, picked up at home 12.00.
    shop.sql("update tax_rules set cross_border = 'net_price'").await;
    let (_, look) = picks(&[]).await;
    look.shows("€12.00");
    assert_eq!(taxes_of_the_latest(&shop).await, ["190000:192", "190000:0"]);
    shop.sql("update tax_rules set cross_border = 'same_price'").await;

    // A business that fetches goods takes them to its state itself: there is no reverse charge.
    let (order, _) = picks(&[("vat_id", FRENCH)]).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["190000:192", "190000:0"]);
    shop.get(&order).await.is_ok().lacks("Reverse charge");

    // A location abroad hands over there.
    shop.sql("update locations set country = 'FR', postal_code = '67000'").await;
    let home = pick_up(&shop, "DE").await;
    let visitor = shop.visitor();
    visitor.post("/cart/lines", &[("variant", &tea.variant.to_string()), ("quantity", "1")]).await.goes_to("/cart");
    visitor.post("/checkout", &with(&LEIPZIG, &[("shipping", &home)])).await.goes_to("/checkout/review");
    pressed(&visitor).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["200000:200", "200000:0"]);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn taxes_and_ways_to_send_follow_the_postal_code_before_the_form_is_whole() {
    let shop = TestShop::open().await;
    shop.sql(
        "update settings set country = 'US', countries = '{US}', prices_include_tax = false;
         insert into tax_zones (country, region, postcodes, name) values ('US', 'CA', '', 'California');
         insert into tax_rates (zone_id, class_id, name, rate_millionths)
             select z.id, c.id, 'State tax', 72500 from tax_zones z join tax_classes c on c.is_default where z.name = 'California';
         insert into shipping_zones (name, position) values ('Alaska', 9);
         insert into shipping_zone_parts (zone_id, country, region, first_code, last_code)
             select id, 'US', '', '99501', '99950' from shipping_zones where name = 'Alaska';
         insert into shipping_methods (zone_id, name, price) select id, 'By air', 4900 from shipping_zones where name = 'Alaska'",
    )
    .await;
    let pot = shop.put("Teapot", 5000, 9).await;
    let anna = shop.visitor();
    anna.post("/cart/lines", &[("variant", &pot.variant.to_string()), ("quantity", "1")]).await.goes_to("/cart");
    let form = anna.get("/checkout").await;
    form.is_ok().shows("Standard").lacks("By air").shows("Show delivery for this address");
    for field in ["postal_code", "region"] {
        let of_field =
            |tag: &&str| tag.contains(&format!("name=\"{field}\"")) && tag.contains("data-hx-select-oob=\"#shipping\"");
        let body = form.body();
        assert!(body.split('<').any(|tag| of_field(&tag)), "{field} shows the ways anew");
    }
    let typed = |region: &'static str, code: &'static str| {
        [("email", "anna@example.org"), ("country", "US"), ("name", "Anna"), ("region", region), ("postal_code", code)]
    };
    // With scripts it is only looked at: an answer that comes late takes nothing back.
    let seen = anna.post("/checkout/delivery", &typed("AK", "99501")).await;
    seen.is_ok().shows("By air").lacks("Standard").keeps("postal_code", "99501").shows("$99.00");
    assert_eq!(shop.number("select count(*) from checkouts").await, 0);
    shop.post("/checkout/delivery", &typed("AK", "99501")).await.goes_to("/cart");
    // Without, its button keeps what is typed.
    form.shows("Show delivery for this address").has("formaction=\"/checkout/draft\"");
    anna.post("/checkout/draft", &typed("AK", "99501")).await.goes_to("/checkout");
    anna.get("/checkout").await.is_ok().shows("By air").lacks("Standard").keeps("name", "Anna").shows("$99.00");
    anna.post("/checkout/draft", &typed("CA", "94103")).await.goes_to("/checkout");
    // 7.25 % of 50.00 and of 5.00 for delivery.
    anna.get("/checkout").await.is_ok().shows("Standard").shows("State tax").shows("$58.99").keeps("postal_code", "94103");
}
