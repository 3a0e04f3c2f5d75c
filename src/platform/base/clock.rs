//! What time it is: the system's clock, which tests may move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, Utc};

/// An instant in UTC.
pub type Moment = DateTime<Utc>;

/// The shop's clock; commands are given the moment and never ask for it themselves.
#[derive(Clone, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    pub fn now(&self) -> Moment {
        Utc::now() + Duration::milliseconds(self.0.load(Ordering::Relaxed))
    }

    /// Moves this clock on; for tests.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
    }
}
