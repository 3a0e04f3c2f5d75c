//! Many shoppers and few pieces, with cards that are declined now and then.

use futures::future::join_all;

use super::steps::*;
use crate::world::{TestShop, Visitor};

/// A shopper who wants one piece and pays with a card that fails every third time; whether they got it.
async fn buys(shop: &TestShop, visitor: &Visitor, look: &crate::world::Answer, nr: usize) -> bool {
    let pressed = press(visitor, look).await;
    if pressed.status != rocket::http::Status::SeeOther || !pressed.location().contains("/test-card/") {
        return false;
    }
    let page = path_of(&pressed.location());
    let behaviour = if nr.is_multiple_of(3) { "decline" } else { "approve" };
    card(visitor, &page, behaviour).await;
    let back = way_back(shop, &page).await;
    let (returned, written) = futures::join!(visitor.get(&back), notice(shop, &page));
    written.is_ok();
    returned.location().starts_with("/orders/")
}

#[rocket::async_test]
async fn thirty_shoppers_with_cards_race_for_three_pieces() {
    let (shop, tea) = card_shop(1000).await;
    let shoppers: Vec<Visitor> = (0..30).map(|_| shop.visitor()).collect();
    let looks = join_all(shoppers.iter().map(|shopper| review(&shop, shopper, &tea, "1"))).await;
    shop.sql("delete from stock_reservations; insert into stock_movements (stock_id, kind, on_hand) select id, 'adjustment', -997 from stock").await;
    let mut got = 0;
    for round in 0..4 {
        let race = shoppers.iter().zip(&looks).enumerate().map(|(nr, (shopper, look))| buys(&shop, shopper, look, nr + round));
        got += join_all(race).await.into_iter().filter(|got| *got).count() as i64;
        if shop.number("select count(*) from orders").await == 3 {
            break;
        }
    }
    shop.work().await;
    paid_orders(&shop, 3).await;
    assert!(got >= 3, "{got} were told that they have it");
    assert_eq!(shop.stands(&tea).await, (3, 3, 0));
    assert_eq!(shop.number("select count(*) from payments where state in ('authorised', 'voiding', 'flagged')").await, 0);
}
