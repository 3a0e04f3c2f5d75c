//! What a gateway says of a payment, when it is asked and when it writes by itself.

use crate::platform::base::Money;

/// How a payment stands in the gateway's books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The shopper, or their bank, has not decided.
    Open,
    Declined,
    /// The page closed before anybody paid.
    Expired,
    /// Held for us.
    Authorised,
    /// Taken, wholly or in part.
    Captured,
    /// Let go, or wholly paid back before we took it.
    Voided,
}

/// A page of the gateway's books; amounts in minor units of its currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Our own idempotency key, which the gateway keeps with the payment.
    pub key: String,
    pub reference: String,
    pub standing: Standing,
    /// ISO 4217, as the gateway says.
    pub currency: String,
    pub authorised: i64,
    pub captured: i64,
    pub refunded: i64,
}

impl Report {
    /// Whether this is exactly the money that was asked for, all of it still there.
    pub fn is_for(&self, asked: Money) -> bool {
        let untouched = self.refunded == 0 && (0..=self.authorised).contains(&self.captured);
        untouched && self.authorised == asked.amount && self.currency == asked.currency.code()
    }

    /// What the gateway holds of the shopper's money or has taken and not paid back.
    pub fn holds(&self) -> i64 {
        match self.standing {
            Standing::Authorised => self.authorised,
            Standing::Captured => self.captured - self.refunded,
            _ => 0,
        }
    }

    /// Whether nothing is held any more and nothing was taken.
    pub fn is_over(&self) -> bool {
        matches!(self.standing, Standing::Declined | Standing::Expired | Standing::Voided)
    }

    /// Whether the shopper's money is held or taken.
    pub fn has_money(&self) -> bool {
        matches!(self.standing, Standing::Authorised | Standing::Captured)
    }
}

/// A webhook that is the gateway's own: something happened to this payment. What, is looked up; so its order does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub reference: String,
}

/// Why a webhook is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookRefused {
    /// Not signed by the gateway, or too long ago.
    Signature,
    Unreadable,
}
