//! Acts that ask for a fresh proof of who acts: not fresh, one is sent to prove it and comes back; nothing is sent by itself.

use barrow::platform::access::Role;
use chrono::Duration;
use rocket::http::{ContentType, Header, Status};

use crate::access::{PASSWORD, hire, sign_in};
use crate::world::{TestShop, Visitor, encode};

async fn owner(shop: &TestShop) -> Visitor {
    hire(shop, "anna@example.org", Role::Owner).await;
    let anna = shop.visitor();
    sign_in(&anna, "anna@example.org", PASSWORD).await.goes_to("/admin");
    anna
}

#[rocket::async_test]
async fn step_up_staff_and_roles_ask_for_a_fresh_proof() {
    let shop = TestShop::open().await;
    let anna = owner(&shop).await;
    let invite = [("email", "tomas@example.org"), ("role", "support")];
    anna.post("/admin/settings/staff/invitations", &invite).await.goes_to("/admin/settings/staff");
    shop.shop.clock.advance(Duration::minutes(11));
    let page = "http://127.0.0.1:8000/admin/settings/staff?a=b";
    let request = shop.client.post("/admin/settings/staff/invitations").header(ContentType::Form).body(encode(&invite));
    let request = request.header(Header::new("Sec-Fetch-Site", "same-origin")).header(Header::new("Referer", page));
    let proof = "/admin/proof?next=%2Fadmin%2Fsettings%2Fstaff%3Fa%3Db";
    anna.send(request).await.goes_to(proof);
    let id = shop.number("select min(id) from staff").await;
    for (path, fields) in [
        ("/admin/settings/roles".to_owned(), vec![("name", "Night")]),
        ("/admin/settings/roles/support".into(), vec![("demands_factor", "yes")]),
        ("/admin/settings/roles/support/removal".into(), vec![]),
        ("/admin/settings/staff/proof-limit".into(), vec![("refund_proof_above", "1")]),
        (format!("/admin/settings/staff/{id}"), vec![("role", "support")]),
        ("/admin/settings/payment".into(), vec![("bank_details", "DE00 of somebody else")]),
    ] {
        anna.post(&path, &fields).await.goes_to("/admin/proof?next=%2Fadmin");
    }
    anna.post("/admin/settings/audit/file?q=x", &[]).await.goes_to("/admin/proof?next=%2Fadmin");
    anna.get("/admin/settings/staff").await.is_ok();
    anna.get(proof).await.is_ok().shows("Is it you?").has("current-password");
    anna.post(proof, &[("password", "wrong")]).await.is(Status::UnprocessableEntity).shows("not your current password");
    anna.post(proof, &[]).await.is(Status::UnprocessableEntity).shows("Fill in the field first");
    anna.post(proof, &[("password", PASSWORD)]).await.goes_to("/admin/settings/staff?a=b");
    assert_eq!(shop.number("select count(*) from staff_invitations").await, 1, "nothing was sent by itself");
    anna.post("/admin/settings/staff/invitations", &[("email", "uma@example.org"), ("role", "support")])
        .await
        .goes_to("/admin/settings/staff");
    for next in ["https://evil.example", "//evil.example", "/\\evil.example", "/admin/sign-out"] {
        let path = format!("/admin/proof?{}", encode(&[("next", next)]));
        anna.post(&path, &[("password", PASSWORD)]).await.goes_to("/admin");
    }
}

#[rocket::async_test]
async fn step_up_the_password_is_no_proof_for_who_has_a_factor() {
    let shop = TestShop::open().await;
    let anna = owner(&shop).await;
    let (secret, _) = shop.with_app(&anna).await;
    shop.shop.clock.advance(Duration::minutes(11));
    anna.get("/admin/proof").await.is_ok().has("one-time-code").lacks("Current password");
    anna.post("/admin/proof", &[("password", PASSWORD)]).await.is(Status::UnprocessableEntity).shows("You have a second factor");
    let code = shop.next_code(&secret);
    anna.post("/admin/proof", &[("code", &code)]).await.goes_to("/admin");
    anna.post("/admin/settings/roles", &[("name", "Night")]).await.goes_to("/admin/settings/roles");
    for _ in 0..5 {
        anna.post("/admin/proof", &[("code", "000000")]).await.is(Status::UnprocessableEntity);
    }
    anna.post("/admin/proof", &[("code", "000000")]).await.is(Status::TooManyRequests);
    assert_eq!(shop.number("select count(*) from audit where action = 'staff.proved'").await, 1);
    assert_eq!(shop.number("select count(*) from audit where action = 'staff.proof_failed'").await, 5);
}

#[rocket::async_test]
async fn step_up_a_proof_counts_in_its_session_only() {
    let shop = TestShop::open().await;
    let anna = owner(&shop).await;
    shop.shop.clock.advance(Duration::minutes(11));
    let there = shop.visitor();
    sign_in(&there, "anna@example.org", PASSWORD).await.goes_to("/admin");
    there.post("/admin/settings/roles", &[("name", "Day")]).await.goes_to("/admin/settings/roles");
    anna.post("/admin/settings/roles", &[("name", "Night")]).await.goes_to("/admin/proof?next=%2Fadmin");
    shop.visitor().get("/admin/proof").await.goes_to("/admin/sign-in?next=%2Fadmin%2Fproof");
}

#[rocket::async_test]
async fn step_up_the_limit_for_refunds_is_set_by_owners() {
    let shop = TestShop::open().await;
    let anna = owner(&shop).await;
    let limit = "/admin/settings/staff/proof-limit";
    anna.get("/admin/settings/staff").await.is_ok().keeps("refund_proof_above", "200.00");
    anna.post(limit, &[("refund_proof_above", "x")]).await.is(Status::UnprocessableEntity).keeps("refund_proof_above", "x");
    anna.post(limit, &[("refund_proof_above", "12.50")]).await.goes_to("/admin/settings/staff");
    assert_eq!(shop.number("select refund_proof_above from settings").await, 1250);
    anna.post(limit, &[("refund_proof_above", "")]).await.goes_to("/admin/settings/staff");
    assert_eq!(shop.number("select count(*) from settings where refund_proof_above is null").await, 1);
    shop.staff("manager").await.post(limit, &[("refund_proof_above", "1")]).await.is(Status::Forbidden);
    assert_eq!(shop.number("select count(*) from audit where action = 'settings.refund_proof'").await, 2);
}
