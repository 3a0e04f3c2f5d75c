//! Discounts written straight into the tables, and the steps of a shopper who uses them.

use crate::payments::steps::press;
use crate::world::{Answer, Shelf, TestShop, Visitor};

/// A discount that runs; `benefits` and `conditions` as they are kept. Returns its id.
pub async fn promotion(shop: &TestShop, name: &str, benefits: &str, conditions: &str, code: Option<&str>) -> i64 {
    let coded = code.is_some();
    let id = shop
        .returned(&format!(
            "insert into promotions (name, lane_id, status, coded, conditions, benefits)
             select '{name}', min(id), 'active', {coded}, '{conditions}', '{benefits}' from promotion_lanes returning id as number"
        ))
        .await;
    if let Some(code) = code {
        shop.sql(&format!("insert into promotion_codes (promotion_id, code) values ({id}, '{code}')")).await;
    }
    id
}

/// So many percent off everything.
pub fn percent(percent: i32) -> String {
    format!(r#"[{{"kind": "percent", "rate": {}, "of": "all"}}]"#, percent * 10_000)
}

/// Puts it in another lane: 0 is the first.
pub async fn in_lane(shop: &TestShop, id: i64, position: i32) {
    shop.sql(&format!(
        "update promotions set lane_id = (select id from promotion_lanes where position = {position}) where id = {id}"
    ))
    .await;
}

pub async fn put_in(visitor: &Visitor, shelf: &Shelf, quantity: &str) {
    let variant = shelf.variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", quantity)]).await.goes_to("/cart");
}

pub async fn type_code(visitor: &Visitor, code: &str) {
    visitor.post("/cart/codes", &[("code", code), ("at", "cart")]).await.goes_to("/cart");
}

/// Fills in the checkout under this address and looks at the order once more.
pub async fn look(shop: &TestShop, visitor: &Visitor, email: &str, payment: &str) -> Answer {
    let method = shop
        .number("select m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = 'US' order by m.id limit 1")
        .await
        .to_string();
    let fields = [
        ("email", email),
        ("country", "US"),
        ("name", "Anna Miller"),
        ("street", "12 Oak Street"),
        ("city", "Portland"),
        ("region", "OR"),
        ("postal_code", "97201"),
        ("payment", payment),
        ("shipping", &method),
    ];
    visitor.post("/checkout", &fields).await.goes_to("/checkout/review");
    visitor.get("/checkout/review").await
}

/// Buys what is in the cart by bank transfer.
pub async fn buy(shop: &TestShop, visitor: &Visitor, email: &str) -> Answer {
    let look = look(shop, visitor, email, "bank_transfer").await;
    press(visitor, &look).await
}

/// Uses that count.
pub async fn uses(shop: &TestShop) -> i64 {
    shop.number("select count(*) from promotion_uses where order_id is not null and given_back_at is null").await
}
