//! What an order that is placed is paid with, and why it is not made although nothing is missing.

use super::model::NewOrder;
use crate::engines::credit::CreditShort;
use crate::engines::inventory::OutOfStock;
use crate::engines::promotions::UsedUp;
use crate::platform::base::{Message, Refusal};

impl NewOrder {
    /// What is to be paid beside gift cards and store credit, in minor units.
    pub fn rest(&self) -> i64 {
        self.quote.total - self.credits.iter().map(|part| part.amount).sum::<i64>()
    }
}

/// Why an order is not made although nothing is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CreateRefused {
    Stock(OutOfStock),
    /// Somebody else took the last use of a promotion.
    UsedUp(UsedUp),
    /// A gift card or store credit has less than it was to pay.
    Credit(CreditShort),
}

impl From<CreditShort> for CreateRefused {
    fn from(refused: CreditShort) -> CreateRefused {
        CreateRefused::Credit(refused)
    }
}

impl Refusal for CreateRefused {
    fn message(&self) -> Message {
        match self {
            CreateRefused::Stock(refused) => refused.message(),
            CreateRefused::UsedUp(refused) => refused.message(),
            CreateRefused::Credit(refused) => refused.message(),
        }
    }
}
