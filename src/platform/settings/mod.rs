//! What the merchant decides about the whole shop: name, address, currency, countries, legal pages.
//! Owns: settings, legal_pages

pub mod commands;
mod model;
pub mod queries;

pub use model::{LegalKind, ShopDraft, ShopFacts};
