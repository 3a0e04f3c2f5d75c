//! What waits for somebody, each with the list that has exactly these things.

use super::queries::Waiting;
use crate::platform::access::{Person, Right};
use crate::platform::paths;

/// Something that waits for a person.
pub struct Todo {
    pub key: &'static str,
    pub count: i64,
    pub icon: &'static str,
    pub path: String,
    /// Something went wrong.
    pub urgent: bool,
}

/// What waits and concerns this person; what went wrong comes first.
pub fn todo(of: &Waiting, me: &Person) -> Vec<Todo> {
    let orders = paths::admin_orders_where;
    let authorised = [("status", "open"), ("payment", "authorised")];
    let list = [
        (Right::ManageOrders, "dash-todo-money", of.odd_money, "triangle-alert", paths::admin_payments()),
        (Right::ManageSettings, "books-drift", of.drift, "triangle-alert", paths::admin_books()),
        (Right::ViewMail, "admin-todo-mails", of.failed_mails, "triangle-alert", paths::admin_mails_failed()),
        (Right::ManageSettings, "dash-todo-jobs", of.failed_jobs, "triangle-alert", paths::admin_jobs()),
        (Right::ViewMessages, "messages-todo", of.messages, "inbox", paths::admin_inbox()),
        (Right::ViewOrders, "admin-todo-ship", of.to_ship, "truck", orders(&[("view", "to-ship")])),
        (Right::ViewOrders, "dash-todo-capture", of.to_capture, "banknote", orders(&authorised)),
        (Right::ViewOrders, "dash-todo-expiring", of.expiring, "clock", orders(&[("due", "soon")])),
        (Right::ViewOrders, "admin-todo-unpaid", of.unpaid, "credit-card", orders(&[("view", "unpaid")])),
        (Right::ViewProducts, "dash-todo-low", of.low, "boxes", paths::admin_products_low()),
    ];
    let waits = list.into_iter().filter(|(right, _, count, ..)| *count > 0 && me.may(*right));
    waits.map(|(_, key, count, icon, path)| Todo { key, count, icon, path, urgent: icon == "triangle-alert" }).collect()
}
