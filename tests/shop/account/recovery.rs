//! Forgotten passwords, changed addresses and passwords, and what is signed out by them.

use chrono::Duration;
use rocket::http::Status;

use super::{PASSWORD, enrol, link_in_mail, newest_mail, sign_in};
use crate::world::TestShop;

const OTHER: &str = "another good password";

#[rocket::async_test]
async fn a_forgotten_password_is_chosen_anew_and_everything_else_is_signed_out() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    let there = shop.visitor();
    sign_in(&there, "marta@example.org", PASSWORD).await.goes_to("/account");
    let here = shop.visitor();
    here.get("/account/password-reset").await.is_ok();
    here.post("/account/password-reset", &[("email", "marta@example.org")]).await.goes_to("/account/mail-sent/password");
    here.get("/account/mail-sent/password").await.is_ok().shows("If there is an account of this address");
    let link = link_in_mail(&shop, "marta@example.org", "/account/password-reset/").await;
    here.get(&link).await.is_ok().has("marta@example.org");
    here.post(&link, &[("new", "short")]).await.is(Status::UnprocessableEntity).shows("Use at least 10 characters");
    here.post(&link, &[("new", OTHER)]).await.goes_to("/account");
    here.get("/account").await.is_ok();
    there.get("/account").await.is(Status::SeeOther);
    here.post(&link, &[("new", OTHER)]).await.is(Status::Gone);
    sign_in(&there, "marta@example.org", PASSWORD).await.is(Status::UnprocessableEntity);
    sign_in(&there, "marta@example.org", OTHER).await.goes_to("/account");
}

#[rocket::async_test]
async fn a_link_for_a_new_password_is_good_for_an_hour_and_dies_with_a_changed_password() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    let visitor = shop.visitor();
    visitor.post("/account/password-reset", &[("email", "marta@example.org")]).await.is(Status::SeeOther);
    let link = link_in_mail(&shop, "marta@example.org", "/account/password-reset/").await;
    shop.shop.clock.advance(Duration::minutes(61));
    visitor.get(&link).await.is(Status::Gone);
    visitor.post("/account/password-reset", &[("email", "marta@example.org")]).await.is(Status::SeeOther);
    let link = link_in_mail(&shop, "marta@example.org", "/account/password-reset/").await;
    sign_in(&visitor, "marta@example.org", PASSWORD).await.goes_to("/account");
    let fields = [("current", PASSWORD), ("new", OTHER)];
    visitor.post("/account/password", &fields).await.goes_to("/account/security");
    shop.visitor().post(&link, &[("new", OTHER)]).await.is(Status::Gone);
}

#[rocket::async_test]
async fn changing_the_password_asks_for_the_old_one_ends_other_sessions_and_tells_the_owner() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    let (here, there) = (shop.visitor(), shop.visitor());
    sign_in(&here, "marta@example.org", PASSWORD).await;
    sign_in(&there, "marta@example.org", PASSWORD).await;
    let change = async |current: &str, new: &str| here.post("/account/password", &[("current", current), ("new", new)]).await;
    change("wrong", OTHER).await.is(Status::UnprocessableEntity).shows("This is not your current password");
    change(PASSWORD, "short").await.is(Status::UnprocessableEntity).shows("Use at least 10 characters");
    change(PASSWORD, OTHER).await.goes_to("/account/security");
    here.get("/account").await.is_ok();
    there.get("/account").await.is(Status::SeeOther);
    shop.work().await;
    assert!(newest_mail(&shop, "marta@example.org").await.contains("Your password was changed"));
}

#[rocket::async_test]
async fn another_address_is_confirmed_by_itself_and_told_to_the_old_one() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    let marta = shop.visitor();
    sign_in(&marta, "marta@example.org", PASSWORD).await;
    let ask = async |email: &str, password: &str| marta.post("/account/email", &[("email", email), ("password", password)]).await;
    ask("wolf@example.org", "wrong").await.is(Status::UnprocessableEntity).keeps("email", "wolf@example.org");
    ask("marta@example.org", PASSWORD).await.is(Status::UnprocessableEntity).shows("the address of your account already");
    ask("wolf@example.org", PASSWORD).await.goes_to("/account/security");
    marta.get("/account/security").await.is_ok().shows("You sign in with marta@example.org");
    let link = link_in_mail(&shop, "wolf@example.org", "/account/email/").await;
    marta.get(&link).await.is_ok().shows("wolf@example.org");
    marta.get("/account/security").await.shows("You sign in with marta@example.org");
    marta.post(&link, &[]).await.goes_to("/account/security");
    marta.get("/account/security").await.shows("You sign in with wolf@example.org");
    shop.work().await;
    assert!(newest_mail(&shop, "marta@example.org").await.contains("wolf@example.org"));
    marta.post(&link, &[]).await.is(Status::Gone);
    sign_in(&shop.visitor(), "wolf@example.org", PASSWORD).await.goes_to("/account");
}

