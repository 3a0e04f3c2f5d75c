//! Stock per variant and location: what is there, what is promised, what is held for carts, and every change of it.
//! Owns: locations, stock, stock_movements, stock_reservations, stock_allocations

pub mod commands;
pub mod model;
pub mod promises;
pub mod queries;

pub use model::{AdjustRefused, Balance, Count, Opening, OutOfStock, Promise, Shelf, ShipRefused, Short, Unshipped};
