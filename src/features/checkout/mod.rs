//! Guest checkout: an address, a way to send, a way to pay, a last look, and the one transaction that places the order.
//! Owns: checkouts, checkouts_begun, checkout_credits, payment_sessions, payment_differences

pub mod address;
mod admin;
mod after_payment;
mod bill;
pub mod business;
pub mod commands;
mod differences;
pub mod emails;
mod express;
pub mod forms;
pub mod jobs;
pub mod model;
pub mod queries;
mod regions;
mod review;
mod routes;
mod till;
mod typed;
pub mod views;
pub mod wallet;
mod wallet_routes;
mod wallet_view;

pub use routes::routes;
