//! Sending a mail of an order again: written anew from how the order stands now, to the customer's present address.

use rocket::form::{Contextual, Form};
use rocket::{Route, State, post, routes};

use super::forms::LetterForm;
use super::{commands, emails, queries};
use crate::platform::access::{ManageOrders, Staff};
use crate::platform::base::{OrBreak, OrderNumber};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::web::{self, Posted};

use super::desk_order::DeskOrderPage;

pub fn routes() -> Vec<Route> {
    routes![send]
}

/// Sends a mail again; a second click on the same page sends no second one.
#[post("/admin/orders/<number>/letters", data = "<form>")]
async fn send(
    number: OrderNumber,
    staff: Staff<ManageOrders>,
    config: &State<Config>,
    db: Db,
    form: Form<Contextual<'_, LetterForm>>,
) -> web::Result<Option<Posted<DeskOrderPage>>> {
    let Some(input) = &form.value else { return Ok(Some(Posted::done(paths::admin_order(number), "orders-letter-unknown"))) };
    let mut conn = db.get().await?;
    let Some(order) = queries::order_by_number(&mut conn, number).await? else { return Ok(None) };
    let Some(draft) = emails::again(&mut conn, &order, input.letter, input.seen, config).await? else { return Ok(None) };
    match commands::send_letter(&mut conn, &order, &draft, &staff).await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_order(number), "orders-letter-sent"))),
        Err(never) => match never {},
    }
}
