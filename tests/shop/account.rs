//! Customers' accounts: the door, what is behind it, and the cart that comes along.

mod carts;
mod checkout;
mod door;
mod factors;
mod guards;
mod inside;
mod orders;
mod recovery;
pub mod sites;

use barrow::platform::access::passwords::{self, Password};

use crate::world::{Answer, TestShop, Visitor};

pub const PASSWORD: &str = "a long walk by the sea";

/// Opens an account that is signed in to with [`PASSWORD`]; its id.
pub async fn enrol(shop: &TestShop, email: &str) -> i64 {
    let id = shop.customer_id(email).await;
    let password: Password = PASSWORD.parse().expect("a password");
    let kept = passwords::chosen(&password, email).await.expect("taken");
    shop.sql(&format!("update customers set password_hash = '{}' where id = {id}", kept.as_str())).await;
    id
}

pub async fn sign_in(visitor: &Visitor, email: &str, password: &str) -> Answer {
    visitor.post("/account/sign-in", &[("email", email), ("password", password)]).await
}

/// The address of this kind in the newest mail to somebody, once the jobs have run: "/account/confirmation/…".
pub async fn link_in_mail(shop: &TestShop, to: &str, path: &str) -> String {
    shop.work().await;
    let mail = newest_mail(shop, to).await;
    let rest = mail.split(path).nth(1).unwrap_or_else(|| panic!("no {path} in {mail}"));
    let token: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    format!("{path}{token}")
}

/// The text of the newest mail to somebody.
pub async fn newest_mail(shop: &TestShop, to: &str) -> String {
    use diesel_async::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        body: String,
    }
    let query =
        format!("select subject || E'\n' || body_text as body from mails where recipient = '{to}' order by id desc limit 1");
    let row: Row = diesel::sql_query(query).get_result(&mut shop.conn().await).await.expect("a mail");
    row.body
}

/// Registers, follows the link and types the password again.
pub async fn register(shop: &TestShop, visitor: &Visitor, email: &str) -> Answer {
    let fields = [("name", "Marta Wolf"), ("email", email), ("password", PASSWORD)];
    visitor.post("/account/register", &fields).await.goes_to("/account/mail-sent/register");
    let link = link_in_mail(shop, email, "/account/confirmation/").await;
    visitor.get(&link).await.is_ok().shows("Open your account").has(email);
    visitor.post(&link, &[("password", PASSWORD)]).await
}
