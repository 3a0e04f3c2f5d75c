//! Balances, what of them can be sold, how a quantity is shared among locations, and why a shelf says no.

use std::collections::BTreeMap;

use super::refusals::AdjustRefused;
use super::shelves::Part;
use crate::platform::base::{Day, LocationId, Message, OrderLineId, Refusal, StockId, VariantId, text_enum};

text_enum! {
    /// Why a balance changed.
    Movement {
        Opening = "opening", Adjustment = "adjustment", Allocation = "allocation",
        Release = "release", Shipment = "shipment", Return = "return",
        TransferOut = "transfer_out", TransferIn = "transfer_in",
    }
}

text_enum! {
    /// Why staff correct a balance.
    Reason {
        Counted = "counted", Received = "received", Returned = "returned", Damaged = "damaged",
        Lost = "lost", Used = "used", Other = "other",
    }
}

/// What is offered of a thing that never runs out.
pub const UNLIMITED: i64 = 1_000_000_000;
/// The highest count of one shelf.
pub const MOST: i32 = 1_000_000_000;

/// One variant at one location, in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    pub stock: StockId,
    pub variant: VariantId,
    pub location: LocationId,
    /// Whether pieces are counted at all.
    pub tracked: bool,
    pub on_hand: i32,
    /// Promised to orders and not yet shipped.
    pub allocated: i32,
    /// How many may be promised beyond what is there.
    pub back_order_limit: i32,
    /// The day from which what is not there ships, where staff know it.
    pub ships_on: Option<Day>,
    /// Whether all of it waits for its release, whatever lies there.
    pub pre_order: bool,
    /// Held for carts at the moment of reading, the asking cart's own aside.
    pub reserved: i64,
    /// How many of those held are not there, and are waited for anyway.
    pub reserved_late: i64,
    /// Pieces that lie there and are held for the asking cart: whoever came later does not make it wait.
    pub held_now: i64,
}

impl Balance {
    /// How many can be sold now: on hand − allocated − reserved, and what may be back-ordered; never below 0.
    pub fn saleable(&self) -> i64 {
        if !self.tracked {
            return UNLIMITED;
        }
        (i64::from(self.on_hand) + i64::from(self.back_order_limit) - i64::from(self.allocated) - self.reserved).max(0)
    }

    /// How many of them lie there and can leave at once.
    pub fn present(&self) -> i64 {
        match self {
            balance if !balance.tracked => UNLIMITED,
            balance if balance.pre_order => 0,
            balance => {
                let on_hand = i64::from(balance.on_hand);
                let free = on_hand - i64::from(balance.allocated) - (balance.reserved - balance.reserved_late);
                free.max(balance.held_now.min(on_hand)).clamp(0, balance.saleable())
            }
        }
    }

    /// How many pieces are promised that are not there.
    pub fn short(&self) -> i32 {
        if self.tracked { (self.allocated - self.on_hand).max(0) } else { 0 }
    }
}

/// One variant at all locations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// In the order in which locations are drawn on.
    pub balances: Vec<Balance>,
}

impl Shelf {
    /// How many can be sold now, of all locations; [`UNLIMITED`] when they are not counted.
    pub fn saleable(&self) -> i64 {
        self.balances.iter().map(Balance::saleable).sum::<i64>().min(UNLIMITED)
    }

    pub fn unlimited(&self) -> bool {
        self.balances.iter().any(|balance| !balance.tracked)
    }

    /// Takes a quantity from the locations in their order, what lies there before what must be waited for; `None`, and nothing,
    /// when they hold too little. What is taken counts as reserved from then on.
    pub fn take(&mut self, quantity: i64) -> Option<Vec<Taken>> {
        if quantity > self.saleable() {
            return None;
        }
        let (mut left, mut taken) = (quantity, Vec::new());
        for late in [false, true] {
            for balance in &mut self.balances {
                let part = left.min(if late { balance.saleable() } else { balance.present() });
                if part > 0 {
                    balance.reserved += part;
                    balance.reserved_late += if late { part } else { 0 };
                    balance.held_now -= if late { 0 } else { part.min(balance.held_now) };
                    left -= part;
                    note(&mut taken, balance, i32::try_from(part).ok()?, late);
                }
            }
        }
        Some(taken)
    }
}

fn note(taken: &mut Vec<Taken>, from: &Balance, part: i32, late: bool) {
    let at = taken.iter().position(|one| one.stock == from.stock).unwrap_or_else(|| {
        let (stock, ships_on, pre_order) = (from.stock, from.ships_on, from.pre_order);
        taken.push(Taken { stock, quantity: 0, late: 0, ships_on, pre_order });
        taken.len() - 1
    });
    taken[at].quantity += part;
    taken[at].late += if late { part } else { 0 };
}

/// Pieces of one stock row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    pub stock: StockId,
    pub quantity: i32,
    /// How many of them are not there.
    pub late: i32,
    pub ships_on: Option<Day>,
    pub pre_order: bool,
}

/// What a new shelf begins with.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    pub tracked: bool,
    pub count: i32,
    pub back_order_limit: i32,
}

impl Opening {
    /// A counted shelf with so many pieces.
    pub fn with(count: i32) -> Opening {
        Opening { tracked: true, count, back_order_limit: 0 }
    }
}

/// How staff say what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many were counted.
    Set(i32),
    /// So many more, or fewer.
    Change(i32),
}

