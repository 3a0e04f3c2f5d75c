//! The second step at sign-in, by codes, over plain forms; and showing who one is before anything of it is changed.

use chrono::Duration;
use rocket::http::Status;

use super::{PASSWORD, enrol, link_in_mail, newest_mail, sign_in};
use crate::world::{TestShop, Visitor, totp_code};

const MARTA: &str = "marta@example.org";
const STEP: &str = "/account/sign-in/second-step";

/// Between these two.
fn part(body: &str, before: &str, after: &str) -> String {
    body.split(before).nth(1).and_then(|rest| rest.split(after).next()).unwrap_or_default().to_owned()
}

/// Sets an app up as its owner would, soon after signing in; its key and the recovery codes.
async fn with_app(shop: &TestShop, marta: &Visitor) -> (String, Vec<String>) {
    marta.post("/account/security/app", &[]).await.goes_to("/account/security/app");
    let page = marta.get("/account/security/app").await;
    page.is_ok().has("src=\"data:image/svg+xml;base64,");
    let secret = part(&page.body(), "data-secret>", "<");
    let wrong = marta.post("/account/security/app/confirmation", &[("code", "000000")]).await;
    wrong.is(Status::UnprocessableEntity).shows("This code is not right");
    let code = totp_code(&secret, shop.now());
    let done = marta.post("/account/security/app/confirmation", &[("code", &code)]).await;
    done.is_ok().shows("Recovery codes").shows("shown this once only");
    let codes: Vec<String> = done.body().split("<code>").skip(1).map(|rest| rest[..19].to_owned()).collect();
    assert_eq!(codes.len(), 10);
    shop.shop.clock.advance(Duration::seconds(60));
    (secret, codes)
}

/// A customer with an app, signed in a moment ago.
async fn customer_with_app(shop: &TestShop) -> (Visitor, String, Vec<String>) {
    enrol(shop, MARTA).await;
    let marta = shop.visitor();
    sign_in(&marta, MARTA, PASSWORD).await.goes_to("/account");
    let (secret, codes) = with_app(shop, &marta).await;
    (marta, secret, codes)
}

#[rocket::async_test]
async fn with_an_app_a_password_alone_opens_nothing() {
    let shop = TestShop::open().await;
    let (_, secret, _) = customer_with_app(&shop).await;
    shop.work().await;
    assert!(newest_mail(&shop, MARTA).await.contains("An app for codes was set up"));
    let there = shop.visitor();
    let fields = [("email", MARTA), ("password", PASSWORD), ("next", "/account/orders"), ("stay", "yes")];
    there.post("/account/sign-in", &fields).await.goes_to(STEP);
    there.get("/account").await.goes_to("/account/sign-in?next=%2Faccount");
    there.get(STEP).await.is_ok().shows("Type the code that your app shows now");
    there.post(STEP, &[("code", "123")]).await.is(Status::UnprocessableEntity).shows("This code is not right");
    let answer = there.post(STEP, &[("code", &totp_code(&secret, shop.now()))]).await;
    answer.goes_to("/account/orders");
    let kept = answer.headers.iter().any(|(name, value)| name == "Set-Cookie" && value.contains("Max-Age=31536000"));
    assert!(kept, "who asked to stay signed in stays: {:?}", answer.headers);
    there.get("/account").await.is_ok();
    there.post(STEP, &[("code", &totp_code(&secret, shop.now()))]).await.goes_to("/account/sign-in");
    let stranger = shop.visitor();
    sign_in(&stranger, MARTA, PASSWORD).await.goes_to(STEP);
    let again = stranger.post(STEP, &[("code", &totp_code(&secret, shop.now()))]).await;
    again.is(Status::UnprocessableEntity).shows("was used already");
}

