//! A gift card that is sold: no tax, nothing sent, mailed when it is paid, its code shown once, taken back while nobody used it.

use super::*;
use crate::payments::steps::{card as choose, card_shop, notice, path_of, press};
use crate::world::BERLIN;

/// A gift card of $25 on the shelf.
async fn on_the_shelf(shop: &TestShop) -> Shelf {
    let gift = shop.put("Gift card", 2500, 0).await;
    shop.sql(&format!(
        "update products set gift_card = true where id = {}; update stock set tracked = false where variant_id = {}",
        gift.product, gift.variant
    ))
    .await;
    gift
}

/// Somebody buys two with the test card.
async fn bought(shop: &TestShop, gift: &Shelf) -> (Visitor, String) {
    let anna = shop.visitor();
    anna.post("/cart/lines", &[("variant", &gift.variant.to_string()), ("quantity", "2")]).await.goes_to("/cart");
    anna.post("/checkout", &BERLIN).await.goes_to("/checkout/review");
    let seen = anna.get("/checkout/review").await;
    seen.is_ok().shows("Continue to payment, $50.00").lacks("VAT");
    let page = path_of(&press(&anna, &seen).await.location());
    choose(&anna, &page, "approve").await;
    notice(shop, &page).await.is_ok();
    notice(shop, &page).await.is_ok();
    shop.work().await;
    let token = anna.get("/checkout").await.location();
    (anna, token)
}

/// The card that the sheet of this path belongs to.
async fn card_behind(shop: &TestShop, path: &str) -> i64 {
    let token: barrow::platform::base::Token = path.trim_start_matches("/gift-cards/").parse().expect("a token");
    let hash = hex::encode(token.hash().as_bytes());
    shop.number(&format!("select account_id from gift_cards where link_hash = decode('{hash}', 'hex')")).await
}

