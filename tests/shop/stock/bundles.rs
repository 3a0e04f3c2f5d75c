//! Bundles: their stock is that of their parts, wherever they are shown, held, promised, shipped and cancelled.

use futures::future::join_all;
use rocket::http::Status;

use super::{bundle, buy, hidden, put_in, tell};
use crate::world::{Shelf, TestShop, Visitor};

/// A tea set of one kettle and three cups, each with so many pieces.
async fn tea_set(shop: &TestShop, kettles: i32, cups: i32) -> (Shelf, Shelf, Shelf) {
    let (kettle, cup) = (shop.put("Kettle", 4900, kettles).await, shop.put("Cup", 900, cups).await);
    let set = shop.put("Tea set", 6900, 0).await;
    shop.sql(&format!("update variants set weight_grams = 1000 where id = {}", kettle.variant)).await;
    shop.sql(&format!("update variants set weight_grams = 200 where id = {}", cup.variant)).await;
    bundle(shop, &set, &[(&kettle, 1), (&cup, 3)]).await;
    (set, kettle, cup)
}

#[rocket::async_test]
async fn stock_of_a_bundle_is_that_of_its_parts_everywhere() {
    let shop = TestShop::open().await;
    let (set, kettle, cup) = tea_set(&shop, 5, 7).await;
    shop.hear_the_feed().await;
    shop.get("/products/tea-set").await.is_ok().shows("2 left").shows("In this set").shows("3 × Cup").shows("1.6 kg");
    shop.get("/products").await.is_ok().shows("Tea set").lacks("Sold out");
    let anna = shop.visitor();
    put_in(&anna, set.variant, "3").await.is(Status::UnprocessableEntity).shows("only 2 left");
    put_in(&anna, set.variant, "2").await.goes_to("/cart");
    put_in(&anna, cup.variant, "2").await.is(Status::UnprocessableEntity).shows("only 1 left");
    put_in(&anna, cup.variant, "1").await.goes_to("/cart");
    anna.get("/cart").await.is_ok().shows("1 × Kettle").shows("3 × Cup").lacks("Sold out");
    tell(&shop, &anna).await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    look.is_ok().shows("3 × Cup").shows("We hold these for you until");
    assert_eq!((shop.stands(&kettle).await.2, shop.stands(&cup).await.2), (3, 0));
    shop.hear_the_feed().await;
    shop.get("/products/tea-set").await.is_ok().shows("Sold out");
    let order = super::press(&anna, &look).await.location();
    anna.get(&order).await.is_ok().shows("2 × Kettle").shows("6 × Cup");
    assert_eq!((shop.stands(&kettle).await, shop.stands(&cup).await), ((5, 2, 3), (7, 7, 0)));
    shop.is_sound().await;
    shop.work().await;
    let written = "select count(*) from mails where kind = 'order_placed' and body_text like '%6 × Cup%'";
    assert_eq!(shop.number(written).await, 1);
}

