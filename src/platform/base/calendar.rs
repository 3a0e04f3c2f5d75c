//! Days of the calendar, and when they begin in a time zone: also where clocks are put forward or back at midnight.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Duration, MappedLocalTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use rocket::form::{self, FromFormField, ValueField};

use super::{BadText, Moment};

/// A day of the years 2000 to 2099, written "2026-11-23".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The day on which this moment falls.
    pub fn of(moment: Moment, zone: Tz) -> Day {
        Day(moment.with_timezone(&zone).date_naive())
    }

    /// When it begins. Where its first hour comes twice, the earlier one; where it is left out, when the clock goes on.
    pub fn begin(self, zone: Tz) -> Moment {
        let mut wall = self.0.and_time(NaiveTime::MIN);
        for _ in 0..=48 * 4 {
            match zone.from_local_datetime(&wall) {
                MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => return at.with_timezone(&Utc),
                MappedLocalTime::None => wall += Duration::minutes(15),
            }
        }
        wall.and_utc()
    }

    /// The day so many days later.
    pub fn plus(self, days: i64) -> Day {
        let count = Days::new(days.unsigned_abs());
        let moved = if days < 0 { self.0.checked_sub_days(count) } else { self.0.checked_add_days(count) };
        Day(moved.unwrap_or(self.0))
    }

    /// The first day of its month.
    pub fn month_begin(self) -> Day {
        Day(self.0.with_day(1).unwrap_or(self.0))
    }

    /// 1 to 4.
    pub fn quarter(self) -> u32 {
        self.0.month0() / 3 + 1
    }

    /// The first day of its quarter.
    pub fn quarter_begin(self) -> Day {
        (0..self.0.month0() % 3).fold(self.month_begin(), |day, _| day.month_before())
    }

    /// The last day of its quarter.
    pub fn quarter_end(self) -> Day {
        self.quarter_begin().plus(100).quarter_begin().plus(-1)
    }

    /// The same day of the month before; its last day where that month is shorter.
    pub fn month_before(self) -> Day {
        Day(self.0.checked_sub_months(chrono::Months::new(1)).unwrap_or(self.0))
    }

    /// The same day a year before; 28 February for 29 February.
    pub fn year_before(self) -> Day {
        Day(self.0.checked_sub_months(chrono::Months::new(12)).unwrap_or(self.0))
    }

    pub fn date(self) -> NaiveDate {
        self.0
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl FromStr for Day {
    type Err = BadText;
    fn from_str(text: &str) -> Result<Self, BadText> {
        let day = (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten();
        day.filter(|day| (2000..2100).contains(&day.year())).map(Day).ok_or(BadText("error-date"))
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Day {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.trim().parse().map_err(|why: BadText| form::Error::validation(why.0).into())
    }
}

/// Days from one to another, both counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: Day,
    pub to: Day,
}

impl Span {
    /// How many days there are; 0 where it ends before it begins.
    pub fn days(self) -> i64 {
        ((self.to.0 - self.from.0).num_days() + 1).max(0)
    }

    /// Its days, the first one first.
    pub fn each(self) -> impl Iterator<Item = Day> {
        (0..self.days()).map(move |at| self.from.plus(at))
    }

    /// From this moment on, and up to this one without it.
    pub fn moments(self, zone: Tz) -> (Moment, Moment) {
        (self.from.begin(zone), self.to.plus(1).begin(zone))
    }

    /// When each of its days begins, and when the last one ends.
    pub fn bounds(self, zone: Tz) -> Vec<Moment> {
        (0..=self.days()).map(|at| self.from.plus(at).begin(zone)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn days_are_as_long_as_the_clocks_make_them() {
        let hours = |text: &str, zone: Tz| {
            let (from, to) = Span { from: day(text), to: day(text) }.moments(zone);
            (to - from).num_hours()
        };
        assert_eq!(hours("2026-03-29", Tz::Europe__Berlin), 23);
        assert_eq!(hours("2026-10-25", Tz::Europe__Berlin), 25);
        assert_eq!(hours("2026-10-25", Tz::UTC), 24);
        // In Beirut the clock goes from 23:59 to 01:00, in Havana the hour after midnight comes twice.
        assert_eq!(hours("2026-03-29", Tz::Asia__Beirut), 23);
        assert_eq!(hours("2026-11-01", Tz::America__Havana), 25);
        // Samoa left this day out.
        assert_eq!(hours("2011-12-30", Tz::Pacific__Apia), 0);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for bad in ["", "2026-02-30", "23.11.2026", "2026-1-1", "0000-00-00", "1999-12-31", "2026-11-23T00:00", "%00"] {
            assert_eq!(bad.parse::<Day>(), Err(BadText("error-date")), "{bad}");
        }
        assert_eq!(day("2026-03-31").month_before(), day("2026-02-28"));
        assert_eq!(Span { from: day("2026-11-24"), to: day("2026-11-23") }.days(), 0);
        assert_eq!(Span { from: day("2026-10-25"), to: day("2026-11-23") }.days(), 30);
    }
}