#[rocket::async_test]
async fn an_address_that_another_account_has_is_not_told_and_not_taken() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    enrol(&shop, "anna@example.org").await;
    let marta = shop.visitor();
    sign_in(&marta, "marta@example.org", PASSWORD).await;
    let fields = [("email", "anna@example.org"), ("password", PASSWORD)];
    marta.post("/account/email", &fields).await.goes_to("/account/security");
    shop.work().await;
    let mail = newest_mail(&shop, "anna@example.org").await;
    assert!(mail.contains("You have an account already") && !mail.contains("/account/email/"), "{mail}");
    // Two accounts ask for the same free address: whoever follows the link first has it.
    let anna = shop.visitor();
    sign_in(&anna, "anna@example.org", PASSWORD).await;
    let fields = [("email", "free@example.org"), ("password", PASSWORD)];
    marta.post("/account/email", &fields).await.goes_to("/account/security");
    let first = link_in_mail(&shop, "free@example.org", "/account/email/").await;
    anna.post("/account/email", &fields).await.goes_to("/account/security");
    let second = link_in_mail(&shop, "free@example.org", "/account/email/").await;
    marta.post(&first, &[]).await.goes_to("/account/security");
    anna.post(&second, &[]).await.is(Status::Gone);
    assert_eq!(shop.number("select count(*) from customers where email = 'free@example.org'").await, 1);
}

#[rocket::async_test]
async fn a_closed_account_keeps_what_tax_law_keeps_and_nothing_else() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    let id = enrol(&shop, "marta@example.org").await;
    shop.place(900, &[(&tea, 450, 2)]).await.expect("placed");
    shop.sql(&format!("update orders set customer_id = {id}")).await;
    let (marta, there) = (shop.visitor(), shop.visitor());
    sign_in(&marta, "marta@example.org", PASSWORD).await;
    sign_in(&there, "marta@example.org", PASSWORD).await;
    let variant = tea.variant.to_string();
    marta.post("/cart/lines", &[("variant", &variant), ("quantity", "1")]).await.goes_to("/cart");
    let address = [
        ("country", "DE"),
        ("name", "Marta"),
        ("street", "Weg 1"),
        ("postal_code", "10115"),
        ("city", "Berlin"),
        ("press", "save"),
    ];
    marta.post("/account/addresses/new", &address).await.goes_to("/account/addresses");
    marta.get("/account/closing").await.is_ok().shows("Close the account for good");
    marta
        .post("/account/closing", &[("password", "wrong")])
        .await
        .is(Status::UnprocessableEntity)
        .shows("not your current password");
    marta.post("/account/closing", &[("password", PASSWORD)]).await.goes_to("/");
    for visitor in [&marta, &there] {
        visitor.get("/account").await.is(Status::SeeOther);
    }
    sign_in(&marta, "marta@example.org", PASSWORD).await.is(Status::UnprocessableEntity);
    let left = "select (select count(*) from customer_addresses) + (select count(*) from customer_sessions) + (select count(*) from carts)";
    assert_eq!(shop.number(left).await, 0);
    assert_eq!(
        shop.number("select count(*) from customers where name = '' and password_hash is null and email not like 'marta%'").await,
        1
    );
    assert_eq!(shop.number("select count(*) from orders where email = 'marta.wolf@example.com'").await, 1);
    shop.work().await;
    assert!(newest_mail(&shop, "marta@example.org").await.contains("Your account is closed"));
    enrol(&shop, "marta@example.org").await;
    sign_in(&marta, "marta@example.org", PASSWORD).await.goes_to("/account");
    marta.get("/account/orders").await.is_ok().shows("No orders yet");
}
