//! Goods on their way: nothing is lost or made between two places, whoever sends and receives at once.

use futures::future::join_all;
use rocket::http::Status;

use super::{hidden, is_sound};
use crate::world::{Answer, Shelf, TestShop, Visitor};

/// A second place, and a transfer from the first to it with so many pieces in it; its path.
async fn drafted(shop: &TestShop, staff: &Visitor, goods: &[(&Shelf, &str)]) -> String {
    let main = shop.number("select min(id) from locations").await.to_string();
    shop.sql("insert into locations (name, position) values ('Berlin', 1) on conflict do nothing").await;
    let berlin = shop.number("select id from locations where name = 'Berlin'").await.to_string();
    let fields = [("from", main.as_str()), ("to", &berlin), ("supplier", ""), ("expected_on", ""), ("note", "by van")];
    let path = staff.post("/admin/inventory/transfers", &fields).await.location();
    for (shelf, quantity) in goods {
        let fields = [("variant", shelf.variant.to_string()), ("quantity", (*quantity).to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        staff.post(&format!("{path}/lines"), &fields).await.goes_to(&path);
    }
    path
}

/// Books what the page says, with other numbers for these fields.
async fn receive(staff: &Visitor, path: &str, page: &Answer, typed: &[(String, String)], reason: &str) -> Answer {
    let form = hidden(page, "form");
    let mut fields: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend([("form", form.as_str()), ("reason", reason)]);
    staff.post(&format!("{path}/receipts"), &fields).await
}

async fn line(shop: &TestShop, goods: &Shelf) -> i64 {
    shop.number(&format!("select max(id) from transfer_lines where variant_id = {}", goods.variant)).await
}

fn typed(line: i64, received: &str, lost: &str) -> Vec<(String, String)> {
    vec![(format!("received[{line}]"), received.to_owned()), (format!("lost[{line}]"), lost.to_owned())]
}

#[rocket::async_test]
async fn stock_on_its_way_arrives_in_parts_and_what_is_missing_has_a_reason() {
    let shop = TestShop::open().await;
    let (tea, staff) = (shop.put("Tea", 450, 10).await, shop.staff("manager").await);
    let path = drafted(&shop, &staff, &[(&tea, "8")]).await;
    staff.get(&path).await.is_ok().shows("Main → Berlin").shows("by van").shows("Draft");
    staff.post(&format!("{path}/dispatch"), &[]).await.goes_to(&path);
    assert_eq!(shop.stands(&tea).await, (2, 0, 2));
    is_sound(&shop).await;
    let page = staff.get(&path).await;
    page.is_ok().shows("On its way");
    let tea_line = line(&shop, &tea).await;
    let more = receive(&staff, &path, &page, &typed(tea_line, "9", "0"), "").await;
    more.is(Status::UnprocessableEntity).shows("Only 8 are on their way").keeps(&format!("received[{tea_line}]"), "9");
    receive(&staff, &path, &page, &typed(tea_line, "5", "1"), "").await.is(Status::UnprocessableEntity).shows("Say why");
    receive(&staff, &path, &page, &typed(tea_line, "5", "1"), "damaged").await.goes_to(&path);
    assert_eq!(shop.stands(&tea).await, (7, 0, 7));
    is_sound(&shop).await;
    let page = staff.get(&path).await;
    page.is_ok().shows("Partly received").shows("5 pieces arrived, 1 is missing (Damaged)");
    receive(&staff, &path, &page, &typed(tea_line, "2", ""), "").await.goes_to(&path);
    staff.get(&path).await.is_ok().shows("Received");
    assert_eq!(shop.stands(&tea).await, (9, 0, 9));
    is_sound(&shop).await;
    let acts = "select count(*) from audit where action like 'transfer.%'";
    assert_eq!(shop.number(acts).await, 5);
    staff.get(&format!("/admin/inventory/{}", tea.variant)).await.is_ok().shows("Sent to another location").shows("Arrived");
}

#[rocket::async_test]
async fn stock_two_staff_receive_one_transfer_and_each_piece_arrives_once() {
    let shop = TestShop::open().await;
    let (tea, cup) = (shop.put("Tea", 450, 20).await, shop.put("Cup", 900, 20).await);
    let (anna, tomas) =
        (shop.staff_named("anna@example.org", "owner").await, shop.staff_named("tomas@example.org", "manager").await);
    let path = drafted(&shop, &anna, &[(&tea, "12"), (&cup, "7")]).await;
    anna.post(&format!("{path}/dispatch"), &[]).await.goes_to(&path);
    let (tea_line, cup_line) = (line(&shop, &tea).await, line(&shop, &cup).await);
    let pages = (anna.get(&path).await, tomas.get(&path).await);
    let all = [typed(tea_line, "12", ""), typed(cup_line, "7", "")].concat();
    // Each presses five times.
    let presses = (0..10).map(|at| {
        let (staff, page) = if at % 2 == 0 { (&anna, &pages.0) } else { (&tomas, &pages.1) };
        receive(staff, &path, page, &all, "")
    });
    let answers = join_all(presses).await;
    assert!(answers.iter().all(|answer| answer.status == Status::SeeOther || answer.status == Status::UnprocessableEntity));
    assert_eq!(answers.iter().filter(|answer| answer.status == Status::SeeOther).count(), 5, "one of the two booked it in");
    assert_eq!((shop.stands(&tea).await.0, shop.stands(&cup).await.0), (20, 20));
    assert_eq!(shop.number("select count(*) from transfer_receipts").await, 1);
    is_sound(&shop).await;
}

#[rocket::async_test]
async fn stock_that_is_promised_or_gone_is_not_sent_and_what_is_on_its_way_can_be_recalled() {
    let shop = TestShop::open().await;
    let (tea, staff) = (shop.put("Tea", 450, 10).await, shop.staff("manager").await);
    shop.place(1, &[(&tea, 450, 4)]).await.expect("placed");
    let path = drafted(&shop, &staff, &[(&tea, "7")]).await;
    let refused = staff.post(&format!("{path}/dispatch"), &[]).await;
    refused.is(Status::UnprocessableEntity).shows("Only 6 of the 7 pieces are free there");
    let fields = [("variant", tea.variant.to_string()), ("quantity", "6".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    staff.post(&format!("{path}/lines"), &fields).await.goes_to(&path);
    let dispatch = format!("{path}/dispatch");
    let sends = join_all((0..4).map(|_| staff.post(&dispatch, &[]))).await;
    assert_eq!(sends.iter().filter(|answer| answer.status == Status::SeeOther).count(), 1, "sent once");
    assert_eq!(shop.stands(&tea).await, (4, 4, 0));
    staff.post(&format!("{path}/recall"), &[]).await.goes_to(&path);
    staff.post(&format!("{path}/recall"), &[]).await.is(Status::UnprocessableEntity).shows("Somebody changed this transfer");
    assert_eq!(shop.stands(&tea).await, (10, 4, 6));
    is_sound(&shop).await;
    let empty = drafted(&shop, &staff, &[]).await;
    staff.post(&format!("{empty}/dispatch"), &[]).await.is(Status::UnprocessableEntity).shows("nothing in it");
    staff.post(&format!("{empty}/removal"), &[]).await.goes_to("/admin/inventory/transfers");
    staff.get(&empty).await.is(Status::NotFound);
    staff.get("/admin/inventory/transfers/999999").await.is(Status::NotFound);
    let berlin = shop.number("select id from locations where name = 'Berlin'").await.to_string();
    let same = [("from", berlin.as_str()), ("to", &berlin), ("supplier", ""), ("expected_on", ""), ("note", "")];
    staff.post("/admin/inventory/transfers", &same).await.is(Status::UnprocessableEntity).shows("another location");
}

#[rocket::async_test]
async fn stock_from_a_supplier_is_expected_and_then_there() {
    let shop = TestShop::open().await;
    let (tea, staff) = (shop.put("Tea", 450, 0).await, shop.staff("owner").await);
    let main = shop.number("select min(id) from locations").await.to_string();
    let fields = [("from", ""), ("to", main.as_str()), ("supplier", "Tea Ltd"), ("expected_on", "2099-01-31"), ("note", "")];
    let path = staff.post("/admin/inventory/transfers", &fields).await.location();
    let line_fields = [("variant", tea.variant.to_string()), ("quantity", "30".to_owned())];
    let line_fields: Vec<(&str, &str)> = line_fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    staff.post(&format!("{path}/lines"), &line_fields).await.goes_to(&path);
    staff.post(&format!("{path}/dispatch"), &[]).await.goes_to(&path);
    assert_eq!(shop.stands(&tea).await, (0, 0, 0));
    staff.get("/admin/inventory/transfers").await.is_ok().shows("Tea Ltd → Main").shows("30");
    let page = staff.get(&path).await;
    receive(&staff, &path, &page, &typed(line(&shop, &tea).await, "30", ""), "").await.goes_to(&path);
    assert_eq!(shop.stands(&tea).await, (30, 0, 30));
    is_sound(&shop).await;
}
