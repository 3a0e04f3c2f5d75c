//! The chart of the revenue by day: shapes as SVG that stretches, words as HTML that does not, and the table behind it.

use std::fmt;

use super::figures::Sums;
use super::period::Period;
use crate::platform::base::{Day, Money, Span};
use crate::platform::paths;
use crate::platform::shell::Page;

/// How wide and high the drawing is, in tenths of its own units: no float is needed.
const WIDE: i64 = 6000;
const HIGH: i64 = 2200;
/// Lines of the grid at most, the one at the bottom aside.
const LINES: i64 = 5;

/// A length in the drawing: tenths, printed with a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length(i64);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{}", self.0.abs() / 10, self.0.abs() % 10)
    }
}

/// A day in the drawing.
pub struct BarView {
    pub slot: Length,
    pub slot_wide: Length,
    pub x: Length,
    pub wide: Length,
    pub y: Length,
    pub high: Length,
    /// Where the mark of the day before lies.
    pub then: Option<Length>,
    /// The day is not over.
    pub part: bool,
    /// "Mon 23 Nov: $463.87, 5 orders. 24 Oct: $1,382.43."
    pub said: String,
}

/// A day in the table.
pub struct DayView {
    pub day: String,
    pub orders: String,
    pub orders_path: String,
    pub revenue: String,
    pub revenue_path: String,
    pub before: String,
    pub change: String,
}

pub struct ChartView {
    pub bars: Vec<BarView>,
    /// Lines of the grid, and which of them is nought.
    pub lines: Vec<(Length, bool)>,
    /// From the lowest line up.
    pub amounts: Vec<String>,
    pub dates: Vec<String>,
    /// So few days that each has its date.
    pub few: bool,
    pub compared: bool,
    /// Whether today is among the days.
    pub open_end: bool,
    pub summary: String,
    /// The latest day first.
    pub days: Vec<DayView>,
}

/// From where to where the axis runs, and in which steps.
struct Axis {
    bottom: i64,
    top: i64,
    step: i64,
}

impl Axis {
    /// Round steps of 1, 2 or 5 that cover these amounts; never less than one whole unit of money.
    fn over(amounts: impl Iterator<Item = i64>, unit: i64) -> Axis {
        let (low, high) = amounts.fold((0, 0), |(low, high), one| (low.min(one), high.max(one)));
        let mut step = unit.max(1);
        let fits = |step: i64| high.div_euclid(step) - low.div_euclid(step) < LINES;
        while !fits(step) {
            let lead = step / 10_i64.pow(step.ilog10());
            step = if lead == 2 { step / 2 * 5 } else { step * 2 };
        }
        let top = (high + step - 1).div_euclid(step) * step;
        Axis { bottom: low.div_euclid(step) * step, top: top.max(step), step }
    }

    fn y(&self, amount: i64) -> i64 {
        let share = i128::from(HIGH) * i128::from(self.top - amount) / i128::from(self.top - self.bottom);
        i64::try_from(share).unwrap_or(HIGH)
    }

    fn lines(&self) -> Vec<i64> {
        (0..=(self.top - self.bottom) / self.step).map(|at| self.bottom + at * self.step).collect()
    }
}

impl ChartView {
    pub fn new(page: &Page, period: &Period, now: &[Sums], before: &[Sums]) -> ChartView {
        let today = Day::of(page.now, page.zone);
        let unit = page.shop().currency.scale();
        let axis = Axis::over(now.iter().chain(before).map(Sums::revenue), unit);
        let days: Vec<Day> = period.span.each().collect();
        let bar = |(at, sums): (usize, &Sums)| bar(&axis, (at, days.len()), days[at] == today, sums, before.get(at));
        let said = |(at, day): (usize, &Day)| said(page, *day, &now[at], period.before, at, before.get(at));
        let mut bars: Vec<BarView> = now.iter().enumerate().map(bar).collect();
        for (bar, words) in bars.iter_mut().zip(days.iter().enumerate().map(said)) {
            bar.said = words;
        }
        let few = days.len() <= 7;
        let marks = if few { days.len() } else { 5 };
        let date = |mark: usize| page.short_date(days[mark * (days.len() - 1) / (marks - 1).max(1)]);
        ChartView {
            bars,
            lines: axis.lines().into_iter().map(|amount| (Length(axis.y(amount)), amount == 0)).collect(),
            amounts: axis.lines().into_iter().map(|amount| page.money_whole(Money::new(amount, page.shop().currency))).collect(),
            dates: (0..marks).map(date).collect(),
            few,
            compared: period.before.is_some(),
            open_end: period.span.to == today,
            summary: summary(page, period, &days, now, before),
            days: days.iter().enumerate().rev().map(|(at, day)| row(page, *day, &now[at], before.get(at))).collect(),
        }
    }
}

