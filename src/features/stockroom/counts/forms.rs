//! What staff send about counts.

use std::collections::HashMap;

use rocket::form::FromForm;
use rocket::fs::TempFile;

use crate::engines::inventory::Reason;
use crate::engines::inventory::stocktaking::Counted;
use crate::platform::base::{CategoryId, Line, LocationId};
use crate::platform::web::{Between, Maybe};

/// A new count.
#[derive(FromForm)]
pub struct NewForm {
    pub location: LocationId,
    pub category: Maybe<CategoryId>,
    pub note: Line<200>,
}

/// Which page of the sheet.
#[derive(FromForm)]
pub struct Wish {
    pub page: Option<Between<1, 100_000>>,
}

type Count = Maybe<Between<0, 1_000_000_000>>;

/// A page of the sheet: what was typed, and what stood there before.
#[derive(FromForm)]
pub struct SheetForm {
    count: HashMap<i64, Count>,
    was: HashMap<i64, Count>,
    reason: HashMap<i64, Reason>,
    was_reason: HashMap<i64, Reason>,
}

impl SheetForm {
    /// The lines in which something was typed: what stands as it stood was not counted again.
    pub fn entered(&self) -> Vec<Counted> {
        let number = |of: &HashMap<i64, Count>, line: i64| of.get(&line).and_then(|typed| typed.0).map(|typed| typed.0);
        let reason = |of: &HashMap<i64, Reason>, line: i64| of.get(&line).copied().unwrap_or(Reason::Counted);
        let mut lines: Vec<i64> = self.count.keys().copied().collect();
        lines.sort_unstable();
        let entered = |line: &i64| {
            number(&self.count, *line) != number(&self.was, *line)
                || reason(&self.reason, *line) != reason(&self.was_reason, *line)
        };
        let counted = |line| Counted { line, count: number(&self.count, line), reason: reason(&self.reason, line) };
        lines.into_iter().filter(entered).map(counted).collect()
    }
}

/// A file with counts.
#[derive(FromForm)]
pub struct FileForm<'r> {
    pub file: TempFile<'r>,
}
