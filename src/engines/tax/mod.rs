//! Taxes by country: a table of rates that the merchant keeps.
//! Owns: tax_rates

pub mod commands;
pub mod model;
pub mod queries;

pub use model::{Destination, RateDraft, RatesRefused, TaxRate};
