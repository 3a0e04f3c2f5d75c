//! How the gateways' books and ours differ, and why a difference is not mended.

use std::cmp::Ordering;

use crate::engines::payments::{Method, PaymentState, Report};
use crate::platform::base::{Currency, Message, Moment, PaymentId, Refusal, text_enum};

text_enum! {
    /// How the gateway's books and ours differ.
    Odd {
        PaidWithoutOrder = "paid_without_order", OrderWithoutPayment = "order_without_payment", OtherCapture = "other_capture",
        OtherRefund = "other_refund",
    }
}

/// What our books say of a payment; minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ours {
    /// Asked for.
    pub asked: i64,
    pub captured: i64,
    pub refunded: i64,
    /// Granted, and the gateway has not answered yet.
    pub settling: i64,
}

/// How a page of the gateway's books differs from ours, with the two amounts that do; `None`: they agree. What was kept decides,
/// so that money booked as gone does not differ for ever from money that never came.
pub fn odd(state: PaymentState, ours: Ours, report: &Report) -> Option<(Odd, i64, i64)> {
    let (kept, theirs) = (ours.captured - ours.refunded, report.captured - report.refunded);
    match state {
        PaymentState::Flagged | PaymentState::Voiding => None,
        PaymentState::Pending | PaymentState::Failed | PaymentState::Voided => {
            (report.holds() > 0).then_some((Odd::PaidWithoutOrder, 0, report.holds()))
        }
        PaymentState::Authorised if ours.captured == 0 && report.is_over() => Some((Odd::OrderWithoutPayment, ours.asked, 0)),
        PaymentState::Authorised | PaymentState::Captured => match kept.cmp(&theirs) {
            Ordering::Equal => None,
            Ordering::Greater if ours.captured > report.captured => Some((Odd::OrderWithoutPayment, kept, theirs)),
            Ordering::Less if ours.captured < report.captured => Some((Odd::OtherCapture, ours.captured, report.captured)),
            _ => Some((Odd::OtherRefund, ours.refunded, report.refunded)),
        },
    }
}

/// A difference that stands open; amounts in minor units.
#[derive(Clone, Debug)]
pub struct Difference {
    pub id: i64,
    pub method: Method,
    pub reference: String,
    pub payment: Option<PaymentId>,
    pub kind: Odd,
    pub ours: i64,
    pub theirs: i64,
    pub currency: Currency,
    pub found_at: Moment,
}

/// Why a difference is not mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MendRefused {
    Gone,
    /// The gateway's books do not let us.
    NotNow,
}

impl Refusal for MendRefused {
    fn message(&self) -> Message {
        Message::new("checkout-desk-not-mended")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engines::payments::Standing;

    fn report(standing: Standing, authorised: i64, captured: i64, refunded: i64) -> Report {
        let (key, reference, currency) = ("k".to_owned(), "r".to_owned(), "USD".to_owned());
        Report { key, reference, standing, currency, authorised, captured, refunded }
    }

    fn beside(state: PaymentState, captured: i64, refunded: i64, report: &Report) -> Option<(Odd, i64, i64)> {
        odd(state, Ours { asked: 1400, captured, refunded, settling: 0 }, report)
    }

    #[test]
    fn what_was_kept_decides_and_every_difference_has_its_name() {
        use PaymentState::{Authorised, Captured, Failed, Flagged, Voided};
        let taken = |captured, refunded| report(Standing::Captured, 1400, captured, refunded);
        let held = report(Standing::Authorised, 1400, 0, 0);
        assert_eq!(beside(Captured, 1400, 0, &taken(1400, 0)), None);
        assert_eq!(beside(Captured, 1400, 0, &held), Some((Odd::OrderWithoutPayment, 1400, 0)));
        assert_eq!(beside(Captured, 1400, 1400, &held), None, "booked as gone");
        assert_eq!(beside(Captured, 1400, 1400, &taken(1400, 0)), Some((Odd::OtherRefund, 1400, 0)), "came after all");
        assert_eq!(beside(Captured, 1400, 0, &taken(1400, 300)), Some((Odd::OtherRefund, 0, 300)));
        assert_eq!(beside(Captured, 1400, 300, &taken(1400, 0)), Some((Odd::OtherRefund, 300, 0)));
        assert_eq!(beside(Authorised, 0, 0, &held), None);
        assert_eq!(beside(Authorised, 0, 0, &taken(1400, 0)), Some((Odd::OtherCapture, 0, 1400)));
        assert_eq!(beside(Authorised, 0, 0, &report(Standing::Voided, 1400, 0, 0)), Some((Odd::OrderWithoutPayment, 1400, 0)));
        for over in [Failed, Voided] {
            assert_eq!(beside(over, 0, 0, &held), Some((Odd::PaidWithoutOrder, 0, 1400)), "{over}");
            assert_eq!(beside(over, 0, 0, &taken(1400, 400)), Some((Odd::PaidWithoutOrder, 0, 1000)), "{over}");
            assert_eq!(beside(over, 0, 0, &taken(1400, 1400)), None, "{over}");
        }
        assert_eq!(beside(Flagged, 0, 0, &taken(1500, 0)), None, "staff look at it already");
    }
}
