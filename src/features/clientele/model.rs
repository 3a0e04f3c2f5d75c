//! Why staff are refused at a customer.

use crate::engines::credit::TakeRefused;
use crate::platform::base::{Message, Refusal};

/// Tags that a customer has at most.
pub const MOST_TAGS: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientRefused {
    /// There is no such customer, or they closed their account.
    Gone,
    Empty,
    /// A group of this name exists.
    NameTaken,
    TooManyTags,
    /// Somebody cannot be merged with themselves.
    Same,
    /// Nobody has this address.
    Nobody,
    /// Nobody signs in by an address that is not proved.
    Unverified,
    /// The store credit is not changed.
    Credit(TakeRefused),
}

impl Refusal for ClientRefused {
    fn message(&self) -> Message {
        match self {
            ClientRefused::Gone => Message::new("clientele-gone"),
            ClientRefused::Empty => Message::new("error-required"),
            ClientRefused::NameTaken => Message::new("clientele-name-taken"),
            ClientRefused::TooManyTags => Message::new("clientele-many-tags").count("count", MOST_TAGS as i64),
            ClientRefused::Same => Message::new("clientele-same"),
            ClientRefused::Nobody => Message::new("clientele-nobody"),
            ClientRefused::Unverified => Message::new("clientele-unverified"),
            ClientRefused::Credit(refused) => refused.message(),
        }
    }
}
