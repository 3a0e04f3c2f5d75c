//! A country's rate, and why a table of rates is not accepted.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::platform::base::{Country, Message, Rate, Refusal, TaxRateId};

/// What a country takes of every sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxRate {
    pub id: TaxRateId,
    pub country: Country,
    /// As printed on bills: "VAT", "MwSt."
    pub name: String,
    pub rate: Rate,
    /// Where the rate was looked up.
    pub source: String,
    pub valid_from: Option<NaiveDate>,
}

/// Where goods go, as far as taxes and delivery ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    pub country: Country,
    /// As the address has it; may be empty.
    pub region: String,
    /// May be empty.
    pub postal_code: String,
}

impl Destination {
    /// Somewhere in this country.
    pub fn country(country: Country) -> Destination {
        Destination { country, region: String::new(), postal_code: String::new() }
    }
}

/// A row of the table as staff typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateDraft {
    pub country: Country,
    pub name: String,
    pub rate: Rate,
    pub source: String,
    pub valid_from: Option<NaiveDate>,
}

/// Why a table of rates is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RatesRefused {
    /// A country stands in it twice.
    Twice {
        country: Country,
    },
    Unnamed {
        country: Country,
    },
    OutOfRange {
        country: Country,
    },
}

impl Refusal for RatesRefused {
    fn message(&self) -> Message {
        match self {
            RatesRefused::Twice { country } => Message::new("tax-twice").text("country", country.code()),
            RatesRefused::Unnamed { country } => Message::new("tax-unnamed").text("country", country.code()),
            RatesRefused::OutOfRange { country } => Message::new("tax-out-of-range").text("country", country.code()),
        }
    }
}

/// Checks a table before it is kept.
pub fn check(table: &[RateDraft]) -> Result<(), RatesRefused> {
    let mut seen = HashSet::new();
    for RateDraft { country, name, rate, .. } in table {
        if !seen.insert(*country) {
            return Err(RatesRefused::Twice { country: *country });
        }
        if name.trim().is_empty() {
            return Err(RatesRefused::Unnamed { country: *country });
        }
        if !(0..=1_000_000).contains(&rate.0) {
            return Err(RatesRefused::OutOfRange { country: *country });
        }
    }
    Ok(())
}
