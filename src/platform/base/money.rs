//! Money, quantities and rates: whole numbers only, no float touches them.

use std::fmt;
use std::str::FromStr;

use rocket::form::{self, FromFormField, ValueField};
use serde::{Deserialize, Serialize};

/// An ISO 4217 currency; knows how many minor units it has (USD 2, JPY 0, KWD 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(iso_currency::Currency);

impl Currency {
    pub const USD: Currency = Currency(iso_currency::Currency::USD);
    pub const EUR: Currency = Currency(iso_currency::Currency::EUR);

    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Digits behind the point: 2 for USD, 0 for JPY, 3 for KWD.
    pub fn exponent(self) -> u32 {
        u32::from(self.0.exponent().unwrap_or(0))
    }

    /// Minor units in one major unit: 100 for USD.
    pub fn scale(self) -> i64 {
        10_i64.pow(self.exponent())
    }

    /// Reads "42.90", "42,90" or "42" as minor units; `None` for anything else, negative numbers and more digits than the currency has.
    pub fn parse_minor(self, text: &str) -> Option<i64> {
        let text = text.trim();
        let (whole, part) = match text.rfind(['.', ',']) {
            Some(at) => (&text[..at], &text[at + 1..]),
            None => (text, ""),
        };
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let exponent = self.exponent() as usize;
        let (kept, rest) = part.split_at_checked(part.len().min(exponent))?;
        if whole.is_empty() || whole.len() > 12 || !digits(whole) || !digits(part) || rest.bytes().any(|b| b != b'0') {
            return None;
        }
        let minor: i64 = format!("{kept:0<exponent$}").parse().unwrap_or(0);
        whole.parse::<i64>().ok()?.checked_mul(self.scale())?.checked_add(minor)
    }

    /// Minor units as a plain decimal for fields, feeds and JSON-LD: 4290 is "42.90".
    pub fn plain(self, minor: i64) -> String {
        let exponent = self.exponent() as usize;
        let (sign, digits) = (if minor < 0 { "-" } else { "" }, minor.unsigned_abs().to_string());
        if exponent == 0 {
            return format!("{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = exponent + 1);
        let (whole, part) = padded.split_at(padded.len() - exponent);
        format!("{sign}{whole}.{part}")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code().to_owned()
    }
}

impl TryFrom<String> for Currency {
    type Error = String;
    fn try_from(code: String) -> Result<Currency, String> {
        code.parse().map_err(|()| format!("{code:?} is no currency of ISO 4217"))
    }
}

impl FromStr for Currency {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        iso_currency::Currency::from_code(code).map(Currency).ok_or(())
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Currency {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map_err(|()| form::Error::validation("error-choice").into())
    }
}

/// An amount in minor units of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    pub amount: i64,
    pub currency: Currency,
}

impl Money {
    pub const fn new(amount: i64, currency: Currency) -> Money {
        Money { amount, currency }
    }
}

/// How many of a thing: 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Quantity(i32);

impl Quantity {
    pub const MAX: i32 = 9999;
    pub const ONE: Quantity = Quantity(1);

    pub fn new(count: i32) -> Option<Quantity> {
        (1..=Self::MAX).contains(&count).then_some(Quantity(count))
    }

    pub fn get(self) -> i32 {
        self.0
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Quantity {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let count = field.value.trim().parse::<i32>().ok().and_then(Quantity::new);
        count.ok_or_else(|| form::Error::validation("error-quantity").into())
    }
}

/// A rate in millionths: 190000 is 19 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rate(pub i32);

impl Rate {
    pub const ZERO: Rate = Rate(0);

    /// Reads a percentage: "19", "8.1" or "7,7", at most four digits behind the point and 100 %.
    pub fn parse_percent(text: &str) -> Option<Rate> {
        let text = text.trim().replace(',', ".");
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || part.len() > 4 || !digits(whole) || !digits(part) {
            return None;
        }
        let rate = whole.parse::<i32>().ok()? * 10_000 + format!("{part:0<4}").parse::<i32>().ok()?;
        (rate <= 1_000_000).then_some(Rate(rate))
    }

    /// The percentage without trailing zeros: "8.1".
    pub fn percent(self) -> String {
        let text = format!("{}.{:04}", self.0 / 10_000, self.0 % 10_000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_written_in_the_currencys_own_digits() {
        let yen: Currency = "JPY".parse().expect("yen");
        let dinar: Currency = "KWD".parse().expect("dinar");
        assert_eq!(Currency::USD.parse_minor("42.9"), Some(4290));
        assert_eq!(Currency::USD.parse_minor("42,90"), Some(4290));
        assert_eq!(Currency::USD.parse_minor("42.905"), None);
        assert_eq!(Currency::USD.parse_minor("-1"), None);
        assert_eq!(Currency::USD.parse_minor("1e3"), None);
        assert_eq!(yen.parse_minor("500"), Some(500));
        assert_eq!(yen.parse_minor("5.5"), None);
        assert_eq!(dinar.plain(1234), "1.234");
        assert_eq!(Currency::USD.plain(5), "0.05");
        assert_eq!(yen.plain(500), "500");
    }

    #[test]
    fn rates_are_exact() {
        assert_eq!(Rate::parse_percent("7,7"), Some(Rate(77_000)));
        assert_eq!(Rate::parse_percent("101"), None);
        assert_eq!(Rate(81_000).percent(), "8.1");
        assert_eq!(Rate(190_000).percent(), "19");
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(minor in 0_i64..100_000_000_000, code in proptest::sample::select(vec!["USD", "JPY", "KWD"])) {
            let currency: Currency = code.parse().expect("known");
            proptest::prop_assert_eq!(currency.parse_minor(&currency.plain(minor)), Some(minor));
        }
    }
}
