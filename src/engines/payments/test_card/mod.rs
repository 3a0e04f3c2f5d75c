//! The test card: a provider of our own, with a hosted page, that can be told to misbehave in every way real ones do.
//! It keeps its own books and knows of the shop only what any gateway would.

pub mod bank;
mod gateway;
pub mod model;
mod signature;

pub use gateway::TestCard;
pub use model::{Behaviour, Charge, ChargeState};
pub use signature::{header, signed_by};
