//! The management pages of orders: the list, one order, and what can be done to it.

use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::desk::DeskOrdersPage;
use super::desk_order::{DeskOrderPage, Forms, Found};
use super::desk_sending::Sending;
use super::forms::{Asked, CancelForm, NoteForm, ParcelForm, PaymentForm, Restock};
use super::origins::origins;
use super::queries::Order;
use super::{commands, queries, saved};
use crate::engines::credit::queries::sold_by;
use crate::engines::shipping::labels;
use crate::platform::access::{FulfilOrders, ManageOrders, Person, Staff, ViewOrders};
use crate::platform::base::{Broke, Moment, OrBreak, OrderLineId, OrderNumber};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![index, show, pay, ship, cancel, note]
}

/// The orders, searched and filtered.
#[get("/admin/orders")]
async fn index(staff: Staff<ViewOrders>, page: Page, db: Db) -> web::Result<DeskOrdersPage> {
    let mut asked = Asked::of(page.url.split_once('?').map_or("", |(_, query)| query));
    let mut conn = db.get().await?;
    let found = queries::index(&mut conn, &asked.whole(page.zone, page.now), asked.page()).await?;
    if let Some(product) = asked.filter.product {
        asked.product_title = queries::product_title(&mut conn, product).await?;
    }
    let counts = queries::view_counts(&mut conn).await?;
    let saved = saved::queries::views_for(&mut conn, staff.id).await?;
    Ok(DeskOrdersPage::new(page, &asked, &found, counts, &saved))
}

/// One order.
#[get("/admin/orders/<number>")]
async fn show(number: OrderNumber, staff: Staff<ViewOrders>, page: Page, db: Db) -> web::Result<Option<DeskOrderPage>> {
    let mut conn = db.get().await?;
    let Some(order) = queries::order_by_number(&mut conn, number).await? else { return Ok(None) };
    let found = rest_of(&mut conn, order, page.now).await?;
    Ok(Some(DeskOrderPage::new(page, found, &staff, Forms::default())))
}

async fn rest_of(conn: &mut Conn, order: Order, now: Moment) -> Result<Found, Broke> {
    let timeline = queries::timeline_of(conn, order.id).await?;
    let letters = queries::letters_of(conn, order.id).await?;
    let waiting: Vec<OrderLineId> =
        order.lines.iter().filter(|line| line.left() > 0 && !line.gift_card).map(|line| line.id).collect();
    let short = queries::standing_of_lines(conn, &waiting).await?;
    let sending = sending_of(conn, &order).await?;
    let (newer, older) = queries::neighbours(conn, order.id).await?;
    let cards = match order.lines.iter().any(|line| line.gift_card) {
        true => sold_by(conn, order.id, now).await?,
        false => Vec::new(),
    };
    Ok(Found { order, timeline, letters, short, sending, newer, older, cards })
}

/// From where what is left of an order leaves, what it weighs, and the labels that were bought for it.
pub(super) async fn sending_of(conn: &mut Conn, order: &Order) -> Result<Sending, Broke> {
    let lines: Vec<OrderLineId> = order.lines.iter().map(|line| line.id).collect();
    Ok(Sending {
        origins: origins(&queries::promised_of(conn, &lines).await?),
        weights: queries::weights_of(conn, &lines).await?,
        labels: labels::of_order(conn, order.id).await?,
        sells_labels: labels::account(conn).await?.is_some(),
    })
}

/// The order as it stands now, with a form as it was sent.
pub(super) async fn again(
    conn: &mut Conn,
    page: Page,
    staff: &Person,
    number: OrderNumber,
    forms: Forms,
) -> web::Result<Option<Posted<DeskOrderPage>>> {
    let Some(order) = queries::order_by_number(conn, number).await? else { return Ok(None) };
    let found = rest_of(conn, order, page.now).await?;
    Ok(Some(Posted::again(DeskOrderPage::new(page, found, staff, forms))))
}

/// Records that money came in.
#[post("/admin/orders/<number>/payment", data = "<form>")]
async fn pay(
    number: OrderNumber,
    staff: Staff<ManageOrders>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, PaymentForm>>,
) -> web::Result<Option<Posted<DeskOrderPage>>> {
    let mut sent = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let Some(order) = queries::order_by_number(&mut conn, number).await? else { return Ok(None) };
    if let Some(input) = &form.value {
        match input.minor(order.currency) {
            None => sent = sent.with_error("amount", page.t("orders-amount-unreadable")),
            Some(amount) => {
                match commands::mark_paid(&mut conn, number, Some(amount), input.version, &staff, page.now).await.or_break()? {
                    Ok(()) => return Ok(Some(Posted::done(paths::admin_order(number), "orders-done-paid"))),
                    Err(why) => sent = sent.refused(page.words, "amount", &why),
                }
            }
        }
    }
    again(&mut conn, page, &staff, number, Forms { payment: Some(sent), ..Forms::default() }).await
}

/// Ships a parcel.
#[post("/admin/orders/<number>/fulfilment", data = "<form>")]
async fn ship(
    number: OrderNumber,
    staff: Staff<FulfilOrders>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, ParcelForm>>,
) -> web::Result<Option<Posted<DeskOrderPage>>> {
    let mut sent = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(input) = &form.value {
        match input.tracking() {
            None => sent = sent.with_error("link", page.t("orders-link-unreadable")),
            Some(tracking) => {
                let parcel = input.parcel();
                let shipped = commands::fulfil(&mut conn, number, &parcel, &tracking, input.version, &staff, page.now);
                match shipped.await.or_break()? {
                    Ok(_) => return Ok(Some(Posted::done(paths::admin_order(number), "orders-done-shipped"))),
                    Err(why) => sent = sent.refused(page.words, "parcel", &why),
                }
            }
        }
    }
    again(&mut conn, page, &staff, number, Forms { parcel: Some(sent), ..Forms::default() }).await
}

/// Cancels what has not been shipped.
#[post("/admin/orders/<number>/cancellation", data = "<form>")]
async fn cancel(
    number: OrderNumber,
    staff: Staff<ManageOrders>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, CancelForm>>,
) -> web::Result<Option<Posted<DeskOrderPage>>> {
    let mut sent = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(input) = &form.value {
        let restock = input.restock == Restock::Yes;
        let cancelled = commands::cancel(&mut conn, number, restock, &input.reason, input.version, &staff, page.now);
        match cancelled.await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_order(number), "orders-done-cancelled"))),
            Err(why) => sent = sent.refused(page.words, "cancellation", &why),
        }
    }
    again(&mut conn, page, &staff, number, Forms { cancellation: Some(sent), ..Forms::default() }).await
}

/// Keeps a note for the team.
#[post("/admin/orders/<number>/note", data = "<form>")]
async fn note(
    number: OrderNumber,
    staff: Staff<ManageOrders>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, NoteForm>>,
) -> web::Result<Option<Posted<DeskOrderPage>>> {
    let mut sent = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(input) = &form.value {
        match commands::add_note(&mut conn, number, &input.note, &staff, page.now).await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_order(number), "orders-done-noted"))),
            Err(why) => sent = sent.refused(page.words, "note", &why),
        }
    }
    again(&mut conn, page, &staff, number, Forms { note: Some(sent), ..Forms::default() }).await
}