#[rocket::async_test]
async fn a_card_that_is_sold_is_mailed_shown_once_and_used() {
    let (shop, tea) = card_shop(20).await;
    let gift = on_the_shelf(&shop).await;
    shop.get(&format!("/products/{}", gift.handle)).await.is_ok().shows("No tax is due now").shows("Comes by mail");
    let (anna, order) = bought(&shop, &gift).await;
    assert_eq!(
        shop.number("select tax_total + shipping_total from orders").await,
        0,
        "no tax and no delivery, in Germany either"
    );
    assert_eq!(shop.number("select count(*) from gift_cards").await, 2, "each piece is one, however often the gateway writes");
    assert_eq!(shop.number("select sum(balance) from credit_accounts where kind = 'gift_card'").await, 5000);
    assert_eq!(shop.number("select count(*) from mails where kind = 'gift_card' and recipient = 'anna@example.org'").await, 2);
    assert_eq!(
        shop.number("select count(*) from orders where status = 'completed' and fulfilment_status = 'fulfilled'").await,
        1
    );
    let at_the_end = "select count(*) from gift_cards where expires_at > now() + interval '3 years' and expires_at < now() + interval '4 years 2 days'";
    assert_eq!(shop.number(at_the_end).await, 2, "good to the end of the third year");
    anna.get(&order).await.is_ok().shows("Gift cards of this order").shows("Sent to anna@example.org");
    shop.is_sound().await;

    let before = sheet(&shop).await;
    let id = card_behind(&shop, &before).await;
    let give = format!("{order}/gift-cards/{id}");
    refused(&anna.post(&give, &[("email", "nobody"), ("words", "Happy birthday")]).await).keeps("words", "Happy birthday");
    anna.post(&give, &[("email", "bert@example.org"), ("words", "Happy birthday")]).await.goes_to(&order);
    shop.work().await;
    shop.get(&before).await.is(Status::NotFound);
    let path = sheet(&shop).await;
    let bert = shop.visitor();
    let closed = bert.get(&path).await;
    closed.is_ok().shows("Happy birthday").shows("$25.00").shows("Show the code");
    assert!(!closed.body().contains("gift__code"), "looking at it shows no code");
    let shown = bert.post(&format!("{path}/code"), &[]).await;
    let code = code_on(shown.is_ok());
    bert.post(&format!("{path}/code"), &[]).await.is_ok().lacks(&code).shows("shown already");
    let plain = code.replace('-', "");
    assert_eq!(shop.number("select count(*) from sealed_secrets where purpose = 'gift_card'").await, 1, "the other one waits");
    for table in ["gift_cards", "sealed_secrets", "mails", "events", "audit"] {
        let kept = format!("select count(*) from {table} t where t::text ilike '%{plain}%' or t::text ilike '%{code}%'");
        assert_eq!(shop.number(&kept).await, 0, "{table} keeps the code");
    }
    refused(&anna.post(&give, &[("email", "carl@example.org"), ("words", "")]).await).shows("shown already");
    look(&shop, &bert, &tea, "1", "bank_transfer").await.is_ok();
    let seen = pay_with(&bert, &code).await;
    placed(&bert, &seen).await;
    assert!(balance(&shop, id).await < 2500);
    // Whoever bought a card is no source of letters to strangers.
    let other = shop.number(&format!("select account_id from gift_cards where account_id <> {id}")).await;
    let pass_on = async |to: usize| {
        let fields = [("email", format!("eve{to}@example.org")), ("words", "Buy now".to_owned())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        anna.post(&format!("{order}/gift-cards/{other}"), &fields).await
    };
    for to in 1..10 {
        pass_on(to).await.goes_to(&order);
    }
    refused(&pass_on(10).await).shows("so often");
    for foreign in [format!("/orders/{}/gift-cards/{id}", "x".repeat(43)), format!("{order}/gift-cards/999999")] {
        shop.get(&foreign).await.is(Status::NotFound);
        shop.post(&foreign, &[("email", "eve@example.org"), ("words", "")]).await.is(Status::NotFound);
    }
    shop.is_sound().await;
}

#[rocket::async_test]
async fn an_order_of_cards_is_cancelled_while_they_are_whole_and_refused_once_one_was_used() {
    let (shop, tea) = card_shop(20).await;
    let gift = on_the_shelf(&shop).await;
    let (_, _) = bought(&shop, &gift).await;
    let (path, manager) = (desk(&shop).await, shop.staff("manager").await);
    let code = code_on(&shop.post(&format!("{}/code", sheet(&shop).await), &[]).await);
    let bert = shop.visitor();
    look(&shop, &bert, &tea, "1", "bank_transfer").await.is_ok();
    let seen = pay_with(&bert, &code).await;
    placed(&bert, &seen).await;
    let used = desk(&shop).await;
    let cancel = async |path: &str| {
        let number = path.rsplit('/').next().expect("a number");
        let version = shop.number(&format!("select version from orders where number = {number}")).await.to_string();
        manager.post(&format!("{path}/cancellation"), &[("version", &version), ("restock", "yes"), ("reason", "")]).await
    };
    refused(&cancel(&path).await).shows("was used");
    assert_eq!(shop.number("select count(*) from gift_cards where disabled_at is not null").await, 0, "nothing happened");
    cancel(&used).await.goes_to(&used);
    cancel(&path).await.goes_to(&path);
    assert_eq!(shop.number("select sum(balance) from credit_accounts").await, 0, "both are taken back");
    assert_eq!(shop.number("select count(*) from gift_cards where disabled_at is not null").await, 2);
    manager.get(&path).await.is_ok().shows("$50.00");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_refund_takes_back_the_cards_that_staff_choose_unless_they_were_used() {
    let (shop, _) = card_shop(20).await;
    let gift = on_the_shelf(&shop).await;
    bought(&shop, &gift).await;
    let (path, manager) = (desk(&shop).await, shop.staff("manager").await);
    let (one, two) = (
        shop.number("select min(account_id) from gift_cards").await,
        shop.number("select max(account_id) from gift_cards").await,
    );
    shop.sql(&format!("insert into credit_movements (account_id, kind, amount) values ({two}, 'redeemed', -100)")).await;
    let payment = shop.number("select id from payments").await;
    let refund = async |card: i64| {
        let (version, card) = (version(&shop).await, card.to_string());
        let fields = [("version", version.as_str()), ("amount", "25.00"), ("reason", ""), ("to", "source"), ("cards", &card)];
        manager.post(&format!("{path}/payments/{payment}/refund"), &fields).await
    };
    manager.get(&path).await.is_ok().shows("Take gift cards back").shows("was used and cannot be taken back");
    refused(&refund(two).await).shows("was used");
    refund(one).await.goes_to(&path);
    assert_eq!(balance(&shop, one).await, 0);
    assert_eq!(shop.number("select sum(amount) from payment_refunds").await, 2500);
    shop.work().await;
    shop.is_sound().await;
}
