//! What a method costs at its boundaries, who is offered it, and carts with goods of several profiles.

use barrow::engines::shipping::queries::{Asked, offers_for};
use barrow::engines::shipping::{Piece, Place, Ready};
use barrow::platform::base::{Currency, Exchange, ProductId};
use rocket::http::Status;

use super::{add_method, bare_shop, offered, order, oregon, put_in, sent_to};

/// What the first method costs now, as the checkout shows it.
async fn price(visitor: &crate::world::Visitor) -> String {
    let offers = offered(&visitor.get("/checkout").await);
    offers.first().and_then(|offer| offer.rsplit('|').next()).map(|price| price.trim().to_owned()).unwrap_or_default()
}

#[rocket::async_test]
async fn delivery_by_weight_changes_exactly_where_the_table_says() {
    let (shop, staff, zone) = bare_shop().await;
    let table = [
        ("kind", "weight"),
        ("steps[0].from", "0"),
        ("steps[0].price", "4.90"),
        ("steps[1].from", "2"),
        ("steps[1].price", "6,90"),
        ("steps[2].from", "10"),
        ("steps[2].price", "9.90"),
        ("steps[2].extra", "1.50"),
        ("steps[2].every", "1"),
        ("steps[3].from", ""),
        ("up_to", "31.5"),
    ];
    add_method(&staff, zone, "Parcel", &table).await;
    let pot = shop.put("Pot", 100, 50).await;
    let anna = shop.visitor();
    put_in(&anna, &pot, "2").await;
    for (grams, shown) in
        [(0, "$4.90"), (999, "$4.90"), (1000, "$6.90"), (4999, "$6.90"), (5000, "$9.90"), (5001, "$11.40"), (15_750, "$42.90")]
    {
        shop.sql(&format!("update variants set weight_grams = {grams}")).await;
        assert_eq!(price(&anna).await, shown, "two pieces of {grams} g");
    }
    shop.sql("update variants set weight_grams = 15751").await;
    let page = anna.get("/checkout").await;
    page.shows("We do not deliver this there yet");
    anna.post("/checkout", &oregon(&[])).await.is(Status::UnprocessableEntity).has("href=\"#shipping\"");
}

#[rocket::async_test]
async fn delivery_by_price_and_by_number_and_free_above() {
    let (shop, staff, zone) = bare_shop().await;
    let by_price = [
        ("kind", "price"),
        ("steps[0].from", "0"),
        ("steps[0].price", "8"),
        ("steps[1].from", "50"),
        ("steps[1].price", "4"),
        ("free_from", "100"),
    ];
    add_method(&staff, zone, "Post", &by_price).await;
    let pot = shop.put("Pot", 4999, 50).await;
    let anna = shop.visitor();
    put_in(&anna, &pot, "1").await;
    for (cents, shown) in [(4999, "$8.00"), (5000, "$4.00"), (9999, "$4.00"), (10_000, "Free")] {
        shop.sql(&format!("update variants set price = {cents}")).await;
        assert_eq!(price(&anna).await, shown, "{cents} cents");
    }
    shop.sql("delete from shipping_methods").await;
    let by_number = [
        ("kind", "quantity"),
        ("steps[0].from", "0"),
        ("steps[0].price", "3"),
        ("steps[1].from", "3"),
        ("steps[1].price", "5"),
        ("steps[1].extra", "1"),
        ("steps[1].every", "2"),
        ("up_to", "8"),
    ];
    add_method(&staff, zone, "Crate", &by_number).await;
    let line = shop.number("select id from cart_lines").await;
    for (pieces, shown) in
        [("2", "$3.00"), ("3", "$5.00"), ("4", "$6.00"), ("5", "$6.00"), ("6", "$7.00"), ("8", "$8.00"), ("9", "")]
    {
        anna.post(&format!("/cart/lines/{line}/quantity"), &[("quantity", pieces)]).await.goes_to("/cart");
        assert_eq!(price(&anna).await, shown, "{pieces} pieces");
    }
}

#[rocket::async_test]
async fn delivery_to_islands_has_its_own_price_and_the_rest_of_the_world_too() {
    let (shop, staff, zone) = bare_shop().await;
    shop.sql("update settings set countries = '{US,GB,FR}'").await;
    let new = "/admin/settings/delivery/new";
    let remote = "us-ak\nUS 967-968\nGB BT*";
    staff.post(new, &[("name", "Far away"), ("spots", remote)]).await.goes_to("/admin/settings/delivery");
    staff.post(new, &[("name", "World"), ("rest", "yes")]).await.goes_to("/admin/settings/delivery");
    let id = async |name: &str| shop.number(&format!("select id from shipping_zones where name = '{name}'")).await;
    add_method(&staff, zone, "Standard", &[("price", "5")]).await;
    add_method(&staff, id("Far away").await, "Ferry", &[("price", "25")]).await;
    add_method(&staff, id("World").await, "Air mail", &[("price", "40")]).await;
    staff.get("/admin/settings/delivery").await.is_ok().shows("GB BT, US 967–968, US-AK").shows("Rest of the world");
    let pot = shop.put("Pot", 100, 50).await;
    let anna = shop.visitor();
    put_in(&anna, &pot, "1").await;
    let to = async |changes: &[(&str, &str)]| {
        offered(&sent_to(&anna, changes).await).join("; ").split(" |").next().unwrap_or_default().to_owned()
    };
    assert_eq!(to(&[]).await, "Standard");
    assert_eq!(to(&[("region", "AK"), ("postal_code", "99501")]).await, "Ferry");
    assert_eq!(to(&[("region", "HI"), ("postal_code", "96813")]).await, "Ferry");
    assert_eq!(to(&[("country", "GB"), ("region", ""), ("postal_code", "bt1 1aa")]).await, "Ferry");
    assert_eq!(to(&[("country", "GB"), ("region", ""), ("postal_code", "SW1A 1AA")]).await, "Air mail");
    assert_eq!(to(&[("country", "FR"), ("region", ""), ("postal_code", "75001")]).await, "Air mail");
    // A way that was chosen for another place is no way there.
    let standard = shop.number("select id from shipping_methods where name = 'Standard'").await.to_string();
    let wrong = anna.post("/checkout", &oregon(&[("region", "AK"), ("postal_code", "99501"), ("shipping", &standard)])).await;
    wrong.is(Status::UnprocessableEntity).shows("Ferry").shows("$25.00");
}

