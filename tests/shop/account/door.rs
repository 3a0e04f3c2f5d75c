//! Registering and signing in: nobody learns who has an account, nobody opens one in another's name.

use chrono::Duration;
use rocket::http::Status;

use super::{PASSWORD, enrol, link_in_mail, newest_mail, register, sign_in};
use crate::world::TestShop;

#[rocket::async_test]
async fn an_account_is_opened_by_its_link_and_its_password() {
    let shop = TestShop::open().await;
    let marta = shop.visitor();
    register(&shop, &marta, "marta@example.org").await.goes_to("/account");
    marta.get("/account").await.is_ok().shows("Hello, Marta").shows("marta@example.org");
    assert_eq!(
        shop.number("select count(*) from customers where email_verified_at is not null and name = 'Marta Wolf'").await,
        1
    );
    assert_eq!(shop.number("select count(*) from customer_tokens").await, 0);
    let there = shop.visitor();
    sign_in(&there, "marta@example.org", PASSWORD).await.goes_to("/account");
}

#[rocket::async_test]
async fn before_the_link_is_followed_there_is_no_account() {
    let shop = TestShop::open().await;
    let visitor = shop.visitor();
    let fields = [("email", "marta@example.org"), ("password", PASSWORD)];
    visitor.post("/account/register", &fields).await.goes_to("/account/mail-sent/register");
    visitor.get("/account/mail-sent/register").await.is_ok().shows("Look in your mailbox");
    visitor.get("/account").await.is(Status::SeeOther);
    sign_in(&visitor, "marta@example.org", PASSWORD).await.is(Status::UnprocessableEntity);
    assert_eq!(shop.number("select count(*) from customers").await, 0);
}

#[rocket::async_test]
async fn whoever_registers_another_s_address_gets_nothing_and_the_owner_needs_the_password() {
    let shop = TestShop::open().await;
    let (thief, marta) = (shop.visitor(), shop.visitor());
    let fields = [("email", "marta@example.org"), ("password", "the thief's own password")];
    thief.post("/account/register", &fields).await.goes_to("/account/mail-sent/register");
    let link = link_in_mail(&shop, "marta@example.org", "/account/confirmation/").await;
    let answer = marta.post(&link, &[("password", PASSWORD)]).await;
    answer.is(Status::UnprocessableEntity).shows("This is not the password that was chosen with this address");
    register(&shop, &marta, "marta@example.org").await.goes_to("/account");
    thief.post(&link, &[("password", "the thief's own password")]).await.is(Status::Gone);
    sign_in(&thief, "marta@example.org", "the thief's own password").await.is(Status::UnprocessableEntity);
}

#[rocket::async_test]
async fn a_link_opens_one_account_and_only_for_a_day() {
    let shop = TestShop::open().await;
    let visitor = shop.visitor();
    let fields = [("email", "marta@example.org"), ("password", PASSWORD)];
    visitor.post("/account/register", &fields).await.is(Status::SeeOther);
    let link = link_in_mail(&shop, "marta@example.org", "/account/confirmation/").await;
    shop.shop.clock.advance(Duration::hours(25));
    visitor.get(&link).await.is(Status::Gone);
    visitor.post(&link, &[("password", PASSWORD)]).await.is(Status::Gone);
    visitor.post("/account/register", &fields).await.is(Status::SeeOther);
    let link = link_in_mail(&shop, "marta@example.org", "/account/confirmation/").await;
    let twice = futures::future::join_all((0..5).map(|_| {
        let (visitor, link) = (shop.visitor(), link.clone());
        async move { visitor.post(&link, &[("password", PASSWORD)]).await.status.code }
    }));
    let answers = twice.await;
    assert_eq!(answers.iter().filter(|code| **code == 303).count(), 1, "{answers:?}");
    assert_eq!(shop.number("select count(*) from customers").await, 1);
    assert_eq!(shop.number("select count(*) from customer_sessions").await, 1);
}

#[rocket::async_test]
async fn a_known_address_gets_the_same_answer_and_another_mail() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    let (known, unknown) = (shop.visitor(), shop.visitor());
    for (visitor, email) in [(&known, "marta@example.org"), (&unknown, "nobody@example.org")] {
        let answer = visitor.post("/account/register", &[("email", email), ("password", "another good password")]).await;
        answer.goes_to("/account/mail-sent/register");
        let reset = visitor.post("/account/password-reset", &[("email", email)]).await;
        reset.goes_to("/account/mail-sent/password");
        assert!(visitor.cookies.lock().expect("cookies").is_empty(), "no cookie tells them apart");
    }
    shop.work().await;
    let mails = |to: &str, kind: &str| format!("select count(*) from mails where recipient = '{to}' and kind = '{kind}'");
    assert_eq!(shop.number(&mails("marta@example.org", "customer_known")).await, 1);
    assert_eq!(shop.number(&mails("marta@example.org", "customer_reset")).await, 1);
    assert_eq!(shop.number(&mails("nobody@example.org", "customer_register")).await, 1);
    assert_eq!(shop.number(&mails("nobody@example.org", "customer_reset")).await, 0);
    sign_in(&known, "marta@example.org", "another good password").await.is(Status::UnprocessableEntity);
    sign_in(&known, "marta@example.org", PASSWORD).await.goes_to("/account");
}

