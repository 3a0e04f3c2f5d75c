//! What is in a piece, and what it costs per kilogram, litre, metre or piece.

use std::fmt;
use std::io::Write;
use std::str::FromStr;

use diesel::deserialize::{self, FromSql};
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::Text;

use super::arithmetic::half_up;
use crate::platform::base::{BadText, Currency, Money, text_enum};
use crate::platform::i18n::Words;

text_enum! {
    /// What contents are measured in; the words are those of Shopify's files.
    Unit {
        Mg = "mg", G = "g", Kg = "kg", Oz = "oz", Lb = "lb",
        Ml = "ml", Cl = "cl", L = "l", M3 = "m3", FlOz = "floz", Pt = "pt", Qt = "qt", Gal = "gal",
        Mm = "mm", Cm = "cm", M = "m", In = "in", Ft = "ft", Yd = "yd",
        Cm2 = "cm2", M2 = "m2", Ft2 = "ft2",
        Item = "item",
    }
}

/// What kind of thing is measured; only like is compared with like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Weight,
    Volume,
    Length,
    Area,
    Count,
}

impl Unit {
    /// Its kind and its size in the smallest unit of the kind: nanogram, 10⁻¹³ l, micrometre, 0.01 mm², piece.
    fn size(self) -> (Kind, i128) {
        match self {
            Unit::Mg => (Kind::Weight, 1_000_000),
            Unit::G => (Kind::Weight, 1_000_000_000),
            Unit::Kg => (Kind::Weight, 1_000_000_000_000),
            Unit::Oz => (Kind::Weight, 28_349_523_125),
            Unit::Lb => (Kind::Weight, 453_592_370_000),
            Unit::Ml => (Kind::Volume, 10_000_000_000),
            Unit::Cl => (Kind::Volume, 100_000_000_000),
            Unit::L => (Kind::Volume, 10_000_000_000_000),
            Unit::M3 => (Kind::Volume, 10_000_000_000_000_000),
            Unit::FlOz => (Kind::Volume, 295_735_295_625),
            Unit::Pt => (Kind::Volume, 4_731_764_730_000),
            Unit::Qt => (Kind::Volume, 9_463_529_460_000),
            Unit::Gal => (Kind::Volume, 37_854_117_840_000),
            Unit::Mm => (Kind::Length, 1000),
            Unit::Cm => (Kind::Length, 10_000),
            Unit::M => (Kind::Length, 1_000_000),
            Unit::In => (Kind::Length, 25_400),
            Unit::Ft => (Kind::Length, 304_800),
            Unit::Yd => (Kind::Length, 914_400),
            Unit::Cm2 => (Kind::Area, 10_000),
            Unit::M2 => (Kind::Area, 100_000_000),
            Unit::Ft2 => (Kind::Area, 9_290_304),
            Unit::Item => (Kind::Count, 1),
        }
    }

    /// The unit that a price is usually told for.
    fn reference(self) -> Unit {
        match self {
            Unit::Mg | Unit::G | Unit::Kg => Unit::Kg,
            Unit::Ml | Unit::Cl | Unit::L => Unit::L,
            Unit::Mm | Unit::Cm | Unit::M => Unit::M,
            Unit::Cm2 | Unit::M2 => Unit::M2,
            other => other,
        }
    }

    /// As people write it.
    fn said(self, words: Words) -> String {
        match self {
            Unit::Item => words.t("pricing-unit-item"),
            Unit::FlOz => "fl oz".to_owned(),
            unit => unit.as_str().replace('2', "²").replace('3', "³"),
        }
    }
}

/// An amount of something, in thousandths of a unit: 1 to a thousand million of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Measure {
    thousandths: i64,
    unit: Unit,
}

impl Measure {
    const MOST: i64 = 1_000_000_000;

    fn one(unit: Unit) -> Measure {
        Measure { thousandths: 1000, unit }
    }

    fn number(self) -> String {
        let text = format!("{}.{:03}", self.thousandths / 1000, self.thousandths % 1000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// In the smallest units of its kind, times a thousand.
    fn size(self) -> i128 {
        i128::from(self.thousandths) * self.unit.size().1
    }

    fn said(self, words: Words) -> String {
        format!("{}\u{a0}{}", words.decimal(self.thousandths, 3), self.unit.said(words))
    }
}

/// The key of what is said of a content that cannot be read.
const UNREADABLE: BadText = BadText("error-content");

impl FromStr for Measure {
    type Err = BadText;
    fn from_str(text: &str) -> Result<Self, BadText> {
        let text = text.trim();
        let at = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
        let (number, unit) = (text[..at].trim(), text[at..].trim());
        let unit = match unit.to_lowercase().replace([' ', '.'], "").replace('²', "2").replace('³', "3").as_str() {
            "pcs" | "pc" | "piece" | "pieces" | "stück" | "st" => Unit::Item,
            word => word.parse().map_err(|_| UNREADABLE)?,
        };
        let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 7 || part.len() > 3 || !digits(whole) || !digits(part) {
            return Err(UNREADABLE);
        }
        let whole: i64 = whole.parse().map_err(|_| UNREADABLE)?;
        let part: i64 = format!("{part:0<3}").parse().map_err(|_| UNREADABLE)?;
        let thousandths = whole * 1000 + part;
        if (1..=Self::MOST).contains(&thousandths) { Ok(Measure { thousandths, unit }) } else { Err(UNREADABLE) }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number(), self.unit)
    }
}

/// What is in a piece, and how much of it the price is told for: "750 ml / 1 l".
#[derive(Clone, Copy, Debug, PartialEq, Eq, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Content {
    holds: Measure,
    per: Measure,
}

