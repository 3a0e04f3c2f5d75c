//! Whose data it is, and why somebody is refused.

use chrono::Duration;

use crate::platform::base::{CustomerId, Message, Moment, Origin, Refusal, text_enum};
use crate::platform::settings::Purpose;
use crate::platform::throttle::Throttled;

/// How long a copy can be fetched.
pub const COPY_FOR: Duration = Duration::days(7);
/// A sign-in is fresh for this long; it stands in for the password of those who have none.
pub const FRESH: Duration = Duration::minutes(15);

/// How long a guest's request is good.
pub const REQUEST_FOR: Duration = Duration::hours(24);

text_enum! {
    /// What a guest asks for.
    Asks { Copy = "copy", Erasure = "erasure" }
}

/// Whose data: a customer with the addresses they have proved, or a guest by the address of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose {
    pub customer: Option<CustomerId>,
    /// In small letters.
    pub emails: Vec<String>,
}

/// That a customer may fetch a copy.
#[derive(Clone, Copy, Debug, diesel::Queryable)]
pub struct Copy {
    pub id: crate::platform::base::DataCopyId,
    pub expires_at: Moment,
}

/// Why nothing is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskRefused {
    WrongPassword,
    Throttled(Throttled),
    /// There is no password to ask for, and the sign-in is an old one.
    SignInAgain,
    /// There is no such account, or it is closed.
    Gone,
}

impl AskRefused {
    /// How long to wait, where that is the trouble.
    pub fn wait(&self) -> Option<Duration> {
        match self {
            AskRefused::Throttled(why) => Some(why.wait),
            _ => None,
        }
    }
}

impl Refusal for AskRefused {
    fn message(&self) -> Message {
        match self {
            AskRefused::WrongPassword => Message::new("access-password-wrong"),
            AskRefused::Throttled(why) => why.message(),
            AskRefused::SignInAgain => Message::new("privacy-sign-in-again"),
            AskRefused::Gone => Message::new("clientele-gone"),
        }
    }
}

/// A script of another house that staff want to add.
#[derive(Clone, Debug)]
pub struct NewParty {
    pub name: String,
    pub purpose: Purpose,
    /// Its address; https.
    pub script: String,
    /// Others that it talks to.
    pub origins: Vec<Origin>,
}

/// Why it is not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyRefused {
    /// It is there already.
    Known,
    TooMany,
}

impl Refusal for PartyRefused {
    fn message(&self) -> Message {
        match self {
            PartyRefused::Known => Message::new("privacy-party-known"),
            PartyRefused::TooMany => Message::new("privacy-party-many"),
        }
    }
}
