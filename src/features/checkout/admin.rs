//! Payments that staff should look at: money without an order, and differences between the gateways' books and ours.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, get, post, routes};

use super::commands;
use super::queries;
use super::till::Till;
use crate::engines::payments::{self, PaymentState};
use crate::features::orders;
use crate::platform::access::{RefundOrders, Staff, ViewOrders};
use crate::platform::base::{Money, OrBreak, PaymentId};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Posted};

pub fn routes() -> Vec<Route> {
    routes![show, give_back, attend, compare, mend]
}

#[derive(Template, WebTemplate)]
#[template(path = "checkout/desk_payments_page.html")]
struct PaymentsPage {
    page: Page,
    vain: Vec<VainView>,
    differences: Vec<DifferenceView>,
    may_act: bool,
}

struct VainView {
    email: String,
    amount: String,
    why: String,
    state: String,
    /// The order it was for, if there is one.
    order: Option<(String, String)>,
    give_back: Option<String>,
    attend: Option<String>,
}

struct DifferenceView {
    reference: String,
    what: String,
    how: String,
    ours: String,
    theirs: String,
    mend: String,
}

/// What there is to look at.
#[get("/admin/payments")]
async fn show(staff: Staff<ViewOrders>, page: Page, till: Till<'_>) -> web::Result<PaymentsPage> {
    let mut conn = till.db.get().await?;
    let mut vain = Vec::new();
    for (payment, email) in queries::in_vain(&mut conn).await? {
        let order = match payment.order {
            Some(order) => Some(queries::order_called(&mut conn, order).await?.0),
            None => None,
        };
        vain.push(VainView {
            email,
            amount: page.money(payment.asked),
            why: payment.attention.map(|why| page.t(&format!("checkout-desk-why-{why}"))).unwrap_or_default(),
            state: page.t(&format!("orders-payment-state-{}", payment.state)),
            order: order.map(|number| (number.to_string(), paths::admin_order(number))),
            give_back: (payment.state == PaymentState::Flagged).then(|| paths::admin_payment_return(payment.id)),
            attend: (payment.state == PaymentState::Voided).then(|| paths::admin_payment_attention(payment.id)),
        });
    }
    let found = queries::differences(&mut conn).await?;
    let view = |one: super::model::Difference| DifferenceView {
        what: page.t(&format!("checkout-desk-kind-{}", one.kind)),
        how: page.t(&format!("checkout-desk-mend-{}", one.kind)),
        ours: page.money(Money::new(one.ours, one.currency)),
        theirs: page.money(Money::new(one.theirs, one.currency)),
        mend: paths::admin_payment_difference(one.id),
        reference: one.reference,
    };
    let differences = found.into_iter().map(view).collect();
    let may_act = staff.may(crate::platform::access::Right::RefundOrders);
    Ok(PaymentsPage { page, vain, differences, may_act })
}

/// Gives flagged money back.
#[post("/admin/payments/<payment>/return")]
async fn give_back(
    payment: PaymentId,
    staff: Staff<RefundOrders>,
    page: Page,
    till: Till<'_>,
) -> web::Result<Option<Posted<PaymentsPage>>> {
    let mut conn = till.db.get().await?;
    if payments::queries::payment_by_id(&mut conn, payment).await?.is_none() {
        return Ok(None);
    }
    _ = orders::commands::give_flagged_back(&mut conn, payment, &staff, page.now).await.or_break()?;
    Ok(Some(Posted::done(paths::admin_payments(), "checkout-desk-returned")))
}

/// Puts a payment aside that was looked at.
#[post("/admin/payments/<payment>/attention")]
async fn attend(payment: PaymentId, staff: Staff<RefundOrders>, till: Till<'_>) -> web::Result<Posted<PaymentsPage>> {
    commands::put_aside(&mut *till.db.get().await?, payment, &staff).await?;
    Ok(Posted::done(paths::admin_payments(), "checkout-desk-attended"))
}

/// Compares the books now.
#[post("/admin/payments/comparison")]
async fn compare(_staff: Staff<RefundOrders>, page: Page, till: Till<'_>) -> web::Result<Posted<PaymentsPage>> {
    commands::compare(&till.db, till.gateways, page.now).await?;
    Ok(Posted::done(paths::admin_payments(), "checkout-desk-compared"))
}

/// Mends a difference.
#[post("/admin/payments/differences/<difference>")]
async fn mend(difference: i64, staff: Staff<RefundOrders>, page: Page, till: Till<'_>) -> web::Result<Posted<PaymentsPage>> {
    let mended = commands::mend(&till.db, till.gateways, difference, &staff, page.now).await.or_break()?;
    let notice = if mended.is_ok() { "checkout-desk-mended" } else { "checkout-desk-not-mended" };
    Ok(Posted::done(paths::admin_payments(), notice))
}
