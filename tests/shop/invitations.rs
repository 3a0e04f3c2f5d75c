//! Staff come by invitation: a link in a mail, good once and for three days.

use chrono::Duration;
use rocket::http::Status;

use crate::access::{PASSWORD, sign_in};
use crate::account::link_in_mail;
use crate::world::{Answer, TestShop, Visitor};

const INVITE: &str = "/admin/settings/staff/invitations";

async fn invite(owner: &Visitor, email: &str, role: &str) -> Answer {
    owner.post(INVITE, &[("email", email), ("role", role)]).await
}

async fn link(shop: &TestShop, email: &str) -> String {
    link_in_mail(shop, email, "/admin/invitation/").await
}

#[rocket::async_test]
async fn invitations_lead_in_once() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    invite(&owner, "Tomas@Example.org", "support").await.goes_to("/admin/settings/staff");
    owner.get("/admin/settings/staff").await.is_ok().shows("tomas@example.org").shows("Send again").shows("Take back");
    let link = link(&shop, "tomas@example.org").await;
    let tomas = shop.visitor();
    tomas.get(&link).await.is_ok().shows("Join the team").shows("tomas@example.org").shows("Support");
    let send = async |name: &str, password: &str| tomas.post(&link, &[("name", name), ("password", password)]).await;
    send("", PASSWORD).await.is(Status::UnprocessableEntity);
    send("Tomás", "password123").await.is(Status::UnprocessableEntity).shows("others would guess").keeps("name", "Tomás");
    send("Tomás", PASSWORD).await.goes_to("/admin");
    tomas.get("/admin").await.is_ok().shows("Tomás");
    tomas.get("/admin/settings").await.is(Status::Forbidden);
    send("Eve", PASSWORD).await.is(Status::Gone).shows("good no more");
    shop.visitor().get(&link).await.is(Status::Gone);
    assert_eq!(shop.number("select count(*) from staff where email = 'tomas@example.org' and role = 'support'").await, 1);
    assert_eq!(shop.number("select count(*) from staff_invitations").await, 0);
    invite(&owner, "tomas@example.org", "support").await.is(Status::UnprocessableEntity).shows("on the list already");
    sign_in(&shop.visitor(), "tomas@example.org", PASSWORD).await.goes_to("/admin");
    let acts = "select count(*) from audit where action in ('staff.invited', 'staff.joined')";
    assert_eq!(shop.number(acts).await, 2);
    let clear = link.rsplit('/').next().expect("a token").to_owned();
    assert_eq!(shop.number(&format!("select count(*) from audit where after::text like '%{clear}%'")).await, 0);
}

#[rocket::async_test]
async fn invitations_are_sent_again_taken_back_and_grow_old() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    invite(&owner, "tomas@example.org", "support").await.goes_to("/admin/settings/staff");
    let first = link(&shop, "tomas@example.org").await;
    let id = shop.number("select id from staff_invitations").await;
    owner.post(&format!("{INVITE}/{id}/sending"), &[]).await.goes_to("/admin/settings/staff");
    let second = link(&shop, "tomas@example.org").await;
    assert_ne!(first, second);
    let tomas = shop.visitor();
    tomas.get(&first).await.is(Status::Gone);
    tomas.get(&second).await.is_ok();
    invite(&owner, "tomas@example.org", "content").await.goes_to("/admin/settings/staff");
    assert_eq!(shop.number("select count(*) from staff_invitations where role = 'content'").await, 1, "the last word counts");
    let third = link(&shop, "tomas@example.org").await;
    tomas.get(&second).await.is(Status::Gone);
    shop.shop.clock.advance(Duration::hours(71));
    tomas.get(&third).await.is_ok();
    shop.shop.clock.advance(Duration::hours(2));
    tomas.get(&third).await.is(Status::Gone);
    tomas.post(&third, &[("name", "Tomás"), ("password", PASSWORD)]).await.is(Status::Gone);
    let owner = shop.staff("owner").await;
    shop.sql("update staff_sessions set proven_at = now() + interval '5 days', seen_at = now() + interval '3 days'").await;
    owner.get("/admin/settings/staff").await.is_ok().shows("the link is too old");
    owner.post(&format!("{INVITE}/{id}/removal"), &[]).await.goes_to("/admin/settings/staff");
    owner.post(&format!("{INVITE}/{id}/removal"), &[]).await.is(Status::NotFound);
    owner.post(&format!("{INVITE}/{id}/sending"), &[]).await.is(Status::NotFound);
    assert_eq!(shop.number("select count(*) from staff").await, 1);
    assert_eq!(shop.number("select count(*) from audit where action = 'staff.uninvited'").await, 1);
}

#[rocket::async_test]
async fn invitations_give_no_more_than_the_inviter_has() {
    let shop = TestShop::open().await;
    shop.sql("insert into roles (key, name, rights) values ('own-desk', 'Desk', '{manage-staff,view-orders,view-mail}')").await;
    let desk = shop.staff("own-desk").await;
    let page = desk.get("/admin/settings/staff").await;
    page.is_ok().has("value=\"own-desk\"").lacks("Owner Manager");
    for role in ["owner", "manager", "support", "nonsense", "", "-"] {
        invite(&desk, "tomas@example.org", role).await.is(Status::UnprocessableEntity);
    }
    invite(&desk, "tomas@example.org", "own-desk").await.goes_to("/admin/settings/staff");
    for email in ["", "nobody", "a\0@example.org", "x@y"] {
        invite(&desk, email, "own-desk").await.is(Status::UnprocessableEntity);
    }
    let owner = shop.staff("owner").await;
    invite(&owner, "uma@example.org", "owner").await.goes_to("/admin/settings/staff");
    let id = shop.number("select id from staff_invitations where role = 'owner'").await;
    desk.post(&format!("{INVITE}/{id}/sending"), &[]).await.is(Status::UnprocessableEntity).shows("rights that you do not have");
    shop.staff("manager").await.get("/admin/settings/staff").await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn invitations_are_read_by_those_who_may_invite_only() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    invite(&owner, "uma@example.org", "owner").await.goes_to("/admin/settings/staff");
    link(&shop, "uma@example.org").await;
    let mail = shop.number("select id from mails where kind = 'staff_invitation'").await;
    let support = shop.staff("support").await;
    // Where mail is kept, there is no other way for the link to reach its reader than by the owner.
    support.get(&format!("/admin/mail/{mail}")).await.is_ok().lacks("/admin/invitation/");
    owner.get(&format!("/admin/mail/{mail}")).await.is_ok();
    let letter = format!("/admin/mail/{mail}/letter");
    support.get(&letter).await.is(Status::NotFound);
    owner.get(&letter).await.is_ok().has("/admin/invitation/");
    for bad in ["/admin/invitation/x", "/admin/invitation/%00", "/admin/invitation/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let answer = shop.visitor().get(bad).await;
        assert!(matches!(answer.status.code, 303 | 404 | 410), "{bad}: {}", answer.status);
    }
}
