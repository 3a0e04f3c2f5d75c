//! Price lists as staff make them: bad input comes back with words, own prices are searched, typed and taken from tables.

use rocket::http::Status;

use super::put_in;
use crate::settings::value;
use crate::world::{Answer, TestShop, Visitor};

type Fields = Vec<(&'static str, &'static str)>;

fn list(changes: &[(&'static str, &'static str)]) -> Fields {
    let mut fields = vec![
        ("name", "Trade"),
        ("active", "yes"),
        ("whom", "all"),
        ("off", ""),
        ("from_quantity", "1"),
        ("rounding", "none"),
        ("begins", ""),
        ("ends", ""),
    ];
    for (name, value) in changes {
        fields.retain(|field| field.0 != *name);
        fields.push((name, value));
    }
    fields
}

/// Opens the list and saves it with these changes.
async fn save(staff: &Visitor, path: &str, changes: &[(&'static str, &'static str)]) -> Answer {
    let version = value(&staff.get(path).await, "version");
    let mut fields: Vec<(&str, &str)> = list(changes);
    fields.push(("version", &version));
    staff.post(path, &fields).await
}

#[rocket::async_test]
async fn prices_desk_says_what_is_wrong_with_a_list_and_keeps_what_was_typed() {
    let shop = TestShop::open().await;
    let staff = shop.staff("content").await;
    staff.get("/admin/price-lists").await.is_ok().shows("No price lists yet").has("/admin/price-lists/new");
    staff.get("/admin/price-lists/new").await.is_ok().keeps("from_quantity", "1").shows("There are no customer groups yet");
    let refused = async |changes: &[(&'static str, &'static str)], field: &str, says: &str| {
        let answer = staff.post("/admin/price-lists", &list(changes)).await;
        answer.is(Status::UnprocessableEntity).shows(says).has(&format!("href=\"#{field}\""));
        for (name, typed) in changes.iter().filter(|change| !["whom", "rounding"].contains(&change.0)) {
            answer.keeps(name, typed);
        }
    };
    refused(&[("name", "  ")], "name", "This is needed").await;
    refused(&[("off", "101"), ("name", "Big")], "off", "percentage from 0 to 100").await;
    refused(&[("off", "many")], "off", "percentage from 0 to 100").await;
    refused(&[("from_quantity", "0")], "from_quantity", "whole number").await;
    refused(&[("begins", "2027-05-02T10:00"), ("ends", "2027-05-02T10:00")], "ends", "end after it begins").await;
    refused(&[("begins", "someday")], "begins", "").await;
    refused(&[("whom", "groups")], "groups", "Choose a group").await;
    refused(&[("rounding", "77")], "rounding", "").await;
    assert_eq!(shop.number("select count(*) from price_lists").await, 0);
    staff.post("/admin/price-lists", &list(&[("off", "12,5")])).await.is(Status::SeeOther);
    refused(&[("name", "TRADE")], "name", "a price list of this name").await;
    let path = format!("/admin/price-lists/{}", shop.number("select id from price_lists").await);
    staff.get(&path).await.is_ok().keeps("off", "12.5").keeps("name", "Trade");
    let old = value(&staff.get(&path).await, "version");
    save(&staff, &path, &[("off", "20")]).await.goes_to(&path);
    let late = [list(&[("off", "30")]), vec![]].concat();
    let late: Vec<(&str, &str)> = late.into_iter().chain([("version", &*old)]).collect();
    let late = staff.post(&path, &late).await;
    late.is(Status::UnprocessableEntity).shows("Somebody saved this list meanwhile").keeps("off", "30");
    assert_eq!(shop.number("select percent_off from price_lists").await, 200_000);
    for path in ["/admin/price-lists/999", "/admin/price-lists/999/prices.csv"] {
        staff.get(path).await.is(Status::NotFound);
    }
    for part in ["", "/prices", "/additions", "/import", "/removal"] {
        staff.post(&format!("/admin/price-lists/999{part}"), &list(&[("version", "1")])).await.is(Status::NotFound);
    }
    assert_eq!(shop.number("select count(*) from audit where action = 'price_list.saved'").await, 2);
}

