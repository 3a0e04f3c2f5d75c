//! The counter: what staff do in a customer's name: drafts of orders with a link to pay, and mending whom an order is for.
//! Owns: draft_orders

mod admin;
pub mod commands;
mod draft_page;
mod drafts;
mod emails;
mod forms;
pub mod model;
pub mod queries;
mod routes;
mod views;

pub use routes::routes;
