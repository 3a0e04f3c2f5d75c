//! Where a zone delivers, and which of several zones a place belongs to: the most specific one.

use std::cmp::Reverse;
use std::fmt;
use std::str::FromStr;

use super::{Method, ShippingRefused};
use crate::platform::base::{BadText, Country, ShippingZoneId};

/// A place that something is sent to, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub country: Country,
    /// State, province; may be empty.
    pub region: &'a str,
    /// As typed; may be empty.
    pub postal_code: &'a str,
}

/// A part of a country.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// A state or province, in capitals.
    Region(String),
    /// Postcodes that begin with these or what lies between them; of the same length, so a prefix is both.
    Codes { first: String, last: String },
}

/// A part of a country as staff write it: "US-AK", "GB BT", "GR 84000–84999".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub country: Country,
    pub area: Area,
}

/// A part of a country with the zone that takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub zone: ShippingZoneId,
    pub area: Area,
}

/// Places that are delivered to alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    pub id: ShippingZoneId,
    pub name: String,
    pub countries: Vec<Country>,
    pub spots: Vec<Spot>,
    /// Whether it is wherever no other zone is.
    pub rest: bool,
    pub methods: Vec<Method>,
}

/// A zone as staff typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ZoneDraft {
    pub name: String,
    pub countries: Vec<Country>,
    pub spots: Vec<Spot>,
    pub rest: bool,
}

/// The longest postcode of a spot.
const LONGEST: usize = 12;

