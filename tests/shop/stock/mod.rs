//! Stock beyond one shelf: bundles, what is sold ahead, goods on their way, who waits for what.

mod ahead;
mod bundles;
mod counts;
mod hands;
mod ledger;
mod model;
mod rules;
mod transfers;
mod waitlist;

use barrow::platform::base::VariantId;
use rocket::http::Status;

use crate::world::{Answer, Shelf, TestShop, Visitor};

/// The value of a hidden field.
pub fn hidden(answer: &Answer, name: &str) -> String {
    let body = answer.body();
    let rest = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {body}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// An answer that is none of a breakage: a race is lost by being told so.
fn whole(answer: Answer) -> Answer {
    assert!(answer.status.code < 500, "{}: {}", answer.status, answer.text());
    answer
}

/// Puts pieces in the cart.
pub async fn put_in(visitor: &Visitor, variant: VariantId, quantity: &str) -> Answer {
    whole(visitor.post("/cart/lines", &[("variant", &variant.to_string()), ("quantity", quantity)]).await)
}

/// Tells the checkout everything.
pub async fn tell(shop: &TestShop, visitor: &Visitor) -> Answer {
    let query =
        "select m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = 'DE'
                  order by m.id limit 1";
    let method = shop.number(query).await.to_string();
    let fields = [
        ("email", "anna@example.org"),
        ("country", "DE"),
        ("name", "Anna Miller"),
        ("street", "Weg 1"),
        ("postal_code", "10115"),
        ("city", "Berlin"),
        ("payment", "bank_transfer"),
        ("shipping", &method),
    ];
    visitor.post("/checkout", &fields).await
}

/// Presses the last button of the look.
pub async fn press(visitor: &Visitor, look: &Answer) -> Answer {
    let (expected, seen) = (hidden(look, "expected"), hidden(look, "seen"));
    visitor.post("/checkout/order", &[("expected", &expected), ("seen", &seen)]).await
}

/// Goes through the checkout with what is in the cart; the path of the order, or nothing where too little is left.
pub async fn buy(shop: &TestShop, visitor: &Visitor) -> Option<String> {
    if whole(tell(shop, visitor).await).status != Status::SeeOther {
        return None;
    }
    let look = whole(visitor.get("/checkout/review").await);
    if look.status != Status::Ok {
        return None;
    }
    Some(whole(press(visitor, &look).await).location()).filter(|path| path.starts_with("/orders/"))
}

/// Makes a variant a bundle of these pieces.
pub async fn bundle(shop: &TestShop, of: &Shelf, parts: &[(&Shelf, i32)]) {
    for (part, quantity) in parts {
        let (bundle, part) = (of.variant, part.variant);
        let row = format!("insert into bundle_parts (bundle_id, part_id, quantity) values ({bundle}, {part}, {quantity})");
        shop.sql(&row).await;
    }
}

/// Everything that must always be true of transfers, beside the ledger.
pub async fn is_sound(shop: &TestShop) {
    shop.is_sound().await;
    let lost = "select count(*) from transfers t
                 where t.from_location_id is not null and t.status <> 'draft'
                   and coalesce((select sum(m.on_hand) from stock_movements m where m.transfer_id = t.id), 0)
                    <> (select -sum(l.quantity - l.received - l.returned) from transfer_lines l where l.transfer_id = t.id)";
    assert_eq!(shop.number(lost).await, 0, "what left is what came, is lost or is on its way");
}
