//! A shopper's cart: found by a cookie, opened at the first thing put in it, kept for thirty days.
//! Owns: carts, cart_lines, cart_codes, cart_declined_gifts

pub mod codes;
pub mod commands;
pub mod computation;
pub mod estimate;
mod forms;
mod market;
pub mod model;
pub mod parts;
mod promoting;
pub mod queries;
pub mod quoting;
mod routes;
mod taxing;
pub mod views;
mod visitor;

pub use routes::routes;
pub use visitor::{Visitor, keep as keep_cookie};
