//! Goods on their way between places, for staff.

mod admin;
mod commands;
mod forms;
mod queries;
mod views;

pub(super) use admin::routes;
