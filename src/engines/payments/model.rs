//! States of a payment and the arrows between them, what was paid in all, and why money does not move.

use crate::engines::credit::Kind;
use crate::platform::base::{CreditAccountId, Message, Moment, PaymentId, Refusal, text_enum};

text_enum! {
    /// How an order is paid.
    Method {
        BankTransfer = "bank_transfer", CashOnDelivery = "cash_on_delivery", TestCard = "test_card",
        GiftCard = "gift_card", StoreCredit = "store_credit",
    }
}

impl Method {
    /// Whether the shopper pays on a page of the gateway, before there is an order.
    pub fn is_hosted(self) -> bool {
        self == Method::TestCard
    }

    /// Whether it is money that the shop owes already: nobody else is asked, and staff do not offer or refuse it.
    pub fn is_credit(self) -> bool {
        matches!(self, Method::GiftCard | Method::StoreCredit)
    }
}

impl From<Kind> for Method {
    fn from(kind: Kind) -> Method {
        match kind {
            Kind::GiftCard => Method::GiftCard,
            Kind::StoreCredit => Method::StoreCredit,
        }
    }
}

text_enum! {
    /// When an authorised amount is taken: at once, or when staff say so.
    Capture { Automatic = "automatic", Manual = "manual" }
}

text_enum! {
    /// Where a payment stands. `flagged`: money that must not count; `voiding`: it is being given back.
    PaymentState {
        Pending = "pending", Authorised = "authorised", Captured = "captured", Flagged = "flagged", Voiding = "voiding",
        Voided = "voided", Failed = "failed",
    }
}

text_enum! {
    /// Why no order came of money that did.
    Attention { WrongMoney = "wrong_money", StockGone = "stock_gone", OrderOver = "order_over", Twice = "twice", CreditGone = "credit_gone" }
}

impl PaymentState {
    /// Whether a payment may go from here to there; the database holds to the same arrows.
    pub fn may_become(self, next: PaymentState) -> bool {
        use PaymentState::{Authorised, Captured, Failed, Flagged, Pending, Voided, Voiding};
        matches!(
            (self, next),
            (Pending, Authorised | Captured | Flagged | Voiding | Voided | Failed)
                | (Authorised, Captured | Voiding | Voided)
                | (Flagged, Voiding)
                | (Voiding, Voided | Authorised)
        )
    }
}

/// A payment with what came in and went back, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    pub id: PaymentId,
    pub gateway: Method,
    /// What the shopper writes on the transfer, or what the gateway calls the payment; empty until it has a name.
    pub reference: String,
    pub amount: i64,
    pub state: PaymentState,
    pub attention: Option<Attention>,
    /// Came in.
    pub captured: i64,
    /// Asked of the gateway, which has not answered yet.
    pub capturing: i64,
    /// Went back, or is on its way.
    pub refunded: i64,
    /// Of that, not yet confirmed by the gateway.
    pub refunding: i64,
    /// Of what went back, what the gateway never heard of: it became store credit.
    pub credited: i64,
    /// The account that paid.
    pub account: Option<CreditAccountId>,
    pub created_at: Moment,
}

impl Payment {
    /// What may still be captured.
    pub fn open_amount(&self) -> i64 {
        let open = matches!(self.state, PaymentState::Pending | PaymentState::Authorised);
        if open { self.amount - self.captured - self.capturing } else { 0 }
    }

    /// What may still be paid back.
    pub fn refundable(&self) -> i64 {
        self.captured - self.refunded
    }

    /// Whether the money can be let go without a refund: nothing of it was taken.
    pub fn may_be_voided(&self) -> bool {
        let nothing_taken = self.captured + self.capturing == 0;
        nothing_taken && (self.state == PaymentState::Authorised || self.state == PaymentState::Flagged)
    }

    /// Waits for money that a person will see come in, not a gateway.
    pub fn is_awaited(&self) -> bool {
        !self.gateway.is_hosted() && !self.gateway.is_credit() && self.open_amount() > 0
    }
}

/// All payments of an order together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Held by a gateway for us.
    pub authorised: i64,
    pub captured: i64,
    /// Of that, by gift cards and store credit.
    pub credited: i64,
    pub refunded: i64,
}

impl Sums {
    pub fn of<'a>(payments: impl IntoIterator<Item = &'a Payment>) -> Sums {
        payments.into_iter().fold(Sums::default(), |sums, payment| Sums {
            authorised: sums.authorised + if payment.state == PaymentState::Authorised { payment.amount } else { 0 },
            captured: sums.captured + payment.captured,
            credited: sums.credited + if payment.gateway.is_credit() { payment.captured } else { 0 },
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

/// Why nothing is paid back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundRefused {
    /// More than came in and has not gone back (minor units).
    TooMuch {
        left: i64,
    },
    TooLittle,
}

impl Refusal for RefundRefused {
    fn message(&self) -> Message {
        match self {
            RefundRefused::TooMuch { .. } => Message::new("payments-refund-too-much"),
            RefundRefused::TooLittle => Message::new("payments-too-little"),
        }
    }
}

/// Why an authorised amount is not let go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VoidRefused {
    /// Some of it was taken: that is refunded, not voided.
    Captured,
    Closed,
}

impl Refusal for VoidRefused {
    fn message(&self) -> Message {
        match self {
            VoidRefused::Captured => Message::new("payments-void-captured"),
            VoidRefused::Closed => Message::new("payments-closed"),
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
        assert!(!PaymentState::Flagged.may_become(PaymentState::Captured));
    }
}
