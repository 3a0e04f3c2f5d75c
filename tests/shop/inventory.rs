//! Stock: what is held and promised is never more than there is, whoever comes at once.

use barrow::engines::inventory::{self, AdjustRefused, Count, Opening, OutOfStock, Recipes, Short};
use barrow::platform::base::{CartId, Failed, Never, Quantity, VariantId};
use barrow::platform::db;
use chrono::Duration;
use futures::future::join_all;

use crate::world::{Shelf, TestShop};

async fn hold(shop: &TestShop, cart: i64, goods: &[(&Shelf, i32)]) -> Result<(), Failed<OutOfStock>> {
    let wanted: Vec<(VariantId, Quantity)> =
        goods.iter().map(|(shelf, quantity)| (shelf.variant, Quantity::new(*quantity).expect("a quantity"))).collect();
    let (now, mut conn) = (shop.now(), shop.conn().await);
    db::transaction(&mut conn, async |tx| {
        inventory::commands::reserve(tx, CartId(cart), &wanted, now + Duration::minutes(20), now).await
    })
    .await
}

fn short(result: Result<(), Failed<OutOfStock>>) -> Vec<Short> {
    match result {
        Err(Failed::Refused(refused)) => refused.short,
        other => panic!("{other:?}"),
    }
}

#[rocket::async_test]
async fn fifty_carts_race_for_three_pieces_and_three_get_one() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 500, 3).await;
    let held = join_all((1..=50).map(|cart| {
        let (shop, tea) = (&shop, &tea);
        async move { hold(shop, cart, &[(tea, 1)]).await }
    }))
    .await;
    assert_eq!(held.iter().filter(|one| one.is_ok()).count(), 3);
    assert_eq!(shop.stands(&tea).await, (3, 0, 0));
    shop.is_sound().await;
}

#[rocket::async_test]
async fn carts_that_want_the_same_things_in_another_order_do_not_block_each_other() {
    let shop = TestShop::open().await;
    let (tea, cup) = (shop.put("Tea", 500, 100).await, shop.put("Cup", 900, 100).await);
    let held = join_all((1..=40).map(|cart| {
        let goods = if cart % 2 == 0 { [(&tea, 1), (&cup, 2)] } else { [(&cup, 2), (&tea, 1)] };
        let shop = &shop;
        async move { hold(shop, cart, &goods).await }
    }))
    .await;
    assert!(held.iter().all(Result::is_ok));
    assert_eq!((shop.stands(&tea).await.2, shop.stands(&cup).await.2), (60, 20));
}

#[rocket::async_test]
async fn a_refusal_names_what_falls_short_and_holds_nothing() {
    let shop = TestShop::open().await;
    let (tea, cup) = (shop.put("Tea", 500, 3).await, shop.put("Cup", 900, 10).await);
    let refused = short(hold(&shop, 1, &[(&tea, 2), (&cup, 4), (&tea, 2)]).await);
    assert_eq!(refused, [Short { variant: tea.variant, wanted: 4, saleable: 3 }]);
    assert_eq!((shop.stands(&tea).await.2, shop.stands(&cup).await.2), (3, 10));
    let unknown = Shelf { variant: VariantId(999_999), ..tea.clone() };
    assert_eq!(short(hold(&shop, 1, &[(&unknown, 1)]).await)[0].saleable, 0);
}

#[rocket::async_test]
async fn what_a_cart_holds_is_replaced_not_added() {
    let shop = TestShop::open().await;
    let (tea, cup) = (shop.put("Tea", 500, 3).await, shop.put("Cup", 900, 10).await);
    hold(&shop, 1, &[(&tea, 3), (&cup, 1)]).await.expect("there is enough");
    hold(&shop, 1, &[(&tea, 2)]).await.expect("its own are free to it");
    assert_eq!((shop.stands(&tea).await.2, shop.stands(&cup).await.2), (1, 10));
    let mut conn = shop.conn().await;
    let (of, none) = ([tea.variant], Recipes::new());
    let mine = inventory::queries::shelves(&mut conn, &of, none, Some(CartId(1)), shop.now()).await.expect("shelves");
    assert_eq!(mine.saleable(tea.variant), 3);
}

#[rocket::async_test]
async fn what_was_held_is_free_when_its_time_is_over() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 500, 3).await;
    hold(&shop, 1, &[(&tea, 3)]).await.expect("there is enough");
    shop.shop.clock.advance(Duration::minutes(21));
    assert_eq!(shop.stands(&tea).await.2, 3);
    hold(&shop, 2, &[(&tea, 3)]).await.expect("free again");
    let mut conn = shop.conn().await;
    let before = shop.number("select count(*) from change_feed where subject = 'stock'").await;
    assert_eq!(inventory::commands::release_expired(&mut conn, shop.now()).await.expect("swept"), 1);
    assert_eq!(inventory::commands::release_expired(&mut conn, shop.now()).await.expect("swept"), 0);
    assert_eq!(shop.number("select count(*) from change_feed where subject = 'stock'").await, before + 1);
    assert_eq!(shop.stands(&tea).await.2, 0);
}

