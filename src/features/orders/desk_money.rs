//! The payments of an order on its management page: how each stands and what can be done with it.

use super::credit_view::called;
use super::model::OrderStatus;
use super::queries::Order;
use crate::engines::payments::{Method, Payment, PaymentState};
use crate::platform::access::{Person, Right};
use crate::platform::base::PaymentId;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

pub struct PaymentView {
    pub method: String,
    pub reference: String,
    pub state: String,
    pub amount: String,
    /// "$12.00 received", "$3.00 paid back", "$2.00 on its way"
    pub sums: Vec<String>,
    pub capture: Option<DoView>,
    pub refund: Option<DoView>,
    /// Whether it can become store credit instead.
    pub to_credit: bool,
    /// Where the form to let it go is sent.
    pub void: Option<String>,
    /// What was sent and refused.
    pub sent: FormView,
    /// Whether something was.
    pub again: bool,
}

/// A form with an amount.
pub struct DoView {
    pub action: String,
    /// As the field begins.
    pub amount: String,
    pub hint: String,
    pub id: String,
}

pub fn payments(page: &Page, order: &Order, staff: &Person, sent: Option<(PaymentId, FormView)>) -> Vec<PaymentView> {
    let sent_for = |payment: &Payment| sent.as_ref().filter(|(id, _)| *id == payment.id).map(|(_, form)| form.clone());
    order.payments.iter().map(|payment| view(page, order, staff, payment, sent_for(payment))).collect()
}

fn view(page: &Page, order: &Order, staff: &Person, payment: &Payment, sent: Option<FormView>) -> PaymentView {
    let money = |amount| page.money(order.money(amount));
    let on_its_way = payment.capturing + payment.refunding;
    let sums = [
        ("orders-desk-captured", payment.captured),
        ("orders-desk-refunded", payment.refunded - payment.refunding),
        ("orders-desk-on-its-way", on_its_way),
    ];
    let manages = staff.may(Right::ManageOrders);
    let over = matches!(order.status, OrderStatus::Cancelled | OrderStatus::Expired);
    let takes = manages && payment.state == PaymentState::Authorised && payment.open_amount() > 0 && !over;
    let gives = staff.may(Right::RefundOrders) && payment.refundable() > 0;
    let form = |what: &str, action: String, amount: i64, key: &str| DoView {
        action,
        amount: order.currency.plain(amount),
        hint: page.named(key, &money(amount)),
        id: format!("{what}-{}", payment.id),
    };
    let owed = order.owed_back().clamp(0, payment.refundable());
    PaymentView {
        method: called(&page.words, payment),
        reference: if payment.gateway.is_credit() { String::new() } else { payment.reference.clone() },
        state: page.t(&format!("orders-payment-state-{}", payment.state)),
        amount: money(payment.amount),
        sums: sums.iter().filter(|(_, amount)| *amount > 0).map(|(key, amount)| page.named(key, &money(*amount))).collect(),
        capture: takes.then(|| {
            let action = paths::admin_order_capture(order.number, payment.id);
            form("capture", action, payment.open_amount(), "orders-desk-capture-left")
        }),
        refund: gives.then(|| {
            let action = paths::admin_order_refund(order.number, payment.id);
            let mut view = form("refund", action, payment.refundable(), "orders-desk-refund-left");
            if owed > 0 {
                view.amount = order.currency.plain(owed);
            }
            view
        }),
        to_credit: order.customer.is_some() && payment.gateway != Method::StoreCredit,
        void: (manages && payment.may_be_voided()).then(|| paths::admin_order_void(order.number, payment.id)),
        again: sent.is_some(),
        sent: sent.unwrap_or_default(),
    }
}

/// "VIES, 28 November 2026: this number belongs to SA EXEMPLE; consultation number WAPI…"
pub fn tax_proof(page: &Page, order: &Order) -> Option<String> {
    let proof = order.tax_note.as_ref()?.proof.as_ref()?;
    let values = [
        ("register", proof.register.as_str().into()),
        ("day", page.day(proof.at, page.zone).into()),
        ("name", if proof.name.is_empty() { page.t("orders-vat-nameless") } else { proof.name.clone() }.into()),
        ("consultation", if proof.consultation.is_empty() { "–" } else { proof.consultation.as_str() }.into()),
    ];
    Some(page.with(&format!("orders-vat-heard-{}", proof.heard), &values))
}
