//! The rules of the stock for staff: when something runs low, from which places orders are sent, and where those are.

mod admin;
mod views;

pub(super) use admin::routes;
