//! What staff send to the stock room.

use rocket::form::FromForm;

use super::model::{Filter, Level, Side};
use crate::engines::inventory::ahead::Ahead;
use crate::engines::inventory::{AheadRefused, Reason, Recount};
use crate::platform::base::{Day, Line, LocationId, Move, Name, VariantId, text_enum};
use crate::platform::web::{Between, Maybe};

/// What of the index is wished for; what cannot be read is as if it were not said.
#[derive(FromForm)]
pub struct Wish {
    q: Option<Line<100>>,
    only: Option<Level>,
    location: Option<LocationId>,
    after: Option<VariantId>,
    before: Option<VariantId>,
}

impl Wish {
    pub fn filter(&self) -> Filter {
        Filter { words: self.q.as_deref().unwrap_or_default().to_owned(), level: self.only, location: self.location }
    }

    pub fn side(&self) -> Side {
        self.after.map(Side::After).or(self.before.map(Side::Before)).unwrap_or(Side::First)
    }
}

/// Which place a stock page shows, and from where its ledger is read.
#[derive(FromForm)]
pub struct At {
    pub location: Option<LocationId>,
    pub before: Option<Between<1, { i32::MAX }>>,
}

text_enum! {
    /// Whether a number is a difference or a count.
    How { By = "by", To = "to" }
}

/// A correction of one shelf.
#[derive(FromForm)]
pub struct CorrectionForm {
    how: How,
    amount: Between<-1_000_000_000, 1_000_000_000>,
    pub reason: Reason,
    pub note: Line<200>,
    /// What the page said is there.
    was: Between<0, 1_000_000_000>,
    /// The form's own name.
    pub form: Name<60>,
}

impl CorrectionForm {
    pub fn recount(&self) -> Recount {
        match self.how {
            How::By => Recount::By(self.amount.0),
            How::To => Recount::To { was: self.was.0, count: self.amount.0 },
        }
    }
}

/// What is sold of a shelf before it is there.
#[derive(FromForm)]
pub struct AheadForm {
    back_orders: Between<0, 1_000_000_000>,
    ships_on: Maybe<Day>,
    pre_orders: Maybe<Between<0, 1_000_000_000>>,
    release_on: Maybe<Day>,
    low_at: Maybe<Between<0, 1_000_000>>,
}

impl AheadForm {
    pub fn ahead(&self, today: Day) -> Result<Ahead, AheadRefused> {
        let limit = self.pre_orders.0.map(|limit| limit.0);
        let ahead = Ahead::new(self.back_orders.0, self.ships_on.0, limit, self.release_on.0, today)?;
        Ok(Ahead { low_at: self.low_at.0.map(|low| low.0), ..ahead })
    }
}

/// The name of a place.
#[derive(FromForm)]
pub struct LocationForm {
    pub name: Name<80>,
}

/// Where a place goes in the order.
#[derive(FromForm)]
pub struct MoveForm {
    pub to: Move,
}
