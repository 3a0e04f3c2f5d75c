//! Taxes as staff set them: rates with days, sets that are loaded, classes, what a variant is.

use rocket::http::Status;

use super::{FakeRegister, LEIPZIG, bought, german, rule, taxes_of_the_latest, with};
use crate::settings::value;

#[rocket::async_test]
async fn taxes_of_tomorrow_change_neither_today_nor_what_was_ordered() {
    let shop = german(FakeRegister::default()).await;
    let tea = shop.put("Tea tin", 1190, 50).await;
    let (anna, order) = bought(&shop, &[(&tea, "1")], &LEIPZIG).await;
    let manager = shop.staff("manager").await;
    let zone = shop.number("select id from tax_zones where country = 'DE'").await;
    let class = shop.number("select id from tax_classes where is_default").await.to_string();
    let tomorrow = (shop.now() + chrono::Duration::days(1)).format("%Y-%m-%d").to_string();
    let path = format!("/admin/settings/tax/zones/{zone}/rates/new");
    let rate = [("class", &*class), ("name", "VAT"), ("rate", "16"), ("from", &*tomorrow), ("source", "The law of tomorrow")];
    for (field, typed) in
        [("rate", "a lot"), ("rate", "101"), ("from", "soon"), ("to", "2000-01-01"), ("url", "javascript:x"), ("name", "")]
    {
        let sent = manager.post(&path, &with(&rate, &[(field, typed)])).await;
        sent.is(Status::UnprocessableEntity).keeps("source", "The law of tomorrow");
    }
    manager.post(&path, &rate).await.is(Status::SeeOther);
    manager.get(&format!("/admin/settings/tax/zones/{zone}")).await.is_ok().shows("16").shows("19").shows("The law of tomorrow");

    bought(&shop, &[(&tea, "1")], &LEIPZIG).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["190000:190", "190000:80"]);
    shop.shop.clock.advance(chrono::Duration::days(1));
    bought(&shop, &[(&tea, "1")], &LEIPZIG).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["160000:164", "160000:69"], "1190 × 16 ÷ 116 = 164.14, 500 × 16 ÷ 116 = 68.97");
    anna.get(&order).await.is_ok().shows("19").lacks("16 %");
    assert_eq!(
        shop.number("select count(*) from tax_rates where rate_millionths = 190000").await,
        1,
        "the rate of before can be read"
    );
    shop.is_sound().await;
}

