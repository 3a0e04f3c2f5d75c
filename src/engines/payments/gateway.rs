//! What a gateway does for the shop; bank transfer is the one that needs nobody.

use async_trait::async_trait;

use super::model::{Method, PaymentState};
use crate::platform::base::{Broke, Email, Money, OrderId, OrderNumber};

/// What a gateway is told of an order.
#[derive(Clone, Debug)]
pub struct OrderFacts {
    pub order: OrderId,
    pub number: OrderNumber,
    pub amount: Money,
    pub email: Email,
}

/// A payment that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started {
    /// What the shopper writes on the transfer, or what the gateway calls the payment.
    pub reference: String,
    pub state: PaymentState,
    /// What the shopper must do; `None`: nothing.
    pub instructions: Option<String>,
}

/// A way to pay. It is asked inside the transaction that places an order, so it must not wait for anything outside;
/// hosted payments are started before, from a snapshot.
#[async_trait]
pub trait Gateway: Send + Sync {
    fn method(&self) -> Method;

    /// Begins a payment for an order.
    async fn start(&self, facts: &OrderFacts) -> Result<Started, Broke>;
}

/// Money sent by the shopper's bank; staff mark the order paid when it has come.
#[derive(Clone, Debug)]
pub struct BankTransfer {
    /// Where to send it, as the settings say.
    pub details: String,
}

#[async_trait]
impl Gateway for BankTransfer {
    fn method(&self) -> Method {
        Method::BankTransfer
    }

    async fn start(&self, facts: &OrderFacts) -> Result<Started, Broke> {
        let instructions = Some(self.details.clone());
        Ok(Started { reference: facts.number.to_string(), state: PaymentState::Pending, instructions })
    }
}
