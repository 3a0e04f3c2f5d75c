//! When goods leave the house and when they are with the customer: working days, the cut-off hour, holidays.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveTime, Weekday};
use chrono_tz::Tz;

use crate::platform::base::{Day, Moment, Span};

/// Holidays that are kept at most.
pub const MOST_HOLIDAYS: usize = 400;
/// Days that are looked at before giving up: all of them may be holidays.
const FURTHEST: i32 = 2000;

/// Days of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekdays(u8);

impl Weekdays {
    pub const MONDAY_TO_FRIDAY: Weekdays = Weekdays(0b1_1111);

    /// Those of these numbers: 1 is Monday, 7 Sunday; others count for nothing.
    pub fn of(numbers: impl IntoIterator<Item = i16>) -> Weekdays {
        let bits = numbers.into_iter().filter(|number| (1..=7).contains(number)).map(|number| 1_u8 << (number - 1));
        Weekdays(bits.fold(0, |all, bit| all | bit))
    }

    pub fn numbers(self) -> impl Iterator<Item = i16> {
        (1..=7_i16).filter(move |number| self.0 & (1 << (number - 1)) != 0)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn has(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }
}

/// From when something can leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ready {
    #[default]
    Now,
    On(Day),
    /// It waits for new stock that nobody has promised.
    Unknown,
}

/// How the shop works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// When goods are packed and handed over.
    pub works: Weekdays,
    /// When carriers deliver.
    pub carries: Weekdays,
    /// Minutes after midnight; what is ordered from then on counts as ordered on the next day.
    pub cut_off: Option<i16>,
    /// Working days until goods are handed over.
    pub handling: i32,
    /// Days off with what they are called.
    pub holidays: BTreeMap<Day, String>,
}

impl Default for Hours {
    fn default() -> Hours {
        let week = Weekdays::MONDAY_TO_FRIDAY;
        Hours { works: week, carries: week, cut_off: None, handling: 0, holidays: BTreeMap::new() }
    }
}

impl Hours {
    fn is_on(&self, day: Day, days: Weekdays) -> bool {
        days.has(day.date().weekday()) && !self.holidays.contains_key(&day)
    }

    /// The day after so many days on which something moves; with 0 the day itself, else the next such day.
    fn after(&self, from: Day, count: i32, days: Weekdays) -> Day {
        let (mut day, mut left) = (from, count);
        for _ in 0..FURTHEST {
            let on = self.is_on(day, days);
            if on && left <= 0 {
                break;
            }
            day = day.plus(1);
            left -= i32::from(self.is_on(day, days));
        }
        day
    }

    /// The day on which what is ordered now is handed over.
    pub fn leaves(&self, now: Moment, zone: Tz) -> Day {
        let today = Day::of(now, zone);
        let minutes = self.cut_off.map(i64::from);
        let wall = now.with_timezone(&zone).time().signed_duration_since(NaiveTime::MIN).num_minutes();
        let late = minutes.is_some_and(|cut| wall >= cut);
        // Ordered late on a working day: the next working day is the first one.
        let begun = self.after(if late { today.plus(1) } else { today }, 0, self.works);
        self.after(begun, self.handling, self.works)
    }

    /// The day on which what is ordered now is handed over when some of it comes in later; `None`: nobody knows.
    pub fn leaves_when(&self, ready: Ready, now: Moment, zone: Tz) -> Option<Day> {
        let soonest = self.leaves(now, zone);
        match ready {
            Ready::Now => Some(soonest),
            Ready::On(day) => Some(soonest.max(self.after(day, 0, self.works))),
            Ready::Unknown => None,
        }
    }

    /// The days on which what leaves on this day is with the customer, so many working days later.
    pub fn there(&self, left: Day, days: (i32, i32)) -> Span {
        Span { from: self.after(left, days.0, self.carries), to: self.after(left, days.1, self.carries) }
    }

