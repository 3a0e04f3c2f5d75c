//! What is kept of people: copies of it, being forgotten, times of keeping, consent, and the page that says it all.

mod consent;
mod copies;
mod erasure;
mod guests;
mod times;

use std::io::{Cursor, Read};

use crate::world::{Answer, Shelf, TestShop, Visitor};

/// The texts of the files in a zip, by name.
pub fn unpacked(answer: &Answer) -> Vec<(String, String)> {
    answer.is_ok();
    assert_eq!(answer.header("content-type"), Some("application/zip"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(answer.header("content-disposition").is_some_and(|said| said.starts_with("attachment; filename=\"data-")));
    let mut zip = zip::ZipArchive::new(Cursor::new(answer.bytes.clone())).expect("a whole zip");
    let mut files = Vec::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("a file");
        let name = file.name().expect("a name").into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        files.push((name, text));
    }
    files
}

/// One file of a zip.
pub fn file<'a>(files: &'a [(String, String)], name: &str) -> &'a str {
    files.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str()).unwrap_or_else(|| panic!("no {name}"))
}

/// Puts things in the cart and buys them as a guest with this address; the path of the order.
pub async fn buy(shop: &TestShop, visitor: &Visitor, shelf: &Shelf, email: &str, name: &str) -> String {
    begin(shop, visitor, shelf, email, name).await;
    let look = visitor.get("/checkout/review").await;
    let (expected, seen) = (hidden(&look, "expected"), hidden(&look, "seen"));
    let order = visitor.post("/checkout/order", &[("expected", &expected), ("seen", &seen)]).await.location();
    assert!(order.starts_with("/orders/"), "{order}");
    order
}

/// Fills cart and checkout.
pub async fn begin(shop: &TestShop, visitor: &Visitor, shelf: &Shelf, email: &str, name: &str) {
    let variant = shelf.variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", "1")]).await.goes_to("/cart");
    let query =
        "select m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = 'DE'";
    let method = shop.number(query).await.to_string();
    let fields = [
        ("email", email),
        ("country", "DE"),
        ("name", name),
        ("street", "Weg 1"),
        ("postal_code", "10115"),
        ("city", "Berlin"),
        ("payment", "bank_transfer"),
        ("shipping", &method),
    ];
    visitor.post("/checkout", &fields).await.goes_to("/checkout/review");
}

fn hidden(answer: &Answer, name: &str) -> String {
    let body = answer.body();
    let rest = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {body}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}
