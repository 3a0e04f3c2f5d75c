//! Dates and times as a language writes them, in the shop's time zone.

use std::sync::LazyLock;

use chrono::{Datelike, Timelike};
use chrono_tz::Tz;
use icu::datetime::input::{Date, DateTime, Time};
use icu::datetime::{DateTimeFormatter, NoCalendarFormatter, fieldsets};
use icu::locale::{Locale as IcuLocale, locale};

use super::{Locale, Words};
use crate::platform::base::{Day, Moment, Span};

struct Formats {
    date: DateTimeFormatter<fieldsets::YMD>,
    short_date: DateTimeFormatter<fieldsets::MD>,
    day: DateTimeFormatter<fieldsets::YMD>,
    weekday: DateTimeFormatter<fieldsets::MDE>,
    minute: DateTimeFormatter<fieldsets::YMDT>,
    near_minute: DateTimeFormatter<fieldsets::MDT>,
    time: NoCalendarFormatter<fieldsets::T>,
}

impl Formats {
    fn load(locale: IcuLocale) -> Formats {
        let day = fieldsets::YMD::long();
        Formats {
            date: DateTimeFormatter::try_new((&locale).into(), fieldsets::YMD::medium()).expect("compiled date data"),
            short_date: DateTimeFormatter::try_new((&locale).into(), fieldsets::MD::medium()).expect("compiled date data"),
            day: DateTimeFormatter::try_new((&locale).into(), day).expect("compiled date data"),
            weekday: DateTimeFormatter::try_new((&locale).into(), fieldsets::MDE::medium()).expect("compiled date data"),
            minute: DateTimeFormatter::try_new((&locale).into(), fieldsets::YMD::medium().with_time_hm())
                .expect("compiled date data"),
            near_minute: DateTimeFormatter::try_new((&locale).into(), fieldsets::MD::medium().with_time_hm())
                .expect("compiled date data"),
            time: NoCalendarFormatter::try_new((&locale).into(), fieldsets::T::hm()).expect("compiled date data"),
        }
    }
}

static EN: LazyLock<Formats> = LazyLock::new(|| Formats::load(locale!("en-GB")));
static DE: LazyLock<Formats> = LazyLock::new(|| Formats::load(locale!("de")));

fn formats(locale: Locale) -> &'static Formats {
    match locale {
        Locale::En => &EN,
        Locale::De => &DE,
    }
}

fn local(moment: Moment, zone: Tz) -> Option<DateTime<icu::calendar::Iso>> {
    let here = moment.with_timezone(&zone);
    Some(DateTime {
        date: Date::try_new_iso(here.year(), here.month() as u8, here.day() as u8).ok()?,
        time: Time::try_new(here.hour() as u8, here.minute() as u8, here.second() as u8, 0).ok()?,
    })
}

fn plain(day: Day) -> Option<Date<icu::calendar::Iso>> {
    let date = day.date();
    Date::try_new_iso(date.year(), date.month() as u8, date.day() as u8).ok()
}

impl Words {
    /// "23 Nov 2026", of a day of the calendar.
    pub fn date(&self, day: Day) -> String {
        plain(day).map(|date| formats(self.locale).date.format(&date).to_string()).unwrap_or_default()
    }

    /// "23 Nov", of a day of the calendar.
    pub fn short_date(&self, day: Day) -> String {
        plain(day).map(|date| formats(self.locale).short_date.format(&date).to_string()).unwrap_or_default()
    }

    /// "Mon 23 Nov", of a day of the calendar.
    pub fn week_date(&self, day: Day) -> String {
        plain(day).map(|date| formats(self.locale).weekday.format(&date).to_string()).unwrap_or_default()
    }

    /// "25 Oct – 23 Nov", or one day; with years where it is not all in `year`.
    pub fn span(&self, span: Span, year: i32) -> String {
        let near = |day: Day| day.date().year() == year;
        let said = |day| if near(span.from) && near(span.to) { self.short_date(day) } else { self.date(day) };
        if span.from == span.to { said(span.from) } else { format!("{} – {}", said(span.from), said(span.to)) }
    }

