//! The key figures: what each says now, what it was before, how it ran, and the list that it leads to.

use std::fmt::Write;

use super::figures::Sums;
use super::period::Period;
use crate::platform::base::Span;
use crate::platform::paths;
use crate::platform::shell::Page;

/// Points of a small line at most.
const POINTS: usize = 15;

/// A change against before.
pub struct DeltaView {
    pub up: bool,
    /// "8.4 %"
    pub share: String,
}

pub struct KpiView {
    pub key: &'static str,
    pub path: String,
    pub figure: String,
    /// What the figure is made of: "12 of 24 checkouts".
    pub of: String,
    pub delta: Option<DeltaView>,
    /// "was $34,265.00"; empty: nothing is compared.
    pub was: String,
    /// The small line of now and of before, as paths of an SVG 100 wide and 28 high; empty: too few days.
    pub now: String,
    pub then: String,
}

/// A figure of a day or of several; `None`: there is nothing to make it of.
type Figure = fn(&Sums) -> Option<i64>;

/// The figures of these days.
pub fn all(page: &Page, period: &Period, now: &[Sums], before: &[Sums]) -> Vec<KpiView> {
    let (from, to) = (period.span.from.to_string(), period.span.to.to_string());
    let orders = paths::admin_orders_where(&[("status", "open"), ("status", "completed"), ("from", &from), ("to", &to)]);
    let begun = paths::admin_orders_where(&[("begun_from", &from), ("begun_to", &to)]);
    let money = |page: &Page, amount: i64| page.price(amount);
    let count = |page: &Page, count: i64| page.number(count);
    let share = |page: &Page, share: i64| percent(page, share);
    let total = Sums::total(now);
    let figures: [(&'static str, String, Figure, Say); 4] = [
        ("dash-kpi-revenue", paths::admin_takings(&from, &to), |sums| Some(sums.revenue()), money),
        ("dash-kpi-orders", orders.clone(), |sums| Some(sums.orders), count),
        ("dash-kpi-average", orders, Sums::average, money),
        ("dash-kpi-conversion", begun, Sums::conversion, share),
    ];
    let view = |(key, path, figure, say): (&'static str, String, Figure, Say)| KpiView {
        key,
        path,
        figure: figure(&total).map_or_else(|| "–".to_owned(), |value| say(page, value)),
        of: match (key, total.begun) {
            ("dash-kpi-conversion", 0) => page.t("dash-no-checkouts"),
            ("dash-kpi-conversion", begun) => page.with(
                "dash-of-checkouts",
                &[("placed", page.number(total.placed).into()), ("all", page.number(begun).into()), ("count", begun.into())],
            ),
            _ => String::new(),
        },
        delta: period.before.and_then(|_| delta(page, figure(&total)?, figure(&Sums::total(before))?)),
        was: match period.before {
            Some(_) => was(page, figure(&Sums::total(before)), say),
            None => String::new(),
        },
        now: line(&points(now, figure), &points(before, figure)),
        then: line(&points(before, figure), &points(now, figure)),
    };
    figures.into_iter().map(view).collect()
}

type Say = fn(&Page, i64) -> String;

/// "52.6 %", of thousandths.
fn percent(page: &Page, share: i64) -> String {
    format!("{}\u{a0}%", page.decimal(share, 1))
}

fn was(page: &Page, before: Option<i64>, say: Say) -> String {
    match before {
        Some(value) if value != 0 => page.named("dash-was", &say(page, value)),
        _ => page.t("dash-was-nothing"),
    }
}

/// The change in thousandths of before; `None` where there was nothing, or nothing changed.
fn delta(page: &Page, now: i64, before: i64) -> Option<DeltaView> {
    let change = i128::from(now) - i128::from(before);
    let share = change.unsigned_abs().checked_mul(1000)?.checked_div(u128::from(before.unsigned_abs()))?;
    let share = i64::try_from(share).ok().filter(|share| *share > 0)?;
    Some(DeltaView { up: change > 0, share: percent(page, share) })
}

/// The days in at most fifteen steps; where a step has nothing, it is nought.
fn points(days: &[Sums], figure: Figure) -> Vec<i64> {
    let step = days.len().div_ceil(POINTS).max(1);
    days.chunks(step).map(|days| figure(&Sums::total(days)).unwrap_or(0)).collect()
}

/// A line through these points, on one scale with the others.
fn line(points: &[i64], others: &[i64]) -> String {
    let all = || points.iter().chain(others).map(|point| i128::from(*point));
    let (low, high) = (all().min().unwrap_or(0), all().max().unwrap_or(0));
    if points.len() < 3 {
        return String::new();
    }
    let mut path = String::new();
    for (at, point) in points.iter().enumerate() {
        let x = 1000 * at / (points.len() - 1);
        // A flat line lies at the foot, if it is one of nought; else in the middle.
        let y = match high - low {
            0 if high == 0 => 270,
            0 => 140,
            range => 20 + 250 * (high - i128::from(*point)) / range,
        };
        let mark = if at == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{mark}{}.{} {}.{} ", x / 10, x % 10, y / 10, y % 10);
    }
    path.trim_end().to_owned()
}

/// "25 Sep – 24 Oct"
pub fn said(page: &Page, span: Span) -> String {
    page.span(span, page.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_lines_stay_in_their_box() {
        assert_eq!(line(&[0, 5, 10], &[]), "M0.0 27.0 L50.0 14.5 L100.0 2.0");
        assert_eq!(line(&[0, 0, 0], &[0, 0, 0]), "M0.0 27.0 L50.0 27.0 L100.0 27.0");
        assert_eq!(line(&[1, 2], &[]), "");
        let days = vec![Sums { captured: 1, ..Sums::default() }; 90];
        assert_eq!(points(&days, |sums| Some(sums.revenue())), [6; 15]);
    }
}
