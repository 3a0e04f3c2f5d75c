//! Roles of the shop's own, the matrix, and colleagues' sessions.

use barrow::platform::access::{Right, Role};
use rocket::http::Status;

use crate::access::{PASSWORD, hire, sign_in};
use crate::world::TestShop;

const ROLES: &str = "/admin/settings/roles";

#[rocket::async_test]
async fn roles_of_ones_own_give_what_is_ticked_at_once() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    owner.get("/admin/settings/roles/new").await.is_ok().shows("Pay money back").shows("Staff, roles, audit trail");
    let night = [("name", "Night shift"), ("rights", "view-orders"), ("rights", "fulfil-orders")];
    owner.post(ROLES, &night).await.goes_to(ROLES);
    let page = owner.get(ROLES).await;
    page.is_ok().shows("Night shift").shows("your own").shows("Who may do what");
    for right in Right::given() {
        page.shows(&barrow::platform::i18n::Words::new(barrow::platform::i18n::Locale::En).t(&right.key()));
    }
    let key = own_role(&shop).await;
    let nadia = shop.staff(&key).await;
    nadia.get("/admin").await.is_ok();
    nadia.get("/admin/orders").await.is_ok();
    nadia.get("/admin/products").await.is(Status::Forbidden).shows("Your role is Night shift");
    let more = [("name", "Night shift"), ("rights", "view-products")];
    owner.post(&format!("{ROLES}/{key}"), &more).await.goes_to(ROLES);
    nadia.get("/admin/products").await.is_ok();
    nadia.get("/admin/orders").await.is(Status::Forbidden);
    owner.post(&format!("{ROLES}/{key}/removal"), &[]).await.is(Status::UnprocessableEntity).shows("Somebody has this role");
    let id = shop.number(&format!("select id from staff where role = '{key}'")).await;
    owner.post(&format!("/admin/settings/staff/{id}"), &[("role", "content")]).await.goes_to("/admin/settings/staff");
    nadia.get("/admin/menus").await.is_ok();
    owner.post(&format!("{ROLES}/{key}/removal"), &[]).await.goes_to(ROLES);
    owner.get(&format!("{ROLES}/{key}")).await.is(Status::NotFound);
    owner.post(&format!("{ROLES}/{key}/removal"), &[]).await.is(Status::NotFound);
    assert_eq!(shop.number("select count(*) from audit where action like 'role.%'").await, 3);
}

async fn own_role(shop: &TestShop) -> String {
    let number =
        shop.number("select substr(key, 5)::bigint from roles where key like 'own-%' order by created_at desc limit 1").await;
    format!("own-{number}")
}

#[rocket::async_test]
async fn roles_are_refused_with_the_form_refilled() {
    let shop = TestShop::open().await;
    let owner = shop.staff("owner").await;
    let send = async |name: &str, right: &str| owner.post(ROLES, &[("name", name), ("rights", right)]).await;
    send("", "view-orders").await.is(Status::UnprocessableEntity).has("checked");
    send("Owner", "view-orders").await.is(Status::UnprocessableEntity).shows("Another role has this name").keeps("name", "Owner");
    send("Night", "fly").await.is(Status::UnprocessableEntity);
    send("Night", "signed-in").await.is(Status::UnprocessableEntity);
    send("N\0ight", "view-orders").await.is(Status::UnprocessableEntity);
    send("Night", "view-orders").await.goes_to(ROLES);
    send("NIGHT", "view-orders").await.is(Status::UnprocessableEntity).shows("Another role has this name");
    assert_eq!(shop.number("select count(*) from roles where name <> ''").await, 1);
    for key in ["nonsense", "own-999", "%00", "Owner", "own 1"] {
        owner.get(&format!("{ROLES}/{}", key.replace(' ', "%20"))).await.is(Status::NotFound);
    }
    // Of the six only whether they demand a factor can be changed.
    owner.post(&format!("{ROLES}/support"), &[("name", "Boss"), ("rights", "manage-staff")]).await.goes_to(ROLES);
    assert_eq!(shop.number("select count(*) from roles where key = 'support' and name = '' and rights = '{}'").await, 1);
    owner.post(&format!("{ROLES}/support/removal"), &[]).await.is(Status::NotFound);
    shop.staff("support").await.get(ROLES).await.is(Status::Forbidden);
}

