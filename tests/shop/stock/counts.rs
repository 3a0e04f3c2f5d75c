//! Counting while the shop sells on: what differs is booked, and nothing else.

use rocket::http::Status;

use super::{buy, put_in};
use crate::world::{Answer, Shelf, TestShop, Visitor};

async fn line(shop: &TestShop, goods: &Shelf) -> i64 {
    shop.number(&format!("select max(id) from stocktake_lines where variant_id = {}", goods.variant)).await
}

async fn begun(shop: &TestShop, staff: &Visitor) -> String {
    let at = shop.number("select min(id) from locations").await.to_string();
    staff.post("/admin/inventory/counts", &[("location", &at), ("category", ""), ("note", "autumn")]).await.location()
}

/// Saves a page of the sheet with these counts.
async fn enter(staff: &Visitor, path: &str, counts: &[(i64, &str, &str)]) -> Answer {
    let mut fields: Vec<(String, String)> = Vec::new();
    for (line, count, reason) in counts {
        fields.push((format!("count[{line}]"), (*count).to_owned()));
        fields.push((format!("was[{line}]"), String::new()));
        fields.push((format!("reason[{line}]"), (*reason).to_owned()));
        fields.push((format!("was_reason[{line}]"), "counted".to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    staff.post(&format!("{path}/lines?page=1"), &fields).await
}

#[rocket::async_test]
async fn stock_is_counted_while_an_order_is_placed_and_only_the_difference_is_booked() {
    let shop = TestShop::open().await;
    let (tea, cup, jug) = (shop.put("Tea", 450, 10).await, shop.put("Cup", 900, 10).await, shop.put("Jug", 900, 4).await);
    let (anna, staff) = (shop.visitor(), shop.staff("manager").await);
    let path = begun(&shop, &staff).await;
    staff.get(&path).await.is_ok().shows("0 of 3 counted").shows("autumn");
    staff.get(&format!("{path}/sheet")).await.is_ok().shows("Tea").shows("JUG");
    let (tea_line, cup_line) = (line(&shop, &tea).await, line(&shop, &cup).await);
    // An order is placed between the count of the tea and that of the cups; a parcel leaves before the count is closed.
    enter(&staff, &path, &[(tea_line, "8", "damaged")]).await.is(Status::SeeOther);
    put_in(&anna, tea.variant, "3").await;
    put_in(&anna, cup.variant, "2").await;
    buy(&shop, &anna).await.expect("an order");
    enter(&staff, &path, &[(cup_line, "11", "counted")]).await.is(Status::SeeOther);
    shop.sql(
        "insert into stock_movements (stock_id, kind, on_hand, allocated)
         select stock_id, 'shipment', -3, -3 from stock_allocations where quantity = 3;
         delete from stock_allocations where quantity = 3",
    )
    .await;
    let page = staff.get(&path).await;
    page.is_ok().shows("2 of 3 counted").shows("2 differ: 2 missing, 1 too many");
    staff.post(&format!("{path}/closing"), &[]).await.goes_to(&path);
    assert_eq!((shop.stands(&tea).await.0, shop.stands(&cup).await, shop.stands(&jug).await.0), (5, (11, 2, 9), 4));
    staff.get(&path).await.is_ok().shows("Booked").shows("−2");
    staff.post(&format!("{path}/closing"), &[]).await.is(Status::UnprocessableEntity).shows("was ended meanwhile");
    enter(&staff, &path, &[(tea_line, "1", "counted")]).await.is(Status::UnprocessableEntity);
    let booked = "select count(*) from stock_movements where stocktake_id is not null and reason in ('damaged', 'counted')";
    assert_eq!(shop.number(booked).await, 2);
    assert_eq!(shop.number("select count(*) from audit where action like 'stocktake.%'").await, 4);
    let drift = barrow::engines::inventory::queries::drift(&mut *shop.conn().await).await.expect("a query");
    assert!(drift.is_empty(), "{drift:?}");
}

#[rocket::async_test]
async fn stock_sheets_refuse_what_is_no_count_and_keep_it() {
    let shop = TestShop::open().await;
    let (tea, staff) = (shop.put("Tea", 450, 10).await, shop.staff("manager").await);
    let path = begun(&shop, &staff).await;
    let tea_line = line(&shop, &tea).await;
    for count in ["-1", "many", "99999999999"] {
        let answer = enter(&staff, &path, &[(tea_line, count, "counted")]).await;
        answer.is(Status::UnprocessableEntity).has("error-summary").keeps(&format!("count[{tea_line}]"), count);
    }
    enter(&staff, &path, &[(tea_line, "9", "mood")]).await.is(Status::UnprocessableEntity);
    staff.get(&format!("{path}/sheet.csv")).await.is_ok();
    staff.get("/admin/inventory/counts/999999").await.is(Status::NotFound);
    staff.post(&format!("{path}/removal"), &[]).await.goes_to("/admin/inventory/counts");
    assert_eq!(shop.stands(&tea).await.0, 10);
    let fields = [("location", "999999"), ("category", ""), ("note", "")];
    staff.post("/admin/inventory/counts", &fields).await.is(Status::UnprocessableEntity);
    staff.get("/admin/inventory/counts").await.is_ok().shows("Dropped");
}
