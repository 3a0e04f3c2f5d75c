//! Paying: with one card for all, with a card and the rest in another way, with what others want at the same moment.

use chrono::Duration;
use futures::future::join_all;
use rocket::http::Status;

use super::*;
use crate::payments::steps::{card as choose, card_shop, notice, path_of, press, way_back};

#[rocket::async_test]
async fn one_card_and_fifty_checkouts_at_once_pay_no_more_than_is_on_it() {
    let (shop, tea) = card_shop(1000).await;
    // Three orders of $9.50, and $1.50 are left.
    let (id, code) = card(&shop, "30").await;
    let shoppers: Vec<Visitor> = (0..50).map(|_| shop.visitor()).collect();
    let mut looks = Vec::new();
    for shopper in &shoppers {
        look(&shop, shopper, &tea, "1", "bank_transfer").await.is_ok();
        looks.push(pay_with(shopper, &code).await);
    }
    let answers = join_all(shoppers.iter().zip(&looks).map(|(shopper, look)| press(shopper, look))).await;
    let placed = answers.iter().filter(|answer| answer.status == Status::SeeOther).count();
    assert!(answers.iter().all(|answer| matches!(answer.status.code, 303 | 422)), "nobody sees a breakage");
    let placed = i64::try_from(placed).expect("few");
    assert!((1..=3).contains(&placed), "what is on the card pays for three, not for {placed}");
    assert_eq!(balance(&shop, id).await, 3000 - 950 * placed);
    assert_eq!(shop.number("select -sum(amount) from credit_movements where kind = 'redeemed'").await, 950 * placed);
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'paid'").await, placed);
    let late = answers.iter().find(|answer| answer.status == Status::UnprocessableEntity).expect("most come too late");
    late.shows("What your gift cards or store credit can pay changed");
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_card_that_covers_everything_asks_for_no_other_way_to_pay() {
    let (shop, tea) = card_shop(10).await;
    let (id, code) = card(&shop, "50").await;
    let anna = shop.visitor();
    anna.post("/cart/lines", &[("variant", &tea.variant.to_string()), ("quantity", "2")]).await.goes_to("/cart");
    let form = anna.get("/checkout").await;
    form.is_ok().has("name=\"payment\"").shows("Use a gift card");
    // Typed on the form and not applied: going on applies it, and what is typed stays.
    steps::details(&shop, &anna, "").await.is(Status::UnprocessableEntity).has("href=\"#payment\"");
    anna.post("/checkout/gift-cards", &[("at", "form"), ("gift_card", &code.to_lowercase()), ("email", "anna@example.org")])
        .await
        .goes_to("/checkout");
    anna.get("/checkout")
        .await
        .is_ok()
        .lacks("Bank transfer")
        .shows("This pays for everything")
        .keeps("email", "anna@example.org");
    steps::details(&shop, &anna, "").await.goes_to("/checkout/review");
    let look = anna.get("/checkout/review").await;
    look.is_ok().shows("Still to pay $0.00").shows("Place order").lacks("pay $14.00");
    let order = placed(&anna, &look).await;
    assert_eq!(balance(&shop, id).await, 3600);
    assert_eq!(
        shop.number("select count(*) from payments where gateway = 'gift_card' and state = 'captured' and amount = 1400").await,
        1
    );
    assert_eq!(
        shop.number("select count(*) from orders where payment_status = 'paid' and payment_method = 'gift_card'").await,
        1
    );
    anna.get(&order).await.is_ok().shows("Gift card …").shows("−$14.00").lacks("Please transfer");
    press(&anna, &look).await.goes_to(&order);
    assert_eq!(balance(&shop, id).await, 3600, "a second press pays nothing more");
    shop.work().await;
    shop.is_sound().await;
}

#[rocket::async_test]
async fn the_rest_is_transferred_and_what_nobody_transfers_goes_back_to_the_card() {
    let (shop, tea) = card_shop(10).await;
    let (id, code) = card(&shop, "5").await;
    let anna = shop.visitor();
    look(&shop, &anna, &tea, "2", "bank_transfer").await.is_ok().shows("pay $14.00");
    let seen = pay_with(&anna, &code).await;
    seen.shows("Still to pay $9.00").shows("Place order, pay $9.00");
    let order = placed(&anna, &seen).await;
    anna.get(&order).await.is_ok().shows("$9.00");
    assert_eq!(
        (balance(&shop, id).await, shop.number("select amount from payments where gateway = 'bank_transfer'").await),
        (0, 900)
    );
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'partly_paid'").await, 1);
    shop.is_sound().await;
    shop.shop.clock.advance(Duration::days(8));
    barrow::features::orders::jobs::keep_time(&mut *shop.conn().await, shop.now()).await.expect("keeps time");
    assert_eq!(shop.number("select count(*) from orders where status = 'expired' and payment_status = 'refunded'").await, 1);
    assert_eq!(balance(&shop, id).await, 500, "all of it is back");
    assert_eq!(shop.stands(&tea).await.2, 10);
    shop.is_sound().await;

    let bert = shop.visitor();
    look(&shop, &bert, &tea, "2", "bank_transfer").await.is_ok();
    let seen = pay_with(&bert, &code).await;
    placed(&bert, &seen).await;
    let (path, version) = (desk(&shop).await, version(&shop).await);
    let manager = shop.staff("manager").await;
    manager.get(&path).await.is_ok().shows("paid with a gift card").keeps("amount", "9.00");
    manager.post(&format!("{path}/payment"), &[("version", &version), ("amount", "9.00")]).await.goes_to(&path);
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'paid'").await, 1);
    shop.is_sound().await;
}

#[rocket::async_test]
async fn while_the_rest_is_paid_on_a_page_the_card_is_held_and_whoever_comes_first_makes_one_order() {
    for (paid, both) in [(true, true), (true, false), (false, false)] {
        let (shop, tea) = card_shop(10).await;
        let (id, code) = card(&shop, "5").await;
        let anna = shop.visitor();
        look(&shop, &anna, &tea, "2", "test_card").await.is_ok();
        let seen = pay_with(&anna, &code).await;
        seen.shows("Continue to payment, $9.00");
        let page = path_of(&press(&anna, &seen).await.location());
        anna.get(&page).await.is_ok().shows("$9.00");
        assert_eq!(shop.number("select amount from credit_holds").await, 500, "held while the page is open");
        let bert = shop.visitor();
        look(&shop, &bert, &tea, "1", "bank_transfer").await.is_ok();
        bert.post("/checkout/gift-cards", &[("at", "review"), ("gift_card", &code)]).await.goes_to("/checkout/review");
        bert.get("/checkout/review").await.is_ok().shows("pay $9.50");
        choose(&anna, &page, if paid { "approve" } else { "decline" }).await;
        let back = way_back(&shop, &page).await;
        if both {
            join_all((0..6).map(|nr| {
                let (shop, back, page) = (&shop, &back, &page);
                async move { if nr % 2 == 0 { drop(shop.get(back).await) } else { drop(notice(shop, page).await) } }
            }))
            .await;
        } else {
            notice(&shop, &page).await.is_ok();
            shop.get(&back).await;
        }
        shop.work().await;
        let (orders, left) = if paid { (1, 0) } else { (0, 500) };
        assert_eq!(shop.number("select count(*) from orders where payment_status = 'paid'").await, orders, "{paid} {both}");
        assert_eq!(balance(&shop, id).await, left);
        assert_eq!(shop.number("select count(*) from credit_holds").await, 0, "nothing is held any more");
        assert_eq!(shop.number("select coalesce(sum(amount), 0) from payment_captures").await, if paid { 1400 } else { 0 });
        shop.is_sound().await;
    }
}

#[rocket::async_test]
async fn a_page_that_nobody_pays_on_lets_the_card_go() {
    let (shop, tea) = card_shop(10).await;
    let (_, code) = card(&shop, "5").await;
    let anna = shop.visitor();
    look(&shop, &anna, &tea, "1", "test_card").await.is_ok();
    let seen = pay_with(&anna, &code).await;
    press(&anna, &seen).await;
    let chip = shop.number("select account_id from checkout_credits").await;
    anna.post(&format!("/checkout/credits/{chip}/removal"), &[("at", "review")]).await.goes_to("/checkout/review");
    assert_eq!(shop.number("select count(*) from credit_holds").await, 1, "an open page keeps it");
    shop.shop.clock.advance(Duration::minutes(31));
    barrow::features::checkout::jobs::keep_time(&shop.shop.db, &shop.shop.gateways, shop.now()).await.expect("keeps time");
    assert_eq!(shop.number("select count(*) from credit_holds").await, 0);
}

#[rocket::async_test]
async fn codes_that_are_no_good_sound_the_same_and_guessing_is_slowed_down() {
    let (shop, tea) = card_shop(10).await;
    let (expired, old) = card(&shop, "5").await;
    let (disabled, off) = card(&shop, "5").await;
    let (empty, spent) = card(&shop, "5").await;
    shop.sql(&format!(
        "update gift_cards set expires_at = now() - interval '1 day' where account_id = {expired};
         update gift_cards set disabled_at = now() where account_id = {disabled};
         insert into credit_movements (account_id, kind, amount) values ({empty}, 'taken', -500)"
    ))
    .await;
    let anna = shop.visitor();
    look(&shop, &anna, &tea, "1", "bank_transfer").await.is_ok();
    let same = "We do not know a valid gift card with this code";
    let says = async |code: &str, words: &str| {
        let answer = anna.post("/checkout/gift-cards", &[("at", "review"), ("gift_card", code)]).await;
        refused(&answer).shows(words).keeps("gift_card", code).shows("Review your order");
        refused(&shop.post("/gift-card", &[("code", code)]).await).shows(words);
    };
    says(&old, same).await;
    says(&off, same).await;
    shop.sql("delete from sign_in_failures").await;
    says("ABCD-EFGH-JKMN-PQRS", same).await;
    says("no code", same).await;
    refused(&anna.post("/checkout/gift-cards", &[("at", "review"), ("gift_card", &spent)]).await).shows("nothing left");
    shop.post("/gift-card", &[("code", &spent)]).await.is_ok().shows("$0.00 left");
    for _ in 0..5 {
        shop.post("/gift-card", &[("code", "ABCD-EFGH-JKMN-PQRS")]).await;
    }
    let (_, good) = card(&shop, "5").await;
    let slowed = shop.post("/gift-card", &[("code", &good)]).await;
    slowed.is(Status::TooManyRequests).lacks("$5.00");
    refused(&anna.post("/checkout/gift-cards", &[("at", "review"), ("gift_card", &good)]).await).lacks("Still to pay");
    shop.shop.clock.advance(Duration::hours(2));
    shop.post("/gift-card", &[("code", &good)]).await.is_ok().shows("$5.00 left");
}

#[rocket::async_test]
async fn whoever_has_one_card_guesses_no_more_than_others() {
    let (shop, tea) = card_shop(10).await;
    let (_, own) = card(&shop, "5").await;
    let anna = shop.visitor();
    look(&shop, &anna, &tea, "1", "bank_transfer").await.is_ok();
    for round in 0..5 {
        let guess = format!("ABCD-EFGH-JKMN-PQR{}", round + 2);
        let wrong = match round % 2 {
            0 => shop.post("/gift-card", &[("code", &guess)]).await,
            _ => anna.post("/checkout/gift-cards", &[("at", "review"), ("gift_card", &guess)]).await,
        };
        refused(&wrong).shows("We do not know a valid gift card");
        if round < 4 {
            shop.post("/gift-card", &[("code", &own)]).await.is_ok().shows("$5.00 left");
            anna.post("/checkout/gift-cards", &[("at", "review"), ("gift_card", &own)]).await.goes_to("/checkout/review");
        }
    }
    shop.post("/gift-card", &[("code", &own)]).await.is(Status::TooManyRequests).lacks("$5.00");
    shop.shop.clock.advance(Duration::hours(2));
    shop.post("/gift-card", &[("code", &own)]).await.is_ok().shows("$5.00 left");
}

#[rocket::async_test]
async fn store_credit_is_its_customers_alone() {
    let (shop, tea) = card_shop(20).await;
    let anna = shop.customer("anna@example.org").await;
    let bert = shop.customer("bert@example.org").await;
    let id = shop.customer_id("anna@example.org").await;
    let manager = shop.staff("manager").await;
    let path = format!("/admin/customers/{id}");
    let give = |amount: &'static str, reason: &'static str, seen: &'static str| {
        [("how", "give"), ("amount", amount), ("reason", reason), ("seen", seen)]
    };
    refused(&manager.post(&format!("{path}/store-credit"), &give("6", "", "0")).await).shows("Write a reason");
    manager.post(&format!("{path}/store-credit"), &give("6", "Sorry for the delay", "0")).await.goes_to(&path);
    refused(&manager.post(&format!("{path}/store-credit"), &give("6", "Twice", "0")).await).shows("changed since");
    manager.get(&path).await.is_ok().shows("$6.00").shows("Sorry for the delay");
    let take = [("how", "take"), ("amount", "7"), ("reason", "Too much"), ("seen", "600")];
    refused(&manager.post(&format!("{path}/store-credit"), &take).await).shows("more than is there");
    assert_eq!(shop.number("select count(*) from audit where action = 'customer.credit_changed'").await, 1);
    anna.get("/account/store-credit").await.is_ok().shows("$6.00 left").shows("Given").lacks("Sorry for the delay");
    bert.get("/account/store-credit").await.is_ok().shows("No store credit").lacks("$6.00");

    let account = shop.number("select id from credit_accounts").await;
    look(&shop, &bert, &tea, "1", "bank_transfer").await.is_ok().lacks("Use your store credit");
    refused(&bert.post("/checkout/store-credit", &[("at", "review")]).await);
    // However it came there, what is another's pays nothing.
    shop.sql(&format!(
        "insert into checkout_credits (cart_id, account_id) select id, {account} from carts where customer_id = (select id from customers where email = 'bert@example.org')"
    ))
    .await;
    bert.get("/checkout/review").await.is_ok().shows("pay $9.50").lacks("Store credit");

    look(&shop, &anna, &tea, "1", "bank_transfer").await.is_ok().shows("Use your store credit: $6.00");
    anna.post("/checkout/store-credit", &[("at", "review")]).await.goes_to("/checkout/review");
    let seen = anna.get("/checkout/review").await;
    seen.is_ok().shows("Store credit").shows("pay $3.50");
    placed(&anna, &seen).await;
    assert_eq!(balance(&shop, account).await, 0);
    anna.get("/account/store-credit").await.is_ok().shows("Paid with it").shows("−$6.00");
    shop.is_sound().await;
}