#[rocket::async_test]
async fn roles_nobody_gives_or_takes_rights_that_they_do_not_have() {
    let shop = TestShop::open().await;
    shop.sql(
        "insert into roles (key, name, rights) values ('own-desk', 'Desk', '{manage-staff,view-orders}'),
                ('own-shop', 'Shop', '{manage-settings}'), ('own-eyes', 'Eyes', '{view-orders}')",
    )
    .await;
    let owner = shop.staff("owner").await;
    let desk = shop.staff("own-desk").await;
    shop.staff("own-eyes").await;
    shop.staff("own-shop").await;
    let id = async |role: &str| shop.number(&format!("select id from staff where role = '{role}'")).await;
    let (boss, eyes, keeper, me) = (id("owner").await, id("own-eyes").await, id("own-shop").await, id("own-desk").await);
    let change = async |who: i64, role: &str| desk.post(&format!("/admin/settings/staff/{who}"), &[("role", role)]).await;
    for (who, role) in [(eyes, "owner"), (eyes, "own-shop"), (keeper, "own-eyes"), (boss, "own-eyes"), (me, "owner")] {
        change(who, role).await.is(Status::UnprocessableEntity);
    }
    desk.get(&format!("/admin/settings/staff/{boss}")).await.is_ok().shows("rights that you do not have");
    change(eyes, "own-desk").await.goes_to("/admin/settings/staff");
    let role = async |path: &str, right: &str| desk.post(path, &[("name", "New"), ("rights", right)]).await;
    role(ROLES, "refund-orders").await.is(Status::UnprocessableEntity).shows("rights that you do not have");
    role(&format!("{ROLES}/own-desk"), "refund-orders").await.is(Status::UnprocessableEntity);
    role(&format!("{ROLES}/own-shop"), "view-orders").await.is(Status::UnprocessableEntity);
    role(&format!("{ROLES}/owner"), "view-orders").await.is(Status::UnprocessableEntity);
    desk.get("/admin/settings/roles/new").await.is_ok().shows("See orders").lacks("Pay money back");
    role(ROLES, "view-orders").await.goes_to(ROLES);
    let last = owner.post(&format!("/admin/settings/staff/{boss}"), &[("role", "own-eyes")]).await;
    last.is(Status::UnprocessableEntity).shows("The shop needs one owner");
}

#[rocket::async_test]
async fn roles_sessions_of_colleagues_are_seen_and_ended() {
    let shop = TestShop::open().await;
    hire(&shop, "tomas@example.org", Role::Support).await;
    let (phone, desk) = (shop.visitor(), shop.visitor());
    for visitor in [&phone, &desk] {
        sign_in(visitor, "tomas@example.org", PASSWORD).await.goes_to("/admin");
    }
    let owner = shop.staff("owner").await;
    let id = shop.number("select id from staff where email = 'tomas@example.org'").await;
    let path = format!("/admin/settings/staff/{id}");
    owner.get(&path).await.is_ok().shows("Sign out everywhere").shows("Second factor None.");
    let first = shop.number(&format!("select min(id) from staff_sessions where staff_id = {id}")).await;
    let mine = shop.number("select max(id) from staff_sessions").await;
    owner.post(&format!("{path}/sessions/{first}/ending"), &[]).await.goes_to(&path);
    phone.get("/admin").await.is(Status::SeeOther);
    desk.get("/admin").await.is_ok();
    owner.post(&format!("{path}/sessions/{mine}/ending"), &[]).await.goes_to(&path);
    owner.get("/admin").await.is_ok();
    desk.post(&format!("{path}/sessions/ending"), &[]).await.is(Status::Forbidden);
    owner.post(&format!("{path}/sessions/ending"), &[]).await.goes_to(&path);
    desk.get("/admin").await.is(Status::SeeOther);
    owner.get(&path).await.is_ok().shows("Signed in nowhere");
    owner.post("/admin/settings/staff/999999/sessions/ending", &[]).await.is(Status::NotFound);
    let acts = "select count(*) from audit where action in ('staff.session_ended', 'staff.sessions_ended') and staff_email = 'owner@example.org'";
    assert_eq!(shop.number(acts).await, 2);
}
