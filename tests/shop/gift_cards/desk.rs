//! Staff: issuing, finding, disabling, changing, sending again.

use super::*;

#[rocket::async_test]
async fn staff_issue_a_card_find_it_change_it_and_send_it_again() {
    let shop = TestShop::open().await;
    let manager = shop.staff("manager").await;
    manager.get("/admin/gift-cards").await.is_ok().shows("No gift cards yet");
    manager.get("/admin/gift-cards/new").await.is_ok();
    let issue = |amount: &'static str, expires: &'static str, email: &'static str, form: &'static str| {
        [("amount", amount), ("expires", expires), ("email", email), ("words", "For you"), ("language", "de"), ("form", form)]
    };
    for (amount, expires, email, field) in [
        ("x", "", "", "amount"),
        ("0", "", "", "amount"),
        ("5", "soon", "", "expires"),
        ("5", "2020-01-01", "", "expires"),
        ("5", "", "mail", "email"),
    ] {
        let answer = manager.post("/admin/gift-cards", &issue(amount, expires, email, "f")).await;
        refused(&answer).has(&format!("href=\"#{field}\"")).keeps("words", "For you");
    }
    let page = manager.post("/admin/gift-cards", &issue("40", "", "carla@example.org", "one")).await.location();
    manager.post("/admin/gift-cards", &issue("40", "", "carla@example.org", "one")).await.goes_to(&page);
    shop.work().await;
    assert_eq!(shop.number("select count(*) from gift_cards").await, 1, "two clicks on one form");
    assert_eq!(shop.number("select count(*) from mails where kind = 'gift_card' and recipient = 'carla@example.org'").await, 1);
    assert_eq!(shop.number("select count(*) from mails where subject like 'Eine Gutscheinkarte%'").await, 1);
    let found = manager.get("/admin/gift-cards?q=carla@example.org").await;
    found.is_ok().shows("$40.00").shows("carla@example.org").shows("On gift cards that are good $40.00");
    manager.get("/admin/gift-cards?q=nobody").await.is_ok().shows("No gift card found");
    manager.get(&page).await.is_ok().shows("The code was not shown yet").lacks("Show the code");

    let change = |how: &'static str, amount: &'static str, reason: &'static str, seen: &'static str| {
        [("how", how), ("amount", amount), ("reason", reason), ("seen", seen)]
    };
    let adjust = format!("{page}/adjustment");
    refused(&manager.post(&adjust, &change("take", "40.01", "Wrong", "4000")).await).shows("more than is there");
    refused(&manager.post(&adjust, &change("give", "", "Wrong", "4000")).await).keeps("reason", "Wrong");
    manager.post(&adjust, &change("take", "10", "Printed wrong", "4000")).await.goes_to(&page);
    refused(&manager.post(&adjust, &change("take", "10", "Printed wrong", "4000")).await).shows("changed since");
    manager.get(&page).await.is_ok().shows("Printed wrong").shows("$30.00");

    manager.post(&format!("{page}/expiry"), &[("expires", "2031-05-01")]).await.goes_to(&page);
    refused(&manager.post(&format!("{page}/expiry"), &[("expires", "never")]).await);
    manager
        .post(&format!("{page}/mail"), &[("email", "carla@example.org"), ("words", "Again"), ("sent", "1")])
        .await
        .goes_to(&page);
    manager
        .post(&format!("{page}/mail"), &[("email", "carla@example.org"), ("words", "Again"), ("sent", "1")])
        .await
        .goes_to(&page);
    shop.work().await;
    assert_eq!(shop.number("select count(*) from mails where kind = 'gift_card'").await, 2);
    manager.post(&format!("{page}/disabling"), &[]).await.goes_to(&page);
    manager.get("/admin/gift-cards").await.is_ok().shows("Disabled").shows("On gift cards that are good $0.00");
    let send = [("email", "carla@example.org"), ("words", ""), ("sent", "2")];
    refused(&manager.post(&format!("{page}/mail"), &send).await).shows("pays nothing any more");
    manager.post(&format!("{page}/enabling"), &[]).await.goes_to(&page);
    manager.post("/admin/gift-cards/years", &[("years", "0")]).await.goes_to("/admin/gift-cards");
    assert_eq!(shop.number("select years from gift_card_terms").await, 0);
    let acts = "select count(distinct action) from audit where action like 'gift_card.%'";
    assert_eq!(shop.number(acts).await, 7, "issued, adjusted, extended, sent, disabled, enabled, years");
    for gone in ["/admin/gift-cards/999999", "/admin/gift-cards/x"] {
        manager.get(gone).await.is(Status::NotFound);
    }
    shop.is_sound().await;
}

