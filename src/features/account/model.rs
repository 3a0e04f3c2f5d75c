//! Why somebody is not let in, or their account stays as it is.

use chrono::Duration;

use crate::features::customers::model::{AddressTaken, IdentityRefused};
use crate::features::elsewhere::model::TravelRefused;
use crate::platform::access::{Origin, PasswordRefused, SignInRefused};
use crate::platform::base::{Message, Moment, Refusal, Token, TokenHash};
use crate::platform::factors::FactorRefused;
use crate::platform::throttle::Throttled;

/// Who stands at the door: from where, with which cart, when.
#[derive(Clone, Debug)]
pub struct Caller {
    pub origin: Origin,
    /// The cart that the browser carries.
    pub cart: Option<TokenHash>,
    /// Another site's word that the browser carries.
    pub claim: Option<TokenHash>,
    /// Whether to stay signed in.
    pub stay: bool,
    /// Where signing in leads; empty: the account.
    pub next: String,
    pub now: Moment,
}

/// What became of the first step of signing in.
#[derive(Clone, Debug)]
pub enum Entry {
    In(Entered),
    /// A second factor is asked for; the browser is to hold this.
    Step(Token),
}

/// What became of somebody who came back from another site.
#[derive(Clone, Debug)]
pub enum Arrival {
    Entry(Entry),
    /// There is an account of this address: the browser holds the site's word until it is signed in to.
    Claim(Token),
    Connected,
}

/// Somebody was let in.
#[derive(Clone, Debug)]
pub struct Entered {
    /// Of the new session.
    pub token: Token,
    /// Whether the browser is to keep it.
    pub stay: bool,
    /// Where signing in leads; empty: the account.
    pub next: String,
    /// Whether the browser's cart is the customer's now.
    pub cart_moved: bool,
    /// Whether it was put together with another that the customer had.
    pub cart_merged: bool,
    /// Things of which fewer are left than both carts held.
    pub fewer: Vec<crate::platform::base::VariantId>,
    /// Whether an identity at another site was connected on the way.
    pub connected: bool,
    /// Recovery codes that are left, where one was used.
    pub codes_left: Option<i64>,
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
    /// They showed who they are too long ago.
    NotFresh,
    /// The first step of signing in is over.
    StepGone,
    Factor(FactorRefused),
    Identity(IdentityRefused),
    Travel(TravelRefused),
    /// The address is not proved yet, so nobody signs in by it.
    Unproved,
}

impl AccountRefused {
    /// How long to wait, where that is the trouble.
    pub fn wait(&self) -> Option<Duration> {
        match self {
            AccountRefused::SignIn(SignInRefused::Throttled(why)) | AccountRefused::Factor(FactorRefused::Throttled(why)) => {
                Some(why.wait)
            }
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

impl From<FactorRefused> for AccountRefused {
    fn from(refused: FactorRefused) -> AccountRefused {
        AccountRefused::Factor(refused)
    }
}

impl From<IdentityRefused> for AccountRefused {
    fn from(refused: IdentityRefused) -> AccountRefused {
        AccountRefused::Identity(refused)
    }
}

impl From<TravelRefused> for AccountRefused {
    fn from(refused: TravelRefused) -> AccountRefused {
        AccountRefused::Travel(refused)
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
            AccountRefused::NotFresh => Message::new("account-not-fresh"),
            AccountRefused::StepGone => Message::new("account-step-gone"),
            AccountRefused::Factor(refused) => refused.message(),
            AccountRefused::Identity(refused) => refused.message(),
            AccountRefused::Travel(refused) => refused.message(),
            AccountRefused::Unproved => Message::new("account-unproved"),
        }
    }
}
