//! The stock room: corrections with their reason, the ledger, places, and two people at once.

use futures::future::join_all;
use rocket::http::Status;

use crate::world::{Answer, Shelf, TestShop, Visitor};

/// The value of a field on a page.
fn value(answer: &Answer, field: &str) -> String {
    let body = answer.body();
    let tag =
        body.split('<').find(|tag| tag.contains(&format!("name=\"{field}\""))).unwrap_or_else(|| panic!("no field {field}"));
    tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

async fn main_location(shop: &TestShop) -> i64 {
    shop.number("select min(id) from locations").await
}

fn path_of(goods: &Shelf) -> String {
    format!("/admin/inventory/{}", goods.variant)
}

/// Opens the page of a variant and sends its form.
async fn correct(staff: &Visitor, goods: &Shelf, at: i64, how: &str, amount: &str, reason: &str) -> Answer {
    let page = staff.get(&format!("{}?location={at}", path_of(goods))).await;
    send(staff, goods, at, &page, &[("how", how), ("amount", amount), ("reason", reason), ("note", "shelf 4")]).await
}

async fn send(staff: &Visitor, goods: &Shelf, at: i64, page: &Answer, typed: &[(&str, &str)]) -> Answer {
    let (was, form) = (value(page, "was"), value(page, "form"));
    let mut fields = typed.to_vec();
    fields.extend([("was", was.as_str()), ("form", form.as_str())]);
    staff.post(&format!("{}/locations/{at}/corrections", path_of(goods)), &fields).await
}

#[rocket::async_test]
async fn stockroom_corrections_say_who_and_why() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green Tea", 450, 5).await;
    let (at, staff) = (main_location(&shop).await, shop.staff("content").await);
    staff.get("/admin/inventory").await.is_ok().shows("Green Tea").shows("GREEN-TEA").shows("Running low");
    let done = correct(&staff, &tea, at, "by", "+7", "received").await;
    done.goes_to(&format!("{}?location={at}", path_of(&tea)));
    correct(&staff, &tea, at, "by", "\u{2212}2", "damaged").await.is(Status::SeeOther);
    correct(&staff, &tea, at, "to", "30", "counted").await.is(Status::SeeOther);
    assert_eq!(shop.stands(&tea).await.0, 30);
    let page = staff.get(&path_of(&tea)).await;
    page.is_ok().shows("Correction · Received shelf 4").shows("Sam content +7 12").shows("−2 10").shows("+20 30");
    page.shows("First count").shows("Stock corrected");
    shop.is_sound().await;
    let written = "select count(*) from audit where action = 'stock.corrected' and subject_id = ";
    assert_eq!(shop.number(&format!("{written}{}", tea.variant)).await, 3);
    staff.get("/admin/inventory").await.is_ok().lacks("Running low Running low");
}

#[rocket::async_test]
async fn stockroom_a_form_sent_twice_counts_once() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 450, 5).await;
    let (at, staff) = (main_location(&shop).await, shop.staff("manager").await);
    let page = staff.get(&path_of(&tea)).await;
    let typed = [("how", "by"), ("amount", "5"), ("reason", "received"), ("note", "")];
    let sent = join_all((0..6).map(|_| send(&staff, &tea, at, &page, &typed))).await;
    assert!(sent.iter().all(|answer| answer.status == Status::SeeOther));
    assert_eq!(shop.stands(&tea).await.0, 10);
}

#[rocket::async_test]
async fn stockroom_two_people_at_once_are_both_right() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 450, 100).await;
    let at = main_location(&shop).await;
    let (anna, tomas) =
        (shop.staff_named("anna@example.org", "owner").await, shop.staff_named("tomas@example.org", "manager").await);
    let many = (0..20).map(|n| {
        let (staff, amount) = if n % 2 == 0 { (&anna, "3") } else { (&tomas, "-1") };
        correct(staff, &tea, at, "by", amount, "counted")
    });
    assert!(join_all(many).await.iter().all(|answer| answer.status == Status::SeeOther));
    assert_eq!(shop.stands(&tea).await.0, 120);
    // A count is only good for what was on the page.
    let (first, second) = (anna.get(&path_of(&tea)).await, tomas.get(&path_of(&tea)).await);
    let typed = |count: &'static str| [("how", "to"), ("amount", count), ("reason", "counted"), ("note", "")];
    send(&anna, &tea, at, &first, &typed("50")).await.is(Status::SeeOther);
    let late = send(&tomas, &tea, at, &second, &typed("60")).await;
    late.is(Status::UnprocessableEntity).shows("There are 50 now").keeps("amount", "60").keeps("was", "50");
    send(&tomas, &tea, at, &late, &typed("60")).await.is(Status::SeeOther);
    assert_eq!(shop.stands(&tea).await.0, 60);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn stockroom_bad_corrections_are_refused_with_words() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 450, 3).await;
    let (at, staff) = (main_location(&shop).await, shop.staff("owner").await);
    correct(&staff, &tea, at, "by", "-4", "lost")
        .await
        .is(Status::UnprocessableEntity)
        .shows("only 3 on hand")
        .keeps("amount", "-4");
    correct(&staff, &tea, at, "to", "-1", "lost").await.is(Status::UnprocessableEntity);
    for (how, amount, reason) in
        [("by", "", "lost"), ("by", "1.5", "lost"), ("by", "99999999999", "lost"), ("by", "1", "mood"), ("up", "1", "lost")]
    {
        correct(&staff, &tea, at, how, amount, reason).await.is(Status::UnprocessableEntity).has("error-summary");
    }
    staff.get("/admin/inventory/999999").await.is(Status::NotFound);
    staff
        .post(
            &format!("/admin/inventory/{}/locations/999999/corrections", tea.variant),
            &[("how", "by"), ("amount", "1"), ("reason", "lost"), ("note", ""), ("was", "0"), ("form", "x")],
        )
        .await
        .is(Status::UnprocessableEntity)
        .shows("no longer exists");
    shop.sql("update stock set tracked = false").await;
    staff.get(&path_of(&tea)).await.is_ok().shows("are not counted");
    assert_eq!(shop.number("select on_hand from stock").await, 3);
    for role in ["analyst", "fulfilment", "support"] {
        let other = shop.staff(role).await;
        other.get(&path_of(&tea)).await.is_ok().lacks("Correct the stock");
        let sent = [("how", "by"), ("amount", "1"), ("reason", "lost"), ("note", ""), ("was", "3"), ("form", "y")];
        other.post(&format!("{}/locations/{at}/corrections", path_of(&tea)), &sent).await.is(Status::Forbidden);
        other.get("/admin/inventory/locations").await.is(Status::Forbidden);
    }
    shop.get("/admin/inventory").await.is(Status::SeeOther);
}

