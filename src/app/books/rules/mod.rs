//! What no row may break, as queries that name each row that does.

mod errands;
mod money;
mod paying;
mod stock;

pub use errands::ERRANDS;
pub use money::MONEY;
pub use paying::PAYING;
pub use stock::{SHORT, STOCK};
