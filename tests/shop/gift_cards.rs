//! Gift cards and store credit: they pay, never more than is on them; sold, mailed, shown once, taken back.

mod desk;
mod ledger;
mod merging;
mod paying;
mod refunds;
mod selling;

use rocket::http::Status;

use super::payments::steps;
use super::world::{Answer, Shelf, TestShop, Visitor};

/// Staff issue a card without an address and read its code; its id, its code.
pub async fn card(shop: &TestShop, amount: &str) -> (i64, String) {
    let manager = shop.staff("manager").await;
    let form = barrow::platform::base::Token::random().to_string();
    let fields = [("amount", amount), ("expires", ""), ("email", ""), ("words", ""), ("language", "en"), ("form", &form)];
    let page = manager.post("/admin/gift-cards", &fields).await.location();
    let shown = manager.post(&format!("{page}/code"), &[]).await;
    shown.is_ok().shows("Shown this once");
    (page.rsplit('/').next().expect("an id").parse().expect("a number"), code_on(&shown))
}

/// The code that stands on a page.
pub fn code_on(page: &Answer) -> String {
    let body = page.body();
    let rest = body.split("class=\"secret\">").nth(1).or_else(|| body.split("gift__code num\" role=\"status\">").nth(1));
    let code = rest.unwrap_or_else(|| panic!("no code on {body}")).split('<').next().unwrap_or_default().to_owned();
    assert_eq!(code.len(), 19, "{code}");
    code
}

/// Types a code at the last look; where it was right, the look as it is then.
pub async fn pay_with(visitor: &Visitor, code: &str) -> Answer {
    visitor.post("/checkout/gift-cards", &[("at", "review"), ("gift_card", code)]).await.goes_to("/checkout/review");
    let look = visitor.get("/checkout/review").await;
    look.is_ok().shows(&format!("Gift card …{}", &code[15..]));
    look
}

/// What is on a card, in cents.
pub async fn balance(shop: &TestShop, card: i64) -> i64 {
    shop.number(&format!("select balance from credit_accounts where id = {card}")).await
}

/// Fills the cart and the checkout; the last look.
pub async fn look(shop: &TestShop, visitor: &Visitor, tea: &Shelf, quantity: &str, method: &str) -> Answer {
    let variant = tea.variant.to_string();
    visitor.post("/cart/lines", &[("variant", &variant), ("quantity", quantity)]).await.goes_to("/cart");
    steps::details(shop, visitor, method).await.goes_to("/checkout/review");
    visitor.get("/checkout/review").await
}

/// Places the order of this look; its path.
pub async fn placed(visitor: &Visitor, look: &Answer) -> String {
    let answer = steps::press(visitor, look).await;
    steps::is_order(&answer);
    answer.location()
}

pub async fn version(shop: &TestShop) -> String {
    shop.number("select version from orders order by id desc limit 1").await.to_string()
}

/// Where staff see the newest order.
pub async fn desk(shop: &TestShop) -> String {
    format!("/admin/orders/{}", shop.number("select number from orders order by id desc limit 1").await)
}

#[track_caller]
pub fn refused(answer: &Answer) -> &Answer {
    answer.is(Status::UnprocessableEntity)
}

/// The path of the sheet in the newest mail with a card.
pub async fn sheet(shop: &TestShop) -> String {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        body_text: String,
    }
    let query = diesel::sql_query("select body_text from mails where kind = 'gift_card' order by id desc limit 1");
    let row: Row = diesel_async::RunQueryDsl::get_result(query, &mut *shop.conn().await).await.expect("a mail");
    let rest = row.body_text.split("/gift-cards/").nth(1).unwrap_or_else(|| panic!("no link in {}", row.body_text));
    let token: String = rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect();
    format!("/gift-cards/{token}")
}