#[rocket::async_test]
async fn prices_desk_own_prices_are_searched_typed_taken_off_and_exchanged_as_tables() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 50).await;
    let cup = shop.put("Blue cup", 700, 9).await;
    let staff = shop.staff("content").await;
    let path = staff.post("/admin/price-lists", &list(&[])).await.location();
    let own = format!("{path}#own");
    staff.get(&path).await.is_ok().shows("No own prices");
    let found = staff.get(&format!("{path}?q=GREEN")).await;
    found.is_ok().shows("Green tea").shows("$10.00").lacks("Blue cup").has(&format!("{path}?variant={}#add", tea.variant));
    staff.get(&format!("{path}?q=zzz")).await.is_ok().shows("Nothing is called “zzz”");
    let chosen = staff.get(&format!("{path}?variant={}", tea.variant)).await;
    assert_eq!(value(&chosen, "variant"), tea.variant.to_string());
    let add = async |fields: &[(&str, &str)]| staff.post(&format!("{path}/additions"), fields).await;
    let variant = tea.variant.to_string();
    add(&[("variant", &variant), ("pieces", "1"), ("amount", "9.5")]).await.goes_to(&own);
    add(&[("sku", "BLUE-CUP"), ("pieces", "6"), ("amount", "5,00")]).await.goes_to(&own);
    let unknown = add(&[("sku", "RED-CUP"), ("pieces", "6"), ("amount", "5")]).await;
    unknown.is(Status::UnprocessableEntity).shows("Nothing has this SKU").keeps("sku", "RED-CUP").keeps("pieces", "6");
    for (pieces, amount) in [("0", "5"), ("1", "-5"), ("1", "5.001"), ("1", ""), ("x", "5")] {
        add(&[("sku", "BLUE-CUP"), ("pieces", pieces), ("amount", amount)]).await.is(Status::UnprocessableEntity);
    }
    let (teas, cups) = (format!("prices[{}-1]", tea.variant), format!("prices[{}-6]", cup.variant));
    let page = staff.get(&path).await;
    page.is_ok().keeps(&teas, "9.50").keeps(&cups, "5.00");
    let wrong = staff.post(&format!("{path}/prices"), &[(&*teas, "8"), (&*cups, "cheap")]).await;
    wrong.is(Status::UnprocessableEntity).keeps(&cups, "cheap").keeps(&teas, "8").shows("no price in the currency");
    staff.post(&format!("{path}/prices"), &[(&*teas, "8"), (&*cups, "")]).await.goes_to(&own);
    assert_eq!(shop.number("select sum(amount) from price_list_prices").await, 800);
    put_in(&staff, &tea, "1").await.goes_to("/cart");
    staff.get("/cart").await.is_ok().shows("$8.00");
    let import = async |rows: &str, act: &str| staff.post(&format!("{path}/import"), &[("rows", rows), ("act", act)]).await;
    let rows = "SKU;Pieces;Price\nGREEN-TEA;10;7.00\nBLUE-CUP;1;6";
    import(rows, "look").await.is_ok().shows("Nothing was changed").shows("2 prices would be set");
    assert_eq!(shop.number("select count(*) from price_list_prices").await, 1);
    let bad = import("GREEN-TEA;1;1\nPOT;1;1\nBLUE-CUP;0;1", "take").await;
    bad.is(Status::UnprocessableEntity).shows("Line 2: Nothing has this SKU").shows("Line 3: The number of pieces");
    assert_eq!(shop.number("select count(*) from price_list_prices").await, 1);
    import(rows, "take").await.goes_to(&own);
    let file = staff.get(&format!("{path}/prices.csv")).await;
    file.is_ok().has("SKU,Pieces,Price,Product,Variant").has("GREEN-TEA,10,7.00,Green tea,").has("BLUE-CUP,1,6.00,Blue cup,");
    import("GREEN-TEA;10;", "take").await.goes_to(&own);
    assert_eq!(shop.number("select count(*) from price_list_prices").await, 2);
    shop.staff("support").await.post(&format!("{path}/prices"), &[]).await.is(Status::Forbidden);
    assert_eq!(shop.number("select count(*) from audit where action = 'price_list.prices_set'").await, 5);
}
