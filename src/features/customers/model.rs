//! Who a customer is, and how long their sessions live.

use chrono::Duration;

use crate::platform::base::{CustomerId, CustomerLinkId, CustomerSessionId, Message, Moment, Refusal, text_enum};
use crate::platform::i18n::Locale;

/// "Last seen" is written at most this often, so that reading a page writes nothing.
pub const SEEN_EVERY: Duration = Duration::minutes(5);
/// What opens the account is changed within this time after its owner showed who they are.
pub const FRESH: Duration = Duration::minutes(10);
/// How long staff may look at the shop as a customer.
pub const VIEWING: Duration = Duration::minutes(30);
/// How long the first step of signing in waits for the second.
pub const STEP_WITHIN: Duration = Duration::minutes(10);

/// A signed-in customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub email: String,
    /// Whether the address was proved; nothing is joined to one that was not.
    pub verified: bool,
    /// May be empty.
    pub name: String,
    /// The language of their mails.
    pub locale: Locale,
    pub session: CustomerSessionId,
    /// When they last showed who they are.
    pub proved: Moment,
    /// Whether it is not them but staff who look at the shop as they see it.
    pub viewed: bool,
}

impl Customer {
    /// Whether they showed who they are a short while ago.
    pub fn is_fresh(&self, now: Moment) -> bool {
        now - self.proved < FRESH
    }

    /// The name, or the e-mail address where there is none.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }

    /// The first word of the name, for a greeting; empty where there is none.
    pub fn first_name(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or_default()
    }
}

/// How long a session lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// It ends when nobody used it for this long.
    pub idle: Duration,
    /// It ends after this long, used or not.
    pub absolute: Duration,
}

impl Life {
    /// Longer for those who asked to stay signed in.
    pub fn of(stay: bool) -> Life {
        match stay {
            true => Life { idle: Duration::days(60), absolute: Duration::days(365) },
            false => Life { idle: Duration::hours(12), absolute: Duration::days(7) },
        }
    }

    /// Until when a session that began at `start` lives if it is used now.
    pub fn expiry(self, start: Moment, now: Moment) -> Moment {
        (now + self.idle).min(start + self.absolute)
    }
}

text_enum! {
    /// What a link in a mail is good for.
    LinkKind { Register = "register", Verify = "verify", Reset = "reset", Change = "change" }
}

impl LinkKind {
    /// How long it is good.
    pub fn life(self) -> Duration {
        match self {
            LinkKind::Reset => Duration::hours(1),
            LinkKind::Register | LinkKind::Verify | LinkKind::Change => Duration::hours(24),
        }
    }
}

/// A link that is asked for, before its mail is written.
#[derive(Clone, Debug)]
pub struct NewLink {
    pub kind: LinkKind,
    pub customer: Option<CustomerId>,
    /// Whose mailbox it proves.
    pub email: String,
    /// What an account that is to be opened begins with.
    pub name: String,
    pub password_hash: Option<String>,
    pub locale: Locale,
}

/// A link that is still good.
#[derive(Clone, Debug, diesel::Queryable)]
pub struct Link {
    pub id: CustomerLinkId,
    pub kind: LinkKind,
    pub customer: Option<CustomerId>,
    pub email: String,
    pub name: String,
    pub password_hash: Option<String>,
    pub locale: Locale,
}

/// The first step of signing in, which waits for the second.
#[derive(Clone, Debug, diesel::Queryable)]
pub struct Step {
    pub customer: CustomerId,
    pub stay: bool,
    /// Where signing in leads; empty: the account.
    pub next: String,
}

/// Who somebody is at another site, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    pub issuer: String,
    /// By which the site knows them, and never another.
    pub subject: String,
    /// To tell identities apart; may be empty.
    pub email: String,
}

/// Identities at other sites that an account can have.
pub const MOST_IDENTITIES: usize = 10;

/// Why an identity is not connected or taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityRefused {
    /// It is another account's.
    Taken,
    TooMany,
    /// Nothing else opens the account.
    LastWay,
    Gone,
}

impl Refusal for IdentityRefused {
    fn message(&self) -> Message {
        match self {
            IdentityRefused::Taken => Message::new("account-site-taken"),
            IdentityRefused::TooMany => Message::new("account-site-many"),
            IdentityRefused::LastWay => Message::new("account-last-way"),
            IdentityRefused::Gone => Message::new("account-site-gone"),
        }
    }
}

/// Addresses that a customer can keep.
pub const MOST_ADDRESSES: usize = 50;

/// Why an address is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressRefused {
    Gone,
    TooMany,
}

impl Refusal for AddressRefused {
    fn message(&self) -> Message {
        match self {
            AddressRefused::Gone => Message::new("account-address-gone"),
            AddressRefused::TooMany => Message::new("account-address-many").count("count", MOST_ADDRESSES as i64),
        }
    }
}

/// Somebody else proved this address first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressTaken;

impl Refusal for AddressTaken {
    fn message(&self) -> Message {
        Message::new("account-address-taken")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_slides_up_to_its_end() {
        let start = chrono::DateTime::UNIX_EPOCH;
        let life = Life::of(false);
        assert_eq!(life.expiry(start, start), start + Duration::hours(12));
        assert_eq!(life.expiry(start, start + Duration::days(7)), start + Duration::days(7));
        assert!(Life::of(true).absolute > life.absolute && Life::of(true).idle > life.idle);
    }
}
