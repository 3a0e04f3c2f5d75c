//! Stock per variant and location: what is there, what is promised, what is held for carts, and every change of it.
//! Owns: locations, stock, stock_movements, stock_reservations, stock_allocations, bundle_parts, transfers, transfer_lines, transfer_receipts, stocktakes, stocktake_lines

pub mod ahead;
pub mod bundling;
pub mod commands;
pub mod counting;
pub mod model;
pub mod moving;
pub mod promises;
pub mod queries;
mod refusals;
pub mod routing;
pub mod shelves;
pub mod stocktaking;
pub mod transfers;
pub mod watching;

pub use model::{Balance, Correction, Count, Location, Opening, OutOfStock, Promise, Reason, Recount, Shelf, Short, Unshipped};
pub use refusals::{AdjustRefused, AheadRefused, BundleRefused, CountRefused, LocationRefused, ShipRefused};
pub use shelves::{Part, Recipes, Shelves, Wait, WaitKind, wait_for};
