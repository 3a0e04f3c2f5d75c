//! Shoppers who want a mail when something can be bought again. Addresses say yes first, unless they are an account's; a wish is
//! told once.
//! Owns: stock_wishes

pub mod commands;
pub mod emails;
pub mod jobs;
pub mod model;
pub mod queries;
mod routes;
mod views;

pub use routes::routes;
