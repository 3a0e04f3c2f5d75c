//! The second step of signing in, setting factors up, and roles that demand one.

use barrow::platform::access::{Role, commands};
use barrow::platform::db::{self, Conn};
use chrono::Duration;
use rocket::http::Status;

use crate::access::{PASSWORD, hire, sign_in};
use crate::world::{TestShop, Visitor};

/// Anna, an owner with an app: her secret and recovery codes, and where she is signed in.
async fn anna(shop: &TestShop) -> (Visitor, String, Vec<String>) {
    hire(shop, "anna@example.org", Role::Owner).await;
    let here = shop.visitor();
    sign_in(&here, "anna@example.org", PASSWORD).await.goes_to("/admin");
    let (secret, codes) = shop.with_app(&here).await;
    (here, secret, codes)
}

fn has_cookie(visitor: &Visitor, name: &str) -> bool {
    visitor.cookies.lock().expect("cookies").contains_key(name)
}

#[rocket::async_test]
async fn staff_factors_an_app_is_asked_for_after_the_right_password() {
    let shop = TestShop::open().await;
    let (here, secret, codes) = anna(&shop).await;
    assert_eq!(codes.len(), 10);
    here.get("/admin/security").await.is_ok().shows("Remove the app").shows("10 left").lacks(&secret);
    let there = shop.visitor();
    let fields = [("email", "anna@example.org"), ("password", PASSWORD), ("next", "/admin/sessions")];
    let step = "/admin/sign-in/second-step?next=%2Fadmin%2Fsessions";
    there.post("/admin/sign-in", &fields).await.goes_to(step);
    assert!(has_cookie(&there, "staff-half") && !has_cookie(&there, "staff"), "no session before the second step");
    assert_eq!(shop.number("select count(*) from staff_sessions").await, 1);
    there.get("/admin/sessions").await.is(Status::SeeOther);
    there.get(step).await.is_ok().shows("your password was right").has("one-time-code");
    there.post(step, &[("code", "000000")]).await.is(Status::UnprocessableEntity).shows("This code is not right");
    there.post(step, &[]).await.is(Status::UnprocessableEntity);
    let code = shop.next_code(&secret);
    there.post(step, &[("code", &code)]).await.goes_to("/admin/sessions");
    assert!(!has_cookie(&there, "staff-half"));
    there.get("/admin/sessions").await.is_ok().shows("Signed in on 2");
    assert_eq!(shop.number("select count(*) from staff_sign_ins").await, 0);
    there.get(step).await.goes_to("/admin/sessions");
    let again = shop.visitor();
    sign_in(&again, "anna@example.org", PASSWORD).await.goes_to("/admin/sign-in/second-step");
    again.post("/admin/sign-in/second-step", &[("code", &code)]).await.is(Status::UnprocessableEntity);
    let written = "select count(*) from audit where action = 'staff.signed_in' and after->>'by' = 'totp' and address is not null";
    assert_eq!(shop.number(written).await, 1);
    assert_eq!(shop.number("select count(*) from audit where action = 'staff.second_step_failed'").await, 3);
}

#[rocket::async_test]
async fn staff_factors_a_recovery_code_lets_in_once() {
    let shop = TestShop::open().await;
    let (here, _, codes) = anna(&shop).await;
    let step = "/admin/sign-in/second-step";
    for (code, status) in [(&codes[0], Status::SeeOther), (&codes[0], Status::UnprocessableEntity), (&codes[1], Status::SeeOther)]
    {
        let there = shop.visitor();
        sign_in(&there, "anna@example.org", PASSWORD).await.goes_to(step);
        there.post(step, &[("code", code)]).await.is(status);
    }
    here.get("/admin/security").await.is_ok().shows("8 left");
    let renewed = here.post("/admin/security/recovery-codes", &[]).await;
    renewed.is_ok().shows("shown this once").lacks(&codes[2]);
    let there = shop.visitor();
    sign_in(&there, "anna@example.org", PASSWORD).await.goes_to(step);
    there.post(step, &[("code", &codes[2])]).await.is(Status::UnprocessableEntity);
}

