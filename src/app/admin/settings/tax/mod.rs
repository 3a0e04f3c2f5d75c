//! Tax: the short table of what countries take, and behind it zones, dated rates, classes, rules and sets.

mod classes;
mod rates;
mod rules;
mod sets;
mod table;
mod zones;

use crate::platform::base::{Day, Rate};
use crate::platform::shell::Page;

pub fn routes() -> Vec<rocket::Route> {
    [table::routes(), zones::routes(), rates::routes(), classes::routes(), rules::routes(), sets::routes()].concat()
}

/// The day in the shop's time zone: the one by which rates begin and end.
fn today(page: &Page) -> chrono::NaiveDate {
    Day::of(page.now, page.shop().zone).date()
}

/// "8.1 %", as the reader's language writes it.
fn percent(page: &Page, rate: Rate) -> String {
    format!("{} %", page.words.decimal(rate.0.into(), 4))
}

/// A day in the reader's words; one long ago in figures.
fn date(page: &Page, day: chrono::NaiveDate) -> String {
    let text = day.to_string();
    text.parse().map_or(text, |day: Day| page.date(day))
}

/// "from 1 Jan 2027", "until 31 Dec 2026", both, or nothing.
fn days(page: &Page, from: Option<chrono::NaiveDate>, to: Option<chrono::NaiveDate>) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| date(page, day)).unwrap_or_default();
    match (from, to) {
        (None, None) => page.t("tax-always"),
        (Some(_), None) => page.named("tax-from", &day(from)),
        (None, Some(_)) => page.named("tax-until", &day(to)),
        (Some(_), Some(_)) => page.with("tax-from-until", &[("from", day(from).into()), ("to", day(to).into())]),
    }
}
