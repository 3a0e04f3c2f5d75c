//! At the till: the country decides the market, nothing changes silently, and money of one currency pays for nothing in another.

use rocket::http::Status;

use super::{buy_in, details, leipzig, press, put_in};
use crate::account::{PASSWORD, enrol, sign_in};
use crate::gift_cards::card;
use crate::promotions::steps::{promotion, type_code};
use crate::settings::value;

#[rocket::async_test]
async fn markets_country_of_another_market_is_told_before_anything_changes() {
    let shop = leipzig().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    let swiss = shop.switzerland().await.to_string();
    let anna = shop.visitor();
    put_in(&anna, &tea, "2").await;
    let stopped = details(&shop, &anna, "CH").await;
    stopped.is(Status::UnprocessableEntity).shows("sold to in the market Switzerland, in CHF").shows("€25.00");
    stopped.shows("prices, delivery and discounts are in CHF there and change").has("Show prices of Switzerland (CHF)");
    anna.get("/checkout/review").await.goes_to("/checkout");
    let fields = [("email", "anna@example.org"), ("country", "CH"), ("street", "Seeweg 1"), ("market", &*swiss)];
    anna.post("/checkout/draft", &fields).await.goes_to("/checkout");
    anna.get("/checkout").await.is_ok().shows("CHF 24.55").keeps("street", "Seeweg 1").lacks("€").lacks("we sell in the market");
    details(&shop, &anna, "CH").await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    look.is_ok().shows("CHF 24.55");

    // Another tab goes back to euros: the button of the first orders nothing.
    buy_in(&anna, shop.number("select id from markets where is_primary").await).await;
    press(&anna, &look).await.is(Status::UnprocessableEntity);
    assert_eq!(shop.number("select count(*) from orders").await, 0);
    buy_in(&anna, swiss.parse().expect("an id")).await;

    // The rate changes after the look: the total is told, and ordered only then.
    let look = anna.get("/checkout/review").await;
    let today = shop.now().format("%Y-%m-%d").to_string();
    let rate = [("currency", "CHF"), ("rate", "1.05"), ("day", &*today)];
    shop.staff("owner").await.post("/admin/settings/markets/rates", &rate).await.is(Status::SeeOther);
    let told = press(&anna, &look).await;
    told.is(Status::UnprocessableEntity).shows("CHF 24.55").shows("CHF 27.05");
    assert_eq!(shop.number("select count(*) from orders").await, 0);
    press(&anna, &told).await.is(Status::SeeOther);
    assert_eq!(shop.number("select total from orders where currency = 'CHF'").await, 2705, "2 × 10.90 and 5.25");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn markets_discounts_are_converted_and_cards_of_another_currency_are_refused_with_words() {
    let shop = leipzig().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    let swiss = shop.switzerland().await;
    let off = r#"[{"kind": "amount", "amount": 200, "each": false, "of": "all"}]"#;
    let from = r#"[{"kind": "subtotal", "at_least": 2000, "of": "all"}]"#;
    promotion(&shop, "Two off", off, from, Some("TWO")).await;
    let (_, code) = card(&shop, "20.00").await;
    let anna = shop.visitor();
    buy_in(&anna, swiss).await;
    put_in(&anna, &tea, "1").await;
    type_code(&anna, "TWO").await;
    anna.get("/cart").await.is_ok().shows("CHF 9.10").lacks("−CHF 1.90");
    put_in(&anna, &tea, "1").await;
    // From CHF 19.00 on, CHF 1.90 off.
    anna.get("/cart").await.is_ok().shows("−CHF 1.90").shows("CHF 22.65");
    details(&shop, &anna, "CH").await.goes_to("/checkout/review");
    let refused = anna.post("/checkout/gift-cards", &[("at", "review"), ("gift_card", &code)]).await;
    refused.is(Status::UnprocessableEntity).shows("EUR");
    assert_eq!(shop.number("select count(*) from checkout_credits").await, 0);
    let look = anna.get("/checkout/review").await;
    press(&anna, look.is_ok()).await.is(Status::SeeOther);
    assert_eq!(shop.number("select total from orders where discount_total = 190").await, 2265);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn markets_carts_of_two_currencies_become_one_and_drafts_are_sold_in_theirs() {
    let shop = leipzig().await;
    let (tea, cup) = (shop.put("Green tea", 1000, 50).await, shop.put("Blue cup", 2000, 50).await);
    let swiss = shop.switzerland().await;
    enrol(&shop, "lena@example.org").await;
    let known = shop.signed_in("lena@example.org").await;
    put_in(&known, &cup, "1").await;
    let anna = shop.visitor();
    buy_in(&anna, swiss).await;
    put_in(&anna, &tea, "1").await;
    sign_in(&anna, "lena@example.org", PASSWORD).await.is(Status::SeeOther);
    anna.get("/cart").await.is_ok().shows("CHF 9.90").shows("CHF 18.90").lacks("€").lacks("since you added it");

    let sam = shop.staff("manager").await;
    sam.post("/admin/drafts", &[]).await.goes_to("/admin/drafts/1");
    let version = async || shop.number("select version from draft_orders").await.to_string();
    let variant = tea.variant.to_string();
    sam.post("/admin/drafts/1/lines", &[("version", &version().await), ("variant", &variant), ("quantity", "2")]).await;
    sam.get("/admin/drafts/1").await.is_ok().shows("€25.00").shows("Where it is sold");
    let set = [("version", &*version().await), ("market", &*swiss.to_string())];
    sam.post("/admin/drafts/1/market", &set).await.goes_to("/admin/drafts/1");
    let (pieces, off) = (format!("pieces[{variant}]"), format!("off[{variant}]"));
    let lines = [("version", &*version().await), (&*pieces, "2"), (&*off, "1.80")];
    sam.post("/admin/drafts/1/quantities", &lines).await.goes_to("/admin/drafts/1");
    let page = sam.get("/admin/drafts/1").await;
    page.is_ok().shows("CHF 18.00").shows("CHF 22.75").keeps(&off, "1.80");
    let method = shop.number("select m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = 'CH' limit 1").await;
    let customer = [
        ("version", &*version().await),
        ("email", "lena@example.org"),
        ("language", "en"),
        ("country", "CH"),
        ("name", "Lena Hoffmann"),
        ("street", "Seeweg 1"),
        ("postal_code", "8001"),
        ("city", "Zürich"),
        ("shipping", &*method.to_string()),
    ];
    sam.post("/admin/drafts/1/customer", &customer).await.goes_to("/admin/drafts/1");
    let page = sam.get("/admin/drafts/1").await;
    let place = [("expected", &*value(&page, "expected")), ("seen", &*value(&page, "seen")), ("paid", "cash")];
    sam.post("/admin/drafts/1/order", &place).await.is(Status::SeeOther);
    assert_eq!(shop.number("select total from orders where currency = 'CHF' and payment_status = 'paid'").await, 2275);

    // What was paid in francs is no euro.
    let today = shop.now().format("%Y-%m-%d");
    let takings = sam.get(&format!("/admin/takings?from={today}&to={today}")).await;
    takings.is_ok().shows("CHF 22.75 in").shows("€0.00 in");
    sam.get("/admin").await.is_ok().lacks("€22.75");
    sam.get("/admin/orders").await.is_ok().shows("CHF 22.75").lacks("€22.75");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn markets_that_close_leave_their_carts_with_what_was_paid_there_said_in_its_currency() {
    let shop = leipzig().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    let swiss = shop.switzerland().await;
    let path = format!("/admin/settings/markets/{swiss}");
    let (owner, anna) = (shop.staff("owner").await, shop.visitor());
    buy_in(&anna, swiss).await;
    put_in(&anna, &tea, "2").await;
    anna.get("/cart").await.is_ok().shows("CHF 9.90").lacks("when you added it");
    let version = value(&owner.get(&path).await, "version");
    let off = [("version", &*version), ("name", "Switzerland"), ("countries", "CH"), ("currency", "CHF"), ("tax", "entered")];
    let off = [&off[..], &[("language", ""), ("rounding", "90")]].concat();
    owner.post(&path, &off).await.goes_to("/admin/settings/markets");
    let said = "It cost CHF 9.90 when you added it and costs €10.00 now";
    anna.get("/cart").await.is_ok().shows(said).shows("€20.00").lacks("€9.90").lacks("CHF 19.80");
    owner.post(&format!("{path}/removal"), &[]).await.goes_to("/admin/settings/markets");
    anna.get("/cart").await.is_ok().shows(said);

    // Who goes on agrees to what it costs now.
    details(&shop, &anna, "DE").await.goes_to("/checkout/review");
    anna.get("/cart").await.is_ok().lacks("CHF").shows("€20.00");
    let look = anna.get("/checkout/review").await;
    press(&anna, look.is_ok().shows("€25.00")).await.is(Status::SeeOther);
    assert_eq!(shop.number("select total from orders where currency = 'EUR'").await, 2500);
    shop.is_sound().await;
}
