//! What the merchant decides about the whole shop: name, address, currency, countries, legal pages.
//! Owns: settings, legal_pages, announcement, markets, market_countries, exchange_rates

pub mod announcement;
pub mod commands;
pub mod market_commands;
mod markets;
mod model;
pub mod queries;
mod sections;
pub mod taxes;
pub mod third_parties;

pub use announcement::Announcement;
pub use market_commands::{MarketDraft, MarketRefused};
pub use markets::{DatedRate, Market, TaxDisplay};
pub use model::{LegalKind, ShopFacts, StockRules};
pub use sections::{Fields, General, LegalText, Payment, SaveRefused, Saved, in_language, seen, translated};
pub use taxes::{CrossBorder, Register, TaxRules, Unproved};
pub use third_parties::{Purpose, ThirdParty};
