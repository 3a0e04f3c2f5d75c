//! Which days the figures are about, and which ones they are compared with.

use chrono_tz::Tz;
use rocket::FromForm;
use rocket::form::{self, FromFormField, ValueField};

use crate::platform::base::{Day, Moment, Span, text_enum};
use crate::platform::shell::Page;
use crate::platform::web::FormView;

text_enum! {
    /// The ranges to choose from; the days end with today but for those of one's own.
    Range { Today = "today", Week = "7", Days30 = "30", Days90 = "90", Month = "month", Own = "own" }
}

text_enum! {
    /// What the figures are compared with.
    Compare { Before = "before", Year = "year", Nothing = "nothing" }
}

/// The most days that are shown at once.
const MOST: i64 = 366;

/// A value that may be left out or left empty, but not be wrong.
#[derive(Clone, Copy, Debug)]
pub struct Wished<T>(Option<T>);

#[rocket::async_trait]
impl<'r, T: FromFormField<'r> + Send> FromFormField<'r> for Wished<T> {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        if field.value.is_empty() { Ok(Wished(None)) } else { T::from_value(field).map(|one| Wished(Some(one))) }
    }

    fn default() -> Option<Self> {
        Some(Wished(None))
    }
}

/// What the address asks for.
#[derive(FromForm)]
pub struct Asked {
    range: Wished<Range>,
    from: Wished<Day>,
    to: Wished<Day>,
    compare: Wished<Compare>,
}

/// The days that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub range: Range,
    pub compare: Compare,
    pub span: Span,
    pub before: Option<Span>,
}

impl Period {
    /// Thirty days up to today, compared with the thirty before.
    pub fn usual(now: Moment, zone: Tz) -> Period {
        Period::of(Range::Days30, Compare::Before, None, Day::of(now, zone))
    }

    fn of(range: Range, compare: Compare, own: Option<Span>, today: Day) -> Period {
        let back = |days: i64| Span { from: today.plus(1 - days), to: today };
        let span = match range {
            Range::Today => back(1),
            Range::Week => back(7),
            Range::Days30 => back(30),
            Range::Days90 => back(90),
            Range::Month => Span { from: today.month_begin(), to: today },
            Range::Own => own.unwrap_or(back(30)),
        };
        let before = match compare {
            Compare::Nothing => None,
            Compare::Year => Some(Span { from: span.from.year_before(), to: span.to.year_before() }),
            Compare::Before if range == Range::Month => Some(Span { from: span.from.month_before(), to: span.to.month_before() }),
            Compare::Before => Some(Span { from: span.from.plus(-span.days()), to: span.from.plus(-1) }),
        };
        Period { range, compare, span, before }
    }

    /// The days asked for, or the form with what is wrong with it.
    pub fn read(page: &Page, asked: Option<&Asked>, form: FormView) -> Result<Period, FormView> {
        let Some(asked) = asked else { return Err(form) };
        let today = Day::of(page.now, page.zone);
        let compare = asked.compare.0.unwrap_or(Compare::Before);
        let typed = asked.from.0.is_some() || asked.to.0.is_some();
        match asked.range.0 {
            Some(range) if range != Range::Own => Ok(Period::of(range, compare, None, today)),
            None if !typed => Ok(Period::of(Range::Days30, compare, None, today)),
            _ => own(page, asked, today, form).map(|span| Period::of(Range::Own, compare, Some(span), today)),
        }
    }

    /// The query that asks for the same days, with another comparison.
    pub fn pairs(&self, compare: Compare) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("range", self.range.to_string())];
        if self.range == Range::Own {
            pairs.extend([("from", self.span.from.to_string()), ("to", self.span.to.to_string())]);
        }
        if compare != Compare::Before {
            pairs.push(("compare", compare.to_string()));
        }
        pairs
    }
}

/// Days of one's own: both ends must be there, in their order, not too many, none that is still to come.
fn own(page: &Page, asked: &Asked, today: Day, form: FormView) -> Result<Span, FormView> {
    let (Some(from), Some(to)) = (asked.from.0, asked.to.0) else {
        let missing = if asked.from.0.is_none() { "from" } else { "to" };
        return Err(form.with_error(missing, page.t("error-required")));
    };
    let span = Span { from, to };
    if to < from {
        return Err(form.with_error("to", page.t("dash-range-backwards")));
    }
    if to > today {
        return Err(form.with_error("to", page.named("dash-range-future", &page.date(today))));
    }
    if span.days() > MOST {
        return Err(form.with_error("from", page.count("dash-range-too-long", MOST)));
    }
    Ok(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(range: Range, compare: Compare, today: &str) -> (String, String) {
        let period = Period::of(range, compare, None, today.parse().expect("a day"));
        let said = |span: Span| format!("{} {}", span.from, span.to);
        (said(period.span), period.before.map(said).unwrap_or_default())
    }

    #[test]
    fn days_are_compared_with_as_many_before() {
        let (now, before) = period(Range::Days30, Compare::Before, "2026-11-23");
        assert_eq!((now.as_str(), before.as_str()), ("2026-10-25 2026-11-23", "2026-09-25 2026-10-24"));
        let (now, before) = period(Range::Today, Compare::Before, "2026-11-23");
        assert_eq!((now.as_str(), before.as_str()), ("2026-11-23 2026-11-23", "2026-11-22 2026-11-22"));
        let (now, before) = period(Range::Week, Compare::Year, "2026-03-03");
        assert_eq!((now.as_str(), before.as_str()), ("2026-02-25 2026-03-03", "2025-02-25 2025-03-03"));
    }

    #[test]
    fn a_month_is_compared_with_the_same_days_of_the_one_before() {
        let (now, before) = period(Range::Month, Compare::Before, "2026-03-31");
        assert_eq!((now.as_str(), before.as_str()), ("2026-03-01 2026-03-31", "2026-02-01 2026-02-28"));
        assert_eq!(period(Range::Month, Compare::Nothing, "2026-03-31").1, "");
    }
}
