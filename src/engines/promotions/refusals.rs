//! Why a code does not count, why a use is not given, and why a promotion is not kept.

use crate::platform::base::{Message, Moment, Refusal};
use crate::platform::i18n::Wording;

/// The condition that a basket does not meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// Goods for so much more are needed (minor units); `of_some`: of the goods that it is for.
    Subtotal {
        missing: i64,
        of_some: bool,
    },
    /// So many more pieces are needed.
    Quantity {
        missing: i64,
        of_some: bool,
    },
    Group,
    NotFirst,
    Country,
}

/// Why a code takes nothing off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeRefused {
    Unknown,
    NotYet {
        from: Moment,
    },
    Over,
    UsedUp,
    UsedByShopper,
    Unmet(Unmet),
    /// Nothing that it is for is in the basket.
    NothingToTake,
    /// Another takes more off the same; its name.
    Beaten {
        by: Wording,
    },
    /// Another code of the same promotion counts already.
    Same,
}

impl CodeRefused {
    /// What to tell the shopper; `price`, `day` and `said` write amounts, dates and names as the reader does.
    pub fn message(
        &self,
        price: impl Fn(i64) -> String,
        day: impl Fn(Moment) -> String,
        said: impl Fn(&Wording) -> String,
    ) -> Message {
        match self {
            CodeRefused::Unknown => Message::new("promotions-unknown"),
            CodeRefused::NotYet { from } => Message::new("promotions-not-yet").text("day", day(*from)),
            CodeRefused::Over => Message::new("promotions-over"),
            CodeRefused::UsedUp => Message::new("promotions-used-up"),
            CodeRefused::UsedByShopper => Message::new("promotions-used-by-you"),
            CodeRefused::Unmet(Unmet::Subtotal { missing, of_some }) => {
                let key = if *of_some { "promotions-subtotal-of-some" } else { "promotions-subtotal" };
                Message::new(key).text("amount", price(*missing))
            }
            CodeRefused::Unmet(Unmet::Quantity { missing, of_some }) => {
                let key = if *of_some { "promotions-quantity-of-some" } else { "promotions-quantity" };
                Message::new(key).count("count", *missing)
            }
            CodeRefused::Unmet(Unmet::Group) => Message::new("promotions-group"),
            CodeRefused::Unmet(Unmet::NotFirst) => Message::new("promotions-not-first"),
            CodeRefused::Unmet(Unmet::Country) => Message::new("promotions-country"),
            CodeRefused::NothingToTake => Message::new("promotions-nothing"),
            CodeRefused::Beaten { by } => Message::new("promotions-beaten").text("name", said(by)),
            CodeRefused::Same => Message::new("promotions-same"),
        }
    }
}

/// Somebody took the last use of a promotion a moment ago; its code, else its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedUp {
    pub called: String,
}

impl Refusal for UsedUp {
    fn message(&self) -> Message {
        Message::new("promotions-gone").text("name", &self.called)
    }
}

/// Why a promotion, a lane or codes are not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveRefused {
    Unnamed,
    /// It ends before it begins.
    Dates,
    NoBenefit,
    /// The condition, or the benefit, in this row is not whole.
    Condition(usize),
    Benefit(usize),
    /// Somebody else saved it meanwhile.
    Changed,
    /// It is not there any more.
    Gone,
    /// There are promotions in the lane, or it is the only one.
    LaneInUse,
    NoCode,
    CodeTaken(String),
    /// Codes of this promotion are being made.
    Busy,
}

impl Refusal for SaveRefused {
    fn message(&self) -> Message {
        match self {
            SaveRefused::Unnamed => Message::new("error-required"),
            SaveRefused::Dates => Message::new("promotions-dates"),
            SaveRefused::NoBenefit => Message::new("promotions-no-benefit"),
            SaveRefused::Condition(at) => Message::new("promotions-condition-odd").count("count", *at as i64 + 1),
            SaveRefused::Benefit(at) => Message::new("promotions-benefit-odd").count("count", *at as i64 + 1),
            SaveRefused::Changed => Message::new("promotions-changed"),
            SaveRefused::Gone => Message::new("promotions-missing"),
            SaveRefused::LaneInUse => Message::new("promotions-lane-in-use"),
            SaveRefused::NoCode => Message::new("promotions-no-code"),
            SaveRefused::Busy => Message::new("promotions-busy"),
            SaveRefused::CodeTaken(code) => Message::new("promotions-code-taken").text("name", code),
        }
    }
}
