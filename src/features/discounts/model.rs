//! What staff see of discounts in the index.

use crate::engines::promotions::Status;
use crate::platform::base::{Moment, PromotionId, text_enum};

text_enum! {
    /// How a discount stands at a moment.
    State { Running = "running", Scheduled = "scheduled", Over = "over", Draft = "draft", Paused = "paused" }
}

impl State {
    pub fn of(status: Status, starts_at: Option<Moment>, ends_at: Option<Moment>, now: Moment) -> State {
        match status {
            Status::Draft => State::Draft,
            _ if ends_at.is_some_and(|until| until <= now) => State::Over,
            Status::Paused => State::Paused,
            Status::Active if starts_at.is_some_and(|from| from > now) => State::Scheduled,
            Status::Active => State::Running,
        }
    }

    /// The tone of its badge.
    pub fn tone(self) -> &'static str {
        match self {
            State::Running => "live",
            State::Scheduled => "info",
            State::Over => "done",
            State::Draft => "idle",
            State::Paused => "wait",
        }
    }
}

/// What the index is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a name, or the beginning of a code.
    pub words: String,
    pub state: Option<State>,
    /// Only older ones than this.
    pub before: Option<PromotionId>,
}

/// A discount in the index.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: PromotionId,
    pub name: String,
    pub lane: String,
    pub state: State,
    pub coded: bool,
    /// One of its codes, and how many it has.
    pub code: Option<String>,
    pub codes: i64,
    pub ends_at: Option<Moment>,
    /// Orders that used it and stand.
    pub uses: i64,
    /// What those orders came to, and what it took off them, in minor units.
    pub revenue: i64,
    pub given: i64,
}
