//! Several shelves at once: bundles drawn from the shelves of their parts, and what has to be waited for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Balance, OutOfStock, Shelf, Short, Taken};
use crate::platform::base::{Day, LocationId, VariantId, text_enum};
use crate::platform::i18n::Words;

/// What a bundle holds of one variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub variant: VariantId,
    /// Pieces in one bundle.
    pub quantity: i32,
}

/// Bundles with their parts; a variant that is not here is itself.
pub type Recipes = BTreeMap<VariantId, Vec<Part>>;

text_enum! {
    /// Why pieces are not there yet.
    WaitKind { BackOrder = "back_order", PreOrder = "pre_order" }
}

/// What a line has to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    pub kind: WaitKind,
    /// Pieces of the line that cannot leave at once.
    pub pieces: i32,
    /// The day from which they ship, where it is known.
    pub on: Option<Day>,
}

impl Wait {
    /// "Ships from 12 December 2026", of a line of so many pieces.
    pub fn told(&self, words: &Words, quantity: i32) -> String {
        let key = match (self.kind, self.on.is_some(), self.pieces < quantity) {
            (WaitKind::BackOrder, true, false) => "inventory-ships-on",
            (WaitKind::BackOrder, true, true) => "inventory-some-ship-on",
            (WaitKind::BackOrder, false, false) => "inventory-ships-later",
            (WaitKind::BackOrder, false, true) => "inventory-some-ship-later",
            (WaitKind::PreOrder, true, _) => "inventory-pre-order-on",
            (WaitKind::PreOrder, false, _) => "inventory-pre-order",
        };
        let day = self.on.map(|day| words.date(day)).unwrap_or_default();
        words.with(key, &[("count", self.pieces.into()), ("day", day.into())])
    }
}

/// Pieces of one stock row for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    pub taken: Taken,
    /// Which variant it is: the line's own, or a part of it.
    pub variant: VariantId,
    /// Pieces in one of the line.
    pub per_line: i32,
}

/// The shelves of some variants and of the parts of those that are bundles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelves {
    shelves: BTreeMap<VariantId, Shelf>,
    recipes: Recipes,
}

impl Shelves {
    pub fn new(shelves: BTreeMap<VariantId, Shelf>, recipes: Recipes) -> Shelves {
        Shelves { shelves, recipes }
    }

    /// The shelf of a variant by itself; a bundle's own is not drawn on.
    pub fn shelf(&self, variant: VariantId) -> Option<&Shelf> {
        self.shelves.get(&variant)
    }

    /// Whether anything lies at more than one place.
    pub fn spread(&self) -> bool {
        self.shelves.values().any(|shelf| shelf.balances.len() > 1)
    }

    /// Pieces of a variant by itself that lie free at these places.
    pub fn present_at(&self, variant: VariantId, places: &[LocationId]) -> i64 {
        let of = |shelf: &Shelf| {
            let here = shelf.balances.iter().filter(|balance| places.contains(&balance.location));
            here.map(Balance::present).sum::<i64>()
        };
        self.shelves.get(&variant).map_or(0, of)
    }

    /// Draws on the places in this order from now on.
    pub fn reorder(&mut self, order: &[LocationId]) {
        let place = |balance: &Balance| order.iter().position(|id| *id == balance.location).unwrap_or(order.len());
        for shelf in self.shelves.values_mut() {
            shelf.balances.sort_by_key(place);
        }
    }

    /// What is wanted, in pieces of the variants that lie on shelves.
    pub fn pieces(&self, wanted: &BTreeMap<VariantId, i64>) -> BTreeMap<VariantId, i64> {
        expanded(wanted, &self.recipes)
    }

    /// How many can be sold now; a bundle as often as all its parts are there.
    pub fn saleable(&self, variant: VariantId) -> i64 {
        let of = |part: &Part| self.shelves.get(&part.variant).map_or(0, Shelf::saleable) / i64::from(part.quantity.max(1));
        parts(&self.recipes, variant).iter().map(of).min().unwrap_or(0)
    }

    pub fn unlimited(&self, variant: VariantId) -> bool {
        parts(&self.recipes, variant).iter().all(|part| self.shelves.get(&part.variant).is_some_and(Shelf::unlimited))
    }

    /// Takes pieces, what lies there first; `None`, and nothing, when they hold too little. What is taken counts as held from then on.
    pub fn take(&mut self, variant: VariantId, quantity: i64) -> Option<Vec<Drawn>> {
        if quantity > self.saleable(variant) {
            return None;
        }
        let mut drawn = Vec::new();
        for part in parts(&self.recipes, variant) {
            let taken = self.shelves.get_mut(&part.variant)?.take(quantity * i64::from(part.quantity))?;
            drawn.extend(taken.into_iter().map(|taken| Drawn { taken, variant: part.variant, per_line: part.quantity }));
        }
        Some(drawn)
    }

    /// What falls short of what is wanted, in the order in which it is asked for: what comes first has the shared parts.
    pub fn shortage(&self, wanted: &BTreeMap<VariantId, i64>) -> Result<(), OutOfStock> {
        let (mut left, mut short) = (self.clone(), Vec::new());
        for (variant, wanted) in wanted {
            let saleable = left.saleable(*variant);
            if *wanted > saleable {
                short.push(Short { variant: *variant, wanted: *wanted, saleable });
            }
            left.take(*variant, saleable.min(*wanted));
        }
        if short.is_empty() { Ok(()) } else { Err(OutOfStock { short }) }
    }
}

/// What one of a variant is made of: itself, or the parts of the bundle.
fn parts(recipes: &Recipes, variant: VariantId) -> Vec<Part> {
    recipes.get(&variant).cloned().unwrap_or_else(|| vec![Part { variant, quantity: 1 }])
}