impl Content {
    /// What so much costs as the price is told for, in minor units, halves rounded up.
    pub fn unit_price(self, price: i64) -> i64 {
        i64::try_from(half_up(i128::from(price.max(0)) * self.per.size(), self.holds.size())).unwrap_or(i64::MAX)
    }

    /// "€16.00 / l" or "€2.00 / 100 g", for a piece of this price.
    pub fn said(self, words: Words, price: i64, currency: Currency) -> String {
        let per = if self.per.thousandths == 1000 { self.per.unit.said(words) } else { self.per.said(words) };
        let amount = words.money(Money::new(self.unit_price(price), currency));
        words.with("pricing-per", &[("amount", amount.into()), ("per", per.into())])
    }

    /// The same with what is in the piece: "750 ml · €16.00 / l".
    pub fn said_whole(self, words: Words, price: i64, currency: Currency) -> String {
        let (holds, per) = (self.holds.said(words), self.said(words, price, currency));
        words.with("pricing-holds-per", &[("holds", holds.into()), ("price", per.into())])
    }
}

impl FromStr for Content {
    type Err = BadText;
    /// Reads "750 ml", "750ml / 100 ml", "6 item"; without a second measure the price is told per kilogram, litre, metre or piece.
    fn from_str(text: &str) -> Result<Self, BadText> {
        let (holds, per) = text.split_once('/').map_or((text, None), |(holds, per)| (holds, Some(per)));
        let holds: Measure = holds.parse()?;
        let per = match per {
            Some(per) if per.trim().starts_with(char::is_alphabetic) => format!("1 {per}").parse()?,
            Some(per) => per.parse()?,
            None => Measure::one(holds.unit.reference()),
        };
        if holds.unit.size().0 == per.unit.size().0 { Ok(Content { holds, per }) } else { Err(BadText("error-content-kinds")) }
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.holds, self.per)
    }
}

impl FromSql<Text, Pg> for Content {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Pg>>::from_sql(bytes)?;
        text.parse().map_err(|_| format!("{text:?} is no content").into())
    }
}

impl ToSql<Text, Pg> for Content {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        write!(out, "{self}")?;
        Ok(IsNull::No)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn content(text: &str) -> Content {
        text.parse().expect("a content")
    }

    #[test]
    fn contents_are_read_as_people_write_them() {
        for (typed, kept) in [
            ("750 ml", "750 ml / 1 l"),
            ("0,75l", "0.75 l / 1 l"),
            ("250 g / 100 g", "250 g / 100 g"),
            ("1.5 kg/kg", "1.5 kg / 1 kg"),
            ("12 fl oz", "12 floz / 1 floz"),
            ("6 Stück", "6 item / 1 item"),
            ("2 m²", "2 m2 / 1 m2"),
        ] {
            assert_eq!(content(typed).to_string(), kept);
        }
        for bad in ["", "ml", "750", "0 ml", "-1 l", "1.2345 l", "750 hands", "99999999 ml", "1 l /", "1 / 2"] {
            assert_eq!(bad.parse::<Content>(), Err(BadText("error-content")), "{bad:?}");
        }
        assert_eq!("1 l / 1 kg".parse::<Content>(), Err(BadText("error-content-kinds")));
    }

    #[test]
    fn the_price_of_a_unit_is_rounded_in_minor_units() {
        assert_eq!(content("750 ml").unit_price(1200), 1600);
        assert_eq!(content("330 ml").unit_price(199), 603);
        assert_eq!(content("250 g / 100 g").unit_price(499), 200);
        assert_eq!(content("700 ml").unit_price(500), 714, "yen have no smaller unit");
        assert_eq!(content("6 item").unit_price(1250), 208);
        assert_eq!(content("1 lb / 1 oz").unit_price(1600), 100);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn it_agrees_with_fractions_and_is_read_back(
            price in 0..100_000_000_000_i64, holds in 1..=Measure::MOST, per in 1..=Measure::MOST,
            units in prop::sample::select(vec![(Unit::G, Unit::Kg), (Unit::FlOz, Unit::Gal), (Unit::M3, Unit::Ml), (Unit::Item, Unit::Item)]),
        ) {
            let one = Content { holds: Measure { thousandths: holds, unit: units.0 }, per: Measure { thousandths: per, unit: units.1 } };
            prop_assert_eq!(content(&one.to_string()), one);
            let (a, b) = (i128::from(price) * one.per.size(), one.holds.size());
            let n = i128::from(one.unit_price(price));
            prop_assert!(n == i128::from(i64::MAX) || (2 * n - 1) * b <= 2 * a && 2 * a < (2 * n + 1) * b);
        }
    }
}