/// A postcode without spaces and hyphens, in capitals.
pub fn tidy_code(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

impl Area {
    fn holds(&self, place: &Place<'_>, code: &str) -> bool {
        match self {
            Area::Region(region) => !place.region.is_empty() && place.region.to_uppercase() == *region,
            Area::Codes { first, last } => {
                code.get(..first.len()).is_some_and(|head| first.as_str() <= head && head <= last.as_str())
            }
        }
    }

    /// The higher, the more specific: a postcode before a region, and of postcodes that lie within each other the inner ones.
    fn rank(&self) -> Option<(String, Reverse<String>)> {
        self.reach().map(|(first, last)| (first, Reverse(last)))
    }

    /// The first and the last postcode there can be within; `None` for a region.
    fn reach(&self) -> Option<(String, String)> {
        let Area::Codes { first, last } = self else { return None };
        Some((format!("{first:0<LONGEST$}"), format!("{last:Z<LONGEST$}")))
    }

    /// Whether two ranges overlap and neither lies within the other.
    fn crosses(&self, other: &Area) -> bool {
        let (Some((a, b)), Some((c, d))) = (self.reach(), other.reach()) else { return false };
        (a < c && c <= b && b < d) || (c < a && a <= d && d < b)
    }
}

/// The zone of a place: by postcode, else by region, else by its whole country, else the rest of the world.
pub fn zone_of(
    place: &Place<'_>,
    parts: &[Part],
    whole: Option<ShippingZoneId>,
    rest: Option<ShippingZoneId>,
) -> Option<ShippingZoneId> {
    let code = tidy_code(place.postal_code);
    let found = parts.iter().filter(|part| part.area.holds(place, &code)).max_by_key(|part| part.area.rank());
    found.map(|part| part.zone).or(whole).or(rest)
}

impl Spot {
    /// Whether this spot may stand beside one of another zone, named here.
    pub fn beside(&self, other: &Spot, zone: &str) -> Result<(), ShippingRefused> {
        let (spot, zone) = (self.to_string(), zone.to_owned());
        match self.country == other.country {
            true if self.area == other.area => Err(ShippingRefused::SpotTaken { spot, zone }),
            true if self.area.crosses(&other.area) => Err(ShippingRefused::SpotsCross { spot, zone }),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let country = self.country;
        match &self.area {
            Area::Region(region) => write!(f, "{country}-{region}"),
            Area::Codes { first, last } if first == last => write!(f, "{country} {first}"),
            Area::Codes { first, last } => write!(f, "{country} {first}–{last}"),
        }
    }
}

impl FromStr for Spot {
    type Err = BadText;
    fn from_str(line: &str) -> Result<Self, BadText> {
        let wrong = || BadText("shipping-spot-unreadable");
        let (code, rest) = line.trim().split_at_checked(2).ok_or_else(wrong)?;
        let country: Country = code.to_ascii_uppercase().parse().map_err(|_| wrong())?;
        if let Some(region) = rest.strip_prefix('-') {
            let region = region.trim().to_uppercase();
            let fits = !region.is_empty() && region.chars().count() <= 80;
            return fits.then_some(Spot { country, area: Area::Region(region) }).ok_or_else(wrong);
        }
        let codes = rest.strip_prefix(' ').ok_or_else(wrong)?.trim_end_matches('*');
        let (first, last) = ends(codes);
        let fits = (1..=LONGEST).contains(&first.len()) && first.len() == last.len() && first <= last;
        fits.then_some(Spot { country, area: Area::Codes { first, last } }).ok_or_else(wrong)
    }
}

/// Both ends of a range, tidy; a hyphen parts two codes only where both are as long, since it stands within codes too.
fn ends(codes: &str) -> (String, String) {
    if let Some((first, last)) = codes.split_once('–') {
        return (tidy_code(first), tidy_code(last));
    }
    match codes.split_once('-').map(|(first, last)| (tidy_code(first), tidy_code(last))) {
        Some((first, last)) if first.len() == last.len() && !first.is_empty() => (first, last),
        _ => (tidy_code(codes), tidy_code(codes)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spot(text: &str) -> Spot {
        text.parse().expect("a spot")
    }

    fn part(zone: i64, text: &str) -> Part {
        Part { zone: ShippingZoneId(zone), area: spot(text).area }
    }

    fn zone(parts: &[Part], country: &str, region: &str, postal_code: &str) -> Option<i64> {
        let place = Place { country: country.parse().expect("a country"), region, postal_code };
        zone_of(&place, parts, Some(ShippingZoneId(1)), Some(ShippingZoneId(9))).map(|zone| zone.0)
    }

    #[test]
    fn the_most_specific_zone_wins() {
        let uk = [part(2, "GB BT"), part(3, "GB BT93")];
        assert_eq!(["SW1A 1AA", "bt1 1aa", "BT93 4AB", ""].map(|code| zone(&uk, "GB", "", code)), [1, 2, 3, 1].map(Some));
        let greece = [part(2, "GR 84000-84999"), part(3, "GR 847"), part(4, "GR 84100–84200")];
        let codes = ["10552", "84000", "84150", "84200", "84201", "84700", "84999", "85000", "841"];
        assert_eq!(codes.map(|code| zone(&greece, "GR", "", code)), [1, 2, 4, 4, 2, 3, 2, 1, 1].map(Some));
        let us = [part(2, "US-AK"), part(3, "us 99501")];
        assert_eq!(zone(&us, "US", "ak", "99701"), Some(2));
        assert_eq!(zone(&us, "US", "AK", "99501-1234"), Some(3));
        let nowhere = Place { country: "FR".parse().expect("a country"), region: "", postal_code: "" };
        assert_eq!(zone_of(&nowhere, &[], None, Some(ShippingZoneId(9))), Some(ShippingZoneId(9)));
        assert_eq!(zone_of(&nowhere, &[], None, None), None);
    }

    #[test]
    fn spots_are_read_as_people_write_them() {
        for (typed, kept) in [
            ("gb bt*", "GB BT"),
            ("GR 84000 - 84999", "GR 84000–84999"),
            ("PT 9000-100", "PT 9000100"),
            ("JP 100-0001", "JP 1000001"),
            ("us-ak", "US-AK"),
            (" IT-Sassari ", "IT-SASSARI"),
        ] {
            assert_eq!(spot(typed).to_string(), kept);
            assert_eq!(spot(kept), spot(typed));
        }
        for bad in ["", "G", "GB", "GB ", "XX 12", "GB–BT", "GR 84999-84000", "GR 84000–849", "US-", "GR 1234567890123", "Ä1 2"]
        {
            assert!(bad.parse::<Spot>().is_err(), "{bad}");
        }
    }

    #[test]
    fn two_zones_cannot_share_or_cross() {
        let refused = |one: &str, other: &str| spot(one).beside(&spot(other), "Islands").is_err();
        assert!(refused("GB BT", "GB BT") && refused("GR 100–200", "GR 150–250") && refused("GR 150–250", "GR 100–200"));
        assert!(refused("GR 847", "GR 84650–84750") && !refused("GR 847", "GR 84000–84999"));
        assert!(!refused("GR 100–200", "GR 150–160") && !refused("GR 100–200", "GR 201–250") && !refused("GR 1", "GR 100–199"));
        assert!(!refused("GR 100", "IT 100"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn a_code_is_in_the_narrowest_range_around_it(code in 0..100_000_u32, ranges in proptest::collection::vec((0..100_000_u32, 0..5000_u32), 0..6)) {
            // Ranges that lie within each other, as a shop may keep them.
            let mut kept: Vec<(u32, u32)> = Vec::new();
            for (first, width) in ranges {
                let last = (first + width).min(99_999);
                let nested = |other: &(u32, u32)| last < other.0 || other.1 < first || (other.0 <= first && last <= other.1) || (first <= other.0 && other.1 <= last);
                if kept.iter().all(|other| nested(other) && *other != (first, last)) {
                    kept.push((first, last));
                }
            }
            let parts: Vec<Part> = kept.iter().enumerate().map(|(at, (first, last))| part(at as i64 + 10, &format!("DE {first:05}–{last:05}"))).collect();
            let narrowest = kept.iter().enumerate().filter(|(_, range)| range.0 <= code && code <= range.1).min_by_key(|(_, range)| range.1 - range.0);
            let expected = narrowest.map_or(1, |(at, _)| at as i64 + 10);
            prop_assert_eq!(zone(&parts, "DE", "", &format!("{code:05}")), Some(expected));
        }
    }
}