#[rocket::async_test]
async fn a_placed_order_uses_up_what_its_cart_held() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 500, 3).await;
    hold(&shop, 1, &[(&tea, 3)]).await.expect("there is enough");
    assert!(matches!(shop.place(2, &[(&tea, 500, 1)]).await, Err(Failed::Refused(_))));
    shop.place(1, &[(&tea, 500, 3)]).await.expect("placed");
    assert_eq!(shop.stands(&tea).await, (3, 3, 0));
    assert_eq!(shop.number("select count(*) from stock_reservations").await, 0);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_count_may_fall_below_the_promises_and_then_nothing_is_sold() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 500, 5).await;
    shop.place(1, &[(&tea, 500, 4)]).await.expect("placed");
    let mut conn = shop.conn().await;
    let shelf = inventory::queries::shelf_by_variant(&mut conn, tea.variant, shop.now()).await.expect("a shelf");
    let (stock, sam) = (shelf.balances[0].stock, shop.person("sam@example.org").await);
    let set = async |conn: &mut db::Conn, count| {
        let id = sam.id;
        db::transaction(conn, async |tx| inventory::commands::adjust(tx, stock, count, "counted", Some(id)).await).await
    };
    assert_eq!(set(&mut conn, Count::Set(2)).await.expect("counted"), 2);
    assert_eq!(shop.stands(&tea).await, (2, 4, 0));
    assert!(matches!(set(&mut conn, Count::Change(-3)).await, Err(Failed::Refused(AdjustRefused::BelowZero { on_hand: 2 }))));
    assert_eq!(set(&mut conn, Count::Change(4)).await.expect("counted"), 6);
    assert_eq!(shop.stands(&tea).await.2, 2);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn what_is_not_counted_never_runs_out_and_back_orders_end_at_their_limit() {
    let shop = TestShop::open().await;
    let (song, lamp) = (shop.put("Song", 100, 0).await, shop.put("Lamp", 9000, 1).await);
    shop.sql(&format!("update stock set tracked = false where variant_id = {}", song.variant)).await;
    shop.sql(&format!("update stock set back_order_limit = 2 where variant_id = {}", lamp.variant)).await;
    shop.place(1, &[(&song, 100, 9999)]).await.expect("endless");
    shop.place(2, &[(&lamp, 9000, 3)]).await.expect("on back-order");
    assert!(matches!(shop.place(3, &[(&lamp, 9000, 1)]).await, Err(Failed::Refused(_))));
    assert_eq!((shop.stands(&song).await.0, shop.stands(&lamp).await), (0, (1, 3, 0)));
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_quantity_is_shared_among_locations_in_their_order() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 500, 2).await;
    shop.sql(&format!(
        "insert into locations (name, position) values ('Cellar', 1), ('Closed', 2);
         update locations set active = false where name = 'Closed';
         insert into stock (variant_id, location_id) select {0}, id from locations where name in ('Cellar', 'Closed');
         insert into stock_movements (stock_id, kind, on_hand)
         select s.id, 'opening', 5 from stock s join locations l on l.id = s.location_id where variant_id = {0} and l.name <> 'Main'",
        tea.variant
    ))
    .await;
    assert_eq!(shop.stands(&tea).await, (7, 0, 7));
    shop.place(1, &[(&tea, 500, 4)]).await.expect("placed");
    let at =
        |name: &str| format!("select allocated from stock s join locations l on l.id = s.location_id where l.name = '{name}'");
    assert_eq!((shop.number(&at("Main")).await, shop.number(&at("Cellar")).await), (2, 2));
    assert!(matches!(shop.place(2, &[(&tea, 500, 4)]).await, Err(Failed::Refused(_))));
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_shelf_opens_once_with_its_count_in_the_ledger() {
    let shop = TestShop::open().await;
    let tea = shop.put("Tea", 500, 1).await;
    let variant = VariantId(
        shop.returned(&format!(
            "insert into variants (product_id, price, position) values ({}, 5, 1) returning id as number",
            tea.product
        ))
        .await,
    );
    let mut conn = shop.conn().await;
    for count in [7, 9] {
        db::transaction(&mut conn, async |tx| {
            Ok::<_, Failed<Never>>(inventory::commands::open(tx, variant, Opening::with(count)).await?)
        })
        .await
        .expect("opened");
    }
    let shelf = inventory::queries::shelf_by_variant(&mut conn, variant, shop.now()).await.expect("a shelf");
    assert_eq!(shelf.saleable(), 7);
    shop.is_sound().await;
}