    /// "Tue 1 – Thu 3 Dec", "Mon 30 Nov – Wed 2 Dec", or one day.
    pub fn week_span(&self, span: Span) -> String {
        if span.from == span.to {
            return self.week_date(span.from);
        }
        let mut first = self.week_date(span.from);
        if span.from.month_begin() == span.to.month_begin() {
            // "1 Dec" within it is said as "1": the month follows behind the last day.
            let day = self.short_date(span.from);
            first = first.replace(&day, day.split(' ').next().unwrap_or_default());
        }
        format!("{first} – {}", self.week_date(span.to))
    }

    /// "23 November 2026".
    pub fn day(&self, moment: Moment, zone: Tz) -> String {
        local(moment, zone).map(|at| formats(self.locale).day.format(&at).to_string()).unwrap_or_default()
    }

    /// "Mon 23 Nov".
    pub fn weekday(&self, moment: Moment, zone: Tz) -> String {
        local(moment, zone).map(|at| formats(self.locale).weekday.format(&at).to_string()).unwrap_or_default()
    }

    /// "23 Nov 2026, 14:02".
    pub fn minute(&self, moment: Moment, zone: Tz) -> String {
        local(moment, zone).map(|at| formats(self.locale).minute.format(&at).to_string()).unwrap_or_default()
    }

    /// As short as it stays clear in a list: "14:02" today, "23 Nov, 14:02" this year, else "23 Nov 2026, 14:02".
    pub fn lately(&self, moment: Moment, now: Moment, zone: Tz) -> String {
        let Some(at) = local(moment, zone) else { return String::new() };
        let (then, now) = (moment.with_timezone(&zone).date_naive(), now.with_timezone(&zone).date_naive());
        let formats = formats(self.locale);
        match () {
            () if then == now => formats.time.format(&at.time).to_string(),
            () if then.year() == now.year() => formats.near_minute.format(&at).to_string(),
            () => formats.minute.format(&at).to_string(),
        }
    }

    /// "14:32 CET": an hour of today that must not be misread elsewhere.
    pub fn hour(&self, moment: Moment, zone: Tz) -> String {
        let here = moment.with_timezone(&zone);
        let (hour, zone) = (here.format("%H:%M"), here.format("%Z").to_string());
        match (self.locale, zone.as_str()) {
            (Locale::En, _) => format!("{hour} {zone}"),
            (Locale::De, "CET") => format!("{hour} Uhr (MEZ)"),
            (Locale::De, "CEST") => format!("{hour} Uhr (MESZ)"),
            (Locale::De, _) => format!("{hour} Uhr ({zone})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_from_one_to_another_name_their_month_once() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let said = |locale, from, to| Words::new(locale).week_span(Span { from: day(from), to: day(to) });
        assert_eq!(said(Locale::En, "2026-12-01", "2026-12-03"), "Tue 1 – Thu 3 Dec");
        assert_eq!(said(Locale::En, "2026-11-30", "2026-12-02"), "Mon 30 Nov – Wed 2 Dec");
        assert_eq!(said(Locale::En, "2026-12-01", "2026-12-01"), "Tue 1 Dec");
        let german = said(Locale::De, "2026-12-01", "2026-12-03");
        assert!(german.starts_with("Di") && german.contains(" 1. – Do") && german.ends_with("3. Dez."), "{german}");
    }

    #[test]
    fn lists_say_no_more_of_a_moment_than_is_needed() {
        let moment = |text: &str| text.parse::<Moment>().expect("a moment");
        let (now, zone) = (moment("2026-11-27T21:00:00Z"), Tz::Europe__Berlin);
        let said = |locale, text: &str| Words::new(locale).lately(moment(text), now, zone);
        assert_eq!(said(Locale::En, "2026-11-27T05:00:00Z"), "06:00");
        assert_eq!(said(Locale::En, "2026-11-26T23:30:00Z"), "00:30", "today begins in the reader's zone");
        assert_eq!(said(Locale::En, "2026-11-23T13:02:00Z"), "23 Nov, 14:02");
        assert_eq!(said(Locale::De, "2026-11-23T13:02:00Z"), "23. Nov., 14:02");
        assert_eq!(said(Locale::En, "2025-11-23T13:02:00Z"), "23 Nov 2025, 14:02");
    }
}
