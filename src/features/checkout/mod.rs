//! Guest checkout: an address, a way to send, a way to pay, a last look, and the one transaction that places the order.
//! Owns: checkouts

pub mod address;
pub mod commands;
mod forms;
pub mod model;
pub mod queries;
mod regions;
mod routes;
pub mod views;

pub use routes::routes;
