//! Draft orders: what they are, and why something is not done to them.

use crate::features::cart::model::QuantityRefused;
use crate::platform::base::{CartId, DraftId, MarketId, Message, Moment, OrderNumber, Refusal, text_enum};
use crate::platform::i18n::Locale;

/// An order that staff put together.
#[derive(Clone, Debug)]
pub struct DraftOrder {
    pub id: DraftId,
    pub cart: CartId,
    /// Opens the payment link.
    pub token: String,
    /// The customer's language.
    pub locale: Locale,
    /// Where it is sold; `None`: in the primary market.
    pub market: Option<MarketId>,
    pub version: i32,
    pub links_sent: i32,
    pub link_sent_at: Option<Moment>,
    /// Until when the link works.
    pub expires_at: Moment,
    /// The order it became: its number and the token of the shopper's page.
    pub placed: Option<(OrderNumber, String)>,
}

text_enum! {
    /// How a customer has paid when staff place the order, or that they have not.
    Paid { Cash = "cash", Card = "card", Transfer = "transfer", Later = "later" }
}

/// Why something is not done to a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftRefused {
    Unknown,
    /// Somebody else, or the same person in another window, was faster.
    Changed,
    /// It is an order now.
    Placed,
    /// A discount that cannot be read, or is more than the line costs.
    Discount {
        title: String,
    },
    Line(QuantityRefused),
    /// Without an address the link cannot be sent.
    NoEmail,
    Empty,
}

impl Refusal for DraftRefused {
    fn message(&self) -> Message {
        match self {
            DraftRefused::Unknown => Message::new("counter-draft-unknown"),
            DraftRefused::Changed => Message::new("counter-draft-changed"),
            DraftRefused::Placed => Message::new("counter-draft-placed"),
            DraftRefused::Discount { title } => Message::new("counter-draft-discount").text("name", title),
            DraftRefused::Line(refused) => refused.message(),
            DraftRefused::NoEmail => Message::new("checkout-error-email-missing"),
            DraftRefused::Empty => Message::new("counter-draft-empty"),
        }
    }
}

impl From<QuantityRefused> for DraftRefused {
    fn from(refused: QuantityRefused) -> DraftRefused {
        DraftRefused::Line(refused)
    }
}