fn bar(axis: &Axis, (at, count): (usize, usize), part: bool, sums: &Sums, then: Option<&Sums>) -> BarView {
    let (count, at) = (count.max(1) as i64, at as i64);
    let (slot, next) = (WIDE * at / count, WIDE * (at + 1) / count);
    let wide = ((next - slot) * 3 / 5).clamp(1, 480);
    let (zero, tip) = (axis.y(0), axis.y(sums.revenue()));
    BarView {
        slot: Length(slot),
        slot_wide: Length(next - slot),
        x: Length(slot + (next - slot - wide) / 2),
        wide: Length(wide),
        y: Length(zero.min(tip)),
        high: Length((zero - tip).abs()),
        then: then.map(|then| Length(axis.y(then.revenue()))),
        part,
        said: String::new(),
    }
}

/// A day in words, for the pointer and for those who do not see the drawing.
fn said(page: &Page, day: Day, sums: &Sums, before: Option<Span>, at: usize, then: Option<&Sums>) -> String {
    let revenue = page.price(sums.revenue());
    let now = page
        .with("dash-day-said", &[("day", page.week_date(day).into()), ("amount", revenue.into()), ("count", sums.orders.into())]);
    match (before, then) {
        (Some(before), Some(then)) => {
            let day = page.short_date(before.from.plus(at as i64));
            format!(
                "{now} {}",
                page.with("dash-day-before", &[("day", day.into()), ("amount", page.price(then.revenue()).into())])
            )
        }
        _ => now,
    }
}

fn row(page: &Page, day: Day, sums: &Sums, then: Option<&Sums>) -> DayView {
    let date = day.to_string();
    let change = then.map(|then| sums.revenue() - then.revenue());
    DayView {
        day: page.week_date(day),
        orders: page.number(sums.orders),
        orders_path: paths::admin_orders_where(&[("status", "open"), ("status", "completed"), ("from", &date), ("to", &date)]),
        revenue: page.price(sums.revenue()),
        revenue_path: paths::admin_takings(&date, &date),
        before: then.map(|then| page.price(then.revenue())).unwrap_or_default(),
        change: change.map(|change| format!("{}{}", if change > 0 { "+" } else { "" }, page.price(change))).unwrap_or_default(),
    }
}

/// What the drawing says, in a sentence or three.
fn summary(page: &Page, period: &Period, days: &[Day], now: &[Sums], before: &[Sums]) -> String {
    let total = Sums::total(now).revenue();
    let count = days.len() as i64;
    let mut said = vec![page.with("dash-chart-total", &[("amount", page.price(total).into()), ("count", count.into())])];
    if period.before.is_some() {
        let more = total - Sums::total(before).revenue();
        let key = match more {
            0 => "dash-chart-same",
            1.. => "dash-chart-more",
            _ => "dash-chart-less",
        };
        said.push(page.named(key, &page.price(more.abs())));
    }
    let best = now.iter().zip(days).max_by_key(|(sums, _)| sums.revenue()).filter(|(sums, _)| sums.revenue() > 0 && count > 1);
    said.extend(best.map(|(sums, day)| {
        page.with("dash-chart-best", &[("day", page.week_date(*day).into()), ("amount", page.price(sums.revenue()).into())])
    }));
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_runs_in_round_steps() {
        let lines = |amounts: &[i64]| Axis::over(amounts.iter().copied(), 100).lines();
        assert_eq!(lines(&[0]), [0, 100]);
        assert_eq!(lines(&[248_640, 46_387]), [0, 50_000, 100_000, 150_000, 200_000, 250_000]);
        assert_eq!(lines(&[100, -250]), [-300, -200, -100, 0, 100]);
        assert_eq!(lines(&[3_000, -1_000_000]), [-1_000_000, -500_000, 0, 500_000]);
        for top in [1, 99, 100, 101, 999, 12_345, 99_999_999_999] {
            let axis = Axis::over([top].into_iter(), 100);
            assert!(axis.top >= top && axis.lines().len() <= 7, "{top}: {:?}", axis.lines());
            assert!((0..=HIGH).contains(&axis.y(top)), "{top}");
        }
    }

    #[test]
    fn lengths_are_tenths() {
        assert_eq!(format!("{} {} {}", Length(1234), Length(5), Length(-12)), "123.4 0.5 -1.2");
    }
}
