//! Paying back: to the card, as store credit, never more than came in; and orders that end.

use super::*;
use crate::payments::steps::card_shop;

/// An order of $14.00, $5.00 of it by a card, the rest transferred; the card and the order's page for staff.
async fn paid_order(shop: &TestShop, tea: &Shelf, visitor: &Visitor) -> (i64, String) {
    let (id, code) = card(shop, "5").await;
    look(shop, visitor, tea, "2", "bank_transfer").await.is_ok();
    let seen = pay_with(visitor, &code).await;
    placed(visitor, &seen).await;
    let path = desk(shop).await;
    let version = version(shop).await;
    let manager = shop.staff("manager").await;
    manager.post(&format!("{path}/payment"), &[("version", &version), ("amount", "9.00")]).await.goes_to(&path);
    (id, path)
}

async fn payment(shop: &TestShop, gateway: &str) -> i64 {
    shop.number(&format!("select id from payments where gateway = '{gateway}' order by id desc limit 1")).await
}

#[rocket::async_test]
async fn money_goes_back_to_the_card_or_becomes_store_credit_and_never_more_than_came_in() {
    let (shop, tea) = card_shop(20).await;
    let anna = shop.customer("anna@example.org").await;
    let (id, path) = paid_order(&shop, &tea, &anna).await;
    let manager = shop.staff("manager").await;
    let by_card = format!("{path}/payments/{}/refund", payment(&shop, "gift_card").await);
    let by_bank = format!("{path}/payments/{}/refund", payment(&shop, "bank_transfer").await);
    let back = async |to: &str, amount: &str, way: &str| {
        let version = version(&shop).await;
        manager.post(to, &[("version", &version), ("amount", amount), ("reason", "Chipped"), ("to", way)]).await
    };
    refused(&back(&by_card, "5.01", "source").await).shows("more than came in");
    back(&by_card, "2.00", "source").await.goes_to(&path);
    assert_eq!(balance(&shop, id).await, 200);
    refused(&back(&by_card, "3.01", "store_credit").await).shows("more than came in");
    back(&by_bank, "4.00", "store_credit").await.goes_to(&path);
    refused(&back(&by_bank, "5.01", "source").await).shows("more than came in");
    assert_eq!(shop.number("select balance from credit_accounts where kind = 'store_credit'").await, 400);
    assert_eq!(
        shop.number("select count(*) from payment_refunds where state = 'sent' and credit_account_id is not null").await,
        2
    );
    shop.work().await;
    assert_eq!(
        shop.number("select count(*) from mails where kind = 'order_refunded' and body_text like '%store credit%'").await,
        1
    );
    assert_eq!(shop.number("select count(*) from mails where kind = 'order_refunded' and body_text like '%gift card%'").await, 1);
    manager.get(&path).await.is_ok().shows("became store credit").shows("went back to the gift card");
    let first = version(&shop).await;
    let twice = [("version", first.as_str()), ("amount", "1.00"), ("reason", ""), ("to", "source")];
    let (one, two) = futures::join!(manager.post(&by_card, &twice), manager.post(&by_card, &twice));
    assert!([&one, &two].iter().all(|answer| answer.status == Status::SeeOther), "the second click changes nothing");
    assert_eq!(balance(&shop, id).await, 300);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_guest_gets_no_store_credit_and_a_cancelled_order_gives_back_to_the_card() {
    let (shop, tea) = card_shop(20).await;
    let (id, path) = paid_order(&shop, &tea, &shop.visitor()).await;
    let manager = shop.staff("manager").await;
    manager.get(&path).await.is_ok().lacks("Store credit of the customer");
    let version_now = version(&shop).await;
    let to = format!("{path}/payments/{}/refund", payment(&shop, "bank_transfer").await);
    let fields = [("version", version_now.as_str()), ("amount", "1.00"), ("reason", ""), ("to", "store_credit")];
    refused(&manager.post(&to, &fields).await).shows("A guest has no store credit");
    let cancel = [("version", version_now.as_str()), ("restock", "yes"), ("reason", "Changed their mind")];
    manager.post(&format!("{path}/cancellation"), &cancel).await.goes_to(&path);
    manager.post(&format!("{path}/cancellation"), &cancel).await.goes_to(&path);
    assert_eq!(balance(&shop, id).await, 500, "once");
    manager.get(&path).await.is_ok().shows("$9.00");
    assert_eq!(shop.stands(&tea).await.2, 20);
    shop.is_sound().await;
}