#[rocket::async_test]
async fn staff_factors_the_second_step_waits_ten_minutes_and_for_nobody_else() {
    let shop = TestShop::open().await;
    let (_, secret, _) = anna(&shop).await;
    let step = "/admin/sign-in/second-step";
    let slow = shop.visitor();
    sign_in(&slow, "anna@example.org", PASSWORD).await.goes_to(step);
    shop.shop.clock.advance(Duration::minutes(11));
    slow.get(step).await.goes_to("/admin/sign-in?next=%2Fadmin");
    let code = shop.next_code(&secret);
    slow.post(step, &[("code", &code)]).await.goes_to("/admin/sign-in");
    shop.visitor().post(step, &[("code", &code)]).await.goes_to("/admin/sign-in");
    shop.visitor().post("/admin/sign-in/second-step/question", &[]).await.is(Status::SeeOther);
    let shut_out = shop.visitor();
    sign_in(&shut_out, "anna@example.org", PASSWORD).await.goes_to(step);
    shop.sql("update staff set disabled_at = now()").await;
    shut_out.post(step, &[("code", &code)]).await.goes_to("/admin/sign-in");
    assert_eq!(shop.number("select count(*) from staff_sessions").await, 1);
    shop.work().await;
}

#[rocket::async_test]
async fn staff_factors_guesses_at_the_second_step_make_it_wait() {
    let shop = TestShop::open().await;
    let (_, secret, _) = anna(&shop).await;
    let step = "/admin/sign-in/second-step";
    let guesser = shop.visitor();
    for code in ["000000", "000001", "000002", "000003", "000004"] {
        // A right password in between gives no new guesses.
        sign_in(&guesser, "anna@example.org", PASSWORD).await.goes_to(step);
        guesser.post(step, &[("code", code)]).await.is(Status::UnprocessableEntity);
    }
    let code = shop.next_code(&secret);
    let answer = guesser.post(step, &[("code", &code)]).await;
    answer.is(Status::TooManyRequests).shows("Too many attempts");
    assert!(answer.header("retry-after").is_some());
    shop.shop.clock.advance(Duration::minutes(16));
    sign_in(&guesser, "anna@example.org", PASSWORD).await.goes_to(step);
    let code = shop.next_code(&secret);
    guesser.post(step, &[("code", &code)]).await.goes_to("/admin");
}

#[rocket::async_test]
async fn staff_factors_a_role_can_demand_one_and_then_nothing_else_is_open() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    owner
        .post("/admin/settings/roles/support", &[("name", ""), ("demands_factor", "yes")])
        .await
        .goes_to("/admin/settings/roles");
    hire(&shop, "tomas@example.org", Role::Support).await;
    let tomas = shop.visitor();
    sign_in(&tomas, "tomas@example.org", PASSWORD).await.goes_to("/admin");
    for path in ["/admin", "/admin/orders", "/admin/sessions", "/admin/preferences", "/admin/settings"] {
        tomas.get(path).await.goes_to("/admin/security");
    }
    tomas.post("/admin/password", &[("current", PASSWORD), ("new", "another good password")]).await.goes_to("/admin/security");
    tomas.get("/admin/security").await.is_ok().shows("Set up a second factor").shows("Support");
    let (secret, _) = shop.with_app(&tomas).await;
    tomas.get("/admin/orders").await.is_ok();
    tomas.get("/admin/settings").await.is(Status::Forbidden);
    let again = shop.visitor();
    sign_in(&again, "tomas@example.org", PASSWORD).await.goes_to("/admin/sign-in/second-step");
    let code = shop.next_code(&secret);
    again.post("/admin/sign-in/second-step", &[("code", &code)]).await.goes_to("/admin");
    again.get("/admin").await.is_ok();
    again.post("/admin/security/app/removal", &[]).await.goes_to("/admin/security");
    again.get("/admin").await.goes_to("/admin/security");
    again.post("/admin/sign-out", &[]).await.goes_to("/admin/sign-in");
}

