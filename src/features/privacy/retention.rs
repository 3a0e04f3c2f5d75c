//! How long each kind of data is kept: the one table of it. Jobs go by it, staff see and change it, the privacy page prints it.

use std::collections::HashMap;

use chrono::{Duration, Months};

use crate::platform::base::{Moment, text_enum};
use crate::platform::settings::{Fields, Saved};

text_enum! {
    /// A kind of data.
    Kind {
        Orders = "orders", Accounts = "accounts", Carts = "carts", Checkouts = "checkouts", PaymentPages = "payment_pages",
        Mails = "mails", Messages = "messages", Sessions = "sessions", Links = "links", SignInAttempts = "sign_in_attempts", Copies = "copies",
        Consents = "consents", Audit = "audit", News = "news", Wishes = "wishes",
    }
}

/// How long a kind is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Days (for orders: years) that staff choose within limits: usual, least, most.
    Chosen(i32, i32, i32),
    /// So many days, always.
    Days(i32),
    /// As its own page says: an account until it is closed, a session while it is used.
    AsLongAs,
}

/// The limits within which forms accept a time.
pub const ORDERS: (i32, i32) = (6, 30);
pub const CARTS: (i32, i32) = (1, 30);
pub const CHECKOUTS: (i32, i32) = (30, 1095);
pub const PAYMENT_PAGES: (i32, i32) = (7, 180);
pub const MAILS: (i32, i32) = (30, 1095);
pub const MESSAGES: (i32, i32) = (90, 3650);
pub const CONSENTS: (i32, i32) = (365, 1825);
pub const AUDIT: (i32, i32) = (366, 3650);

impl Kind {
    pub const fn rule(self) -> Rule {
        const fn within(usual: i32, (least, most): (i32, i32)) -> Rule {
            Rule::Chosen(usual, least, most)
        }
        match self {
            Kind::Orders => within(10, ORDERS),
            Kind::Carts => within(30, CARTS),
            Kind::Checkouts => within(365, CHECKOUTS),
            Kind::PaymentPages => within(30, PAYMENT_PAGES),
            Kind::Mails => within(180, MAILS),
            Kind::Messages => within(1095, MESSAGES),
            Kind::Consents => within(1095, CONSENTS),
            Kind::Audit => within(730, AUDIT),
            Kind::SignInAttempts | Kind::Links => Rule::Days(1),
            Kind::Copies => Rule::Days(7),
            Kind::News => Rule::Days(90),
            Kind::Wishes => Rule::Days(365),
            Kind::Accounts | Kind::Sessions => Rule::AsLongAs,
        }
    }

    /// Those that staff choose a time for.
    pub fn chosen() -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(|kind| matches!(kind.rule(), Rule::Chosen(..)))
    }
}

/// The times that hold in a shop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times(HashMap<Kind, i32>);

impl Times {
    /// Those that staff have chosen; others are as usual.
    pub fn of(chosen: impl IntoIterator<Item = (Kind, i32)>) -> Times {
        Times(chosen.into_iter().collect())
    }

    /// The time of a kind, never outside its limits: days, for orders years; 0 where there is none to say.
    pub fn of_kind(&self, kind: Kind) -> i32 {
        match kind.rule() {
            Rule::Chosen(usual, least, most) => self.0.get(&kind).copied().unwrap_or(usual).clamp(least, most),
            Rule::Days(days) => days,
            Rule::AsLongAs => 0,
        }
    }

    /// A kind's time in days.
    pub fn span(&self, kind: Kind) -> Duration {
        Duration::days(self.of_kind(kind).into())
    }

    /// What was kept before this is over.
    pub fn before(&self, kind: Kind, now: Moment) -> Moment {
        match kind {
            Kind::Orders => now.checked_sub_months(Months::new(12 * self.of_kind(kind).unsigned_abs())).unwrap_or(now),
            _ => now - self.span(kind),
        }
    }
}

impl Saved for Times {
    fn fields(&self) -> Fields {
        Kind::chosen().map(|kind| (kind.as_str(), self.of_kind(kind).to_string())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_stay_within_their_limits_and_orders_count_in_years() {
        let times = Times::of([(Kind::Mails, 1), (Kind::Audit, 400)]);
        assert_eq!((times.of_kind(Kind::Mails), times.of_kind(Kind::Audit), times.of_kind(Kind::Carts)), (30, 400, 30));
        let now = "2026-11-28T00:00:00Z".parse::<Moment>().expect("a moment");
        assert_eq!(times.before(Kind::Orders, now), "2016-11-28T00:00:00Z".parse::<Moment>().expect("a moment"));
        assert_eq!(times.before(Kind::Copies, now), now - Duration::days(7));
    }
}
