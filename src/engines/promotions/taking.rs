//! What one benefit takes off a basket as it stands after the lanes before.

use super::judging::{pieces, subtotal};
use super::model::{Basis, Benefit, Facts, Goods, Item, Off};
use crate::engines::pricing::{ONE, half_up};
use crate::platform::base::Rate;

/// What a benefit would take off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Take {
    /// A part of each of these lines; summed up over those that it wins before it is rounded.
    Percent { rate: Rate, lines: Vec<usize> },
    /// So much off each line.
    Each(Vec<i64>),
    /// So much off these lines together.
    Together { amount: i64, lines: Vec<usize> },
    /// So much off sending.
    Shipping(i64),
}

/// A basket in the middle of the computation: what is left of each line, and of sending.
pub(super) struct Left<'a> {
    pub facts: &'a Facts,
    pub lines: Vec<i64>,
    pub shipping: i64,
}

impl Left<'_> {
    fn lines_of(&self, of: &Goods) -> Vec<usize> {
        let items = self.facts.items.iter().enumerate();
        items.filter(|(at, item)| self.lines[*at] > 0 && of.has(item)).map(|(at, _)| at).collect()
    }

    fn each(&self, of: &Goods, take: impl Fn(&Item, i64) -> i64) -> Take {
        let items = self.facts.items.iter().zip(&self.lines);
        Take::Each(items.map(|(item, left)| if of.has(item) { take(item, *left).clamp(0, *left) } else { 0 }).collect())
    }

    fn off(&self, off: Off, of: &Goods) -> Take {
        let lines = self.lines_of(of);
        match off {
            Off::Percent(rate) => Take::Percent { rate, lines },
            Off::Amount(amount) => Take::Together { amount, lines },
        }
    }

    /// What a benefit takes.
    pub fn take(&self, benefit: &Benefit) -> Take {
        match benefit {
            Benefit::Percent { rate, of } => self.off(Off::Percent(*rate), of),
            Benefit::Amount { amount, each: false, of } => self.off(Off::Amount(*amount), of),
            Benefit::Amount { amount, each: true, of } => self.each(of, |item, _| amount.saturating_mul(item.quantity)),
            Benefit::FixedPrice { price, of } => self.each(of, |item, left| left - price.saturating_mul(item.quantity)),
            Benefit::FreeShipping { at_most } => Take::Shipping(at_most.map_or(self.shipping, |most| most.min(self.shipping))),
            Benefit::BuyGet { buy, buy_of, get, get_of, rate, times } => {
                let bundle = Bundle { buy: *buy, buy_of, get: *get, get_of, times: times.unwrap_or(i64::MAX) };
                let chosen = self.cheapest(get_of, bundle.pieces(&self.facts.items), bundle.shared(&self.facts.items));
                self.pieces_off(&chosen, *rate)
            }
            Benefit::Gift { product, pieces } => {
                let of = Goods::Products(vec![*product]);
                self.pieces_off(&self.cheapest(&of, *pieces, (&of, i64::MAX)), Rate(ONE as i32))
            }
            Benefit::Tiers { by, of, steps } => {
                let reached = match by {
                    Basis::Subtotal => subtotal(&self.facts.items, of),
                    Basis::Quantity => pieces(&self.facts.items, of),
                };
                let step = steps.iter().rev().find(|(from, _)| *from <= reached);
                step.map_or(Take::Each(vec![0; self.lines.len()]), |(_, off)| self.off(*off, of))
            }
        }
    }

    /// Pieces of each line: the cheapest of these goods, and of those among them that are `shared` at most so many.
    fn cheapest(&self, of: &Goods, mut wanted: i64, (shared, mut most): (&Goods, i64)) -> Vec<i64> {
        let mut order = self.lines_of(of);
        let each = |at: usize| (self.lines[at] / self.facts.items[at].quantity.max(1), at);
        order.sort_by_key(|at| each(*at));
        let mut chosen = vec![0; self.lines.len()];
        for at in order {
            let item = &self.facts.items[at];
            let both = shared.has(item);
            let pieces = item.quantity.min(wanted).min(if both { most } else { i64::MAX });
            chosen[at] = pieces;
            wanted -= pieces;
            most -= if both { pieces } else { 0 };
        }
        chosen
    }

    /// A part of the price of so many pieces of each line.
    fn pieces_off(&self, chosen: &[i64], rate: Rate) -> Take {
        let off = |at: usize, left: i64| {
            let whole = i128::from(self.facts.items[at].quantity.max(1)) * ONE;
            let part = half_up(i128::from(left) * i128::from(chosen[at]) * i128::from(rate.0), whole);
            i64::try_from(part).unwrap_or(left).clamp(0, left)
        };
        Take::Each(self.lines.iter().enumerate().map(|(at, left)| off(at, *left)).collect())
    }
}

/// "Buy so many of these, get so many of those."
struct Bundle<'a> {
    buy: i64,
    buy_of: &'a Goods,
    get: i64,
    get_of: &'a Goods,
    times: i64,
}

impl Bundle<'_> {
    /// Pieces that can only be bought, only be got, and either.
    fn counts(&self, items: &[Item]) -> (i64, i64, i64) {
        items.iter().fold((0, 0, 0), |(buys, gets, either), item| match (self.buy_of.has(item), self.get_of.has(item)) {
            (true, true) => (buys, gets, either + item.quantity),
            (true, false) => (buys + item.quantity, gets, either),
            (false, true) => (buys, gets + item.quantity, either),
            (false, false) => (buys, gets, either),
        })
    }

    /// How often the bundle is whole: no piece is counted as bought and as got.
    fn bundles(&self, items: &[Item]) -> i64 {
        let (buys, gets, either) = self.counts(items);
        let often = ((gets + either) / self.get).min((buys + either) / self.buy);
        often.min((buys + gets + either) / (self.buy + self.get)).min(self.times)
    }

    fn pieces(&self, items: &[Item]) -> i64 {
        self.bundles(items) * self.get
    }

    /// Which goods are bought, and how many of them may be got, so that enough bought ones are left.
    fn shared<'g>(&'g self, items: &[Item]) -> (&'g Goods, i64) {
        let (buys, _, either) = self.counts(items);
        (self.buy_of, either - (self.bundles(items) * self.buy - buys).max(0))
    }
}