#[rocket::async_test]
async fn delivery_of_two_profiles_adds_up_to_one_choice() {
    let (shop, staff, zone) = bare_shop().await;
    staff.post("/admin/settings/delivery/profiles", &[("name", "Bulky")]).await.goes_to("/admin/settings/delivery/profiles");
    let bulky = shop.number("select id from shipping_profiles").await.to_string();
    add_method(&staff, zone, "Standard", &[("price", "5")]).await;
    add_method(&staff, zone, "Express", &[("price", "10"), ("days_min", "1"), ("days_max", "1")]).await;
    add_method(&staff, zone, "Freight", &[("price", "49"), ("profile", &bulky), ("days_min", "3"), ("days_max", "5")]).await;
    add_method(&staff, zone, "Express", &[("price", "90"), ("profile", &bulky)]).await;
    let (pot, sofa) = (shop.put("Pot", 1000, 50).await, shop.put("Sofa", 90_000, 5).await);
    let edited = staff.edit(&shop, &format!("/admin/products/{}", sofa.product), &[("delivery", &bulky)]).await;
    edited.goes_to(&format!("/admin/products/{}", sofa.product));
    assert_eq!(shop.number("select count(*) from audit where action = 'product.edited' and after ? 'delivery profile'").await, 1);
    staff.get("/admin/settings/delivery/profiles").await.is_ok().shows("1 product");
    let anna = shop.visitor();
    put_in(&anna, &sofa, "1").await;
    let ways = async || {
        let offers = offered(&anna.get("/checkout").await);
        offers
            .iter()
            .map(|offer| {
                format!("{} {}", offer.split(" |").next().unwrap_or_default(), offer.rsplit("| ").next().unwrap_or_default())
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(ways().await, ["Freight $49.00", "Express $90.00"]);
    put_in(&anna, &pot, "1").await;
    assert_eq!(ways().await, ["Standard + Freight $54.00", "Express $100.00"]);
    let chosen = shop.number("select id from shipping_methods where name = 'Standard'").await.to_string();
    let path = order(&anna, &oregon(&[("shipping", &chosen)])).await;
    anna.get(&path).await.is_ok().shows("Standard + Freight").shows("$54.00");
    assert_eq!(shop.number("select shipping_total from orders").await, 5400);
    staff
        .post(&format!("/admin/settings/delivery/profiles/{bulky}/removal"), &[])
        .await
        .goes_to("/admin/settings/delivery/profiles");
    assert_eq!(shop.number("select count(*) from shipping_methods").await, 2, "its methods went with it");
}

#[rocket::async_test]
async fn delivery_seasons_begin_and_end_on_their_days() {
    let (shop, staff, zone) = bare_shop().await;
    shop.sql("update settings set time_zone = 'Europe/Berlin'").await;
    add_method(&staff, zone, "Christmas post", &[("price", "3"), ("starts_on", "2027-12-01"), ("ends_on", "2027-12-24")]).await;
    let pot = shop.put("Pot", 100, 50).await;
    for (moment, offers) in
        [("2027-11-30T22:59:00Z", 0), ("2027-11-30T23:00:00Z", 1), ("2027-12-24T22:59:00Z", 1), ("2027-12-24T23:00:00Z", 0)]
    {
        super::at(&shop, moment);
        let anna = shop.visitor();
        put_in(&anna, &pot, "1").await;
        assert_eq!(offered(&anna.get("/checkout").await).len(), offers, "{moment}");
    }
}

#[rocket::async_test]
async fn delivery_is_asked_for_in_two_queries_whatever_is_in_the_cart() {
    let (shop, staff, zone) = bare_shop().await;
    for name in ["Post", "Courier", "Bicycle"] {
        add_method(&staff, zone, name, &[("price", "4.90")]).await;
    }
    let to = Place { country: "US".parse().expect("a country"), region: "OR", postal_code: "97201" };
    let piece = |id| Piece { product: ProductId(id), quantity: 1, grams: 100, total: 900, sent: true, ready: Ready::default() };
    let asked = async |count: i64| {
        let pieces: Vec<Piece> = (1..=count).map(piece).collect();
        let (mut conn, before) = (shop.conn().await, shop.shop.db.queries());
        let exchange = Exchange::none(Currency::USD);
        let asked = Asked { to, pieces: &pieces, exchange, zone: chrono_tz::UTC, now: shop.now() };
        assert_eq!(offers_for(&mut conn, &asked).await.expect("offers").len(), 3);
        shop.shop.db.queries() - before
    };
    assert_eq!((asked(1).await, asked(40).await), (2, 2));
}
