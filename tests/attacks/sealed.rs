//! What somebody finds who reads the tables, and what staff may not read: no password, no token, no link that opens an account.

use rocket::http::Status;

use super::{PASSWORD, enrol, hire, sign_in, texts};
use crate::world::{TestShop, Visitor};

fn cookie(visitor: &Visitor, name: &str) -> String {
    visitor.cookies.lock().expect("cookies").get(name).cloned().unwrap_or_default()
}

/// All that stands in the tables, as text.
async fn everything(shop: &TestShop) -> String {
    let tables = texts(shop, "select table_name::text as text from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'").await;
    let mut all = String::new();
    for table in tables {
        all.push_str(&texts(shop, &format!("select t::text as text from \"{table}\" t")).await.join("\n"));
    }
    all
}

#[rocket::async_test]
async fn the_tables_have_no_password_and_no_token_of_a_session() {
    let shop = TestShop::open().await;
    hire(&shop, "anna@example.org").await;
    enrol(&shop, "anna@example.org").await;
    let (staff, customer) = (shop.visitor(), shop.visitor());
    sign_in(&staff, "/admin", "anna@example.org", PASSWORD).await.is(Status::SeeOther);
    sign_in(&customer, "/account", "anna@example.org", PASSWORD).await.is(Status::SeeOther);
    let tea = shop.put("Green tea", 450, 5).await;
    let guest = shop.visitor();
    super::put_in(&guest, &tea).await;
    let fields = [("email", "new@example.org"), ("password", "a password of my own"), ("name", "New")];
    guest.post("/account/register", &fields).await.is(Status::SeeOther);
    sign_in(&guest, "/account", "anna@example.org", "my other password, mistyped").await.is(Status::UnprocessableEntity);
    let all = everything(&shop).await;
    for secret in [PASSWORD, "a password of my own", "my other password, mistyped"] {
        assert!(!all.contains(secret), "a password stands in the tables");
    }
    for (visitor, name) in [(&staff, "staff"), (&customer, "customer"), (&guest, "cart")] {
        let token = cookie(visitor, name);
        assert!(token.len() == 43 && !all.contains(&token), "the token of {name} stands in the tables");
    }
    assert!(all.contains("$argon2id$v=19$m=19456,t=2,p=1$"), "passwords are kept as OWASP says");
}

#[rocket::async_test]
async fn staff_cannot_open_an_account_by_a_letter_to_its_owner() {
    let shop = TestShop::open().await;
    let id = enrol(&shop, "anna@example.org").await;
    let (support, owner) = (shop.staff("support").await, shop.staff("owner").await);
    support.post(&format!("/admin/customers/{id}/password-reset"), &[]).await.is(Status::SeeOther);
    shop.work().await;
    let mail = shop.number("select id from mails where kind = 'customer_reset'").await;
    let page = support.get(&format!("/admin/mail/{mail}")).await;
    page.is_ok().shows("Only its recipient reads it").lacks("/account/password-reset/");
    support.get(&format!("/admin/mail/{mail}/letter")).await.is(Status::NotFound);
    // Where no mail leaves the shop, somebody must be able to pass such a link on: the owner, who may do everything anyway.
    owner.get(&format!("/admin/mail/{mail}")).await.is_ok().shows("/account/password-reset/");
    let away = TestShop::with(&[("SMTP_URL", "smtp://127.0.0.1:9")]).await;
    enrol(&away, "anna@example.org").await;
    away.post("/account/password-reset", &[("email", "anna@example.org")]).await.is(Status::SeeOther);
    let _ = away.try_to_work().await;
    let mail = away.number("select id from mails where kind = 'customer_reset'").await;
    away.staff("owner").await.get(&format!("/admin/mail/{mail}")).await.is_ok().lacks("/account/password-reset/");
    away.staff("owner").await.get(&format!("/admin/mail/{mail}/letter")).await.is(Status::NotFound);
}