#[rocket::async_test]
async fn stock_of_a_bundle_leaves_and_comes_back_part_by_part() {
    let shop = TestShop::open().await;
    let (set, kettle, cup) = tea_set(&shop, 5, 20).await;
    let (anna, staff) = (shop.visitor(), shop.staff("owner").await);
    put_in(&anna, set.variant, "3").await;
    put_in(&anna, cup.variant, "2").await;
    buy(&shop, &anna).await.expect("an order");
    let number = shop.number("select number from orders").await;
    let page = staff.get(&format!("/admin/orders/{number}")).await;
    page.is_ok().shows("9 × Cup");
    let line = shop.number(&format!("select id from order_lines where variant_id = {}", set.variant)).await;
    let fields = [(format!("lines[{line}]"), "1".to_owned()), ("version".to_owned(), hidden(&page, "version"))];
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend([("carrier", ""), ("tracking", ""), ("link", "")]);
    staff.post(&format!("/admin/orders/{number}/fulfilment"), &fields).await.is(Status::SeeOther);
    assert_eq!((shop.stands(&kettle).await, shop.stands(&cup).await), ((4, 2, 2), (17, 8, 9)));
    shop.is_sound().await;
    // The parts may change; what was bought does not.
    shop.sql(&format!("update bundle_parts set quantity = 5 where part_id = {}", cup.variant)).await;
    let page = staff.get(&format!("/admin/orders/{number}")).await;
    let fields = [("version", hidden(&page, "version")), ("reason", "changed".to_owned()), ("restock", "yes".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    staff.post(&format!("/admin/orders/{number}/cancellation"), &fields).await.is(Status::SeeOther);
    assert_eq!((shop.stands(&kettle).await, shop.stands(&cup).await), ((4, 0, 4), (17, 0, 17)));
    shop.is_sound().await;
}

#[rocket::async_test]
async fn stock_race_of_bundles_and_single_pieces_sells_exactly_what_there_is() {
    let shop = TestShop::open().await;
    let (set, kettle, cup) = tea_set(&shop, 40, 60).await;
    let shoppers: Vec<Visitor> = (0..40).map(|_| shop.visitor()).collect();
    let race = shoppers.iter().enumerate().map(|(at, shopper)| {
        let (shop, set, cup) = (&shop, &set, &cup);
        async move {
            let (variant, pieces) = if at % 2 == 0 { (set.variant, 1) } else { (cup.variant, 5) };
            if put_in(shopper, variant, &pieces.to_string()).await.status != Status::SeeOther {
                return (0, 0);
            }
            match buy(shop, shopper).await {
                Some(_) if at % 2 == 0 => (1, 3),
                Some(_) => (0, 5),
                None => (0, 0),
            }
        }
    });
    let sold = join_all(race).await.into_iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let (kettles, cups) = (shop.stands(&kettle).await, shop.stands(&cup).await);
    assert_eq!((i64::from(sold.0), i64::from(sold.1)), (kettles.1, cups.1), "what was sold is what is promised");
    assert!(cups.1 <= 60 && cups.2 < 5, "{cups:?}: nothing is oversold, and what is left is too little for anybody");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn stock_two_hundred_shoppers_in_small_each_five_pieces() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 450, 73).await;
    let shoppers: Vec<Visitor> = (0..40).map(|_| shop.visitor()).collect();
    let race = shoppers.iter().map(|shopper| {
        let (shop, tea) = (&shop, &tea);
        async move { put_in(shopper, tea.variant, "5").await.status == Status::SeeOther && buy(shop, shopper).await.is_some() }
    });
    let won = join_all(race).await.into_iter().filter(|won| *won).count();
    assert_eq!((won, shop.stands(&tea).await), (14, (73, 70, 3)));
    shop.is_sound().await;
}

#[rocket::async_test]
async fn stock_staff_put_bundles_together_and_hear_why_not() {
    let shop = TestShop::open().await;
    let (set, kettle, cup) = tea_set(&shop, 5, 7).await;
    let (spoon, staff) = (shop.put("Spoon", 300, 50).await, shop.staff("manager").await);
    let path = |of: &Shelf| format!("/admin/inventory/bundles/{}", of.variant);
    let put = async |of: &Shelf, part: &Shelf, quantity: &str| {
        staff.post(&path(of), &[("part", &part.variant.to_string()), ("quantity", quantity)]).await
    };
    staff.get(&format!("{}?q=spoon", path(&set))).await.is_ok().shows("2 whole bundles").shows("Spoon").shows("Kettle");
    put(&set, &spoon, "6").await.goes_to(&path(&set));
    put(&set, &cup, "2").await.goes_to(&path(&set));
    staff.get(&path(&set)).await.is_ok().shows("3 whole bundles");
    put(&set, &set, "1").await.is(Status::UnprocessableEntity).shows("cannot hold itself");
    put(&spoon, &cup, "1").await.is(Status::UnprocessableEntity).shows("a part of a bundle");
    let other = shop.put("Breakfast", 9900, 3).await;
    put(&other, &set, "1").await.is(Status::UnprocessableEntity).shows("bundles do not hold bundles");
    put(&other, &cup, "1").await.is(Status::UnprocessableEntity).shows("3 on hand");
    put(&set, &spoon, "0").await.is(Status::UnprocessableEntity).has("error-summary");
    for quantity in ["", "x", "1001", "99999999999"] {
        put(&set, &spoon, quantity).await.is(Status::UnprocessableEntity);
    }
    staff.post(&format!("{}/removal", path(&set)), &[("part", &spoon.variant.to_string())]).await.goes_to(&path(&set));
    assert_eq!(shop.number("select count(*) from bundle_parts").await, 2);
    assert_eq!(shop.number("select count(*) from audit where action = 'bundle.changed'").await, 3);
    staff.get(&format!("/admin/inventory/{}", set.variant)).await.is_ok().shows("This is a bundle");
    staff.get("/admin/inventory?only=out").await.is_ok().lacks("Tea set");
    assert_eq!(shop.stands(&kettle).await.0, 5);
}
