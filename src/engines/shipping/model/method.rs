//! A way to deliver and what it costs: flat, or by a table of weight, price or quantity.

use super::ShippingRefused;
use crate::platform::base::{Day, Exchange, LocationId, ShippingMethodId, ShippingProfileId, ShippingZoneId, text_enum};
use crate::platform::i18n::Wording;

/// The highest price of a method in minor units, and the highest weight or number that a table knows.
pub const MOST: i64 = 100_000_000_000;

text_enum! {
    /// What the price of a method depends on.
    Kind { Flat = "flat", Weight = "weight", Price = "price", Quantity = "quantity", Pickup = "pickup" }
}

impl Kind {
    /// Whether it has a table.
    pub fn has_steps(self) -> bool {
        matches!(self, Kind::Weight | Kind::Price | Kind::Quantity)
    }
}

/// What is to be sent together: minor units after discounts, grams and pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    pub total: i64,
    pub grams: i64,
    pub pieces: i64,
}

/// A row of a table: from so much on it costs this, and for each begun `every` beyond it `extra` more (both 0: no more).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub from: i64,
    pub price: i64,
    pub extra: i64,
    pub every: i64,
}

impl Step {
    fn price_at(&self, measure: i64) -> i64 {
        let beyond = measure.saturating_sub(self.from).max(0);
        let units = if self.every > 0 { beyond / self.every + i64::from(beyond % self.every > 0) } else { 0 };
        self.price.saturating_add(units.saturating_mul(self.extra)).min(MOST)
    }
}

/// What a table asks for so much: the last row that begins at or below it decides; `None` below the first.
pub fn price_at(steps: &[Step], measure: i64) -> Option<i64> {
    let step = steps.iter().rev().find(|step| step.from <= measure)?;
    Some(step.price_at(measure))
}

/// A way to deliver to a zone; amounts in minor units of the shop's currency, or of a market's once they are exchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    pub id: ShippingMethodId,
    pub zone: ShippingZoneId,
    pub name: Wording,
    pub kind: Kind,
    /// For those without a table.
    pub price: i64,
    /// In order; empty for those without a table.
    pub steps: Vec<Step>,
    /// Grams, minor units or pieces beyond which it is not offered.
    pub up_to: Option<i64>,
    /// Total of goods (after discounts) from which it costs nothing.
    pub free_from: Option<i64>,
    /// Working days on the way.
    pub days: (i32, i32),
    pub position: i32,
    pub active: bool,
    /// Whose goods it is for; `None`: all that have no methods of their own.
    pub profile: Option<ShippingProfileId>,
    /// First and last day on which it is offered.
    pub season: (Option<Day>, Option<Day>),
    /// Where it is picked up, with the name of the place.
    pub location: Option<(LocationId, String)>,
    /// Address and hours of that place.
    pub note: Wording,
}

impl Method {
    /// What it costs for this load; `None`: it is not for such a load.
    pub fn cost(&self, load: &Load) -> Option<i64> {
        let measure = match self.kind {
            Kind::Weight => load.grams,
            Kind::Price => load.total,
            Kind::Quantity => load.pieces,
            Kind::Flat | Kind::Pickup => 0,
        };
        if self.up_to.is_some_and(|most| measure > most) {
            return None;
        }
        let price = if self.kind.has_steps() { price_at(&self.steps, measure)? } else { self.price };
        Some(if self.free_from.is_some_and(|from| load.total >= from) { 0 } else { price })
    }

    /// The same with its amounts in another currency.
    pub fn exchanged(self, exchange: &Exchange) -> Method {
        if exchange.is_none() {
            return self;
        }
        let measure = |amount: i64| if self.kind == Kind::Price { exchange.amount(amount) } else { amount };
        let step = |step: &Step| Step {
            from: measure(step.from),
            price: exchange.amount(step.price),
            extra: exchange.amount(step.extra),
            every: if step.every > 0 { measure(step.every).max(1) } else { 0 },
        };
        Method {
            price: exchange.amount(self.price),
            steps: self.steps.iter().map(step).collect(),
            up_to: self.up_to.map(measure),
            free_from: self.free_from.map(|from| exchange.amount(from)),
            ..self
        }
    }

    /// Whether it is offered on this day.
    pub fn is_on(&self, day: Day) -> bool {
        self.active && self.season.0.is_none_or(|first| first <= day) && self.season.1.is_none_or(|last| day <= last)
    }

