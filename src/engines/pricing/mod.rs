//! The one place that adds up: cart, checkout and the page that explains a total all ask here. And what a piece costs: price lists,
//! the price of a kilogram, the prices of before.
//! Owns: price_lists, price_list_groups, price_list_markets, price_list_prices, standing_prices, price_history

mod arithmetic;
mod borders;
pub mod commands;
mod content;
pub mod lists;
pub mod model;
pub mod queries;
mod rounding;
pub mod settling;
pub mod steps;
#[cfg(test)]
mod rivals;
#[cfg(test)]
mod tests;

pub use arithmetic::{ONE, half_up, split};
pub use borders::carried;
pub use content::Content;
pub use lists::{Asked, ListDraft, ListRefused, PriceList, Sale, Tariff, price_of, price_steps};
pub use model::{
    DiscountInput, DiscountRow, LineInput, LineQuote, Quote, QuoteInput, QuoteRefused, Reach, ShippingInput, TaxInput, TaxOn,
    TaxRow, quote,
};
pub use rounding::Rounding;
pub use steps::{Parts, Step, steps};
