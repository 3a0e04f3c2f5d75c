//! Dates and times as a language writes them, in the shop's time zone.

use std::sync::LazyLock;

use chrono::{Datelike, Timelike};
use chrono_tz::Tz;
use icu::datetime::input::{Date, DateTime, Time};
use icu::datetime::{DateTimeFormatter, fieldsets};
use icu::locale::{Locale as IcuLocale, locale};

use super::{Locale, Words};
use crate::platform::base::Moment;

struct Formats {
    day: DateTimeFormatter<fieldsets::YMD>,
    weekday: DateTimeFormatter<fieldsets::MDE>,
    minute: DateTimeFormatter<fieldsets::YMDT>,
}

impl Formats {
    fn load(locale: IcuLocale) -> Formats {
        let day = fieldsets::YMD::long();
        Formats {
            day: DateTimeFormatter::try_new((&locale).into(), day).expect("compiled date data"),
            weekday: DateTimeFormatter::try_new((&locale).into(), fieldsets::MDE::medium()).expect("compiled date data"),
            minute: DateTimeFormatter::try_new((&locale).into(), fieldsets::YMD::medium().with_time_hm())
                .expect("compiled date data"),
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

impl Words {
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
}
