//! What a gateway does for the shop, in typed outcomes. Everything that is sent carries an idempotency key.

use async_trait::async_trait;

use super::model::{Capture, Method, PaymentState};
use super::report::{Notice, Report, WebhookRefused};
use crate::platform::base::{Email, Moment, Money, Origin};

/// What a gateway is asked for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The same key again gives the same session.
    pub key: String,
    pub amount: Money,
    pub capture: Capture,
    pub email: Email,
    /// What the shopper reads on the transfer: the order's number, where there is one.
    pub reference: String,
    /// Where the shopper comes back to.
    pub return_url: String,
    pub expires_at: Moment,
}

/// A page of the gateway where the shopper pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub reference: String,
    pub url: String,
}

/// What a gateway that needs no page says of a payment that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorisation {
    pub reference: String,
    pub state: PaymentState,
}

/// How a payment is called when the gateway is asked about it: by its own name, or by our key where that name never reached us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub key: String,
    pub reference: Option<String>,
}

/// What a gateway says instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// No: asking again will not help.
    #[error("the gateway refused: {0}")]
    Refused(String),
    /// Nothing was heard; it may have been done. Ask again with the same key.
    #[error("the gateway did not answer: {0}")]
    NoAnswer(String),
}

impl Trouble {
    fn not_here() -> Trouble {
        Trouble::Refused("this way of paying cannot do that".into())
    }
}

/// A way to pay. Only `authorise` is called inside a transaction and must wait for nothing outside.
#[async_trait]
pub trait Gateway: Send + Sync {
    fn method(&self) -> Method;

    /// The sites that its pages lie on: forms that end there must be let through by the policy of the page they stand on.
    fn origins(&self) -> Vec<Origin> {
        Vec::new()
    }

    /// Opens a page where the shopper pays.
    async fn create_session(&self, _ask: &Ask) -> Result<Session, Trouble> {
        Err(Trouble::not_here())
    }

    /// Closes the page, so that nobody pays there any more; says how the payment stands then.
    async fn expire_session(&self, _payment: &Known) -> Result<Report, Trouble> {
        Err(Trouble::not_here())
    }

    /// Begins a payment that needs no page.
    async fn authorise(&self, _ask: &Ask) -> Result<Authorisation, Trouble> {
        Err(Trouble::not_here())
    }

    /// Takes an authorised amount, or a part of it.
    async fn capture(&self, payment: &Known, amount: Money, key: &str) -> Result<(), Trouble>;

    /// Lets go of an authorised amount of which nothing was taken.
    async fn void(&self, payment: &Known, key: &str) -> Result<(), Trouble>;

    /// Pays back, wholly or in part.
    async fn refund(&self, payment: &Known, amount: Money, key: &str) -> Result<(), Trouble>;

    /// How a payment stands; `None`: the gateway has never heard of it.
    async fn look_up(&self, _payment: &Known) -> Result<Option<Report>, Trouble> {
        Ok(None)
    }

    /// Every payment that began since then, for reconciliation.
    async fn list(&self, _since: Moment) -> Result<Vec<Report>, Trouble> {
        Ok(Vec::new())
    }

    /// Reads a webhook after checking that the gateway wrote it.
    async fn parse_webhook(&self, _signature: &str, _body: &[u8], _now: Moment) -> Result<Notice, WebhookRefused> {
        Err(WebhookRefused::Signature)
    }
}