#[rocket::async_test]
async fn a_recovery_code_stands_in_for_the_app_once() {
    let shop = TestShop::open().await;
    let (marta, _, codes) = customer_with_app(&shop).await;
    let there = shop.visitor();
    sign_in(&there, MARTA, PASSWORD).await.goes_to(STEP);
    there.post(STEP, &[("code", &codes[0].to_uppercase())]).await.goes_to("/account");
    there.get("/account").await.is_ok().shows("The recovery code that you used is good no more");
    there.get("/account/security").await.is_ok().shows("9 are left");
    sign_in(&there, MARTA, PASSWORD).await.goes_to(STEP);
    there.post(STEP, &[("code", &codes[0])]).await.is(Status::UnprocessableEntity);
    let renewed = marta.post("/account/security/recovery-codes", &[]).await;
    renewed.is_ok().shows("the old ones are good no more").lacks(&codes[1]);
    there.post(STEP, &[("code", &codes[1])]).await.is(Status::UnprocessableEntity);
}

#[rocket::async_test]
async fn codes_are_not_guessed_and_the_first_step_does_not_last() {
    let shop = TestShop::open().await;
    let (_, secret, _) = customer_with_app(&shop).await;
    let thief = shop.visitor();
    sign_in(&thief, MARTA, PASSWORD).await.goes_to(STEP);
    for guess in 0..5 {
        thief.post(STEP, &[("code", &format!("00000{guess}"))]).await.is(Status::UnprocessableEntity);
    }
    let right = totp_code(&secret, shop.now());
    thief.post(STEP, &[("code", &right)]).await.is(Status::TooManyRequests).shows("Too many attempts");
    shop.shop.clock.advance(Duration::minutes(16));
    thief.post(STEP, &[("code", &totp_code(&secret, shop.now()))]).await.goes_to("/account/sign-in");
    thief.get("/account/sign-in").await.is_ok().shows("It took too long");
    thief.get(STEP).await.goes_to("/account/sign-in");
    for token in ["", "not-a-token"] {
        let visitor = shop.visitor().with_cookie("step", token);
        visitor.post(STEP, &[("code", &totp_code(&secret, shop.now()))]).await.goes_to("/account/sign-in");
    }
    assert_eq!(shop.number("select count(*) from customer_sessions").await, 1);
}

#[rocket::async_test]
async fn a_new_password_ends_what_was_signed_in_by_half_and_a_mailbox_alone_does_not_pass_the_second_step() {
    let shop = TestShop::open().await;
    let (marta, secret, _) = customer_with_app(&shop).await;
    let half = shop.visitor();
    sign_in(&half, MARTA, PASSWORD).await.goes_to(STEP);
    half.post("/account/password-reset", &[("email", MARTA)]).await.is(Status::SeeOther);
    let link = link_in_mail(&shop, MARTA, "/account/password-reset/").await;
    let owner = shop.visitor();
    owner.post(&link, &[("new", "another good password")]).await.goes_to(STEP);
    owner.get("/account").await.is(Status::SeeOther);
    marta.get("/account").await.is(Status::SeeOther);
    half.post(STEP, &[("code", &totp_code(&secret, shop.now()))]).await.goes_to("/account/sign-in");
    owner.post(STEP, &[("code", &totp_code(&secret, shop.now()))]).await.goes_to("/account");
    owner.get("/account").await.is_ok();
}

