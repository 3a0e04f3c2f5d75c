//! How the test card may behave, and what it does then.

use chrono::Duration;

use crate::engines::payments::model::Capture;
use crate::engines::payments::report::{Report, Standing};
use crate::platform::base::{Moment, text_enum};

text_enum! {
    /// What a person chooses on the test card's page.
    Behaviour {
        Approve = "approve", Decline = "decline", Confirm = "confirm", Late = "late", NotifyTwice = "notify_twice",
        NotifyFirst = "notify_first", NeverReturn = "never_return", OtherAmount = "other_amount", LoseAnswer = "lose_answer",
    }
}

text_enum! {
    /// Where a charge stands. `deciding`: the shopper's bank asks back, or takes its time.
    ChargeState {
        Open = "open", Deciding = "deciding", Declined = "declined", Expired = "expired", Authorised = "authorised",
        Captured = "captured", Voided = "voided",
    }
}

/// How long a bank that answers late takes.
pub const LATE: Duration = Duration::seconds(15);

/// A page of the test card's books; amounts in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    pub id: i64,
    pub reference: String,
    pub key: String,
    pub amount: i64,
    pub currency: String,
    pub capture: Capture,
    pub return_url: String,
    pub state: ChargeState,
    pub behaviour: Option<Behaviour>,
    pub authorised: i64,
    pub captured: i64,
    pub refunded: i64,
    pub lost: bool,
    pub expires_at: Moment,
}

impl Charge {
    pub fn is_undecided(&self) -> bool {
        matches!(self.state, ChargeState::Open | ChargeState::Deciding)
    }

    /// What is authorised when the card approves.
    pub fn approved_amount(&self) -> i64 {
        if self.behaviour == Some(Behaviour::OtherAmount) { self.amount + 100 } else { self.amount }
    }

    pub fn report(&self) -> Report {
        Report {
            key: self.key.clone(),
            reference: self.reference.clone(),
            standing: match self.state {
                ChargeState::Open | ChargeState::Deciding => Standing::Open,
                ChargeState::Declined => Standing::Declined,
                ChargeState::Expired => Standing::Expired,
                ChargeState::Authorised => Standing::Authorised,
                ChargeState::Captured => Standing::Captured,
                ChargeState::Voided => Standing::Voided,
            },
            currency: self.currency.clone(),
            authorised: self.authorised,
            captured: self.captured,
            refunded: self.refunded,
        }
    }
}

/// Where the shopper goes after pressing the button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Back to the shop.
    Return,
    /// To the page where the bank asks back.
    Confirm,
    /// Nowhere: the page says it is done, and the window is closed.
    Stay,
    /// Nowhere: the page breaks after the card was charged, and nobody tells the shop.
    Break,
}

impl Behaviour {
    pub fn then(self) -> Then {
        match self {
            Behaviour::Confirm => Then::Confirm,
            Behaviour::NeverReturn => Then::Stay,
            Behaviour::LoseAnswer => Then::Break,
            _ => Then::Return,
        }
    }

    /// When the shop is told of a decision, counted from it; zero: before the shopper returns.
    pub fn notices(self) -> &'static [i64] {
        match self {
            Behaviour::NotifyTwice => &[1, 2],
            Behaviour::NotifyFirst => &[0],
            Behaviour::LoseAnswer => &[],
            _ => &[2],
        }
    }
}
