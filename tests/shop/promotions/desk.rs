//! Staff make discounts: the editor, codes one by one and by the hundred thousand, lanes.

use std::time::Instant;

use barrow::engines::promotions::lots;
use futures::future::join;
use rocket::http::Status;

use super::steps::*;
use crate::world::TestShop;

type Fields<'a> = Vec<(&'a str, &'a str)>;

/// A discount of 15 % on certain goods from two pieces on.
fn spring<'a>(lane: &'a str, pot: &'a str) -> Fields<'a> {
    vec![
        ("name", "Spring"),
        ("lane", lane),
        ("way", "code"),
        ("status", "active"),
        ("matching", "all"),
        ("version", "0"),
        ("code", "spring-15"),
        ("condition_rows", "1"),
        ("conditions[0].kind", "quantity"),
        ("conditions[0].at_least", "2"),
        ("conditions[0].goods.of", "products"),
        ("conditions[0].goods.products", pot),
        ("benefit_rows", "2"),
        ("benefits[0].kind", "percent"),
        ("benefits[0].percent", "15"),
        ("benefits[0].goods.of", "all"),
        ("benefits[1].kind", "free_shipping"),
        ("benefits[1].amount", "3.00"),
        ("most_uses_per_customer", "1"),
    ]
}

fn with<'a>(fields: &Fields<'a>, changes: &[(&'a str, &'a str)]) -> Fields<'a> {
    let mut fields = fields.clone();
    // In its place: a browser sends the fields of a row one after another.
    for change in changes {
        match fields.iter_mut().find(|field| field.0 == change.0) {
            Some(field) => *field = *change,
            None => fields.push(*change),
        }
    }
    fields
}

#[rocket::async_test]
async fn the_editor_makes_a_discount_that_the_cart_then_gives() {
    let shop = TestShop::open().await;
    let pot = shop.put("Old pot", 1000, 9).await;
    let (staff, lane) = (shop.staff("content").await, shop.number("select min(id) from promotion_lanes").await.to_string());
    staff.get("/admin/discounts").await.is_ok().shows("No discounts yet");
    staff.get("/admin/discounts/new").await.is_ok().shows("What it gives");
    let fields = spring(&lane, "OLD-POT");
    let grown = staff.post("/admin/discounts/new", &with(&fields, &[("rows", "condition")])).await;
    grown.is_ok().keeps("name", "Spring").has("name=\"conditions[1].kind\"").lacks("error-summary");
    let page = staff.post("/admin/discounts/new", &fields).await.location();
    staff.get(&page).await.is_ok().keeps("name", "Spring").keeps("benefits[0].percent", "15").keeps("benefits[1].amount", "3.00");
    staff.get(&page).await.keeps("conditions[0].goods.products", "old-pot").shows("Running").shows("1 code");
    staff.get("/admin/discounts?q=spring-1").await.is_ok().shows("SPRING-15").shows("Running");
    let anna = shop.visitor();
    put_in(&anna, &pot, "2").await;
    type_code(&anna, "spring-15").await;
    anna.get("/cart").await.is_ok().shows("Spring −$3.00").shows("$19.00");
    let changed = with(&fields, &[("version", "1"), ("benefits[0].percent", "20"), ("benefits[1].kind", "")]);
    staff.post(&page, &changed).await.goes_to(&page);
    anna.get("/cart").await.is_ok().shows("Spring −$4.00").shows("$21.00");
    let late = staff.post(&page, &changed).await;
    late.is(Status::UnprocessableEntity).shows("Somebody else saved").keeps("version", "2");
    for (to, words) in [("paused", "This code is over"), ("active", "Spring −$4.00"), ("ended", "This code is over")] {
        staff.post(&format!("{page}/state"), &[("to", to)]).await.goes_to(&page);
        anna.get("/cart").await.is_ok().shows(words);
    }
    let copy = staff.post(&format!("{page}/copy"), &[]).await.location();
    staff.get(&copy).await.is_ok().shows("Copy of Spring").shows("Draft").shows("No codes");
    for action in ["added", "changed", "status_set", "ended", "copied", "code_added"] {
        let written = shop.number(&format!("select count(*) from audit where action = 'promotion.{action}'")).await;
        assert!(written > 0, "{action} is not in the trail");
    }
}

