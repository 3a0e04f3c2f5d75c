//! Where a visitor buys: chosen in the footer, kept in a cookie and, once there is one, in the cart.

use rocket::form::Form;
use rocket::response::Redirect;
use rocket::time::Duration;
use rocket::{FromForm, Route, post, routes};

use super::commands;
use super::visitor::Visitor;
use crate::platform::base::MarketId;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, Named, SitePath};

pub(super) fn routes() -> Vec<Route> {
    routes![choose]
}

#[derive(FromForm)]
struct MarketForm {
    market: MarketId,
    back: Option<SitePath>,
}

/// Shows prices of another market from now on, and goes back to where it was chosen.
#[post("/market", data = "<form>")]
async fn choose(
    visitor: Visitor,
    page: Page,
    cookies: Cookies<'_>,
    db: Db,
    form: Form<MarketForm>,
) -> web::Result<Option<Redirect>> {
    let Some(market) = page.shop().market_by_id(form.market) else { return Ok(None) };
    let wanted = (!market.primary).then_some(market.id);
    if let Some(cart) = visitor.cart {
        commands::buy_in(&mut *db.get().await?, cart, wanted, page.now).await?;
    }
    match wanted {
        Some(id) => cookies.set(Named::Market, id.to_string(), Duration::days(365)),
        None => cookies.remove(Named::Market),
    }
    Ok(Some(Redirect::to(form.into_inner().back.map_or_else(paths::home, String::from))))
}
