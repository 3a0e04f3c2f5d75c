//! The pages of the stock room with finished values.

mod demand;
mod index;
mod stock;
mod waiting;

pub use demand::DemandPage;
pub use index::{IndexPage, LocationsPage};
pub use stock::{Forms, StockPage};
pub use waiting::WaitingPage;