#[rocket::async_test]
async fn stockroom_the_index_finds_what_runs_low() {
    let shop = TestShop::open().await;
    for number in 1..=60 {
        shop.put(&format!("Kettle {number:02}"), 900, number).await;
    }
    let gone = shop.put("Old Pot", 900, 0).await;
    shop.sql("update products set status = 'archived' where handle = 'kettle-60'").await;
    let staff = shop.staff("fulfilment").await;
    let first = staff.get("/admin/inventory").await;
    first.is_ok().shows("Kettle 01").shows("Kettle 50").lacks("Kettle 51");
    let last = shop.number("select v.id from variants v where sku = 'KETTLE-50'").await;
    let second = staff.get(&format!("/admin/inventory?after={last}")).await;
    second.is_ok().shows("Kettle 51").shows("Kettle 59").shows("Old Pot").lacks("Kettle 60").lacks("Kettle 50");
    let back = shop.number("select v.id from variants v where sku = 'KETTLE-51'").await;
    staff.get(&format!("/admin/inventory?before={back}")).await.is_ok().shows("Kettle 50").shows("Kettle 01").lacks("Kettle 51");
    let low = staff.get("/admin/inventory?only=low").await;
    low.is_ok().shows("Kettle 05").shows("Old Pot").lacks("Kettle 06");
    staff.get("/admin/inventory?only=out").await.is_ok().shows("Old Pot").lacks("Kettle 01");
    staff.get("/admin/inventory?only=short").await.is_ok().shows("Nothing fits");
    staff.get("/admin/inventory?q=kettle-0").await.is_ok().shows("Kettle 09").lacks("Kettle 10");
    staff.get("/admin/inventory?q=%25_").await.is_ok().shows("Nothing fits");
    let german = shop.staff_named("uwe@example.org", "owner").await;
    german.with_cookie("locale", "de").get(&path_of(&gone)).await.is_ok().shows("Bestand korrigieren").shows("Ausverkauft");
}

#[rocket::async_test]
async fn stockroom_places_have_names_and_an_order() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 450, 3).await;
    let staff = shop.staff("manager").await;
    let page = "/admin/inventory/locations";
    staff.get(page).await.is_ok().keeps("name", "Main");
    staff.post(page, &[("name", "Berlin")]).await.goes_to(page);
    staff.post(page, &[("name", "Berlin")]).await.is(Status::UnprocessableEntity).shows("has this name").keeps("name", "Berlin");
    staff.post(page, &[("name", " ")]).await.is(Status::UnprocessableEntity);
    let (main, berlin) = (main_location(&shop).await, shop.number("select id from locations where name = 'Berlin'").await);
    staff.post(&format!("{page}/{main}"), &[("name", "Berlin")]).await.is(Status::UnprocessableEntity);
    staff.post(&format!("{page}/{main}"), &[("name", "Leipzig")]).await.goes_to(page);
    staff.post(&format!("{page}/999"), &[("name", "X")]).await.is(Status::UnprocessableEntity).shows("no longer exists");
    correct(&staff, &tea, berlin, "to", "4", "received").await.is(Status::SeeOther);
    staff.get(&path_of(&tea)).await.is_ok().shows("Leipzig").shows("Berlin");
    staff.get(&format!("/admin/inventory?location={berlin}")).await.is_ok().shows("Tea").shows("4 0 0 4");
    staff.get("/admin/inventory").await.is_ok().shows("7 Leipzig 3 · Berlin 4 0 0 7");
    staff.post(&format!("{page}/{berlin}/place"), &[("to", "up")]).await.is(Status::SeeOther);
    assert_eq!(shop.number(&format!("select position from locations where id = {berlin}")).await, 0);
    staff.post(&format!("{page}/{berlin}/place"), &[("to", "sideways")]).await.is(Status::UnprocessableEntity);
    shop.staff("content").await.post(page, &[("name", "X")]).await.is(Status::Forbidden);
    shop.is_sound().await;
}
