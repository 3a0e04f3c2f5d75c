//! Payments that staff should look at: money without an order, and differences between the gateways' books and ours.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, get, post, routes};

use super::differences::Difference;
use super::till::Till;
use super::{commands, queries};
use crate::engines::payments::queries::Opened;
use crate::engines::payments::{self, PaymentState};
use crate::features::orders;
use crate::platform::access::{RefundOrders, Right, Staff, ViewOrders};
use crate::platform::base::{Broke, Money, OrBreak, OrderId, PaymentId};
use crate::platform::db::Conn;
use crate::platform::paths;
use crate::platform::settings;
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
    /// Whether the gateway was asked for that before.
    again: bool,
    attend: Option<String>,
}

struct DifferenceView {
    reference: String,
    /// The order that it is about, if there is one.
    order: Option<(String, String)>,
    what: String,
    how: String,
    ours: String,
    theirs: String,
    mend: String,
}

/// An order's number and its management page.
async fn called(conn: &mut Conn, order: Option<OrderId>) -> Result<Option<(String, String)>, Broke> {
    let Some(order) = order else { return Ok(None) };
    let (number, _) = queries::order_called(conn, order).await?;
    Ok(Some((number.to_string(), paths::admin_order(number))))
}

/// A payment that no order came of, as the page shows it.
async fn vain_view(conn: &mut Conn, page: &Page, payment: &Opened, email: String) -> Result<VainView, Broke> {
    Ok(VainView {
        order: called(conn, payment.order).await?,
        email,
        amount: page.money(payment.asked),
        why: payment.attention.map(|why| page.t(&format!("checkout-desk-why-{why}"))).unwrap_or_default(),
        state: page.t(&format!("orders-payment-state-{}", payment.state)),
        again: payment.state == PaymentState::Voiding,
        give_back: matches!(payment.state, PaymentState::Flagged | PaymentState::Voiding)
            .then(|| paths::admin_payment_return(payment.id)),
        attend: (payment.state == PaymentState::Voided).then(|| paths::admin_payment_attention(payment.id)),
    })
}

async fn difference_view(conn: &mut Conn, page: &Page, one: Difference) -> Result<DifferenceView, Broke> {
    let payment = match one.payment {
        Some(payment) => payments::queries::payment_by_id(conn, payment).await?,
        None => None,
    };
    Ok(DifferenceView {
        order: called(conn, payment.and_then(|payment| payment.order)).await?,
        what: page.t(&format!("checkout-desk-kind-{}", one.kind)),
        how: page.t(&format!("checkout-desk-mend-{}", one.kind)),
        ours: page.money(Money::new(one.ours, one.currency)),
        theirs: page.money(Money::new(one.theirs, one.currency)),
        mend: paths::admin_payment_difference(one.id),
        reference: one.reference,
    })
}

/// What there is to look at.
#[get("/admin/payments")]
async fn show(staff: Staff<ViewOrders>, page: Page, till: Till<'_>) -> web::Result<PaymentsPage> {
    let mut conn = till.db.get().await?;
    let mut vain = Vec::new();
    for (payment, email) in queries::in_vain(&mut conn).await? {
        vain.push(vain_view(&mut conn, &page, &payment, email).await?);
    }
    let found = queries::differences(&mut conn).await?;
    let mut differences = Vec::new();
    for one in found {
        differences.push(difference_view(&mut conn, &page, one).await?);
    }
    Ok(PaymentsPage { page, vain, differences, may_act: staff.may(Right::RefundOrders) })
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
    let Some(held) = payments::queries::payment_by_id(&mut conn, payment).await? else { return Ok(None) };
    if settings::queries::asks_proof(&mut conn, &staff, held.asked, page.now).await? {
        return Ok(Some(Posted::done(paths::admin_proof(&paths::admin_payments()), "access-proof-first")));
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
#[post("/admin/payment-differences/<difference>")]
async fn mend(difference: i64, staff: Staff<RefundOrders>, page: Page, till: Till<'_>) -> web::Result<Posted<PaymentsPage>> {
    let mended = commands::mend(&till.db, till.gateways, difference, &staff, page.now).await.or_break()?;
    let notice = if mended.is_ok() { "checkout-desk-mended" } else { "checkout-desk-not-mended" };
    Ok(Posted::done(paths::admin_payments(), notice))
}
