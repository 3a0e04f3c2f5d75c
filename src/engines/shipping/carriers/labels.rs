//! Houses that sell labels: what a parcel would cost with each carrier, and the label itself.

use async_trait::async_trait;

use crate::platform::base::{Address, Money};

/// A parcel that wants a label.
#[derive(Clone, Debug)]
pub struct Parcel {
    pub from: Address,
    pub to: Address,
    /// Of sender and recipient.
    pub emails: [String; 2],
    pub grams: i64,
    /// Length, width, height.
    pub size_cm: [i32; 3],
}

/// What a carrier asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How the house calls it.
    pub id: String,
    pub carrier: String,
    pub service: String,
    pub price: Money,
    /// Days on the way, where the carrier says.
    pub days: Option<i64>,
}

/// A label that was bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub carrier: String,
    pub service: String,
    pub number: String,
    pub link: String,
    /// Where it is printed from.
    pub pdf: String,
}

/// What a house says instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// No: asking again will not help.
    #[error("the label is refused: {0}")]
    Refused(String),
    /// Nothing was heard; what was asked for may have been done.
    #[error("no answer about a label: {0}")]
    NoAnswer(String),
}

impl Trouble {
    /// What the house said, for people.
    pub fn words(&self) -> &str {
        match self {
            Trouble::Refused(words) | Trouble::NoAnswer(words) => words,
        }
    }
}

/// A house that sells labels. Nothing of it is called inside a transaction.
#[async_trait]
pub trait Labels: Send + Sync {
    /// What the parcel costs, the cheapest first.
    async fn rates(&self, parcel: &Parcel) -> Result<Vec<Rate>, Trouble>;

    /// Buys what was offered at this rate.
    async fn label(&self, rate: &str) -> Result<Label, Trouble>;
}
