//! Why somebody is not let in, or their account stays as it is.

use chrono::Duration;

use crate::features::customers::model::AddressTaken;
use crate::platform::access::{Origin, PasswordRefused, SignInRefused};
use crate::platform::base::{Message, Moment, Refusal, Token, TokenHash};
use crate::platform::throttle::Throttled;

/// Who stands at the door: from where, with which cart, when.
#[derive(Clone, Debug)]
pub struct Caller {
    pub origin: Origin,
    /// The cart that the browser carries.
    pub cart: Option<TokenHash>,
    /// Whether to stay signed in.
    pub stay: bool,
    pub now: Moment,
}

/// Somebody was let in.
#[derive(Clone, Debug)]
pub struct Entered {
    /// Of the new session.
    pub token: Token,
    /// Whether the browser's cart is the customer's now.
    pub cart_moved: bool,
    /// Whether it was put together with another that the customer had.
    pub cart_merged: bool,
    /// Things of which fewer are left than both carts held.
    pub fewer: Vec<crate::platform::base::VariantId>,
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountRefused {
    /// Wrong, or too often.
    SignIn(SignInRefused),
    /// The current password is another one.
    WrongPassword,
    Password(PasswordRefused),
    /// The link is used up or too old.
    LinkGone,
    /// Somebody else has the address.
    Taken,
    /// It is the address of the account already.
    SameAddress,
    /// The account has no password to be asked for.
    NoPassword,
}

impl AccountRefused {
    /// How long to wait, where that is the trouble.
    pub fn wait(&self) -> Option<Duration> {
        match self {
            AccountRefused::SignIn(SignInRefused::Throttled(why)) => Some(why.wait),
            _ => None,
        }
    }
}

impl From<SignInRefused> for AccountRefused {
    fn from(refused: SignInRefused) -> AccountRefused {
        AccountRefused::SignIn(refused)
    }
}

impl From<Throttled> for AccountRefused {
    fn from(refused: Throttled) -> AccountRefused {
        AccountRefused::SignIn(SignInRefused::Throttled(refused))
    }
}

impl From<PasswordRefused> for AccountRefused {
    fn from(refused: PasswordRefused) -> AccountRefused {
        AccountRefused::Password(refused)
    }
}

impl From<AddressTaken> for AccountRefused {
    fn from(_: AddressTaken) -> AccountRefused {
        AccountRefused::Taken
    }
}

impl Refusal for AccountRefused {
    fn message(&self) -> Message {
        match self {
            AccountRefused::SignIn(refused) => refused.message(),
            AccountRefused::WrongPassword => Message::new("access-password-wrong"),
            AccountRefused::Password(refused) => refused.message(),
            AccountRefused::LinkGone => Message::new("account-link-gone"),
            AccountRefused::Taken => AddressTaken.message(),
            AccountRefused::SameAddress => Message::new("account-same-address"),
            AccountRefused::NoPassword => Message::new("account-no-password"),
        }
    }
}
