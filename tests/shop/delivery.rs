//! Delivery: where to, by which method, for how much, and by when; parcels by place, carriers, and the settings of it all.

mod labels;
mod methods;
mod parcels;
mod promises;
mod settings;

use chrono::Duration;

use crate::world::{Answer, Shelf, TestShop, Visitor};

pub type Fields<'a> = Vec<(&'a str, &'a str)>;

/// A shop whose zone for the US has no methods yet, with its manager.
pub async fn bare_shop() -> (TestShop, Visitor, i64) {
    let shop = TestShop::open().await;
    shop.sql("delete from shipping_methods").await;
    let staff = shop.staff("manager").await;
    let zone = shop.number("select id from shipping_zones where name = 'Domestic'").await;
    (shop, staff, zone)
}

/// A method as its form sends it, with some fields typed anew.
pub fn method<'a>(name: &'a str, changes: &[(&'a str, &'a str)]) -> Fields<'a> {
    let mut fields = vec![
        ("name", name),
        ("kind", "flat"),
        ("price", ""),
        ("free_from", ""),
        ("days_min", "1"),
        ("days_max", "2"),
        ("active", "yes"),
    ];
    for &(field, value) in changes {
        // In its place: a table is read row by row.
        match fields.iter_mut().find(|known| known.0 == field) {
            Some(known) => known.1 = value,
            None => fields.push((field, value)),
        }
    }
    fields
}

/// Adds a method to a zone by its form.
pub async fn add_method(staff: &Visitor, zone: i64, name: &str, changes: &[(&str, &str)]) {
    let path = format!("/admin/settings/delivery/{zone}/methods/new");
    staff.post(&path, &method(name, changes)).await.goes_to("/admin/settings/delivery");
}

pub async fn put_in(visitor: &Visitor, shelf: &Shelf, quantity: &str) {
    let variant = shelf.variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", quantity)]).await.goes_to("/cart");
}

/// Somebody in Oregon, with some fields typed anew.
pub fn oregon<'a>(changes: &[(&'a str, &'a str)]) -> Fields<'a> {
    let mut fields = vec![
        ("email", "anna@example.org"),
        ("country", "US"),
        ("name", "Anna Miller"),
        ("street", "12 Oak Street"),
        ("city", "Portland"),
        ("region", "OR"),
        ("postal_code", "97201"),
        ("payment", "bank_transfer"),
    ];
    for (field, value) in changes {
        fields.retain(|(known, _)| known != field);
        fields.push((field, value));
    }
    fields
}

/// The checkout's page for somebody who lives there.
pub async fn sent_to(visitor: &Visitor, changes: &[(&str, &str)]) -> Answer {
    visitor.post("/checkout/draft", &oregon(changes)).await.goes_to("/checkout");
    visitor.get("/checkout").await
}

/// The ways to send that a checkout page offers: name, hint and price, one a line.
pub fn offered(page: &Answer) -> Vec<String> {
    page.is_ok();
    let body = page.body();
    let rows = body.split("<label class=\"choice\">").skip(1).filter(|row| row.contains("name=\"shipping\""));
    let words = |row: &str| {
        let row = row.split("</label>").next().unwrap_or_default().replace("</b>", " | ").replace("</small>", " | ");
        let mut inside = false;
        let text: String = row
            .chars()
            .filter(|c| {
                let keep = !inside && *c != '<';
                inside = if *c == '<' { true } else { inside && *c != '>' };
                keep && *c != '>'
            })
            .collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    rows.map(words).collect()
}

/// The shop's clock at this moment; it only goes on.
pub fn at(shop: &TestShop, moment: &str) {
    let wanted: chrono::DateTime<chrono::Utc> = moment.parse().expect("a moment");
    let ahead = wanted - shop.now();
    assert!(ahead > Duration::zero(), "the clock goes on");
    shop.shop.clock.advance(ahead);
}

/// The value of a hidden field.
fn hidden(answer: &Answer, name: &str) -> String {
    let body = answer.body();
    let rest = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {body}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Sends the details, looks once more and places the order; where its page is.
pub async fn order(visitor: &Visitor, fields: &Fields<'_>) -> String {
    visitor.post("/checkout", fields).await.goes_to("/checkout/review");
    let look = visitor.get("/checkout/review").await;
    let (expected, seen) = (hidden(&look, "expected"), hidden(&look, "seen"));
    visitor.post("/checkout/order", &[("expected", &expected), ("seen", &seen)]).await.location()
}