#[rocket::async_test]
async fn taxes_sets_are_shown_first_and_never_overwrite_staff() {
    let shop = german(FakeRegister::default()).await;
    let manager = shop.staff("manager").await;
    shop.sql("update tax_rates set rate_millionths = 210000 where zone_id = (select id from tax_zones where country = 'FR') and rate_millionths = 200000").await;
    let set = "/admin/settings/tax/sets/EU";
    let page = manager.get(set).await;
    page.is_ok().shows("Austria").shows("ibericode/vat-rates");
    assert_eq!(shop.number("select count(*) from tax_zones where country = 'AT'").await, 0, "a look changes nothing");
    manager.post(set, &[("seen", "something else")]).await.is(Status::UnprocessableEntity);
    manager.post(set, &[("seen", &value(&page, "seen"))]).await.goes_to("/admin/settings/tax");
    let of = |country: &str| {
        format!(
            "select r.rate_millionths from tax_rates r join tax_zones z on z.id = r.zone_id join tax_classes c on c.id = r.class_id where z.country = '{country}' and z.postcodes = '' and z.region = '' and c.is_default"
        )
    };
    assert_eq!((shop.number(&of("AT")).await, shop.number(&of("FR")).await), (200_000, 210_000), "staff's own rate stays");
    assert_eq!(shop.number("select count(*) from tax_rates where from_set and (source = '' or source_date is null)").await, 0);
    manager.get("/admin/settings/tax/sets/US").await.is_ok().shows("state");
    // Taxes of a province that add up are loaded both, and once.
    let (canada, tax) = ("/admin/settings/tax/sets/CA", "/admin/settings/tax");
    let page = manager.get(canada).await;
    page.is_ok().shows("Nova Scotia").shows("Canada Revenue Agency");
    manager.post(canada, &[("seen", &value(&page, "seen"))]).await.goes_to(tax);
    let again = manager.get(canada).await;
    again.is_ok().shows("0 to add, 17 so already");
    let quebec = "select sum(r.rate_millionths) from tax_rates r join tax_zones z on z.id = r.zone_id where z.country = 'CA' and z.region = 'QC'";
    assert_eq!(shop.number(quebec).await, 149_750);
    manager.get("/admin/settings/tax/sets/AU").await.is_ok().shows("VATupdate");
    manager.get("/admin/settings/tax/sets/XX").await.is(Status::NotFound);

    for fields in [
        [("country", "DE"), ("postcodes", "")],
        [("country", "DE"), ("postcodes", "36000-35000")],
        [("country", "Mars"), ("postcodes", "")],
    ] {
        manager.post("/admin/settings/tax/zones/new", &fields).await.is(Status::UnprocessableEntity);
    }
    let zone = [("country", "FR"), ("postcodes", "971*, 97200-97299"), ("name", "Antilles")];
    manager.post("/admin/settings/tax/zones/new", &zone).await.is(Status::SeeOther);
    for name in ["", "standard"] {
        manager.post("/admin/settings/tax/classes", &[("name", name)]).await.is(Status::UnprocessableEntity);
    }
    manager.post("/admin/settings/tax/classes", &[("name", "Books of art")]).await.goes_to("/admin/settings/tax/classes");
    let usual = shop.number("select id from tax_classes where is_default").await;
    manager.post(&format!("/admin/settings/tax/classes/{usual}/removal"), &[]).await.goes_to("/admin/settings/tax/classes");
    manager.get("/admin/settings/tax/classes").await.is_ok().shows("Books of art").shows("Standard");
    for wrong in [("cross_border", "by moon"), ("vat_id", "DE1"), ("shipping_class", "999999"), ("unproved", "")] {
        rule(&manager, &[wrong]).await.is(Status::UnprocessableEntity);
    }
    manager.get("/admin/settings/tax/zones/999999").await.is(Status::NotFound);
}

#[rocket::async_test]
async fn taxes_of_a_variant_are_chosen_in_the_editor() {
    let shop = german(FakeRegister::default()).await;
    let book = shop.put("Cookbook", 2140, 9).await;
    let manager = shop.staff("manager").await;
    let path = format!("/admin/products/{}", book.product);
    let (field, reduced) = (
        format!("variants[{}].tax", book.variant),
        shop.number("select id from tax_classes where code = 'reduced'").await.to_string(),
    );
    manager.get(&path).await.is_ok().has(&format!("name=\"{field}\"")).shows("Reduced");
    manager.edit(&shop, &path, &[(&field, &reduced)]).await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from variants where tax_class_id is not null and taxable").await, 1);
    bought(&shop, &[(&book, "1")], &LEIPZIG).await;
    assert_eq!(taxes_of_the_latest(&shop).await, ["70000:140", "70000:33"]);
    manager.post(&format!("/admin/settings/tax/classes/{reduced}/removal"), &[]).await.goes_to("/admin/settings/tax/classes");
    assert_eq!(shop.number("select count(*) from tax_classes where code = 'reduced'").await, 1, "goods have it");
    manager.edit(&shop, &path, &[(&field, "none")]).await.is(Status::SeeOther);
    bought(&shop, &[(&book, "1")], &LEIPZIG).await;
    assert!(taxes_of_the_latest(&shop).await.is_empty());
    manager.edit(&shop, &path, &[(&field, "999999")]).await.is(Status::UnprocessableEntity);
    assert_eq!(shop.number("select count(*) from variants where taxable").await, 0);
}
