//! Classes, zones and rates, and why one of them is not accepted.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::postcodes::Postcodes;
use crate::platform::base::{Country, Message, Rate, Refusal, TaxClassId, TaxRateId, TaxZoneId};

/// What goods are to the tax office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    pub id: TaxClassId,
    /// By which the sets of rates know it: "standard"; `None`: the shop's own.
    pub code: Option<String>,
    pub name: String,
    /// What goods are that say nothing else.
    pub is_default: bool,
}

/// Where rates are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    pub id: TaxZoneId,
    pub country: Country,
    /// A state or province as addresses have it; empty: all of them.
    pub region: String,
    /// Empty: all of them.
    pub postcodes: Postcodes,
    /// What staff call it; empty: the country's name.
    pub name: String,
}

impl Zone {
    pub fn is_whole_country(&self) -> bool {
        self.region.is_empty() && self.postcodes.is_empty()
    }
}

/// A zone as staff typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneDraft {
    pub country: Country,
    pub region: String,
    pub postcodes: Postcodes,
    pub name: String,
}

/// What is taken of a class in a zone, from one day to another, both counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxRate {
    pub id: TaxRateId,
    pub zone: TaxZoneId,
    pub class: TaxClassId,
    /// As printed on bills: "VAT", "MwSt.". Rates of other names in the same zone and class add up.
    pub name: String,
    pub rate: Rate,
    /// `None`: since ever.
    pub from: Option<NaiveDate>,
    /// `None`: until further notice.
    pub to: Option<NaiveDate>,
    pub source: Source,
    /// Loaded from a set and not changed by staff since.
    pub from_set: bool,
}

impl TaxRate {
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| to >= day)
    }

    /// Whether it is over on this day.
    pub fn is_past(&self, day: NaiveDate) -> bool {
        self.to.is_some_and(|to| to < day)
    }

    /// Whether both hold on one day at least.
    pub fn meets(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> bool {
        let before = |one: Option<NaiveDate>, other: Option<NaiveDate>| one.zip(other).is_some_and(|(to, from)| to < from);
        !before(self.to, from) && !before(to, self.from)
    }
}

/// Where a rate was looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub name: String,
    pub url: String,
    pub date: Option<NaiveDate>,
}

/// A row of the short table as staff typed it: what a whole country takes of the usual class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateDraft {
    pub country: Country,
    pub name: String,
    pub rate: Rate,
    pub source: String,
}

/// A rate as staff typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub class: TaxClassId,
    pub name: String,
    pub rate: Rate,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub source: Source,
}

/// Why a class, a zone or a rate is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RatesRefused {
    /// A country stands in the short table twice.
    Twice {
        country: Country,
    },
    Unnamed {
        country: Country,
    },
    OutOfRange {
        country: Country,
    },
    NoName,
    /// It ends before it begins.
    Days,
    /// Another rate of the same name holds on some of its days.
    Overlaps {
        name: String,
    },
    /// All rates of a place together are more than what is sold.
    TooMuch,
    /// There is a zone for this place already.
    PlaceTaken,
    NameTaken,
    /// Goods have it, rates are for it, or it is the usual one.
    InUse,
    /// It held already: it can end, but what was taken by it stays to be read.
    Held,
    /// It was removed meanwhile.
    Gone,
}

impl Refusal for RatesRefused {
    fn message(&self) -> Message {
        match self {
            RatesRefused::Twice { country } => Message::new("tax-twice").text("country", country.code()),
            RatesRefused::Unnamed { country } => Message::new("tax-unnamed").text("country", country.code()),
            RatesRefused::OutOfRange { country } => Message::new("tax-out-of-range").text("country", country.code()),
            RatesRefused::NoName => Message::new("error-required"),
            RatesRefused::Days => Message::new("tax-days"),
            RatesRefused::Overlaps { name } => Message::new("tax-overlaps").text("name", name),
            RatesRefused::TooMuch => Message::new("tax-too-much"),
            RatesRefused::PlaceTaken => Message::new("tax-place-taken"),
            RatesRefused::NameTaken => Message::new("tax-name-taken"),
            RatesRefused::InUse => Message::new("tax-class-in-use"),
            RatesRefused::Held => Message::new("tax-held"),
            RatesRefused::Gone => Message::new("tax-gone"),
        }
    }
}

