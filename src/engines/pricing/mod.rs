//! The one place that adds up: cart, checkout and the page that explains a total all ask here.

mod arithmetic;
pub mod model;
pub mod steps;
#[cfg(test)]
mod tests;

pub use model::{
    DiscountInput, DiscountRow, LineInput, LineQuote, Quote, QuoteInput, QuoteRefused, Reach, ShippingInput, TaxInput, TaxOn,
    TaxRow, quote,
};
pub use steps::{Parts, Step, steps};