#[rocket::async_test]
async fn a_lost_code_is_replaced_and_the_old_one_opens_nothing() {
    let shop = TestShop::open().await;
    let (id, code) = card(&shop, "5").await;
    shop.post("/gift-card", &[("code", &code)]).await.is_ok().shows("$5.00 left");
    let (manager, page) = (shop.staff("manager").await, format!("/admin/gift-cards/{id}"));
    manager.post(&format!("{page}/code"), &[]).await.is_ok().lacks(&code);
    manager.post(&format!("{page}/mail"), &[("email", "carla@example.org"), ("words", ""), ("sent", "0")]).await.goes_to(&page);
    refused(&shop.post("/gift-card", &[("code", &code)]).await);
    assert_eq!(balance(&shop, id).await, 500);
}

#[rocket::async_test]
async fn whoever_found_a_code_pays_with_it_no_more_once_it_is_replaced() {
    let (shop, tea) = crate::payments::steps::card_shop(10).await;
    let (id, code) = card(&shop, "5").await;
    let thief = shop.visitor();
    look(&shop, &thief, &tea, "1", "bank_transfer").await.is_ok();
    let seen = pay_with(&thief, &code).await;
    let (manager, page) = (shop.staff("manager").await, format!("/admin/gift-cards/{id}"));
    manager.post(&format!("{page}/mail"), &[("email", "carla@example.org"), ("words", ""), ("sent", "0")]).await.goes_to(&page);
    refused(&crate::payments::steps::press(&thief, &seen).await).shows("What your gift cards or store credit can pay changed");
    thief.get("/checkout/review").await.is_ok().lacks("Gift card …");
    assert_eq!(balance(&shop, id).await, 500);
}

#[rocket::async_test]
async fn a_card_with_much_on_it_is_handed_out_by_whoever_shows_who_they_are() {
    let shop = TestShop::open().await;
    let manager = shop.staff("manager").await;
    let form =
        [("amount", "500"), ("expires", ""), ("email", "carla@example.org"), ("words", ""), ("language", "en"), ("form", "f")];
    let page = manager.post("/admin/gift-cards", &form).await.location();
    manager.post(&format!("{page}/code"), &[]).await.is_ok().lacks("Shown this once");
    assert_eq!(shop.number("select count(*) from gift_cards where shown_at is not null").await, 0, "it is Carla's");
    manager.post(&format!("{page}/disabling"), &[]).await.goes_to(&page);
    shop.shop.clock.advance(chrono::Duration::minutes(11));
    let mail = vec![("email", "mallory@example.org"), ("words", ""), ("sent", "1")];
    for (act, fields) in [("mail", mail), ("code", vec![]), ("enabling", vec![]), ("expiry", vec![("expires", "")])] {
        let proof = manager.post(&format!("{page}/{act}"), &fields).await.location();
        assert!(proof.starts_with("/admin/proof?next="), "{act} leads to {proof}");
    }
    assert_eq!(
        shop.number("select count(*) from gift_cards where disabled_at is not null and email = 'carla@example.org'").await,
        1
    );
    shop.sql("update settings set refund_proof_above = 50000").await;
    manager.post(&format!("{page}/enabling"), &[]).await.goes_to(&page);
}
