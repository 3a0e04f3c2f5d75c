//! What staff do with the money of an order: take it, let it go, pay it back.

use rocket::form::{Contextual, Form};
use rocket::{Route, post, routes};

use super::admin::again;
use super::commands::{self, Refund};
use super::desk_order::{DeskOrderPage, Forms};
use super::forms::{PaymentForm, RefundForm, VoidForm};
use super::model::PayRefused;
use super::queries::order_by_number;
use crate::platform::access::{ManageOrders, RefundOrders, Staff};
use crate::platform::base::{Currency, Money, OrBreak, OrderNumber, PaymentId};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::settings;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![capture, void, refund]
}

type Answer = web::Result<Option<Posted<DeskOrderPage>>>;

fn done(number: OrderNumber, notice: &'static str) -> Answer {
    Ok(Some(Posted::done(paths::admin_order(number), notice)))
}

async fn currency_of(conn: &mut Conn, number: OrderNumber) -> web::Result<Option<Currency>> {
    Ok(order_by_number(conn, number).await?.map(|order| order.currency))
}

/// Takes an authorised amount, or a part of it.
#[post("/admin/orders/<number>/payments/<payment>/capture", data = "<form>")]
async fn capture(
    number: OrderNumber,
    payment: PaymentId,
    staff: Staff<ManageOrders>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, PaymentForm>>,
) -> Answer {
    let mut sent = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let Some(currency) = currency_of(&mut conn, number).await? else { return Ok(None) };
    if let Some(input) = &form.value {
        let Some(amount) = input.minor(currency) else {
            sent = sent.with_error("amount", page.t("orders-amount-unreadable"));
            return again(&mut conn, page, &staff, number, Forms::money(payment, sent)).await;
        };
        match commands::capture(&mut conn, number, payment, amount, input.version, &staff, page.now).await.or_break()? {
            Ok(()) => return done(number, "orders-done-capturing"),
            Err(PayRefused::Foreign) => return Ok(None),
            Err(why) => sent = sent.refused(page.words, "amount", &why),
        }
    }
    again(&mut conn, page, &staff, number, Forms::money(payment, sent)).await
}

/// Lets an authorised amount go.
#[post("/admin/orders/<number>/payments/<payment>/void", data = "<form>")]
async fn void(
    number: OrderNumber,
    payment: PaymentId,
    staff: Staff<ManageOrders>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, VoidForm>>,
) -> Answer {
    let mut sent = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(input) = &form.value {
        match commands::void(&mut conn, number, payment, input.version, &staff, page.now).await.or_break()? {
            Ok(()) => return done(number, "orders-done-voiding"),
            Err(PayRefused::Foreign) => return Ok(None),
            Err(why) => sent = sent.refused(page.words, "", &why),
        }
    }
    again(&mut conn, page, &staff, number, Forms::money(payment, sent)).await
}

/// Pays back, wholly or in part.
#[post("/admin/orders/<number>/payments/<payment>/refund", data = "<form>")]
async fn refund(
    number: OrderNumber,
    payment: PaymentId,
    staff: Staff<RefundOrders>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, RefundForm>>,
) -> Answer {
    let mut sent = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let Some(currency) = currency_of(&mut conn, number).await? else { return Ok(None) };
    if let Some(input) = &form.value {
        let Some(amount) = currency.parse_minor(&input.amount) else {
            sent = sent.with_error("amount", page.t("orders-amount-unreadable"));
            return again(&mut conn, page, &staff, number, Forms::money(payment, sent)).await;
        };
        if settings::queries::asks_proof(&mut conn, &staff, Money::new(amount, currency), page.now).await? {
            return Ok(Some(Posted::done(paths::admin_proof(&paths::admin_order(number)), "access-proof-first")));
        }
        let what = Refund { payment, amount, to: input.to, reason: &input.reason, cards: &input.cards };
        match commands::refund(&mut conn, number, what, input.version, &staff, page.now).await.or_break()? {
            Ok(()) => return done(number, "orders-done-refunding"),
            Err(PayRefused::Foreign) => return Ok(None),
            Err(why) => sent = sent.refused(page.words, "amount", &why),
        }
    }
    again(&mut conn, page, &staff, number, Forms::money(payment, sent)).await
}
