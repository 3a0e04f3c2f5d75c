//! Why a gift card is not issued, sent, shown or changed, and how often it is sent.

use crate::engines::credit::TakeRefused;
use crate::platform::base::{Message, Refusal};

/// Letters with one card that whoever bought it may ask for: enough for every typing error, too few to fill strangers' boxes.
pub const MOST_LETTERS: i32 = 10;

/// Why nothing was done with a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiftRefused {
    Unknown,
    /// No amount, or more than a card may be worth.
    Amount,
    /// It would be over before it begins.
    Past,
    /// The code was shown already: whoever has it has the card.
    Shown,
    /// It was sent too often.
    Often,
    /// It pays nothing any more.
    Over,
    Balance(TakeRefused),
}

impl From<TakeRefused> for GiftRefused {
    fn from(refused: TakeRefused) -> GiftRefused {
        GiftRefused::Balance(refused)
    }
}

impl Refusal for GiftRefused {
    fn message(&self) -> Message {
        match self {
            GiftRefused::Unknown => Message::new("credit-card-unknown"),
            GiftRefused::Amount => Message::new("credit-amount"),
            GiftRefused::Past => Message::new("gift-cards-past"),
            GiftRefused::Shown => Message::new("gift-cards-shown"),
            GiftRefused::Often => Message::new("gift-cards-often"),
            GiftRefused::Over => Message::new("gift-cards-over"),
            GiftRefused::Balance(refused) => refused.message(),
        }
    }
}