#[rocket::async_test]
async fn what_is_wrong_is_said_at_its_row_and_everything_typed_stays() {
    let shop = TestShop::open().await;
    shop.put("Old pot", 1000, 9).await;
    let (staff, lane) = (shop.staff("owner").await, shop.number("select min(id) from promotion_lanes").await.to_string());
    let fields = spring(&lane, "no-such-thing");
    let wrong = with(
        &fields,
        &[("benefits[0].percent", "101"), ("benefits[1].amount", "much"), ("ends_at", "soon"), ("most_uses_per_customer", "0")],
    );
    let refused = staff.post("/admin/discounts/new", &wrong).await;
    refused.is(Status::UnprocessableEntity).shows("no product “no-such-thing”").shows("above 0 and up to 100");
    refused.shows("such as 10 or 9.90").shows("Write day and time").keeps("ends_at", "soon").keeps("benefits[1].amount", "much");
    let nothing = with(&spring(&lane, "old-pot"), &[("benefits[0].kind", ""), ("benefits[1].kind", "")]);
    staff.post("/admin/discounts/new", &nothing).await.is(Status::UnprocessableEntity).shows("Say what the discount gives");
    for (kind, field, value) in
        [("tiers_subtotal", "steps", "50 5"), ("gift", "goods.products", "a\nb"), ("buy_get", "buy", "x"), ("odd", "buy", "1")]
    {
        let name = format!("benefits[0].{field}");
        let odd = with(&spring(&lane, "old-pot"), &[("benefits[0].kind", kind), (name.as_str(), value)]);
        staff.post("/admin/discounts/new", &odd).await.is(Status::UnprocessableEntity).has("error-summary");
    }
    let backwards = [("starts_at", "2027-02-02T10:00"), ("ends_at", "2027-02-01T10:00")];
    staff.post("/admin/discounts/new", &with(&spring(&lane, "old-pot"), &backwards)).await.shows("cannot end before it begins");
    staff.post("/admin/discounts/new", &[]).await.is(Status::UnprocessableEntity);
    staff.post("/admin/discounts/99", &fields).await.is(Status::NotFound);
    let taken = spring(&lane, "old-pot");
    staff.post("/admin/discounts/new", &taken).await.is(Status::SeeOther);
    staff.post("/admin/discounts/new", &taken).await.is(Status::UnprocessableEntity).shows("“SPRING-15” is a code already");
    assert_eq!(shop.number("select count(*) from promotions").await, 1);
}

