//! What applies: the most specific zone, the day, and whom reverse charge is for.

use proptest::prelude::*;

use super::*;
use crate::engines::tax::model::Source;
use crate::platform::base::{TaxRateId, TaxZoneId};

const CLASS: TaxClassId = TaxClassId(1);

fn country(code: &str) -> Country {
    code.parse().expect("a country")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn zone(id: i64, code: &str, region: &str, postcodes: &str) -> Zone {
    let postcodes = postcodes.parse().expect("a list");
    Zone { id: TaxZoneId(id), country: country(code), region: region.into(), postcodes, name: String::new() }
}

fn rate(id: i64, zone: i64, class: TaxClassId, millionths: i32, from: Option<NaiveDate>, to: Option<NaiveDate>) -> TaxRate {
    let (id, zone, rate) = (TaxRateId(id), TaxZoneId(zone), Rate(millionths));
    TaxRate { id, zone, class, name: format!("Tax {id}"), rate, from, to, source: Source::default(), from_set: false }
}

fn to(code: &str, region: &str, postal_code: &str) -> Destination {
    Destination { country: country(code), region: region.into(), postal_code: postal_code.into() }
}

#[test]
fn the_most_specific_zone_wins_and_its_rates_add_up() {
    let zones = [zone(1, "US", "", ""), zone(2, "US", "CA", ""), zone(3, "US", "CA", "90001-90099"), zone(4, "US", "", "9*")];
    let rates = [
        rate(1, 1, CLASS, 10_000, None, None),
        rate(2, 2, CLASS, 72_500, None, None),
        rate(3, 3, CLASS, 72_500, None, None),
        rate(4, 3, CLASS, 22_500, None, None),
        rate(5, 4, CLASS, 1, None, None),
    ];
    let at = |region: &str, code: &str| -> Vec<i32> {
        let found = applying(&zones, &rates, &to("US", region, code), CLASS, day("2026-11-28"));
        found.iter().map(|(rate, _)| rate.rate.0).collect()
    };
    assert_eq!(at("ca", "90012-3456"), [72_500, 22_500], "state and county");
    assert_eq!(at("CA", "80000"), [72_500]);
    assert_eq!(at("OR", "97201"), [1], "a postal code is closer than a region");
    assert_eq!(at("NY", "10001"), [10_000]);
    let other = applying(&zones, &rates, &to("DE", "", "10115"), CLASS, day("2026-11-28"));
    assert!(other.is_empty());
}

#[test]
fn a_zone_without_a_rate_for_a_class_leaves_it_to_the_next() {
    let zones = [zone(1, "AT", "", ""), zone(2, "AT", "", "6691")];
    let (standard, reduced) = (TaxClassId(1), TaxClassId(2));
    let rates = [
        rate(1, 1, standard, 200_000, None, None),
        rate(2, 1, reduced, 100_000, None, None),
        rate(3, 2, standard, 190_000, None, None),
    ];
    let at = |class| applying(&zones, &rates, &to("AT", "", "6691"), class, day("2026-11-28"))[0].0.rate.0;
    assert_eq!((at(standard), at(reduced)), (190_000, 100_000));
}

#[test]
fn a_rate_holds_from_its_first_day_to_its_last() {
    let zones = [zone(1, "DE", "", "")];
    let rates = [
        rate(1, 1, CLASS, 190_000, None, Some(day("2020-06-30"))),
        rate(2, 1, CLASS, 160_000, Some(day("2020-07-01")), Some(day("2020-12-31"))),
        rate(3, 1, CLASS, 190_000, Some(day("2021-01-01")), None),
    ];
    let on = |text: &str| applying(&zones, &rates, &to("DE", "", ""), CLASS, day(text))[0].0.rate.0;
    for (text, millionths) in [
        ("2020-06-30", 190_000),
        ("2020-07-01", 160_000),
        ("2020-12-31", 160_000),
        ("2021-01-01", 190_000),
        ("1999-01-01", 190_000),
    ] {
        assert_eq!(on(text), millionths, "{text}");
    }
}

#[test]
fn reverse_charge_is_for_businesses_of_other_member_states() {
    let id = |text: &str| text.parse::<VatId>().expect(text);
    let (french, german) = (id("FR40303265045"), id("DE136695976"));
    let judged = |shop: &str, to: &str, vat: &VatId, answer: Option<Known>, register, unproved| {
        let answer = answer.map(|answer| (VatCheckId(7), answer));
        standing(country(shop), country(to), &Claim { id: Some(vat), answer, register, unproved })
    };
    let proved = Standing::ReverseCharge { check: Some(VatCheckId(7)) };
    let unproved = Standing::ReverseCharge { check: None };
    use crate::platform::settings::Unproved as U;
    use Known::{Invalid, Valid};
    use Register::{Off, Vies};
    assert_eq!(judged("DE", "FR", &french, Some(Valid), Vies, U::Tax), proved);
    assert_eq!(judged("DE", "FR", &french, Some(Invalid), Vies, U::Accept), Standing::Taxed);
    assert_eq!(judged("DE", "FR", &french, Some(Known::Unproved), Vies, U::Tax), Standing::Taxed);
    assert_eq!(judged("DE", "FR", &french, Some(Known::Unproved), Vies, U::Accept), proved);
    assert_eq!(judged("DE", "FR", &french, None, Off, U::Accept), unproved);
    assert_eq!(judged("DE", "FR", &french, None, Off, U::Tax), Standing::Taxed);
    assert_eq!(judged("DE", "DE", &french, Some(Valid), Vies, U::Accept), Standing::Taxed, "the goods do not leave");
    assert_eq!(judged("DE", "FR", &german, Some(Valid), Vies, U::Accept), Standing::Taxed, "an id of the shop's own state");
    assert_eq!(judged("DE", "CH", &french, Some(Valid), Vies, U::Accept), Standing::Taxed, "that is an export");
    assert_eq!(judged("US", "FR", &french, Some(Valid), Vies, U::Accept), Standing::Taxed);
}

prop_compose! {
    fn a_world()(
        zones in prop::collection::vec((0..2_usize, 0..3_usize, 0..5_usize), 1..8),
        rates in prop::collection::vec((0..8_i64, 1..4_i64, 0..=300_000_i32, prop::option::of(0..400_i64), prop::option::of(0..400_i64)), 0..20),
        place in (0..2_usize, 0..3_usize, 0..4_usize), class in 1..4_i64, on in 0..400_i64,
    ) -> (Vec<Zone>, Vec<TaxRate>, Destination, TaxClassId, NaiveDate) {
        let (codes, regions) = (["US", "DE"], ["", "CA", "NY"]);
        let lists = ["", "9*", "90*", "90000-90099", "90012"];
        let begin = day("2026-01-01");
        let days = |days: i64| begin + chrono::Duration::days(days);
        let zones = zones.into_iter().enumerate().map(|(at, (c, r, l))| zone(at as i64, codes[c], regions[r], lists[l])).collect();
        let rates = rates.into_iter().enumerate().map(|(at, (zone, class, millionths, from, long))| {
            let from = from.map(days);
            rate(at as i64, zone, TaxClassId(class), millionths, from, from.zip(long).map(|(from, long)| from + chrono::Duration::days(long)))
        }).collect();
        let place = to(codes[place.0], regions[place.1], ["", "90012", "90050", "10001"][place.2]);
        (zones, rates, place, TaxClassId(class), days(on))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn what_applies_holds_then_and_there_and_nothing_closer_does((zones, rates, place, class, on) in a_world()) {
        let found = applying(&zones, &rates, &place, class, on);
        for (rate, at) in &found {
            prop_assert!(rate.holds_on(on) && rate.class == class && rate.zone == zones[*at].id);
            prop_assert_eq!(*at, found[0].1, "all of one zone");
            prop_assert!(zones[*at].closeness(&place).is_some());
        }
        let winner = found.first().and_then(|(_, at)| zones[*at].closeness(&place));
        for zone in &zones {
            let has = rates.iter().any(|rate| rate.zone == zone.id && rate.class == class && rate.holds_on(on));
            if has && zone.closeness(&place).is_some() {
                prop_assert!(winner >= zone.closeness(&place), "a closer zone has a rate");
            }
        }
    }

    #[test]
    fn the_order_of_rows_and_rates_of_other_days_and_classes_change_nothing((zones, rates, place, class, on) in a_world()) {
        let ids = |found: Vec<(&TaxRate, usize)>| found.into_iter().map(|(rate, _)| rate.id).collect::<Vec<_>>();
        let before = ids(applying(&zones, &rates, &place, class, on));
        let (mut turned, mut more) = (zones.clone(), rates.clone());
        turned.reverse();
        more.reverse();
        for zone in &zones {
            more.push(rate(1000 + zone.id.0, zone.id.0, class, 1, Some(on + chrono::Duration::days(1)), None));
            more.push(rate(2000 + zone.id.0, zone.id.0, class, 1, None, Some(on - chrono::Duration::days(1))));
            more.push(rate(3000 + zone.id.0, zone.id.0, TaxClassId(99), 1, None, None));
        }
        prop_assert_eq!(ids(applying(&turned, &more, &place, class, on)), before);
    }
}
