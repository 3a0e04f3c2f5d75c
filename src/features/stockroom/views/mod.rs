//! The pages of the stock room with finished values.

mod index;
mod stock;
mod waiting;

pub use index::{IndexPage, LocationsPage};
pub use stock::{Forms, StockPage};
pub use waiting::WaitingPage;