#[rocket::async_test]
async fn a_hundred_thousand_codes_are_made_at_once_each_different_and_leave_as_a_file() {
    let shop = TestShop::open().await;
    let id = promotion(&shop, "Mailing", &percent(10), "[]", Some("ONE")).await;
    let (staff, page) = (shop.staff("content").await, format!("/admin/discounts/{id}/codes"));
    let form = [("begins", "mail-"), ("many", "100000"), ("have", "1")];
    let began = Instant::now();
    staff.post(&format!("{page}/many"), &form).await.goes_to(&page);
    let took = began.elapsed();
    assert!(took.as_secs() < 2, "it took {took:?}");
    staff.post(&format!("{page}/many"), &form).await.is(Status::UnprocessableEntity).shows("are being made");
    staff.get(&page).await.is_ok().shows("0 of 100,000 codes are made").shows("Look again").lacks("Download (CSV)");
    let lot = barrow::platform::base::PromotionLotId(shop.number("select id from promotion_code_lots").await);
    let lot_file = format!("/admin/discounts/{id}/lots/{lot}/codes.csv");
    staff.get(&lot_file).await.is(Status::NotFound);
    // One process breaks off after a part; two others go on at once, and one comes late.
    let part = lots::go_on(&mut *shop.conn().await, lot, shop.now()).await.expect("a part");
    assert!(part && shop.number("select made from promotion_code_lots").await == i64::from(lots::PART));
    staff.get(&page).await.is_ok().shows("5,000 of 100,000 codes are made");
    let make = || barrow::features::discounts::jobs::make_codes(&shop.shop.db, lot, shop.now());
    let (one, other) = join(make(), make()).await;
    one.and(other).expect("made");
    shop.work().await;
    staff.post(&format!("{page}/many"), &form).await.is(Status::UnprocessableEntity).shows("Codes were made meanwhile");
    assert_eq!(staff.get(&lot_file).await.is_ok().body().lines().count(), 100_001);
    staff.get(&format!("/admin/discounts/{}/lots/{lot}/codes.csv", id + 1)).await.is(Status::NotFound);
    staff.get(&page).await.is_ok().shows("100000 codes").shows("Download (CSV)").lacks("Look again");
    assert_eq!(
        shop.number("select count(distinct code) from promotion_codes where code ~ '^MAIL-[A-FXY2-9]{16}$'").await,
        100_000
    );
    staff.get(&page).await.is_ok().shows("100001 codes").shows("More codes");
    let file = staff.get(&format!("{page}.csv")).await;
    file.is_ok();
    let text = file.body();
    assert_eq!((text.lines().count(), text.lines().next()), (100_002, Some("code")));
    let last = text.lines().last().expect("a code").to_owned();
    staff.get(&format!("{page}?q={}", last.to_lowercase())).await.is_ok().shows(&last);
    staff.post(&page, &[("code", &last)]).await.is(Status::UnprocessableEntity).shows("is a code already");
    staff.post(&page, &[("code", "+1")]).await.is(Status::UnprocessableEntity).keeps("code", "+1");
    staff.post(&page, &[("code", "two")]).await.goes_to(&page);
    let two = shop.number("select id from promotion_codes where code = 'TWO'").await;
    staff.post(&format!("{page}/{two}/removal"), &[]).await.goes_to(&page);
    assert_eq!(shop.number("select count(*) from promotion_codes").await, 100_001);
    // A few are there at once.
    staff.post(&format!("{page}/many"), &[("begins", ""), ("many", "20"), ("have", "100001")]).await.goes_to(&page);
    assert_eq!(shop.number("select count(*) from promotion_codes").await, 100_021);
    for many in ["0", "100001", "x"] {
        staff
            .post(&format!("{page}/many"), &[("begins", ""), ("many", many), ("have", "0")])
            .await
            .is(Status::UnprocessableEntity);
    }
}

#[rocket::async_test]
async fn lanes_are_named_ordered_and_removed_when_empty() {
    let shop = TestShop::open().await;
    let staff = shop.staff("manager").await;
    let page = "/admin/discounts/lanes";
    let first = shop.number("select min(id) from promotion_lanes").await;
    promotion(&shop, "Ten", &percent(10), "[]", None).await;
    staff.get(page).await.is_ok().shows("Products").shows("Delivery");
    staff.post(page, &[("name", " ")]).await.is(Status::UnprocessableEntity).has("error-summary");
    staff.post(page, &[("name", "Extra")]).await.goes_to(page);
    let extra = shop.number("select max(id) from promotion_lanes").await;
    staff.post(&format!("{page}/{extra}"), &[("name", "More")]).await.goes_to(page);
    staff.post(&format!("{page}/{extra}/place"), &[("to", "first")]).await.goes_to(&format!("{page}#lane-{extra}"));
    assert_eq!(shop.number("select id from promotion_lanes order by position limit 1").await, extra);
    staff
        .post(&format!("{page}/{first}/removal"), &[])
        .await
        .is(Status::UnprocessableEntity)
        .shows("Discounts stand in this lane");
    staff.post(&format!("{page}/{extra}/removal"), &[]).await.goes_to(page);
    staff.post(&format!("{page}/999"), &[("name", "Gone")]).await.is(Status::NotFound);
    assert_eq!(shop.number("select count(*) from promotion_lanes").await, 3);
}