impl Count {
    /// The change that this makes of a balance.
    ///
    /// # Errors
    /// Below nothing or beyond what a shelf may hold.
    pub fn change_from(self, on_hand: i32) -> Result<i32, AdjustRefused> {
        let (next, change) = match self {
            Count::Set(count) => (i64::from(count), i64::from(count) - i64::from(on_hand)),
            Count::Change(change) => (i64::from(on_hand) + i64::from(change), i64::from(change)),
        };
        if next < 0 {
            return Err(AdjustRefused::BelowZero { on_hand });
        }
        if next > i64::from(MOST) {
            return Err(AdjustRefused::TooMany);
        }
        i32::try_from(change).map_err(|_| AdjustRefused::TooMany)
    }
}

/// How staff correct a shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recount {
    /// So many more, or fewer; whatever else happens at the same time.
    By(i32),
    /// So many were counted, when the page said that `was` are there.
    To { was: i32, count: i32 },
}

/// A correction of one variant's shelf at one location.
#[derive(Clone, Debug)]
pub struct Correction<'a> {
    pub variant: VariantId,
    pub location: LocationId,
    pub recount: Recount,
    pub reason: Reason,
    pub note: &'a str,
    /// The name of the form that was sent: sent again, it changes nothing.
    pub form: &'a str,
}

/// A place where goods lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    pub id: LocationId,
    pub name: String,
}

/// Pieces promised to a line of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub line: OrderLineId,
    pub variant: VariantId,
    pub quantity: i32,
    /// What a bundle is made of; empty: the variant is itself.
    pub parts: Vec<Part>,
}

/// What happens to promised pieces that will not be shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unshipped {
    /// They can be sold again.
    BackOnTheShelf,
    /// They are gone (broken, lost): the count falls too.
    WrittenOff,
}

/// A variant of which too few can be sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short {
    pub variant: VariantId,
    pub wanted: i64,
    pub saleable: i64,
}

/// The shelf holds too little; names every variant that falls short, and by how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutOfStock {
    pub short: Vec<Short>,
}

impl Refusal for OutOfStock {
    fn message(&self) -> Message {
        match self.short.as_slice() {
            [one] if one.saleable > 0 => Message::new("inventory-only-left").count("count", one.saleable),
            [_] => Message::new("inventory-sold-out"),
            many => Message::new("inventory-several-short").count("count", many.len() as i64),
        }
    }
}

/// Sums what is wanted per variant, so that each shelf is asked once.
pub fn summed(wanted: impl IntoIterator<Item = (VariantId, i32)>) -> BTreeMap<VariantId, i64> {
    let mut sums = BTreeMap::new();
    for (variant, quantity) in wanted {
        *sums.entry(variant).or_insert(0) += i64::from(quantity);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn balance(stock: i64, on_hand: i32, allocated: i32, reserved: i64) -> Balance {
        let (stock, variant, location) = (StockId(stock), VariantId(1), LocationId(1));
        let (ships_on, pre_order, back_order_limit, reserved_late, held_now) = (None, false, 0, 0, 0);
        Balance {
            stock,
            variant,
            location,
            tracked: true,
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

    #[test]
    fn a_count_below_the_promises_leaves_nothing_to_sell() {
        let lowered = balance(1, 2, 5, 0);
        assert_eq!((lowered.saleable(), lowered.short()), (0, 3));
        assert_eq!(Balance { back_order_limit: 4, ..lowered }.saleable(), 1);
        assert_eq!(Balance { tracked: false, ..lowered }.saleable(), UNLIMITED);
    }

    #[test]
    fn who_holds_what_lies_there_does_not_wait_for_those_who_came_later() {
        let shared = Balance { back_order_limit: 5, reserved: 2, reserved_late: 2, held_now: 3, ..balance(1, 3, 0, 0) };
        assert_eq!((shared.saleable(), shared.present()), (6, 3));
        let after_their_order = Balance { allocated: 2, reserved: 0, reserved_late: 0, ..shared };
        assert_eq!((after_their_order.saleable(), after_their_order.present()), (6, 3));
        assert_eq!(Balance { held_now: 0, ..after_their_order }.present(), 1);
    }

    #[test]
    fn counts_stay_between_nothing_and_the_most() {
        assert_eq!(Count::Set(3).change_from(10), Ok(-7));
        assert_eq!(Count::Change(-11).change_from(10), Err(AdjustRefused::BelowZero { on_hand: 10 }));
        assert_eq!(Count::Change(i32::MAX).change_from(10), Err(AdjustRefused::TooMany));
        assert_eq!(Count::Set(i32::MIN).change_from(10), Err(AdjustRefused::BelowZero { on_hand: 10 }));
    }

    proptest::proptest! {
        #[test]
        fn what_is_taken_is_exactly_what_was_asked_and_never_more_than_there_is(
            rows in proptest::collection::vec((0..20_i32, 0..20_i32, 0..20_i64), 0..5), asked in 0..80_i64,
        ) {
            let balances: Vec<_> = rows.iter().zip(1..).map(|(row, id)| balance(id, row.0, row.1, row.2)).collect();
            let mut shelf = Shelf { balances };
            let before = shelf.clone();
            match shelf.take(asked) {
                None => {
                    proptest::prop_assert!(asked > before.saleable());
                    proptest::prop_assert_eq!(shelf, before);
                }
                Some(parts) => {
                    proptest::prop_assert_eq!(parts.iter().map(|part| i64::from(part.quantity)).sum::<i64>(), asked);
                    proptest::prop_assert!(parts.iter().all(|part| part.late == 0), "nothing is on back-order here");
                    proptest::prop_assert_eq!(shelf.saleable(), before.saleable() - asked);
                }
            }
        }
    }
}
