//! The test card's own pages and notices: the other side of the counter, for demo shops and for trying things out.

mod acts;
mod jobs;
mod routes;
mod views;

pub use jobs::{TestCardDecides, TestCardNotifies};
pub use routes::routes;
