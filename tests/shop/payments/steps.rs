//! The steps of a card payment, as a shopper and a provider take them.

use barrow::engines::payments::test_card::header;
use rocket::http::{ContentType, Header, Status};

use crate::world::{Answer, Shelf, TestShop, Visitor};

/// A shop that offers the test card, with these pieces of tea on the shelf.
pub async fn card_shop(stock: i32) -> (TestShop, Shelf) {
    let shop = TestShop::open().await;
    shop.sql("update payment_methods set enabled = true").await;
    let tea = shop.put("Green tea", 450, stock).await;
    (shop, tea)
}

/// Fills the cart and the checkout, and looks at the order once more.
pub async fn review(shop: &TestShop, visitor: &Visitor, tea: &Shelf, quantity: &str) -> Answer {
    let variant = tea.variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", quantity)]).await.goes_to("/cart");
    details(shop, visitor, "test_card").await.goes_to("/checkout/review");
    visitor.get("/checkout/review").await
}

/// Sends the checkout's form.
pub async fn details(shop: &TestShop, visitor: &Visitor, payment: &str) -> Answer {
    let method = shop
        .number("select m.id from shipping_methods m join shipping_zone_countries c on c.zone_id = m.zone_id where c.country = 'US' order by m.id limit 1")
        .await
        .to_string();
    let fields = [
        ("email", "anna@example.org"),
        ("country", "US"),
        ("name", "Anna Miller"),
        ("street", "12 Oak Street"),
        ("city", "Portland"),
        ("region", "OR"),
        ("postal_code", "97201"),
        ("payment", payment),
        ("shipping", &method),
    ];
    visitor.post("/checkout", &fields).await
}

fn hidden(answer: &Answer, name: &str) -> String {
    let body = answer.body();
    let rest = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {body}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Presses the last button.
pub async fn press(visitor: &Visitor, look: &Answer) -> Answer {
    let (expected, seen) = (hidden(look, "expected"), hidden(look, "seen"));
    visitor.post("/checkout/order", &[("expected", &expected), ("seen", &seen)]).await
}

/// The path of an address of this shop.
pub fn path_of(url: &str) -> String {
    url.trim_start_matches("http://127.0.0.1:8000").to_owned()
}

/// Goes to the provider's page; returns its path.
pub async fn to_the_page(shop: &TestShop, visitor: &Visitor, tea: &Shelf, quantity: &str) -> String {
    let look = review(shop, visitor, tea, quantity).await;
    look.is_ok().shows("Continue to payment");
    let page = path_of(&press(visitor, &look).await.location());
    assert!(page.starts_with("/test-card/tc_"), "{page}");
    page
}

/// Chooses how the card behaves.
pub async fn card(visitor: &Visitor, page: &str, behaviour: &str) -> Answer {
    visitor.post(page, &[("behaviour", behaviour)]).await
}

/// Where the provider sends the shopper back to.
pub async fn way_back(shop: &TestShop, page: &str) -> String {
    let reference = page.trim_start_matches("/test-card/");
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        return_url: String,
    }
    let query = format!("select return_url from test_card_charges where reference = '{reference}'");
    let row: Row =
        diesel_async::RunQueryDsl::get_result(diesel::sql_query(query), &mut *shop.conn().await).await.expect("a charge");
    path_of(&row.return_url)
}

/// What the provider writes to the shop; signed.
pub async fn notice(shop: &TestShop, page: &str) -> Answer {
    let reference = page.trim_start_matches("/test-card/");
    let body = format!("{{\"type\":\"charge.updated\",\"reference\":\"{reference}\"}}");
    let secret = barrow::engines::payments::test_card::bank::secret(&mut *shop.conn().await).await.expect("a secret");
    let signature = header(&secret, body.as_bytes(), shop.now());
    letter(shop, &body, &signature).await
}

/// A letter to the webhook, with this signature.
pub async fn letter(shop: &TestShop, body: &str, signature: &str) -> Answer {
    let request = shop.client.post("/webhooks/test_card").header(ContentType::JSON).body(body);
    shop.visitor().send(request.header(Header::new("Webhook-Signature", signature.to_owned()))).await
}

/// Exactly this many orders, all wholly paid with what the provider took; the books agree.
pub async fn paid_orders(shop: &TestShop, count: i64) {
    assert_eq!(shop.number("select count(*) from orders").await, count, "orders");
    assert_eq!(shop.number("select count(*) from orders where payment_status = 'paid'").await, count, "paid orders");
    let ours = "select coalesce(sum(c.amount), 0) from payment_captures c where c.state = 'done'";
    let theirs = "select coalesce(sum(captured - refunded), 0) from test_card_charges";
    assert_eq!(shop.number(ours).await, shop.number(theirs).await, "what we took is what they gave");
    shop.is_sound().await;
}

pub async fn mails(shop: &TestShop, kind: &str) -> i64 {
    shop.number(&format!("select count(*) from mails where kind = '{kind}'")).await
}

#[track_caller]
pub fn is_order(answer: &Answer) {
    answer.is(Status::SeeOther);
    assert!(answer.location().starts_with("/orders/"), "{}", answer.location());
}
