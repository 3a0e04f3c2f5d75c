//! A draft tried on orders of the past: what it would have cost, how many orders it would have met, and which running discounts of its
//! lane it would have met there. Pure: it changes nothing.

use std::collections::BTreeMap;

use crate::engines::promotions::{Applied, Facts, Found, Promotion, Standing, Status, apply};
use crate::platform::base::{OrderId, OrderNumber, PromotionId};

/// An order that was placed, as promotions see it.
#[derive(Clone, Debug)]
pub struct PastOrder {
    pub id: OrderId,
    pub number: OrderNumber,
    /// What was paid for it, in minor units.
    pub total: i64,
    /// The promotions that it used.
    pub used: Vec<PromotionId>,
    pub facts: Facts,
}

/// A running discount in the same lane that fits the same orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflict {
    pub name: String,
    /// Orders that both fit.
    pub orders: i64,
    /// Those of them in which the draft takes something off.
    pub draft_wins: i64,
}

/// What came of it, in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    pub orders: i64,
    /// What was paid for all of them.
    pub paid: i64,
    /// Orders from which the draft takes something.
    pub hit: i64,
    /// What it takes off, and how much more is given in all than without it.
    pub given: i64,
    pub cost: i64,
    pub conflicts: BTreeMap<PromotionId, Conflict>,
    /// The orders that it costs most, at most twenty.
    pub dearest: Vec<(OrderNumber, i64)>,
}

/// Dearest orders that are shown.
const SHOWN: usize = 20;

/// As if it ran whenever the order was placed, and its code was typed.
fn running(promotion: &Promotion) -> Found {
    let mut promotion = promotion.clone();
    promotion.draft.status = Status::Active;
    promotion.draft.starts_at = None;
    promotion.draft.ends_at = None;
    Found { code: promotion.draft.coded.then(|| format!("{}", promotion.id)), promotion, spent: None }
}

fn taken(applied: &Applied, of: PromotionId) -> i64 {
    applied.discounts.iter().filter(|one| one.promotion == Some(of)).map(|one| one.amount).sum()
}

fn all(applied: &Applied) -> i64 {
    applied.discounts.iter().map(|one| one.amount).sum()
}

impl Trial {
    /// Tries the draft on one more order. `others`: the discounts that run now; those with codes count where the order used them.
    pub fn add(&mut self, order: &PastOrder, draft: &Promotion, others: &[Promotion]) {
        self.orders += 1;
        self.paid += order.total;
        if draft.draft.limits.overall.is_some_and(|most| self.hit >= i64::from(most)) {
            return;
        }
        let beside: Vec<Found> = others
            .iter()
            .filter(|other| other.id != draft.id && (!other.draft.coded || order.used.contains(&other.id)))
            .map(running)
            .collect();
        let with = beside.iter().cloned().chain([running(draft)]).collect();
        let run = |found: Vec<Found>| apply(&Standing { found, unknown: Vec::new() }, &order.facts);
        let (before, after, alone) = (run(beside.clone()), run(with), run(vec![running(draft)]));
        let given = taken(&after, draft.id);
        if given > 0 {
            self.hit += 1;
            self.given += given;
            self.dearest.push((order.number, given));
        }
        self.cost += all(&after) - all(&before);
        if taken(&alone, draft.id) > 0 {
            for other in beside.iter().filter(|other| other.promotion.draft.lane == draft.draft.lane) {
                self.meet(other, given > 0, taken(&run(vec![other.clone()]), other.promotion.id) > 0);
            }
        }
        self.dearest.sort_by_key(|(number, given)| (std::cmp::Reverse(*given), *number));
        self.dearest.truncate(SHOWN);
    }

    fn meet(&mut self, other: &Found, draft_wins: bool, fits: bool) {
        if fits {
            let conflict = self.conflicts.entry(other.promotion.id).or_default();
            conflict.name.clone_from(&other.promotion.draft.name);
            conflict.orders += 1;
            conflict.draft_wins += i64::from(draft_wins);
        }
    }
}
