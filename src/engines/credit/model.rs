//! Accounts that pay: what each can, how a total is spread over them, and why one does not.

use serde::{Deserialize, Serialize};

use crate::platform::base::{CreditAccountId, Message, Money, Refusal, text_enum};

/// The highest value of a card and the most that is given at once, in minor units.
pub const MOST: i64 = 100_000_000_000;
/// Cards and credit that one checkout pays with, at most.
pub const MOST_AT_ONCE: usize = 10;

text_enum! {
    Kind { GiftCard = "gift_card", StoreCredit = "store_credit" }
}

text_enum! {
    /// Why a balance changed.
    Movement {
        Issued = "issued", Redeemed = "redeemed", Refunded = "refunded", Given = "given", Taken = "taken", TakenBack = "taken_back",
        Merged = "merged",
    }
}

/// So much of an account that pays for an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub account: CreditAccountId,
    pub kind: Kind,
    /// The last four characters of a card; empty for store credit.
    pub called: String,
    /// Minor units.
    pub amount: i64,
}

/// An account that a shopper wants to pay with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub account: CreditAccountId,
    pub kind: Kind,
    pub called: String,
    /// What it can pay now: its balance without what others hold; nothing when it is not good any more.
    pub available: i64,
}

/// Spreads a total over accounts, one after the other, until it is paid or they are empty. Those that pay nothing stay with 0.
pub fn spread(total: i64, sources: &[Source]) -> Vec<Part> {
    let mut left = total.max(0);
    let part = |source: &Source| {
        let amount = source.available.clamp(0, left);
        left -= amount;
        Part { account: source.account, kind: source.kind, called: source.called.clone(), amount }
    };
    sources.iter().map(part).collect()
}

/// An account has less than is asked of it, or is not good any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditShort {
    pub account: CreditAccountId,
}

impl Refusal for CreditShort {
    fn message(&self) -> Message {
        Message::new("credit-short")
    }
}

/// Why a card is not taken back from whoever bought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardRefused {
    /// Something was paid with it, or is being paid.
    Used {
        called: String,
    },
    Unknown,
}

impl Refusal for CardRefused {
    fn message(&self) -> Message {
        match self {
            CardRefused::Used { called } => Message::new("credit-card-used").text("called", called),
            CardRefused::Unknown => Message::new("credit-card-unknown"),
        }
    }
}

/// Why a balance is not changed by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakeRefused {
    Unknown,
    /// Nothing, or more than an account may hold.
    Amount,
    /// More than is there and not held.
    TooMuch {
        left: Money,
    },
    /// Somebody changed it since the page was made.
    Changed,
    /// Without a reason.
    Unexplained,
}

impl Refusal for TakeRefused {
    fn message(&self) -> Message {
        match self {
            TakeRefused::Unknown => Message::new("credit-card-unknown"),
            TakeRefused::Amount => Message::new("credit-amount"),
            TakeRefused::TooMuch { left } => {
                Message::new("credit-too-much").text("left", format!("{} {}", left.currency.plain(left.amount), left.currency))
            }
            TakeRefused::Changed => Message::new("credit-changed"),
            TakeRefused::Unexplained => Message::new("credit-unexplained"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn source(id: i64, available: i64) -> Source {
        Source { account: CreditAccountId(id), kind: Kind::GiftCard, called: "K7QM".into(), available }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn accounts_never_pay_more_than_they_have_nor_than_is_due(
            total in -5_i64..1_000_000,
            available in proptest::collection::vec(-5_i64..400_000, 0..10),
        ) {
            let sources: Vec<Source> = available.iter().enumerate().map(|(id, left)| source(id as i64 + 1, *left)).collect();
            let parts = spread(total, &sources);
            let paid: i64 = parts.iter().map(|part| part.amount).sum();
            let there: i64 = available.iter().map(|left| (*left).max(0)).sum();
            prop_assert_eq!(paid, there.min(total.max(0)), "all that can be paid is, and no more");
            for (part, source) in parts.iter().zip(&sources) {
                prop_assert!(part.amount >= 0 && part.amount <= source.available.max(0));
                prop_assert_eq!(part.account, source.account);
            }
        }
    }
}
