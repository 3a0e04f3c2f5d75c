//! The settings of delivery: what cannot be is refused with the form as it was typed.

use rocket::http::Status;

use super::{bare_shop, method};
use crate::settings::value;

#[rocket::async_test]
async fn delivery_settings_refuse_bad_tables_with_the_form_refilled() {
    let (shop, staff, zone) = bare_shop().await;
    let path = format!("/admin/settings/delivery/{zone}/methods/new");
    staff.get(&path).await.is_ok().shows("Table of prices").shows("Pick-up");
    let row = [
        ("kind", "weight"),
        ("steps[0].from", "0"),
        ("steps[0].price", "4.90"),
        ("steps[1].from", "2"),
        ("steps[1].price", "6.90"),
    ];
    for (changes, said, field) in [
        (vec![("steps[0].from", "1")], "The first row must begin at 0", "steps[0].from"),
        (vec![("steps[1].from", "0")], "Row 2 begins where another row does", "steps[1].from"),
        (vec![("steps[2].from", "1.5"), ("steps[2].price", "8")], "Row 3 begins below the row before it", "steps[2].from"),
        (vec![("steps[1].extra", "1")], "Row 2: a price for more", "steps[1].extra"),
        (vec![("steps[1].price", "x")], "Write an amount", "steps[1].price"),
        (vec![("steps[1].from", "1.2345")], "Write an amount", "steps[1].from"),
        (vec![("up_to", "1")], "It cannot end before its last row begins", "up_to"),
        (
            vec![("steps[0].from", ""), ("steps[0].price", ""), ("steps[1].from", ""), ("steps[1].price", "")],
            "at least one row",
            "steps[0].from",
        ),
        (vec![("starts_on", "2027-02-02"), ("ends_on", "2027-02-01")], "The last day cannot be before the first", "ends_on"),
        (vec![("starts_on", "soon")], "day", "starts_on"),
        (vec![("kind", "pickup"), ("price", "1")], "Choose where the goods are picked up", "location"),
        (vec![("kind", "pickup"), ("price", "1"), ("location", "999999")], "Choose", "profile"),
        (vec![("profile", "999999")], "Choose", "profile"),
    ] {
        let fields = method("Heavy", &[&row[..], &changes[..]].concat());
        let answer = staff.post(&path, &fields).await;
        answer.is(Status::UnprocessableEntity).shows(said).has(&format!("href=\"#{field}\"")).keeps("name", "Heavy");
        for (name, typed) in changes.iter().filter(|(name, typed)| !typed.is_empty() && *typed != "999999" && *name != "kind") {
            answer.keeps(name, typed);
        }
    }
    let nonsense = staff.post(&path, &method("Heavy", &[("kind", "nonsense"), ("price", "1")])).await;
    nonsense.is(Status::UnprocessableEntity).has("href=\"#kind\"");
    assert_eq!(shop.number("select count(*) from shipping_methods").await, 0);
    assert_eq!(shop.number("select count(*) from shipping_rates").await, 0);
}

#[rocket::async_test]
async fn delivery_settings_keep_tables_and_show_them_again() {
    let (shop, staff, zone) = bare_shop().await;
    let row = [
        ("kind", "weight"),
        ("steps[0].from", "0"),
        ("steps[0].price", "4.90"),
        ("steps[1].from", "2,5"),
        ("steps[1].price", "6.90"),
        ("steps[1].extra", "1"),
        ("steps[1].every", "0.5"),
    ];
    super::add_method(&staff, zone, "Heavy", &row).await;
    let id = shop.number("select id from shipping_methods").await;
    let path = format!("/admin/settings/delivery/{zone}/methods/{id}");
    let page = staff.get(&path).await;
    page.is_ok()
        .keeps("steps[1].from", "2.5")
        .keeps("steps[1].extra", "1.00")
        .keeps("steps[1].every", "0.5")
        .keeps("kind", "weight");
    staff.get("/admin/settings/delivery").await.is_ok().shows("Weight, in kg").shows("from $4.90");
    let flat = method("Light", &[("price", "3"), ("seen", &value(&page, "seen"))])
        .into_iter()
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .collect::<Vec<_>>();
    let flat: Vec<(&str, &str)> = flat.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    staff.post(&path, &flat).await.goes_to("/admin/settings/delivery");
    assert_eq!(shop.number("select count(*) from shipping_rates").await, 0, "one price needs no table");
    let clash = staff.post(&path, &flat).await;
    clash.is(Status::UnprocessableEntity).keeps("name", "Light");
}

#[rocket::async_test]
async fn delivery_settings_of_zones_profiles_and_hours_say_what_is_wrong() {
    let (shop, staff, _) = bare_shop().await;
    let new = "/admin/settings/delivery/new";
    staff.post(new, &[("name", "Islands"), ("spots", "GR 84000-84999\nGB BT")]).await.goes_to("/admin/settings/delivery");
    staff.post(new, &[("name", "World"), ("rest", "yes")]).await.goes_to("/admin/settings/delivery");
    for (spots, rest, said) in [
        ("Atlantis", "", "Write one place a line"),
        ("GR 84000–849", "", "Write one place a line"),
        ("gb bt", "", "belongs to the zone “Islands” already"),
        ("GR 84500–85500", "", "neither lies within the other"),
        ("GR 84500–84600", "yes", "is the rest of the world already"),
    ] {
        let answer = staff.post(new, &[("name", "More"), ("spots", spots), ("rest", rest)]).await;
        answer.is(Status::UnprocessableEntity).shows(said).keeps("name", "More").keeps("spots", spots);
    }
    let profiles = "/admin/settings/delivery/profiles";
    staff.post(profiles, &[("name", "Plants")]).await.goes_to(profiles);
    staff
        .post(profiles, &[("name", "Plants")])
        .await
        .is(Status::UnprocessableEntity)
        .shows("Another profile has this name")
        .keeps("name", "Plants");
    staff.post(profiles, &[("name", "")]).await.is(Status::UnprocessableEntity).has("error-summary");
    staff
        .post(&format!("{profiles}/999999"), &[("name", "Gone")])
        .await
        .is(Status::UnprocessableEntity)
        .shows("removed meanwhile");
    let hours = "/admin/settings/delivery/hours";
    let page = staff.get(hours).await;
    page.is_ok().shows("Ordered now, it leaves").keeps("handling", "0");
    let seen = value(&page, "seen");
    for (field, bad, said) in [
        ("cut_off", "25:00", "Write a time"),
        ("handling", "61", "number"),
        ("holidays", "Christmas", "Write one day a line"),
        ("work_days", "", "day"),
    ] {
        let mut fields = vec![
            ("seen", seen.as_str()),
            ("cut_off", ""),
            ("handling", "0"),
            ("holidays", ""),
            ("work_days", "1"),
            ("carrier_days", "1"),
        ];
        fields.retain(|(name, _)| *name != field);
        if !bad.is_empty() {
            fields.push((field, bad));
        }
        staff.post(hours, &fields).await.is(Status::UnprocessableEntity).has("error-summary").shows(said);
    }
    assert_eq!(shop.number("select count(*) from shipping_holidays").await, 0);
}