    /// The days on which it waits where it is picked up.
    pub fn waits(&self, left: Day, days: (i32, i32)) -> Span {
        Span { from: self.after(left, days.0, self.works), to: self.after(left, days.1, self.works) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    fn span(hours: &Hours, now: &str, days: (i32, i32)) -> String {
        let span = hours.there(hours.leaves(at(now), Tz::Europe__Berlin), days);
        format!("{} {}", span.from, span.to)
    }

    #[test]
    fn days_are_counted_as_the_shop_works() {
        let usual = Hours::default();
        // A Friday evening, a Saturday, a Sunday just before and after midnight in Berlin.
        assert_eq!(span(&usual, "2026-11-27T20:00:00Z", (1, 2)), "2026-11-30 2026-12-01");
        assert_eq!(span(&usual, "2026-11-28T08:00:00Z", (1, 2)), "2026-12-01 2026-12-02");
        assert_eq!(span(&usual, "2026-11-29T22:59:00Z", (0, 1)), "2026-11-30 2026-12-01");
        assert_eq!(span(&usual, "2026-11-30T22:59:00Z", (1, 1)), "2026-12-01 2026-12-01");
        assert_eq!(span(&usual, "2026-11-30T23:00:00Z", (1, 1)), "2026-12-02 2026-12-02", "it is Tuesday there");
    }

    #[test]
    fn the_cut_off_and_handling_put_it_off() {
        let hours = Hours { cut_off: Some(14 * 60), handling: 1, ..Hours::default() };
        assert_eq!(span(&hours, "2026-11-30T12:59:00Z", (1, 2)), "2026-12-02 2026-12-03");
        assert_eq!(span(&hours, "2026-11-30T13:00:00Z", (1, 2)), "2026-12-03 2026-12-04");
        // Late on a Friday, or on a Saturday at any hour: both begin on Monday.
        assert_eq!(span(&hours, "2026-11-27T15:00:00Z", (1, 1)), "2026-12-02 2026-12-02");
        assert_eq!(span(&hours, "2026-11-28T09:00:00Z", (1, 1)), "2026-12-02 2026-12-02");
        assert_eq!(span(&hours, "2026-11-28T15:00:00Z", (1, 1)), "2026-12-02 2026-12-02");
    }

    #[test]
    fn nothing_moves_on_a_holiday_and_saturdays_where_they_count() {
        let off = |text: &str| (text.parse::<Day>().expect("a day"), String::new());
        let hours = Hours { holidays: [off("2026-12-25"), off("2026-12-28")].into(), ..Hours::default() };
        assert_eq!(span(&hours, "2026-12-24T10:00:00Z", (0, 2)), "2026-12-24 2026-12-30");
        let saturdays = Hours { carries: Weekdays::of([1, 2, 3, 4, 5, 6]), ..Hours::default() };
        assert_eq!(span(&saturdays, "2026-11-27T10:00:00Z", (1, 2)), "2026-11-28 2026-11-30");
    }

    #[test]
    fn what_comes_in_later_leaves_later() {
        let (hours, zone, now) = (Hours::default(), Tz::Europe__Berlin, at("2026-11-27T10:00:00Z"));
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let leaves = |ready| hours.leaves_when(ready, now, zone);
        assert_eq!(leaves(Ready::Now), Some(day("2026-11-27")));
        assert_eq!(leaves(Ready::On(day("2026-12-05"))), Some(day("2026-12-07")), "a Saturday");
        assert_eq!(leaves(Ready::On(day("2026-11-01"))), Some(day("2026-11-27")));
        assert_eq!(leaves(Ready::Unknown.max(Ready::On(day("2026-12-05")))), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn later_orders_never_arrive_earlier(
            minutes in 0..600_000_i64, later in 0..6000_i64, handling in 0..5_i32, days in 0..6_i32, cut in proptest::option::of(0..1440_i16),
            week in proptest::collection::vec(1..=7_i16, 1..7), off in proptest::collection::vec(0..400_i64, 0..20),
        ) {
            let begin = at("2026-01-01T00:00:00Z");
            let holidays = off.iter().map(|days| (Day::of(begin, Tz::UTC).plus(*days), String::new())).collect();
            let hours = Hours { works: Weekdays::of(week), cut_off: cut, handling, holidays, ..Hours::default() };
            let now = begin + chrono::Duration::minutes(minutes);
            let there = |now| hours.there(hours.leaves(now, Tz::Europe__Berlin), (days, days + 1));
            let (one, other) = (there(now), there(now + chrono::Duration::minutes(later)));
            prop_assert!(one.from <= one.to && one.from <= other.from && one.to <= other.to);
            prop_assert!(hours.is_on(one.from, hours.carries) && hours.is_on(hours.leaves(now, Tz::Europe__Berlin), hours.works));
        }
    }
}