/// What is wanted, in pieces of the variants that lie on shelves.
pub fn expanded(wanted: &BTreeMap<VariantId, i64>, recipes: &Recipes) -> BTreeMap<VariantId, i64> {
    let mut sums = BTreeMap::new();
    for (variant, quantity) in wanted {
        for part in parts(recipes, *variant) {
            *sums.entry(part.variant).or_insert(0) += quantity * i64::from(part.quantity);
        }
    }
    sums
}

/// What a line waits for that was drawn like this: as long as the last of its parts.
pub fn wait_for(drawn: &[Drawn]) -> Option<Wait> {
    let mut late: BTreeMap<VariantId, (i32, i32)> = BTreeMap::new();
    for one in drawn {
        let sum = late.entry(one.variant).or_insert((0, one.per_line.max(1)));
        sum.0 += one.taken.late;
    }
    let pieces = late.values().map(|(late, per)| (late + per - 1) / per).max().filter(|pieces| *pieces > 0)?;
    let waiting = || drawn.iter().map(|one| &one.taken).filter(|taken| taken.late > 0);
    let known = waiting().all(|taken| taken.ships_on.is_some());
    let kind = if waiting().any(|taken| taken.pre_order) { WaitKind::PreOrder } else { WaitKind::BackOrder };
    Some(Wait { kind, pieces, on: waiting().filter_map(|taken| taken.ships_on).max().filter(|_| known) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::platform::base::StockId;

    fn balance(stock: i64, variant: i64, on_hand: i32) -> Balance {
        let (stock, variant, location) = (StockId(stock), VariantId(variant), LocationId(1));
        let (tracked, allocated, back_order_limit, reserved) = (true, 0, 0, 0);
        let (ships_on, pre_order, reserved_late, held_now) = (None, false, 0, 0);
        Balance {
            stock,
            variant,
            location,
            tracked,
            on_hand,
            allocated,
            back_order_limit,
            ships_on,
            pre_order,
            reserved,
            reserved_late,
            held_now,
        }
    }

    fn shelves(counts: &[i32], recipes: Recipes) -> Shelves {
        let shelf = |(id, count): (i64, &i32)| (VariantId(id), Shelf { balances: vec![balance(id, id, *count)] });
        Shelves::new((1..).zip(counts).map(shelf).collect(), recipes)
    }

    fn set() -> Recipes {
        let parts = [(1, 1), (2, 3)].map(|(id, quantity)| Part { variant: VariantId(id), quantity });
        Recipes::from([(VariantId(9), parts.to_vec())])
    }

    #[test]
    fn a_bundle_is_there_as_often_as_all_its_parts() {
        let mut all = shelves(&[5, 7], set());
        assert_eq!(all.saleable(VariantId(9)), 2);
        let wanted = BTreeMap::from([(VariantId(2), 4), (VariantId(9), 2)]);
        let short = all.shortage(&wanted).expect_err("the single pieces have one of the sets").short;
        assert_eq!(short, [Short { variant: VariantId(9), wanted: 2, saleable: 1 }]);
        let drawn = all.take(VariantId(9), 2).expect("there is enough");
        assert_eq!(drawn.iter().map(|one| (one.variant.0, one.taken.quantity)).collect::<Vec<_>>(), [(1, 2), (2, 6)]);
        assert_eq!((all.saleable(VariantId(1)), all.saleable(VariantId(2)), all.saleable(VariantId(9))), (3, 1, 0));
    }

    #[test]
    fn a_line_waits_for_the_last_of_its_parts() {
        let day = |text: &str| Some(text.parse::<Day>().expect("a day"));
        let mut late = balance(2, 2, 4);
        (late.back_order_limit, late.ships_on) = (50, day("2026-12-12"));
        let mut all = shelves(&[5], set());
        all.shelves.insert(VariantId(2), Shelf { balances: vec![late] });
        let drawn = all.take(VariantId(9), 3).expect("on back-order");
        assert_eq!(wait_for(&drawn), Some(Wait { kind: WaitKind::BackOrder, pieces: 2, on: day("2026-12-12") }));
        assert_eq!(wait_for(&drawn[..1]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn bundles_and_single_pieces_never_take_more_than_there_is(
            counts in proptest::collection::vec(0..30_i32, 3),
            recipe in proptest::collection::btree_map(1..4_i64, 1..4_i32, 1..4),
            asks in proptest::collection::vec((prop_oneof![1..4_i64, Just(9)], 0..8_i64), 1..8),
        ) {
            let parts: Vec<Part> = recipe.iter().map(|(id, quantity)| Part { variant: VariantId(*id), quantity: *quantity }).collect();
            let recipes = Recipes::from([(VariantId(9), parts)]);
            let mut all = shelves(&counts, recipes.clone());
            let mut gone: BTreeMap<VariantId, i64> = BTreeMap::new();
            for (id, quantity) in asks {
                let (variant, before) = (VariantId(id), all.clone());
                match all.take(variant, quantity) {
                    None => prop_assert!(quantity > before.saleable(variant) && all == before),
                    Some(drawn) => {
                        let wanted = expanded(&BTreeMap::from([(variant, quantity)]), &recipes);
                        let mut sums: BTreeMap<VariantId, i64> = wanted.keys().map(|part| (*part, 0)).collect();
                        for one in drawn {
                            *sums.entry(one.variant).or_insert(0) += i64::from(one.taken.quantity);
                            *gone.entry(one.variant).or_insert(0) += i64::from(one.taken.quantity);
                        }
                        prop_assert_eq!(sums, wanted);
                    }
                }
            }
            for (variant, gone) in gone {
                prop_assert!(gone <= i64::from(counts[variant.0 as usize - 1]));
            }
        }
    }
}
