//! Methods, what they cost for a total of goods, and why a zone or method is not accepted.

use crate::platform::base::{Country, Message, Refusal, ShippingMethodId, ShippingZoneId};
use crate::platform::i18n::Wording;

/// The highest price of a method, in minor units.
pub const MOST: i64 = 100_000_000_000;

/// A way to deliver to a zone, at a flat rate in minor units of the shop's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    pub id: ShippingMethodId,
    pub zone: ShippingZoneId,
    pub name: Wording,
    pub price: i64,
    /// Total of goods (after discounts) from which it costs nothing.
    pub free_from: Option<i64>,
    /// Working days from order to door.
    pub days: (i32, i32),
    pub position: i32,
    pub active: bool,
}

impl Method {
    /// What it costs for this total of goods.
    pub fn price_for(&self, goods_total: i64) -> i64 {
        if self.free_from.is_some_and(|from| goods_total >= from) { 0 } else { self.price }
    }

    /// How much more must be bought until it is free; `None` when it is free already or never is.
    pub fn until_free(&self, goods_total: i64) -> Option<i64> {
        self.free_from.filter(|from| goods_total < *from && self.price > 0).map(|from| from - goods_total)
    }
}

/// A method as offered to one shopper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub method: Method,
    /// What it costs this shopper.
    pub price: i64,
}

/// Countries that are delivered to alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    pub id: ShippingZoneId,
    pub name: String,
    pub countries: Vec<Country>,
    pub methods: Vec<Method>,
}

/// A method as staff typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodDraft {
    pub name: Wording,
    pub price: i64,
    pub free_from: Option<i64>,
    pub days: (i32, i32),
    pub active: bool,
}

impl MethodDraft {
    /// Checks it before it is kept.
    pub fn check(&self) -> Result<(), ShippingRefused> {
        let fits = |amount: i64| (0..=MOST).contains(&amount);
        if self.name.main().trim().is_empty() {
            return Err(ShippingRefused::Unnamed);
        }
        if !fits(self.price) || self.free_from.is_some_and(|from| !fits(from)) {
            return Err(ShippingRefused::Amount);
        }
        if self.days.0 < 0 || self.days.1 < self.days.0 {
            return Err(ShippingRefused::Days);
        }
        Ok(())
    }
}

/// Why a zone or a method is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShippingRefused {
    Unnamed,
    NameTaken,
    /// Another zone delivers there already.
    CountryTaken {
        country: Country,
        zone: String,
    },
    Amount,
    /// The slowest is faster than the fastest.
    Days,
    /// It was removed meanwhile.
    Gone,
}

impl Refusal for ShippingRefused {
    fn message(&self) -> Message {
        match self {
            ShippingRefused::Unnamed => Message::new("error-required"),
            ShippingRefused::NameTaken => Message::new("shipping-name-taken"),
            ShippingRefused::CountryTaken { country, zone } => {
                Message::new("shipping-country-taken").text("country", country.code()).text("zone", zone)
            }
            ShippingRefused::Amount => Message::new("shipping-amount"),
            ShippingRefused::Days => Message::new("shipping-days"),
            ShippingRefused::Gone => Message::new("shipping-gone"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_free_from_exactly_its_threshold() {
        let (id, zone) = (ShippingMethodId(1), ShippingZoneId(1));
        let name = Wording::new("Post", Default::default());
        let method = Method { id, zone, name, price: 490, free_from: Some(6000), days: (1, 2), position: 0, active: true };
        assert_eq!((method.price_for(5999), method.price_for(6000)), (490, 0));
        assert_eq!((method.until_free(5999), method.until_free(6000)), (Some(1), None));
        let never = Method { free_from: None, ..method };
        assert_eq!((never.price_for(i64::MAX), never.until_free(0)), (490, None));
    }
}
