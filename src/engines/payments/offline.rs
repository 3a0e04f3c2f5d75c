//! Ways to pay that need no gateway: people see the money come in and say so. What they say is done at once.

use async_trait::async_trait;

use super::gateway::{Ask, Authorisation, Gateway, Known, Trouble};
use super::model::{Method, PaymentState};
use crate::platform::base::Money;

/// Money sent by the shopper's bank; staff mark the order paid when it has come, and send refunds from their bank.
#[derive(Clone, Copy, Debug)]
pub struct BankTransfer;

/// Money handed to whoever brings the parcel.
#[derive(Clone, Copy, Debug)]
pub struct CashOnDelivery;

/// Gift cards and store credit: the shop keeps their books itself, and what is taken or given back is done when it is written down.
#[derive(Clone, Copy, Debug)]
pub struct Credit(pub Method);

#[async_trait]
impl Gateway for BankTransfer {
    fn method(&self) -> Method {
        Method::BankTransfer
    }

    async fn authorise(&self, ask: &Ask) -> Result<Authorisation, Trouble> {
        Ok(Authorisation { reference: ask.reference.clone(), state: PaymentState::Pending })
    }

    async fn capture(&self, _payment: &Known, _amount: Money, _key: &str) -> Result<(), Trouble> {
        Ok(())
    }

    async fn void(&self, _payment: &Known, _key: &str) -> Result<(), Trouble> {
        Ok(())
    }

    async fn refund(&self, _payment: &Known, _amount: Money, _key: &str) -> Result<(), Trouble> {
        Ok(())
    }
}

#[async_trait]
impl Gateway for CashOnDelivery {
    fn method(&self) -> Method {
        Method::CashOnDelivery
    }

    async fn authorise(&self, ask: &Ask) -> Result<Authorisation, Trouble> {
        Ok(Authorisation { reference: ask.reference.clone(), state: PaymentState::Pending })
    }

    async fn capture(&self, _payment: &Known, _amount: Money, _key: &str) -> Result<(), Trouble> {
        Ok(())
    }

    async fn void(&self, _payment: &Known, _key: &str) -> Result<(), Trouble> {
        Ok(())
    }

    async fn refund(&self, _payment: &Known, _amount: Money, _key: &str) -> Result<(), Trouble> {
        Ok(())
    }
}

#[async_trait]
impl Gateway for Credit {
    fn method(&self) -> Method {
        self.0
    }

    async fn capture(&self, _payment: &Known, _amount: Money, _key: &str) -> Result<(), Trouble> {
        Ok(())
    }

    async fn void(&self, _payment: &Known, _key: &str) -> Result<(), Trouble> {
        Ok(())
    }

    async fn refund(&self, _payment: &Known, _amount: Money, _key: &str) -> Result<(), Trouble> {
        Ok(())
    }
}