#[rocket::async_test]
async fn the_mail_to_a_known_address_says_so_in_its_owner_s_language() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    shop.sql("update customers set locale = 'de'").await;
    let fields = [("email", "marta@example.org"), ("password", "another good password")];
    shop.visitor().post("/account/register", &fields).await.is(Status::SeeOther);
    shop.work().await;
    let mail = newest_mail(&shop, "marta@example.org").await;
    assert!(mail.contains("Sie haben schon ein Konto"), "{mail}");
    assert!(!mail.contains("/account/confirmation/"), "{mail}");
}

#[rocket::async_test]
async fn weak_passwords_are_refused_with_the_form_refilled() {
    let shop = TestShop::open().await;
    for (password, why) in [
        ("short", "Use at least 10 characters"),
        ("marta@example.org", "must not be your e-mail address"),
        ("Password123!", "among the first that others would guess"),
    ] {
        let fields = [("name", "Marta"), ("email", "marta@example.org"), ("password", password)];
        let answer = shop.visitor().post("/account/register", &fields).await;
        answer.is(Status::UnprocessableEntity).shows(why).keeps("email", "marta@example.org").keeps("name", "Marta");
    }
    assert_eq!(shop.number("select count(*) from customer_tokens").await, 0);
}

#[rocket::async_test]
async fn wrong_unknown_and_closed_get_the_same_answer_in_the_same_time() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    let gone = enrol(&shop, "gone@example.org").await;
    let passwordless = shop.customer_id("keys@example.org").await;
    shop.sql(&format!("update customers set closed_at = now() where id = {gone}")).await;
    assert!(passwordless > 0);
    let kinds = [
        ("marta@example.org", "not the password"),
        ("nobody@example.org", PASSWORD),
        ("gone@example.org", PASSWORD),
        ("keys@example.org", PASSWORD),
    ];
    let mut bodies = Vec::new();
    let mut times = [std::time::Duration::MAX; 4];
    let even = |times: &[std::time::Duration; 4]| times.iter().max() < times.iter().min().map(|least| *least * 3).as_ref();
    // The least of some rounds; more of them while others work on the machine.
    for round in 0..30 {
        if round >= 6 && even(&times) {
            break;
        }
        for (kind, (email, password)) in kinds.into_iter().enumerate() {
            let start = std::time::Instant::now();
            let answer = sign_in(&shop.visitor(), email, password).await;
            times[kind] = times[kind].min(start.elapsed());
            answer.is(Status::UnprocessableEntity).shows("The e-mail address or the password is not right").keeps("email", email);
            bodies.push(answer.body().replace(email, "?"));
        }
        shop.shop.clock.advance(Duration::days(2));
    }
    assert!(bodies.windows(2).all(|two| two[0] == two[1]), "the answers differ");
    assert!(even(&times), "the times differ: {times:?}");
}

#[rocket::async_test]
async fn attempts_are_counted_by_account_and_by_address_known_or_not() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    for email in ["marta@example.org", "nobody@example.org"] {
        let visitor = shop.visitor();
        for _ in 0..5 {
            sign_in(&visitor, email, "wrong").await.is(Status::UnprocessableEntity);
        }
        let answer = sign_in(&visitor, email, PASSWORD).await;
        answer.is(Status::TooManyRequests).shows("Too many attempts. Try again in 15 minutes").keeps("email", email);
        assert!(answer.header("retry-after").is_some());
    }
    shop.shop.clock.advance(Duration::minutes(16));
    sign_in(&shop.visitor(), "marta@example.org", PASSWORD).await.goes_to("/account");
    for path in ["/account/register", "/account/password-reset"] {
        shop.shop.clock.advance(Duration::minutes(16));
        for _ in 0..5 {
            let fields = [("email", "somebody@example.org"), ("password", PASSWORD)];
            shop.visitor().post(path, &fields).await.is(Status::SeeOther);
        }
        let fields = [("email", "somebody@example.org"), ("password", PASSWORD)];
        shop.visitor().post(path, &fields).await.is(Status::TooManyRequests).shows("Too many attempts");
    }
}

#[rocket::async_test]
async fn failures_of_a_customer_do_not_lock_out_staff_of_the_same_address() {
    let shop = TestShop::open().await;
    for _ in 0..5 {
        sign_in(&shop.visitor(), "anna@example.org", "wrong").await.is(Status::UnprocessableEntity);
    }
    let staff = shop.visitor().post("/admin/sign-in", &[("email", "anna@example.org"), ("password", "wrong")]).await;
    staff.is(Status::UnprocessableEntity);
}

#[rocket::async_test]
async fn signing_in_again_gives_a_new_token_and_ends_the_old_session() {
    let shop = TestShop::open().await;
    enrol(&shop, "marta@example.org").await;
    let visitor = shop.visitor();
    sign_in(&visitor, "marta@example.org", PASSWORD).await;
    let old = visitor.cookies.lock().expect("cookies")["customer"].clone();
    sign_in(&visitor, "marta@example.org", PASSWORD).await;
    assert_ne!(old, visitor.cookies.lock().expect("cookies")["customer"]);
    shop.visitor().with_cookie("customer", &old).get("/account").await.is(Status::SeeOther);
    assert_eq!(shop.number("select count(*) from customer_sessions").await, 1);
}