    /// The least it may cost before anything is free.
    pub fn lowest(&self) -> i64 {
        if self.kind.has_steps() { self.steps.iter().map(|step| step.price).min().unwrap_or(0) } else { self.price }
    }
}

impl From<&Method> for MethodDraft {
    fn from(kept: &Method) -> MethodDraft {
        let Method { name, kind, price, steps, up_to, free_from, days, active, profile, season, location, note, .. } =
            kept.clone();
        let location = location.map(|(id, _)| id);
        MethodDraft { name, kind, price, steps, up_to, free_from, days, active, profile, season, location, note }
    }
}

/// A method as staff typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodDraft {
    pub name: Wording,
    pub kind: Kind,
    pub price: i64,
    pub steps: Vec<Step>,
    pub up_to: Option<i64>,
    pub free_from: Option<i64>,
    pub days: (i32, i32),
    pub active: bool,
    pub profile: Option<ShippingProfileId>,
    pub season: (Option<Day>, Option<Day>),
    pub location: Option<LocationId>,
    pub note: Wording,
}

impl MethodDraft {
    /// A method at one price for everything.
    pub fn flat(name: Wording, price: i64, free_from: Option<i64>, days: (i32, i32)) -> MethodDraft {
        MethodDraft {
            name,
            kind: Kind::Flat,
            price,
            steps: Vec::new(),
            up_to: None,
            free_from,
            days,
            active: true,
            profile: None,
            season: (None, None),
            location: None,
            note: Wording::default(),
        }
    }

    /// Checks it before it is kept.
    pub fn check(&self) -> Result<(), ShippingRefused> {
        let fits = |amount: i64| (0..=MOST).contains(&amount);
        if self.name.main().trim().is_empty() {
            return Err(ShippingRefused::Unnamed);
        }
        if !fits(self.price) || self.free_from.is_some_and(|from| !fits(from)) || self.up_to.is_some_and(|most| !fits(most)) {
            return Err(ShippingRefused::Amount);
        }
        if self.days.0 < 0 || self.days.1 < self.days.0 {
            return Err(ShippingRefused::Days);
        }
        if matches!(self.season, (Some(first), Some(last)) if last < first) {
            return Err(ShippingRefused::Season);
        }
        if (self.kind == Kind::Pickup) != self.location.is_some() {
            return Err(ShippingRefused::NoPlace);
        }
        if self.kind.has_steps() { self.check_steps() } else { Ok(()) }
    }

