//! Stock per variant and location: what is there, what is promised, what is held for carts, and every change of it.
//! Owns: locations, stock, stock_movements, stock_reservations, stock_allocations, bundle_parts

pub mod commands;
pub mod counting;
pub mod model;
pub mod promises;
pub mod queries;
pub mod shelves;

pub use model::{
    AdjustRefused, Balance, Correction, Count, LOW, Location, LocationRefused, Opening, OutOfStock, Promise, Reason, Recount,
    Shelf, ShipRefused, Short, Unshipped,
};
pub use shelves::{Part, Recipes, Shelves, Wait, WaitKind, wait_for};
