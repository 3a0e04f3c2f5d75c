//! What attackers try, each told through HTTP: all of it is refused, none of it is a breakage.

mod bytes;
mod cells;
mod files;
mod forgery;
mod guessing;
mod hosts;
mod ids;
mod logs;
mod reaching_out;
mod redirects;
mod scripts;
mod sealed;
mod sessions;
mod sizes;
mod standard;
mod timing;

use barrow::platform::access::passwords::{self, Password};
use regex::Regex;
use rocket::Route;
use rocket::http::Method;

use crate::world::{Answer, Shelf, TestShop, Visitor};

pub const PASSWORD: &str = "a long walk by the sea";
pub const EVIL: &str = "evil.example";

/// Whoever is attacked: an owner who signs in with [`PASSWORD`].
async fn hire(shop: &TestShop, email: &str) {
    shop.staff_named(email, "owner").await;
    let kept = kept(email).await;
    shop.sql(&format!("update staff set password_hash = '{kept}' where email = '{email}'; delete from staff_sessions")).await;
}

/// What is kept of [`PASSWORD`].
async fn kept(email: &str) -> String {
    let password: Password = PASSWORD.parse().expect("a password");
    passwords::chosen(&password, email).await.expect("taken").as_str().to_owned()
}

/// A customer who signs in with [`PASSWORD`]; the id.
async fn enrol(shop: &TestShop, email: &str) -> i64 {
    let id = shop.customer_id(email).await;
    let kept = kept(email).await;
    shop.sql(&format!("update customers set password_hash = '{kept}' where id = {id}")).await;
    id
}

async fn sign_in(visitor: &Visitor, door: &str, email: &str, password: &str) -> Answer {
    visitor.post(&format!("{door}/sign-in"), &[("email", email), ("password", password)]).await
}

/// The mounted routes of one verb.
fn routes(shop: &TestShop, method: Method) -> Vec<Route> {
    shop.client.rocket().routes().filter(|route| route.method == method).cloned().collect()
}

/// The address of a route with every part that may differ replaced.
fn aim(route: &Route, value: &str) -> String {
    let part = Regex::new(r"<[^>]+>").expect("a pattern");
    part.replace_all(route.uri.path(), regex::NoExpand(value)).into_owned()
}

/// Somebody in Oregon who has filled in everything but the way of sending.
fn oregon() -> Vec<(&'static str, &'static str)> {
    vec![
        ("email", "anna@example.org"),
        ("country", "US"),
        ("name", "Anna Miller"),
        ("street", "12 Oak Street"),
        ("city", "Portland"),
        ("region", "OR"),
        ("postal_code", "97201"),
        ("payment", "bank_transfer"),
    ]
}

/// The first way of sending to the United States.
async fn method(shop: &TestShop) -> String {
    let of = "select m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = 'US' order by m.id limit 1";
    shop.number(of).await.to_string()
}

async fn put_in(visitor: &Visitor, shelf: &Shelf) {
    let variant = shelf.variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", "1")]).await.goes_to("/cart");
}

/// The value of a hidden field.
fn hidden(answer: &Answer, name: &str) -> String {
    let body = answer.body();
    let rest = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {body}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Fills the cart and the checkout and presses the last button with these fields besides; where the shop leads then.
async fn buy(shop: &TestShop, visitor: &Visitor, shelf: &Shelf, fields: &[(&str, &str)], more: &[(&str, &str)]) -> Answer {
    put_in(visitor, shelf).await;
    let way = method(shop).await;
    let mut sent = fields.to_vec();
    sent.push(("shipping", &way));
    visitor.post("/checkout", &sent).await.goes_to("/checkout/review");
    let look = visitor.get("/checkout/review").await;
    let (expected, seen) = (hidden(&look, "expected"), hidden(&look, "seen"));
    let pressed = [&[("expected", expected.as_str()), ("seen", seen.as_str())][..], more].concat();
    visitor.post("/checkout/order", &pressed).await
}

/// Fields as an address carries them.
fn query(fields: &[(&str, &str)]) -> String {
    crate::world::encode(fields)
}

/// Texts of one column, in any order.
async fn texts(shop: &TestShop, query: &str) -> Vec<String> {
    use diesel_async::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        text: String,
    }
    let rows: Vec<Row> = diesel::sql_query(query).load(&mut shop.conn().await).await.expect("good SQL");
    rows.into_iter().map(|row| row.text).collect()
}
