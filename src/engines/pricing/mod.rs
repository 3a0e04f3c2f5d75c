//! The one place that adds up: cart, checkout and the page that explains a total all ask here.

mod arithmetic;
pub mod model;
#[cfg(test)]
mod tests;

pub use arithmetic::{ONE, half_up, split};
pub use model::{
    DiscountInput, LineInput, LineQuote, Quote, QuoteInput, QuoteRefused, ShippingInput, Step, TaxInput, TaxOn, TaxRow, quote,
};