/// Checks the short table before it is kept.
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

/// Checks a rate against the others of its zone; `id` is the one that is changed. Says which open-ended one ends the day before the new
/// one begins.
///
/// # Errors
/// Days that are no days, a rate of the same name that holds at the same time.
pub fn placed(terms: &Terms, id: Option<TaxRateId>, zone: &[TaxRate]) -> Result<Option<TaxRateId>, RatesRefused> {
    if terms.name.trim().is_empty() {
        return Err(RatesRefused::NoName);
    }
    if terms.from.zip(terms.to).is_some_and(|(from, to)| to < from) {
        return Err(RatesRefused::Days);
    }
    let others = || zone.iter().filter(|rate| Some(rate.id) != id && rate.class == terms.class);
    let sum: i64 = others().filter(|rate| rate.meets(terms.from, terms.to)).map(|rate| i64::from(rate.rate.0)).sum();
    let same = |rate: &&TaxRate| rate.name.to_lowercase() == terms.name.trim().to_lowercase();
    let mut meeting = others().filter(same).filter(|rate| rate.meets(terms.from, terms.to));
    let ends = match (meeting.next(), meeting.next(), terms.from) {
        (None, ..) => None,
        // What was until further notice ends when its successor begins.
        (Some(one), None, Some(from)) if id.is_none() && one.to.is_none() && one.from.is_none_or(|began| began < from) => {
            Some(one)
        }
        (Some(one), ..) => return Err(RatesRefused::Overlaps { name: one.name.clone() }),
    };
    let sum = sum + i64::from(terms.rate.0) - ends.map_or(0, |one| i64::from(one.rate.0));
    if sum > 1_000_000 { Err(RatesRefused::TooMuch) } else { Ok(ends.map(|one| one.id)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        (!text.is_empty()).then(|| text.parse().expect("a day"))
    }

    fn rate(id: i64, name: &str, from: &str, to: &str) -> TaxRate {
        let (id, zone, class) = (TaxRateId(id), TaxZoneId(1), TaxClassId(1));
        let (source, from_set) = (Source::default(), false);
        TaxRate { id, zone, class, name: name.into(), rate: Rate(190_000), from: day(from), to: day(to), source, from_set }
    }

    fn terms(name: &str, from: &str, to: &str) -> Terms {
        let (class, source) = (TaxClassId(1), Source::default());
        Terms { class, name: name.into(), rate: Rate(200_000), from: day(from), to: day(to), source }
    }

    #[test]
    fn a_successor_ends_what_was_until_further_notice_and_nothing_else_meets() {
        let zone = [rate(1, "VAT", "2020-01-01", ""), rate(2, "VAT", "2010-01-01", "2019-12-31")];
        assert_eq!(placed(&terms("vat", "2027-01-01", ""), None, &zone), Ok(Some(TaxRateId(1))));
        assert_eq!(placed(&terms("County", "", ""), None, &zone), Ok(None));
        let overlaps = |why: Result<_, RatesRefused>| matches!(why, Err(RatesRefused::Overlaps { .. }));
        assert!(overlaps(placed(&terms("VAT", "2020-01-01", ""), None, &zone)), "begins on the same day");
        assert!(overlaps(placed(&terms("VAT", "2015-01-01", "2015-02-01"), None, &zone)));
        assert!(overlaps(placed(&terms("VAT", "", ""), None, &zone)));
        assert!(overlaps(placed(&terms("VAT", "2019-01-01", ""), Some(TaxRateId(1)), &zone)), "what is changed moves nobody");
        assert_eq!(placed(&terms("VAT", "2020-06-01", ""), Some(TaxRateId(1)), &zone), Ok(None));
        assert_eq!(placed(&terms("VAT", "2021-01-01", "2020-01-01"), None, &[]), Err(RatesRefused::Days));
        assert_eq!(placed(&Terms { rate: Rate(900_000), ..terms("Luxury", "", "") }, None, &zone), Err(RatesRefused::TooMuch));
    }
}
