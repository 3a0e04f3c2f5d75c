//! Sets of rates that come with the shop, each row with where it was read and when; and how one differs from what the shop has.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::model::{Class, Source, TaxRate, Zone};
use super::postcodes::Postcodes;
use crate::platform::base::{Country, Rate, TaxRateId, text_enum};

text_enum! {
    /// Whose rates a set has.
    Set { Union = "EU", Kingdom = "GB", Switzerland = "CH", Norway = "NO", States = "US", Canada = "CA", Australia = "AU" }
}

impl<'a> rocket::request::FromParam<'a> for Set {
    type Error = crate::platform::base::BadText;
    fn from_param(param: &'a str) -> Result<Set, Self::Error> {
        param.parse()
    }
}

/// A rate of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetRow {
    pub country: Country,
    pub region: String,
    pub postcodes: Postcodes,
    /// What its zone is called; empty for a whole country.
    pub zone: String,
    /// The code of its class.
    pub class: String,
    pub name: String,
    pub rate: Rate,
    pub from: Option<NaiveDate>,
    pub source: Source,
}

#[derive(Deserialize)]
struct Written {
    set: Set,
    country: Country,
    region: String,
    postcodes: String,
    zone: String,
    class: String,
    name: String,
    percent: String,
    valid_from: Option<NaiveDate>,
    source: String,
    url: String,
    read: NaiveDate,
}

const FILE: &str = include_str!("../../../assets/tax/rates.csv");

/// Read once; a row that cannot be read is left out, and a test finds it.
static ROWS: LazyLock<Vec<(Set, SetRow)>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(FILE.as_bytes());
    reader.deserialize::<Written>().filter_map(|row| row_of(row.ok()?)).collect()
});

fn row_of(row: Written) -> Option<(Set, SetRow)> {
    let (postcodes, rate) = (row.postcodes.parse().ok()?, Rate::parse_percent(&row.percent)?);
    let source = Source { name: row.source, url: row.url, date: Some(row.read) };
    let Written { set, country, region, zone, class, name, valid_from: from, .. } = row;
    Some((set, SetRow { country, region, postcodes, zone, class, name, rate, from, source }))
}

/// The rates of a set.
pub fn rows(set: Set) -> impl Iterator<Item = &'static SetRow> {
    ROWS.iter().filter(move |(of, _)| *of == set).map(|(_, row)| row)
}

/// The classes that sets name, with what a shop without them calls them.
pub const CLASSES: &[(&str, &str)] =
    &[("standard", "Standard"), ("reduced", "Reduced"), ("second-reduced", "Second reduced"), ("super-reduced", "Super-reduced")];

/// What loading does with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing is taken there of that class.
    Adds,
    /// It is so already.
    Same,
    /// It follows on one that was loaded before.
    Follows { was: Rate, rate: TaxRateId },
    /// Staff keep another one.
    Stays { is: Rate },
}

impl Change {
    pub fn does_something(&self) -> bool {
        matches!(self, Change::Adds | Change::Follows { .. })
    }
}

/// What the shop has.
pub struct Kept<'a> {
    pub zones: &'a [Zone],
    pub classes: &'a [Class],
    pub rates: &'a [TaxRate],
}

/// What loading a set would do, row by row: what staff changed stays.
pub fn difference<'a>(rows: impl Iterator<Item = &'a SetRow>, kept: &Kept<'_>, today: NaiveDate) -> Vec<(&'a SetRow, Change)> {
    let rows: Vec<&SetRow> = rows.collect();
    rows.iter().map(|row| (*row, change(row, is_one_of_several(row, &rows), kept, today))).collect()
}

/// Whether a place takes several rates of a class, which add up: then each follows on the one of its name.
pub fn is_one_of_several(row: &SetRow, rows: &[&SetRow]) -> bool {
    let same = |other: &&&SetRow| {
        (other.country, &other.region, &other.postcodes, &other.class) == (row.country, &row.region, &row.postcodes, &row.class)
    };
    rows.iter().filter(same).count() > 1
}

fn change(row: &SetRow, several: bool, kept: &Kept<'_>, today: NaiveDate) -> Change {
    let place = |zone: &&Zone| {
        zone.country == row.country && zone.region.to_lowercase() == row.region.to_lowercase() && zone.postcodes == row.postcodes
    };
    let zone = kept.zones.iter().find(place).map(|zone| zone.id);
    let class = kept.classes.iter().find(|class| class.code.as_deref() == Some(&row.class)).map(|class| class.id);
    let alive = kept.rates.iter().filter(|rate| Some(rate.zone) == zone && Some(rate.class) == class && !rate.is_past(today));
    let alive: Vec<&TaxRate> = alive.filter(|rate| !several || rate.name.to_lowercase() == row.name.to_lowercase()).collect();
    match alive.as_slice() {
        [] => Change::Adds,
        all if all.iter().any(|rate| rate.rate == row.rate && rate.holds_on(today)) => Change::Same,
        [one] if one.from_set => Change::Follows { was: one.rate, rate: one.id },
        [one, ..] => Change::Stays { is: one.rate },
    }
}