    /// A table begins at nothing, ascends, and has no two rows for the same.
    fn check_steps(&self) -> Result<(), ShippingRefused> {
        let (Some(first), Some(last)) = (self.steps.first(), self.steps.last()) else { return Err(ShippingRefused::NoSteps) };
        let fits = |step: &Step| [step.from, step.price, step.extra, step.every].iter().all(|n| (0..=MOST).contains(n));
        if !self.steps.iter().all(fits) {
            return Err(ShippingRefused::Amount);
        }
        for (row, pair) in self.steps.windows(2).enumerate() {
            let row = row as i64 + 2;
            match pair[1].from.cmp(&pair[0].from) {
                std::cmp::Ordering::Less => return Err(ShippingRefused::StepsOrder { row }),
                std::cmp::Ordering::Equal => return Err(ShippingRefused::StepsOverlap { row }),
                std::cmp::Ordering::Greater => {}
            }
        }
        if let Some(row) = self.steps.iter().position(|step| (step.extra == 0) != (step.every == 0)) {
            return Err(ShippingRefused::StepExtra { row: row as i64 + 1 });
        }
        if first.from > 0 {
            return Err(ShippingRefused::StepsGap);
        }
        if self.up_to.is_some_and(|most| most < last.from) { Err(ShippingRefused::UpTo) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step(from: i64, price: i64, extra: i64, every: i64) -> Step {
        Step { from, price, extra, every }
    }

    fn draft(kind: Kind, steps: Vec<Step>) -> MethodDraft {
        MethodDraft { kind, steps, ..MethodDraft::flat(Wording::new("Post", Default::default()), 490, Some(6000), (1, 2)) }
    }

    fn method(draft: MethodDraft) -> Method {
        let MethodDraft { name, kind, price, steps, up_to, free_from, days, active, profile, season, note, .. } = draft;
        let (id, zone, position, location) = (ShippingMethodId(1), ShippingZoneId(1), 0, None);
        Method { id, zone, name, kind, price, steps, up_to, free_from, days, position, active, profile, season, location, note }
    }

    fn load(total: i64, grams: i64, pieces: i64) -> Load {
        Load { total, grams, pieces }
    }

    #[test]
    fn a_method_is_free_from_exactly_its_threshold() {
        let flat = method(draft(Kind::Flat, Vec::new()));
        assert_eq!((flat.cost(&load(5999, 0, 1)), flat.cost(&load(6000, 0, 1))), (Some(490), Some(0)));
        let never = Method { free_from: None, ..flat };
        assert_eq!(never.cost(&load(i64::MAX, 0, 1)), Some(490));
    }

    #[test]
    fn a_table_changes_exactly_where_it_says() {
        let steps = vec![step(0, 490, 0, 0), step(2000, 690, 0, 0), step(10_000, 990, 150, 1000)];
        let post = method(MethodDraft { up_to: Some(31_500), free_from: None, ..draft(Kind::Weight, steps) });
        let at = |grams| post.cost(&load(100, grams, 1));
        assert_eq!([0, 1999, 2000, 9999, 10_000].map(at), [490, 490, 690, 690, 990].map(Some));
        assert_eq!([10_001, 11_000, 11_001, 31_500].map(at), [1140, 1140, 1290, 990 + 22 * 150].map(Some));
        assert_eq!(at(31_501), None, "too heavy for it");
    }

    #[test]
    fn a_table_with_a_gap_an_overlap_or_a_wrong_order_is_refused() {
        let check = |steps: Vec<Step>| draft(Kind::Quantity, steps).check();
        let row = |from| step(from, 100, 0, 0);
        assert_eq!(check(vec![]), Err(ShippingRefused::NoSteps));
        assert_eq!(check(vec![row(1), row(5)]), Err(ShippingRefused::StepsGap));
        assert_eq!(check(vec![row(0), row(5), row(5)]), Err(ShippingRefused::StepsOverlap { row: 3 }));
        assert_eq!(check(vec![row(0), row(5), row(4)]), Err(ShippingRefused::StepsOrder { row: 3 }));
        assert_eq!(check(vec![row(0), step(5, 100, 7, 0)]), Err(ShippingRefused::StepExtra { row: 2 }));
        assert_eq!(check(vec![row(0), step(5, -1, 0, 0)]), Err(ShippingRefused::Amount));
        assert_eq!(check(vec![row(0), row(5)]), Ok(()));
        let short = MethodDraft { up_to: Some(4), ..draft(Kind::Quantity, vec![row(0), row(5)]) };
        assert_eq!(short.check(), Err(ShippingRefused::UpTo));
        assert_eq!(draft(Kind::Pickup, vec![]).check(), Err(ShippingRefused::NoPlace));
    }

    fn table() -> impl Strategy<Value = Vec<Step>> {
        let rows = proptest::collection::btree_map(1..10_000_i64, (0..5_000_i64, 0..50_i64, 1..500_i64), 0..6);
        (rows, 0..5_000_i64).prop_map(|(rows, first)| {
            let rest =
                rows.into_iter().map(|(from, (price, extra, every))| step(from, price, extra, if extra > 0 { every } else { 0 }));
            std::iter::once(step(0, first, 0, 0)).chain(rest).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn every_measure_has_the_price_of_the_row_it_lies_in(steps in table(), measure in 0..20_000_i64) {
            prop_assert_eq!(draft(Kind::Weight, steps.clone()).check(), Ok(()));
            let row = steps.iter().filter(|step| step.from <= measure).max_by_key(|step| step.from).expect("a first row");
            let units = if row.every == 0 { 0 } else { (measure - row.from + row.every - 1) / row.every };
            prop_assert_eq!(price_at(&steps, measure), Some(row.price + units * row.extra));
            for step in &steps {
                prop_assert_eq!(price_at(&steps, step.from), Some(step.price), "a row holds from its first unit on");
            }
        }

        #[test]
        fn a_table_that_ascends_never_asks_less_for_more(steps in table(), a in 0..20_000_i64, more in 0..5_000_i64) {
            let mut highest = 0;
            let ascending: Vec<Step> = steps.windows(2).map(|pair| (pair[0], pair[1].from)).chain(steps.last().map(|last| (*last, MOST))).map(|(step, end)| {
                let step = Step { price: step.price.max(highest), ..step };
                highest = step.price_at(end.min(30_000));
                step
            }).collect();
            prop_assert!(price_at(&ascending, a) <= price_at(&ascending, a + more));
        }
    }
}
