//! States of a payment and the arrows between them, and what was paid in all.

use crate::platform::base::{Message, Moment, PaymentId, Refusal, text_enum};

text_enum! {
    /// How an order is paid.
    Method { BankTransfer = "bank_transfer" }
}

text_enum! {
    /// Where a payment stands.
    PaymentState { Pending = "pending", Authorised = "authorised", Captured = "captured", Voided = "voided", Failed = "failed" }
}

impl PaymentState {
    /// Whether a payment may go from here to there.
    pub fn may_become(self, next: PaymentState) -> bool {
        use PaymentState::{Authorised, Captured, Failed, Pending, Voided};
        matches!((self, next), (Pending, Authorised | Captured | Voided | Failed) | (Authorised, Captured | Voided | Failed))
    }
}

/// A payment with what came in and went back, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    pub id: PaymentId,
    pub gateway: String,
    pub reference: String,
    pub amount: i64,
    pub state: PaymentState,
    pub captured: i64,
    pub refunded: i64,
    pub created_at: Moment,
}

impl Payment {
    /// What may still be captured.
    pub fn open_amount(&self) -> i64 {
        if matches!(self.state, PaymentState::Pending | PaymentState::Authorised) { self.amount - self.captured } else { 0 }
    }
}

/// All payments of an order together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Held by a gateway for us.
    pub authorised: i64,
    pub captured: i64,
    pub refunded: i64,
}

impl Sums {
    pub fn of<'a>(payments: impl IntoIterator<Item = &'a Payment>) -> Sums {
        payments.into_iter().fold(Sums::default(), |sums, payment| Sums {
            authorised: sums.authorised + if payment.state == PaymentState::Authorised { payment.amount } else { 0 },
            captured: sums.captured + payment.captured,
            refunded: sums.refunded + payment.refunded,
        })
    }
}

/// Whether a capture was new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Captured {
    Now,
    /// The same capture had been recorded before; nothing changed.
    Before,
}

/// Why money is not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaptureRefused {
    /// More than is still open (in minor units).
    TooMuch { open: i64 },
    /// Nothing, or less than nothing.
    TooLittle,
    /// The payment is over: paid, voided or failed.
    Closed,
}

impl Refusal for CaptureRefused {
    fn message(&self) -> Message {
        match self {
            CaptureRefused::TooMuch { .. } => Message::new("payments-too-much"),
            CaptureRefused::TooLittle => Message::new("payments-too-little"),
            CaptureRefused::Closed => Message::new("payments-closed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_stays_over() {
        for over in [PaymentState::Captured, PaymentState::Voided, PaymentState::Failed] {
            assert!(PaymentState::ALL.iter().all(|next| !over.may_become(*next)), "{over}");
        }
        assert!(!PaymentState::Authorised.may_become(PaymentState::Pending));
    }
}
