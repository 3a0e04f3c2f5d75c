//! From which places orders are sent, and what staff hear of shelves that run low.

use barrow::features::stockroom;
use chrono::Duration;
use rocket::http::Status;

use crate::world::{Shelf, TestShop};

/// A second place with so many pieces of this.
async fn also_at(shop: &TestShop, name: &str, country: &str, code: &str, goods: &Shelf, pieces: i32) -> i64 {
    shop.sql(&format!(
        "insert into locations (name, position, country, postal_code) values ('{name}', 1, '{country}', '{code}') on conflict do nothing;
         insert into stock (variant_id, location_id) select {0}, id from locations where name = '{name}';
         insert into stock_movements (stock_id, kind, on_hand)
         select s.id, 'opening', {pieces} from stock s join locations l on l.id = s.location_id where l.name = '{name}' and s.variant_id = {0}",
        goods.variant
    ))
    .await;
    shop.number(&format!("select id from locations where name = '{name}'")).await
}

#[rocket::async_test]
async fn stock_is_sent_by_the_rules_that_staff_choose() {
    let shop = TestShop::open().await;
    let (tea, cup) = (shop.put("Tea", 450, 10).await, shop.put("Cup", 900, 0).await);
    let leipzig = also_at(&shop, "Leipzig", "DE", "04109", &tea, 10).await;
    also_at(&shop, "Leipzig", "DE", "04109", &cup, 10).await;
    let staff = shop.staff("owner").await;
    let drawn = async |cart: i64| {
        shop.place(cart, &[(&tea, 450, 1), (&cup, 900, 1)]).await.expect("placed");
        let parcels = "select count(distinct s.location_id) from stock_allocations a join stock s on s.id = a.stock_id
                        join order_lines l on l.id = a.order_line_id where l.order_id = (select max(id) from orders)";
        shop.number(parcels).await
    };
    assert_eq!(drawn(1).await, 2, "the first place that has it");
    staff.get("/admin/inventory/rules").await.is_ok().shows("Where Leipzig is");
    let rules = [("low_stock", "3"), ("routing", "fewest")];
    staff.post("/admin/inventory/rules", &rules).await.goes_to("/admin/inventory/rules");
    assert_eq!(drawn(2).await, 1, "one parcel");
    staff.post("/admin/inventory/rules", &[("low_stock", "3"), ("routing", "nearest")]).await.is(Status::SeeOther);
    let address = [("country", "DE"), ("region", ""), ("postal_code", "04229")];
    staff.post(&format!("/admin/inventory/locations/{leipzig}/address"), &address).await.is(Status::SeeOther);
    assert_eq!(drawn(3).await, 1, "the order goes to Leipzig");
    for bad in [[("low_stock", "-1"), ("routing", "nearest")], [("low_stock", "3"), ("routing", "magic")]] {
        staff.post("/admin/inventory/rules", &bad).await.is(Status::UnprocessableEntity);
    }
    let bad = [("country", "XX1"), ("region", ""), ("postal_code", "")];
    staff.post(&format!("/admin/inventory/locations/{leipzig}/address"), &bad).await.is(Status::UnprocessableEntity);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn stock_that_runs_low_is_told_once_until_it_was_above_again() {
    let shop = TestShop::open().await;
    let (tea, cup) = (shop.put("Tea", 450, 4).await, shop.put("Cup", 900, 40).await);
    let staff = shop.staff("manager").await;
    let told = "select count(*) from mails where kind = 'low_stock'";
    let a_day = async || {
        shop.shop.clock.advance(Duration::days(1));
        let mut conn = shop.conn().await;
        stockroom::jobs::keep_time(&mut conn, shop.now()).await.expect("looked");
        stockroom::jobs::tell_low(&mut conn, &shop.shop.config, shop.now()).await.expect("told");
        drop(conn);
        shop.number(told).await
    };
    assert_eq!(a_day().await, 0, "nobody wishes it");
    staff.post("/admin/preferences", &[("zone", ""), ("locale", ""), ("low_stock", "yes")]).await.is(Status::SeeOther);
    assert_eq!(a_day().await, 1);
    assert_eq!(a_day().await, 1, "it was told");
    shop.sql(&format!(
        "insert into stock_movements (stock_id, kind, on_hand) select id, 'adjustment', 20 from stock where variant_id = {}",
        tea.variant
    ))
    .await;
    assert_eq!(a_day().await, 1);
    shop.sql(&format!(
        "insert into stock_movements (stock_id, kind, on_hand) select id, 'adjustment', -20 from stock where variant_id = {}",
        tea.variant
    ))
    .await;
    assert_eq!(a_day().await, 2, "it was above in between");
    // A shelf may have a number of its own.
    shop.sql(&format!("update stock set low_at = 50 where variant_id = {}", cup.variant)).await;
    assert_eq!(a_day().await, 3);
    staff.get("/admin/inventory?only=low").await.is_ok().shows("CUP").shows("TEA");
    shop.sql(&format!("update stock set low_at = 0 where variant_id = {}", tea.variant)).await;
    staff.get("/admin/inventory?only=low").await.is_ok().shows("CUP").lacks("TEA");
}
