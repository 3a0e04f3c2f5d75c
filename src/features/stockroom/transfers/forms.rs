//! What staff send about transfers.

use std::collections::HashMap;

use rocket::form::FromForm;

use crate::engines::inventory::transfers::{Arrived, Missing};
use crate::platform::base::{Day, Line, LocationId, Name, VariantId};
use crate::platform::web::{Between, Maybe};

/// Which transfers are shown: those that are not over, or all.
#[derive(FromForm)]
pub struct Wish {
    pub all: Option<bool>,
    pub before: Option<Between<1, { i32::MAX }>>,
}

/// A new transfer.
#[derive(FromForm)]
pub struct NewForm {
    /// Empty: from a supplier.
    pub from: Maybe<LocationId>,
    pub to: LocationId,
    pub supplier: Line<100>,
    pub expected_on: Maybe<Day>,
    pub note: Line<200>,
}

/// So many of a variant; 0 takes it out.
#[derive(FromForm)]
pub struct LineForm {
    pub variant: VariantId,
    pub quantity: Between<0, 1_000_000>,
}

/// What was counted, by line.
#[derive(FromForm)]
pub struct ReceiptForm {
    received: HashMap<i64, Maybe<Between<0, 1_000_000>>>,
    lost: HashMap<i64, Maybe<Between<0, 1_000_000>>>,
    pub reason: Maybe<Missing>,
    /// The form's own name.
    pub form: Name<60>,
}

impl ReceiptForm {
    pub fn lines(&self) -> Vec<Arrived> {
        let count = |of: &HashMap<i64, Maybe<Between<0, 1_000_000>>>, line: i64| {
            of.get(&line).and_then(|typed| typed.0).map_or(0, |typed| typed.0)
        };
        let mut ids: Vec<i64> = self.received.keys().chain(self.lost.keys()).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let line = |line| Arrived { line, received: count(&self.received, line), lost: count(&self.lost, line) };
        ids.into_iter().map(line).collect()
    }
}