#[rocket::async_test]
async fn what_opens_the_account_is_changed_only_soon_after_its_owner_showed_who_they_are() {
    let shop = TestShop::open().await;
    let (marta, secret, _) = customer_with_app(&shop).await;
    shop.shop.clock.advance(Duration::minutes(11));
    for path in ["/account/security/app", "/account/security/app/removal", "/account/security/recovery-codes"] {
        marta.post(path, &[]).await.goes_to("/account/proof");
    }
    let change = [("current", PASSWORD), ("new", "another good password")];
    marta.post("/account/password", &change).await.goes_to("/account/proof");
    marta.post("/account/email", &[("email", "new@example.org"), ("password", PASSWORD)]).await.goes_to("/account/proof");
    marta.post("/account/closing", &[("password", PASSWORD)]).await.goes_to("/account/proof");
    marta.get("/account/security").await.is_ok().shows("Show first that it is you").lacks("New codes");
    marta.get("/account/proof?next=/account/closing").await.is_ok().has("value=\"/account/closing\"");
    marta.get("/account/proof?next=//evil.example").await.is_ok().has("value=\"/account/security\"");
    let code = totp_code(&secret, shop.now());
    let prove = async |password: &str, code: &str| {
        marta.post("/account/proof", &[("password", password), ("code", code), ("next", "/account/closing")]).await
    };
    prove("wrong", &code).await.is(Status::UnprocessableEntity).shows("This is not your current password");
    prove(PASSWORD, "000000").await.is(Status::UnprocessableEntity).shows("This code is not right");
    prove(PASSWORD, &code).await.goes_to("/account/closing");
    marta.post("/account/security/app/removal", &[]).await.goes_to("/account/security");
    sign_in(&shop.visitor(), MARTA, PASSWORD).await.goes_to("/account");
    let left = "select (select count(*) from totp_factors) + (select count(*) from recovery_codes) + (select count(*) from sealed_secrets)";
    assert_eq!(shop.number(left).await, 0);
    shop.work().await;
    assert!(newest_mail(&shop, MARTA).await.contains("was removed"));
}

#[rocket::async_test]
async fn somebody_else_s_factors_are_out_of_reach() {
    let shop = TestShop::open().await;
    customer_with_app(&shop).await;
    let ben = shop.customer("ben@example.org").await;
    shop.sql(
        "insert into passkeys (account_kind, account_id, handle, credential_id, credential, name, made_at)
         select 'customer', id, decode(repeat('00', 16), 'hex'), 'x', '{}', 'Phone', now() from customers where email = 'marta@example.org'",
    )
    .await;
    ben.post("/account/security/passkeys/1/removal", &[]).await.is(Status::NotFound);
    ben.post("/account/security/app/removal", &[]).await.goes_to("/account/security");
    ben.post("/account/security/recovery-codes", &[]).await.goes_to("/account/security");
    assert_eq!(shop.number("select count(*) from totp_factors").await, 1);
    assert_eq!(shop.number("select count(*) from passkeys").await, 1);
    assert_eq!(shop.number("select count(*) from recovery_codes where account_id = 1").await, 10);
    for path in ["/account/sign-in/passkey/question", "/account/security/passkeys/question", "/account/proof/passkey/question"] {
        ben.post(path, &[]).await.is(Status::NotFound);
    }
}

#[rocket::async_test]
async fn a_closed_account_leaves_no_factors_and_staff_forget_what_they_noted() {
    let shop = TestShop::open().await;
    let (marta, ..) = customer_with_app(&shop).await;
    shop.sql(
        "insert into customer_notes (customer_id, text) select id, 'likes tea' from customers;
         insert into customer_tags (customer_id, tag) select id, 'vip' from customers",
    )
    .await;
    marta.post("/account/closing", &[("password", PASSWORD)]).await.goes_to("/");
    shop.work().await;
    let left = "select (select count(*) from totp_factors) + (select count(*) from recovery_codes) + (select count(*) from sealed_secrets)
                     + (select count(*) from customer_notes) + (select count(*) from customer_tags)";
    assert_eq!(shop.number(left).await, 0);
}

#[rocket::async_test]
async fn staff_help_who_lost_everything_and_the_owner_is_told() {
    let shop = TestShop::open().await;
    let (marta, ..) = customer_with_app(&shop).await;
    let sam = shop.staff("support").await;
    sam.get("/admin/customers/1").await.is_ok().shows("App for codes");
    sam.post("/admin/customers/1/factors/removal", &[]).await.goes_to("/admin/customers/1");
    marta.get("/account").await.is(Status::SeeOther);
    sign_in(&marta, MARTA, PASSWORD).await.goes_to("/account");
    shop.work().await;
    assert!(newest_mail(&shop, MARTA).await.contains("Your second step was removed"));
    assert_eq!(shop.number("select count(*) from audit where action = 'customer.factors_removed'").await, 1);
    shop.staff("fulfilment").await.post("/admin/customers/1/factors/removal", &[]).await.is(Status::Forbidden);
    sam.post("/admin/customers/99/factors/removal", &[]).await.is(Status::NotFound);
}