#[rocket::async_test]
async fn staff_factors_are_changed_with_a_fresh_proof_only() {
    let shop = TestShop::open().await;
    let (here, secret, _) = anna(&shop).await;
    shop.shop.clock.advance(Duration::minutes(11));
    for path in
        ["app", "app/removal", "app/confirmation", "recovery-codes", "passkeys", "passkeys/question", "passkeys/1/removal"]
    {
        here.post(&format!("/admin/security/{path}"), &[]).await.goes_to("/admin/proof?next=%2Fadmin");
    }
    here.get("/admin/security").await.is_ok();
    let code = shop.next_code(&secret);
    here.post("/admin/proof?next=%2Fadmin%2Fsecurity", &[("code", &code)]).await.goes_to("/admin/security");
    here.post("/admin/security/app", &[]).await.is(Status::UnprocessableEntity).shows("An app is set up already");
    here.post("/admin/security/passkeys/1/removal", &[]).await.is(Status::NotFound);
    here.post("/admin/security/passkeys/1/name", &[("name", "x")]).await.is(Status::NotFound);
    here.post("/admin/security/app/removal", &[]).await.goes_to("/admin/security");
    here.get("/admin/security").await.is_ok().shows("Set up an app").lacks("Recovery codes");
    here.post("/admin/security/recovery-codes", &[]).await.goes_to("/admin/security");
    sign_in(&shop.visitor(), "anna@example.org", PASSWORD).await.goes_to("/admin");
    let acts = "select count(distinct action) from audit where action in ('staff.app_begun', 'staff.app_added', 'staff.app_removed', 'staff.proved')";
    assert_eq!(shop.number(acts).await, 4);
    assert_eq!(shop.number("select (select count(*) from totp_factors) + (select count(*) from recovery_codes)").await, 0);
}

#[rocket::async_test]
async fn staff_factors_a_wrong_first_code_sets_nothing_up() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    owner.get("/admin/security/app").await.goes_to("/admin/security");
    owner.post("/admin/security/app", &[]).await.goes_to("/admin/security/app");
    for code in ["000000", "", "nonsense", "\0"] {
        owner
            .post("/admin/security/app/confirmation", &[("code", code)])
            .await
            .is(Status::UnprocessableEntity)
            .shows("not right");
    }
    assert_eq!(shop.number("select count(*) from totp_factors where confirmed_at is not null").await, 0);
    owner.post("/admin/security/passkeys/question", &[]).await.is(Status::NotFound);
    owner.get("/admin/security").await.is_ok().shows("cannot be used while the shop is reached by a number");
    owner
        .post("/admin/security/passkeys", &[("name", "x"), ("ceremony", "x"), ("credential", "{}")])
        .await
        .is(Status::UnprocessableEntity);
}

#[rocket::async_test]
async fn staff_factors_are_reset_for_who_lost_them_all() {
    let shop = TestShop::open().await;
    let (here, ..) = anna(&shop).await;
    let email = "anna@example.org".parse().expect("an address");
    let vault = &shop.shop.vault;
    let mut conn = shop.conn().await;
    let reset =
        db::transaction(&mut conn, async |tx: &mut Conn| commands::reset_factors(tx, vault, &email, "command line").await);
    reset.await.expect("reset");
    drop(conn);
    here.get("/admin").await.is(Status::SeeOther);
    sign_in(&here, "anna@example.org", PASSWORD).await.goes_to("/admin");
    assert_eq!(
        shop.number("select count(*) from audit where action = 'staff.factors_reset' and staff_email = 'command line'").await,
        1
    );
    assert_eq!(shop.number("select count(*) from sealed_secrets").await, 0);
}
