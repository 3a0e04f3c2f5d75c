//! Addresses of orders, payments, drafts and customers, for staff.

use std::fmt::Display;

use crate::platform::base::OrderNumber;

/// Payments that staff should look at.
pub fn admin_payments() -> String {
    "/admin/payments".into()
}
pub fn admin_payments_comparison() -> String {
    "/admin/payments/comparison".into()
}
/// Gives the money of a payment back that no order can come of.
pub fn admin_payment_return(payment: impl Display) -> String {
    format!("/admin/payments/{payment}/return")
}
/// Says that a payment was looked at.
pub fn admin_payment_attention(payment: impl Display) -> String {
    format!("/admin/payments/{payment}/attention")
}
/// Mends a difference between the gateway's books and ours.
pub fn admin_payment_difference(difference: impl Display) -> String {
    format!("/admin/payment-differences/{difference}")
}
pub fn admin_order_capture(number: OrderNumber, payment: impl Display) -> String {
    format!("/admin/orders/{number}/payments/{payment}/capture")
}
pub fn admin_order_void(number: OrderNumber, payment: impl Display) -> String {
    format!("/admin/orders/{number}/payments/{payment}/void")
}
pub fn admin_order_refund(number: OrderNumber, payment: impl Display) -> String {
    format!("/admin/orders/{number}/payments/{payment}/refund")
}
pub fn admin_orders() -> String {
    "/admin/orders".into()
}
/// The list of orders narrowed to these pairs of its query.
pub fn admin_orders_where(pairs: &[(&str, &str)]) -> String {
    format!("/admin/orders?{}", url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}
pub fn admin_order(number: OrderNumber) -> String {
    format!("/admin/orders/{number}")
}
pub fn admin_order_payment(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/payment")
}
pub fn admin_order_fulfilment(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/fulfilment")
}
pub fn admin_order_cancellation(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/cancellation")
}
/// Mails of an order, to be sent again.
pub fn admin_order_letters(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/letters")
}
/// Whom an order is for: addresses, e-mail, the shopper's note.
pub fn admin_order_contact(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/contact")
}
pub fn admin_order_note(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/note")
}
/// Many orders, to be looked at before they are shipped.
pub fn admin_orders_shipping() -> String {
    "/admin/orders/shipping".into()
}
pub fn admin_orders_shipments() -> String {
    "/admin/orders/shipments".into()
}
/// What became of many orders.
pub fn admin_order_batch(batch: impl Display) -> String {
    format!("/admin/orders/batches/{batch}")
}
/// The views of the list that staff keep.
pub fn admin_order_views() -> String {
    "/admin/orders/views".into()
}
pub fn admin_order_view_name(view: impl Display) -> String {
    format!("/admin/orders/views/{view}/name")
}
pub fn admin_order_view_removal(view: impl Display) -> String {
    format!("/admin/orders/views/{view}/removal")
}
/// Sheets of orders to print: "slips" or "receipts".
pub fn admin_order_sheets(kind: impl Display) -> String {
    format!("/admin/orders/sheets/{kind}")
}
/// The sheets of these orders.
pub fn admin_order_sheets_of(kind: impl Display, orders: impl IntoIterator<Item = i64>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(orders.into_iter().map(|number| ("order", number.to_string())));
    format!("/admin/orders/sheets/{kind}?{}", query.finish())
}
pub fn admin_customers() -> String {
    "/admin/customers".into()
}
/// The customers of a group.
pub fn admin_customers_of(group: impl Display) -> String {
    format!("/admin/customers?group={group}")
}
/// A page of the list of customers that begins or ends ("before", "after") at one of them.
pub fn admin_customers_from(words: &str, group: Option<i64>, edge: &str, id: impl Display) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !words.is_empty() {
        query.append_pair("q", words);
    }
    if let Some(group) = group {
        query.append_pair("group", &group.to_string());
    }
    format!("/admin/customers?{}", query.append_pair(edge, &id.to_string()).finish())
}
pub fn admin_customer(id: impl Display) -> String {
    format!("/admin/customers/{id}")
}
/// A part of a customer's page that a form is sent to: "note", "tags", "groups", "password-reset", "sessions/ending", "other".
pub fn admin_customer_part(id: impl Display, part: &str) -> String {
    format!("/admin/customers/{id}/{part}")
}
/// The look at what a merge will do: the other joins this one.
pub fn admin_customer_merge(id: impl Display, other: impl Display) -> String {
    format!("/admin/customers/{id}/merge?other={other}")
}
pub fn admin_customer_merging(id: impl Display) -> String {
    format!("/admin/customers/{id}/merge")
}
pub fn admin_customer_groups() -> String {
    "/admin/customer-groups".into()
}
pub fn admin_customer_group_removal(id: impl Display) -> String {
    format!("/admin/customer-groups/{id}/removal")
}
/// Orders that staff put together.
pub fn admin_drafts() -> String {
    "/admin/drafts".into()
}
pub fn admin_draft(draft: impl Display) -> String {
    format!("/admin/drafts/{draft}")
}
/// A part of a draft that a form is sent to: "lines", "quantities", "customer", "link", "order", "removal".
pub fn admin_draft_part(draft: impl Display, part: &str) -> String {
    format!("/admin/drafts/{draft}/{part}")
}
pub fn admin_takings_page() -> String {
    "/admin/takings".into()
}
/// Money that came in and went back, from one day to another, both counted.
pub fn admin_takings(from: impl Display, to: impl Display) -> String {
    format!("/admin/takings?from={from}&to={to}")
}
