//! Many orders at once: shipped each in its own transaction, printed on one page, by several people at the same moment.

use barrow::features::orders::Placed;
use barrow::features::orders::commands::mark_paid;
use futures::future::join;
use rocket::http::Status;

use crate::world::{Answer, Shelf, TestShop, Visitor};

/// A shop with so many paid orders of one tea each; so many teas are left over.
async fn with_paid(count: i64) -> (TestShop, Shelf, Vec<Placed>) {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 1000, 200).await;
    let anna = shop.person("anna@example.org").await;
    let mut all = Vec::new();
    for cart in 1..=count {
        let placed = shop.place(cart, &[(&tea, 1000, 1)]).await.expect("placed");
        mark_paid(&mut *shop.conn().await, placed.number, None, 1, &anna, shop.now()).await.expect("paid");
        all.push(placed);
    }
    (shop, tea, all)
}

/// The picks of these orders as the page shows them.
fn picks(placed: &[Placed], version: i32) -> Vec<(&'static str, String)> {
    placed.iter().map(|one| ("pick", format!("{}.{version}", one.number))).collect()
}

async fn ship(who: &Visitor, picks: &[(&'static str, String)], more: &[(&str, &str)]) -> Answer {
    let fields: Vec<(&str, &str)> =
        picks.iter().map(|(name, value)| (*name, value.as_str())).chain(more.iter().copied()).collect();
    who.post("/admin/orders/shipments", &fields).await
}

#[rocket::async_test]
async fn batch_two_people_ship_the_same_orders_at_once_and_each_leaves_once() {
    let (shop, tea, placed) = with_paid(12).await;
    let (sam, eve) = (shop.staff("manager").await, shop.staff("fulfilment").await);
    let picks = picks(&placed, 2);
    let (one, other) = join(ship(&sam, &picks, &[("carrier", "DHL")]), ship(&eve, &picks, &[("carrier", "UPS")])).await;
    let mut gone = 0;
    for (who, answer) in [(&sam, one), (&eve, other)] {
        let page = who.get(&answer.is(Status::SeeOther).location()).await;
        page.is_ok();
        gone += page.body().matches("badge done full").count();
        page.body().contains("stays here").then(|| page.shows("changed meanwhile"));
    }
    assert_eq!(gone, 12, "each order is in one of the two results");
    assert_eq!(shop.number("select count(*) from fulfilments").await, 12);
    assert_eq!(shop.number("select count(*) from orders where status = 'completed'").await, 12);
    assert_eq!(shop.stands(&tea).await, (188, 0, 188));
    shop.work().await;
    assert_eq!(shop.number("select count(*) from mails where kind = 'order_shipped'").await, 12);
    assert_eq!(shop.number("select count(*) from audit where action = 'order.fulfilled'").await, 12);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn batch_a_double_click_ships_each_once_and_says_so_twice() {
    let (shop, _, placed) = with_paid(3).await;
    let sam = shop.staff("manager").await;
    let picks = picks(&placed, 2);
    let tracking = [("carrier", "DHL"), ("tracking[1002]", "0034")];
    let (one, other) = join(ship(&sam, &picks, &tracking), ship(&sam, &picks, &tracking)).await;
    for answer in [one, other, ship(&sam, &picks, &tracking).await] {
        sam.get(&answer.location()).await.is_ok().shows("3 orders shipped").lacks("stay here").shows("1 piece");
    }
    assert_eq!(shop.number("select count(*) from fulfilments").await, 3);
    assert_eq!(shop.number("select count(*) from fulfilments where carrier = 'DHL' and tracking_number = '0034'").await, 1);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn batch_says_of_each_order_why_it_stays() {
    let (shop, _, placed) = with_paid(5).await;
    let cup = shop.put("Cup", 500, 2).await;
    let unpaid = shop.place(77, &[(&cup, 500, 1)]).await.expect("placed");
    let sam = shop.staff("manager").await;
    let cancel = [("version", "2"), ("restock", "yes"), ("reason", "")];
    sam.post(&format!("/admin/orders/{}/cancellation", placed[0].number), &cancel).await;
    shop.sql("update orders set version = 7 where number = 1003").await;
    let query: Vec<String> = placed.iter().chain([&unpaid]).map(|one| format!("order={}", one.number)).collect();
    let look = sam.get(&format!("/admin/orders/shipping?{}&order=9999", query.join("&"))).await;
    look.is_ok().shows("Ship 4 orders").shows("2 orders stay here").shows("has been cancelled").shows("Not paid yet");
    look.has("value=\"1003.7\"").has("value=\"1002.2\"");
    let mut picks = picks(&placed, 2);
    picks.extend([("pick", format!("{}.1", unpaid.number)), ("pick", "9999.1".into()), ("pick", "1002.2".into())]);
    let answer = ship(&sam, &picks, &[("carrier", "")]).await;
    let page = sam.get(&answer.location()).await;
    page.is_ok().shows("3 orders shipped").shows("4 orders stay here");
    page.shows("has been cancelled").shows("changed meanwhile").shows("Not paid yet").shows("There is no such order");
    let again = sam.get(&format!("/admin/orders/shipping?{}", query.join("&"))).await;
    again.is_ok().shows("Ship 1 order").shows("has been shipped already");
    shop.sql(
        "insert into stock_movements (stock_id, kind, on_hand) select id, 'adjustment', -on_hand from stock where allocated > 0",
    )
    .await;
    let last = sam.get("/admin/orders/shipping?order=1003").await;
    last.is_ok().shows("Not all of it is on hand");
    let answer = ship(&sam, &[("pick", "1003.7".into())], &[("carrier", "")]).await;
    sam.get(&answer.location()).await.is_ok().shows("No order was shipped").shows("1 order stays here");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn batch_is_for_those_who_may_ship() {
    let (shop, _, placed) = with_paid(1).await;
    let picks = picks(&placed, 2);
    let analyst = shop.staff("analyst").await;
    analyst.get("/admin/orders").await.is_ok().shows("Packing slips").lacks("Ship ");
    analyst.get("/admin/orders/shipping?order=1001").await.is(Status::Forbidden);
    ship(&analyst, &picks, &[("carrier", "")]).await.is(Status::Forbidden);
    shop.staff("content").await.get("/admin/orders/sheets/slips?order=1001").await.is(Status::Forbidden);
    shop.get("/admin/orders/sheets/slips?order=1001").await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from fulfilments").await, 0);
    let eve = shop.staff("fulfilment").await;
    let done = ship(&eve, &picks, &[("carrier", "")]).await.location();
    analyst.get(&done).await.is_ok();
    shop.staff("content").await.get(&done).await.is(Status::Forbidden);
    eve.get("/admin/orders/batches/999").await.is(Status::NotFound);
}

#[rocket::async_test]
async fn batch_refuses_what_it_cannot_read_and_keeps_what_was_typed() {
    let (shop, _, placed) = with_paid(2).await;
    let sam = shop.staff("manager").await;
    let one = picks(&placed[..1], 2);
    ship(&sam, &[], &[("carrier", "DHL")]).await.is(Status::UnprocessableEntity).shows("Choose between 1 and 100 orders");
    let many: Vec<_> = (1..=101).map(|number| ("pick", format!("{number}.1"))).collect();
    ship(&sam, &many, &[("carrier", "")]).await.is(Status::UnprocessableEntity);
    for bad in ["1001", "x.y", "-1.2", "1001.99999999999"] {
        let answer = ship(&sam, &one, &[("pick", bad), ("carrier", "DHL"), ("tracking[1001]", "0034")]).await;
        answer.is(Status::UnprocessableEntity).keeps("carrier", "DHL").keeps("tracking[1001]", "0034");
    }
    let long = "9".repeat(101);
    let answer = ship(&sam, &one, &[("carrier", ""), ("tracking[1001]", &long)]).await;
    answer.is(Status::UnprocessableEntity).shows("too long").keeps("tracking[1001]", &long);
    assert_eq!(shop.number("select count(*) from fulfilments").await, 0);
    sam.get("/admin/orders/shipping").await.is_ok().shows("No order is selected");
}

#[rocket::async_test]
async fn sheets_slips_have_no_prices_and_receipts_have_all() {
    let (shop, tea, placed) = with_paid(2).await;
    let cup = shop.put("Blue cup", 700, 9).await;
    let big = shop.place(50, &[(&tea, 1000, 2), (&cup, 700, 3)]).await.expect("placed");
    let sam = shop.staff("manager").await;
    shop.sql("update orders set note = 'Ring twice <b>', locale = 'de' where number = 1003").await;
    let path = format!("order={}&order={}&order=404", placed[0].number, big.number);
    let slips = sam.get(&format!("/admin/orders/sheets/slips?{path}")).await;
    slips.is_ok().shows("2 packing slips").shows("Karl-Heine-Straße 48").shows("blue cup").shows("BLUE-CUP").lacks("$");
    slips.shows("Ring twice <b>").shows("Vielen Dank für Ihre Bestellung.").shows("Thank you for your order.");
    assert_eq!(slips.body().matches("<article class=\"paper\"").count(), 2);
    let receipts = sam.get(&format!("/admin/orders/sheets/receipts?{path}")).await;
    receipts.is_ok().shows("2 receipts").shows("$15.00").shows("paid, thank you").shows("46,00").shows("noch nicht bezahlt");
    let order = sam.get("/admin/orders/1003").await;
    order.is_ok().has("/admin/orders/sheets/slips?order=1003");
    let line = order.body().split("name=\"lines[").nth(1).and_then(|rest| rest.split(']').next()).expect("a line").to_owned();
    let parcel = [("version", "1"), (&*format!("lines[{line}]"), "2"), ("carrier", ""), ("tracking", ""), ("link", "")];
    sam.post("/admin/orders/1003/fulfilment", &parcel).await.is(Status::SeeOther);
    let rest = sam.get("/admin/orders/sheets/slips?order=1003").await;
    rest.is_ok().lacks("green tea").shows("blue cup").shows("den Rest haben wir schon geschickt");
    sam.get("/admin/orders/sheets/receipts?order=1003").await.is_ok().shows("green tea");
    sam.get("/admin/orders/sheets/labels?order=1003").await.is(Status::NotFound);
    sam.get("/admin/orders/sheets/slips?order=%00&order=x").await.is_ok().shows("There is nothing to print");
}

#[rocket::async_test]
async fn sheets_and_the_list_need_the_same_queries_for_one_order_and_for_many() {
    let (shop, _, placed) = with_paid(20).await;
    let sam = shop.staff("manager").await;
    let asks = async |path: String| {
        sam.get(&path).await.is_ok();
        let before = shop.shop.db.queries();
        sam.get(&path).await.is_ok();
        shop.shop.db.queries() - before
    };
    let all: Vec<String> = placed.iter().map(|one| format!("order={}", one.number)).collect();
    let one = asks("/admin/orders/sheets/slips?order=1001".into()).await;
    assert_eq!(asks(format!("/admin/orders/sheets/slips?{}", all.join("&"))).await, one);
    let one = asks("/admin/orders/shipping?order=1001".into()).await;
    assert_eq!(asks(format!("/admin/orders/shipping?{}", all.join("&"))).await, one);
    let one = asks("/admin/orders?q=1001".into()).await;
    assert_eq!(
        (asks("/admin/orders".into()).await, one),
        (6, 6),
        "who is signed in, who waits in the inbox, page, pieces, tabs, kept views"
    );
}