#[rocket::async_test]
async fn changing_the_address_ends_all_other_sessions() {
    let shop = TestShop::open().await;
    enrol(&shop, MARTA).await;
    let (here, there) = (shop.visitor(), shop.visitor());
    sign_in(&here, MARTA, PASSWORD).await;
    sign_in(&there, MARTA, PASSWORD).await;
    here.post("/account/email", &[("email", "wolf@example.org"), ("password", PASSWORD)]).await.goes_to("/account/security");
    let link = link_in_mail(&shop, "wolf@example.org", "/account/email/").await;
    there.get("/account").await.is_ok();
    here.post(&link, &[]).await.goes_to("/account/security");
    here.get("/account").await.is_ok();
    there.get("/account").await.is(Status::SeeOther);
}

#[rocket::async_test]
async fn an_account_is_asked_for_without_a_password_and_one_is_chosen_behind_the_link() {
    let shop = TestShop::open().await;
    let visitor = shop.visitor();
    let fields = [("name", "Marta Wolf"), ("email", MARTA), ("password", "")];
    visitor.post("/account/register/without-password", &fields).await.goes_to("/account/mail-sent/register");
    let link = link_in_mail(&shop, MARTA, "/account/confirmation/").await;
    assert!(newest_mail(&shop, MARTA).await.contains("choose how you sign in"));
    visitor.get(&link).await.is_ok().shows("Choose how you sign in from now on");
    visitor.post(&link, &[("password", "short")]).await.is(Status::UnprocessableEntity).shows("Use at least 10 characters");
    visitor.post(&link, &[("password", PASSWORD)]).await.goes_to("/account");
    visitor.get("/account").await.is_ok().shows("Hello, Marta");
    visitor.post(&link, &[("password", PASSWORD)]).await.is(Status::Gone);
    sign_in(&shop.visitor(), MARTA, PASSWORD).await.goes_to("/account");
    let bad = visitor.post("/account/register/without-password", &[("email", "no address")]).await;
    bad.is(Status::UnprocessableEntity).keeps("email", "no address");
}

#[rocket::async_test]
async fn an_address_that_was_never_proved_joins_orders_once_it_is() {
    let shop = TestShop::open().await;
    let tea = shop.put("Green tea", 450, 9).await;
    shop.place(900, &[(&tea, 450, 2)]).await.expect("placed");
    shop.sql("update orders set email = 'marta@example.org'").await;
    shop.sql("insert into customers (email, name) values ('marta@example.org', 'Marta Wolf')").await;
    let marta = shop.signed_in(MARTA).await;
    marta.get("/account/orders").await.is_ok().shows("No orders yet");
    marta.get("/account/security").await.is_ok().shows("Your e-mail address is not proved yet");
    marta.post("/account/verification", &[]).await.goes_to("/account/mail-sent/address");
    marta.get("/account/mail-sent/address").await.is_ok().shows("We have sent a mail to your address");
    let link = link_in_mail(&shop, MARTA, "/account/verification/").await;
    marta.get(&link).await.is_ok().shows("Say yes");
    marta.get("/account/orders").await.is_ok().shows("No orders yet");
    marta.post(&link, &[]).await.goes_to("/account/security");
    marta.get("/account/orders").await.is_ok().shows("Order 1001");
    marta.post(&link, &[]).await.is(Status::Gone);
    marta.post("/account/verification", &[]).await.goes_to("/account/security");
}
