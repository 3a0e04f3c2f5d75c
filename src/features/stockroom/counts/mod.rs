//! Stock-takes for staff: a sheet to print, to fill in page by page or by a file, and what came of it.

mod admin;
mod commands;
mod forms;
mod queries;
mod views;

pub(super) use admin::routes;
