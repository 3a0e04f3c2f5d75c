//! The shopper's order page, opened by its unguessable link.

use rocket::http::Header;
use rocket::{Responder, Route, State, get, routes};

use super::views::{DECLINED, OrderPage};
use super::{queries, views};
use crate::engines::payments::Gateways;
use crate::platform::base::Name;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Leading};

pub fn routes() -> Vec<Route> {
    [
        routes![show],
        super::admin::routes(),
        super::admin_money::routes(),
        super::bulk::routes(),
        super::letters::routes(),
        super::saved::routes(),
        super::sheets::routes(),
    ]
    .concat()
}

/// A page that nobody keeps: whoever has the link reads a name and an address.
#[derive(Responder)]
struct Private {
    page: Leading<OrderPage>,
    cache: Header<'static>,
    robots: Header<'static>,
}

/// How an order stands; an unknown link is no page.
#[get("/orders/<token>")]
async fn show(token: Name<100>, page: Page, db: Db, gateways: &State<Gateways>) -> web::Result<Option<Private>> {
    let mut conn = db.get().await?;
    let Some(order) = queries::order_by_token(&mut conn, &token).await? else { return Ok(None) };
    let keep = order.customer.is_none() && !page.signed_in;
    let keep = keep.then(|| (paths::register_for_order(&order.token), paths::sign_in_then(&paths::order(&order.token))));
    let (token, order) = (order.token.clone(), views::read(&mut conn, &page, &order).await?);
    let sites = order.sites(gateways);
    let mut page = page;
    let declined = page.notice.take_if(|notice| *notice == DECLINED).is_some();
    let (cache, robots) = (Header::new("Cache-Control", "no-store"), Header::new("X-Robots-Tag", "noindex"));
    Ok(Some(Private { page: Leading(OrderPage { page, order, declined, keep, token }, sites), cache, robots }))
}
