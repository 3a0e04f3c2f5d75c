//! Many orders at once: which were picked, which may be shipped whole, and what became of each.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::model::{FulfilRefused, OrderStatus, PaymentStatus};
use crate::platform::base::{BadText, OrderNumber};

/// The most orders that are shipped or printed at once.
pub const MOST: usize = 100;

/// An order as it was seen when it was picked; as a form carries it: "1001.3".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    pub number: OrderNumber,
    pub version: i32,
}

impl fmt::Display for Pick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.number, self.version)
    }
}

impl FromStr for Pick {
    type Err = BadText;
    fn from_str(text: &str) -> Result<Self, BadText> {
        let read = || {
            let (number, version) = text.split_once('.')?;
            let (number, version) = (number.parse::<i64>().ok()?, version.parse::<i32>().ok()?);
            (number > 0 && version > 0).then_some(Pick { number: OrderNumber(number), version })
        };
        read().ok_or(BadText("error-choice"))
    }
}

/// Whether an order may be shipped whole among many: its money is here and something is left to ship.
/// One by one, staff may also ship what is not paid.
pub fn may_go_whole(status: OrderStatus, payment: PaymentStatus, method: &str, left: i64) -> Result<(), FulfilRefused> {
    let secure = matches!(payment, PaymentStatus::Paid | PaymentStatus::PartlyRefunded | PaymentStatus::Authorised);
    match status {
        OrderStatus::Cancelled => Err(FulfilRefused::Cancelled),
        OrderStatus::Expired => Err(FulfilRefused::Expired),
        _ if left <= 0 => Err(FulfilRefused::AllShipped),
        _ if secure || method == PAID_AT_THE_DOOR => Ok(()),
        _ => Err(FulfilRefused::NotPaid),
    }
}

/// The method by which money comes only after the goods.
const PAID_AT_THE_DOOR: &str = "cash_on_delivery";

/// What became of one order among many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub number: OrderNumber,
    pub customer: String,
    /// Pieces in its parcel.
    pub pieces: i64,
    /// Why it was not shipped, in the language of whoever tried; `None`: it was.
    pub why: Option<String>,
}

/// The orders named in a query ("order=1001&order=1002"), each once, at most [`MOST`]; what is no number is left out.
pub fn numbers_in(query: &str) -> Vec<OrderNumber> {
    let mut numbers: Vec<OrderNumber> = Vec::new();
    for (_, value) in url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == "order") {
        let number = value.parse::<i64>().ok().filter(|number| *number > 0).map(OrderNumber);
        numbers.extend(number.filter(|number| !numbers.contains(number) && numbers.len() < MOST));
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picks_are_read_as_they_are_written() {
        let pick = Pick { number: OrderNumber(1001), version: 3 };
        assert_eq!(pick.to_string().parse(), Ok(pick));
        for bad in ["", "1001", "1001.", ".3", "0.1", "-1.1", "1.0", "1.1.1", "1001.99999999999", "a.b"] {
            assert!(bad.parse::<Pick>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_query_names_each_order_once() {
        let numbers = numbers_in("order=1002&order=1001&order=1002&order=x&order=-1&other=7&order=%00");
        assert_eq!(numbers, [OrderNumber(1002), OrderNumber(1001)]);
        let many: Vec<String> = (1..500).map(|number| format!("order={number}")).collect();
        assert_eq!(numbers_in(&many.join("&")).len(), MOST);
    }

    #[test]
    fn only_paid_orders_with_something_left_go() {
        let go = |status, payment, left| may_go_whole(status, payment, "bank_transfer", left);
        assert_eq!(go(OrderStatus::Open, PaymentStatus::Paid, 1), Ok(()));
        assert_eq!(go(OrderStatus::Open, PaymentStatus::Unpaid, 1), Err(FulfilRefused::NotPaid));
        assert_eq!(go(OrderStatus::Open, PaymentStatus::PartlyPaid, 1), Err(FulfilRefused::NotPaid));
        assert_eq!(go(OrderStatus::Open, PaymentStatus::Paid, 0), Err(FulfilRefused::AllShipped));
        assert_eq!(go(OrderStatus::Cancelled, PaymentStatus::Paid, 1), Err(FulfilRefused::Cancelled));
        assert_eq!(go(OrderStatus::Expired, PaymentStatus::Voided, 1), Err(FulfilRefused::Expired));
        assert_eq!(may_go_whole(OrderStatus::Open, PaymentStatus::Unpaid, PAID_AT_THE_DOOR, 1), Ok(()));
    }
}