/// A mark of what was shown, so that nothing else is done.
pub fn mark(changes: &[(&SetRow, Change)]) -> String {
    let mut hash = Sha256::new();
    for (row, change) in changes {
        hash.update(format!("{}|{}|{}|{}|{}|{change:?};", row.country, row.region, row.postcodes, row.class, row.rate.0));
    }
    hex::encode(&hash.finalize()[..12])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::base::{TaxClassId, TaxZoneId};

    #[test]
    fn every_row_can_be_read_and_says_where_it_is_from() {
        assert_eq!(ROWS.len(), FILE.lines().count() - 1);
        for (set, row) in ROWS.iter() {
            assert!(
                row.source.url.starts_with("https://") && !row.source.name.is_empty() && row.source.date.is_some(),
                "{row:?}"
            );
            assert!(CLASSES.iter().any(|(code, _)| *code == row.class), "{row:?}");
            assert_eq!(*set == Set::Union, row.country.is_in_the_eu(), "{row:?}");
        }
    }

    #[test]
    fn every_member_and_every_state_has_its_standard_rate_once() {
        let standard = |set: Set| rows(set).filter(|row| row.class == "standard" && row.postcodes.is_empty());
        let mut members: Vec<Country> = standard(Set::Union).map(|row| row.country).collect();
        members.sort_unstable();
        assert_eq!(members, Country::all().filter(Country::is_in_the_eu).collect::<Vec<_>>());
        assert!(standard(Set::Union).all(|row| (170_000..=270_000).contains(&row.rate.0)));
        let mut states: Vec<&str> = standard(Set::States).map(|row| row.region.as_str()).collect();
        states.dedup();
        assert_eq!(states.len(), 50);
        for (code, rate) in [
            ("DE", 190_000),
            ("LU", 170_000),
            ("HU", 270_000),
            ("FI", 255_000),
            ("EE", 240_000),
            ("RO", 210_000),
            ("SK", 230_000),
        ] {
            assert!(standard(Set::Union).any(|row| row.country.code() == code && row.rate == Rate(rate)), "{code}");
        }
        let of_province = |code: &str| standard(Set::Canada).filter(|row| row.region == code).map(|row| row.rate.0).sum::<i32>();
        let regions: std::collections::BTreeSet<&str> = standard(Set::Canada).map(|row| row.region.as_str()).collect();
        assert_eq!((regions.len(), of_province("QC"), of_province("NS"), of_province("AB")), (13, 149_750, 140_000, 50_000));
        assert_eq!(standard(Set::Australia).map(|row| row.rate).collect::<Vec<_>>(), [Rate(100_000)]);
        let mut places: Vec<String> = ROWS
            .iter()
            .map(|(_, row)| format!("{}|{}|{}|{}|{}", row.country, row.region, row.postcodes, row.class, row.name))
            .collect();
        places.sort_unstable();
        assert!(places.windows(2).all(|two| two[0] != two[1]), "a place has a tax of a class twice");
    }

    #[test]
    fn taxes_of_a_province_that_add_up_follow_each_on_their_own() {
        let today: NaiveDate = "2026-11-28".parse().expect("a day");
        let rows: Vec<&SetRow> = rows(Set::Canada).filter(|row| row.region == "BC").collect();
        let (country, postcodes) = (rows[0].country, Postcodes::default());
        let zones = [Zone { id: TaxZoneId(1), country, region: "BC".into(), postcodes, name: String::new() }];
        let classes = [Class { id: TaxClassId(1), code: Some("standard".into()), name: "Standard".into(), is_default: true }];
        let rate = |id: i64, name: &str, millionths: i32| TaxRate {
            id: TaxRateId(id),
            zone: TaxZoneId(1),
            class: TaxClassId(1),
            name: name.into(),
            rate: Rate(millionths),
            from: None,
            to: None,
            source: Source::default(),
            from_set: true,
        };
        let judged = |rates: &[TaxRate]| {
            let all = difference(rows.iter().copied(), &Kept { zones: &zones, classes: &classes, rates }, today);
            all.into_iter().map(|(_, change)| change).collect::<Vec<_>>()
        };
        assert_eq!(judged(&[rate(1, "GST", 50_000)]), [Change::Same, Change::Adds]);
        let raised = Change::Follows { was: Rate(60_000), rate: TaxRateId(2) };
        assert_eq!(judged(&[rate(1, "GST", 50_000), rate(2, "PST", 60_000)]), [Change::Same, raised]);
    }

    #[test]
    fn what_staff_changed_stays_and_what_was_loaded_follows() {
        let today: NaiveDate = "2026-11-28".parse().expect("a day");
        let row = rows(Set::Switzerland).find(|row| row.class == "standard").expect("a rate");
        let zone = |postcodes: &str| {
            let (country, postcodes) = (row.country, postcodes.parse().expect("a list"));
            Zone { id: TaxZoneId(1), country, region: String::new(), postcodes, name: String::new() }
        };
        let classes = [Class { id: TaxClassId(1), code: Some("standard".into()), name: "Standard".into(), is_default: true }];
        let rate = |millionths: i32, from_set: bool, to: Option<NaiveDate>| TaxRate {
            id: TaxRateId(5),
            zone: TaxZoneId(1),
            class: TaxClassId(1),
            name: "MWST".into(),
            rate: Rate(millionths),
            from: None,
            to,
            source: Source::default(),
            from_set,
        };
        let judged = |zones: &[Zone], rates: &[TaxRate]| change(row, false, &Kept { zones, classes: &classes, rates }, today);
        let here = [zone("")];
        assert_eq!(judged(&[], &[]), Change::Adds);
        assert_eq!(judged(&here, &[]), Change::Adds);
        assert_eq!(judged(&[zone("8001")], &[rate(1, false, None)]), Change::Adds, "another place");
        assert_eq!(judged(&here, &[rate(81_000, false, None)]), Change::Same);
        assert_eq!(judged(&here, &[rate(77_000, true, None)]), Change::Follows { was: Rate(77_000), rate: TaxRateId(5) });
        assert_eq!(judged(&here, &[rate(77_000, false, None)]), Change::Stays { is: Rate(77_000) });
        assert_eq!(judged(&here, &[rate(77_000, false, today.pred_opt())]), Change::Adds, "what is over stands in no way");
    }
}
