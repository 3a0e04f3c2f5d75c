//! The test card as the shop talks to it: over a connection of its own, never inside a transaction of the shop's.

use async_trait::async_trait;

use super::bank::{self, Errand};
use super::model::{Behaviour, Charge, ChargeState};
use super::signature::signed_by;
use crate::engines::payments::gateway::{Ask, Gateway, Known, Session, Trouble};
use crate::engines::payments::model::Method;
use crate::engines::payments::report::{Notice, Report, WebhookRefused};
use crate::platform::base::{Broke, Clock, Failed, Moment, Money, Never, OrBreak, Origin};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn, Db, Lent};
use crate::platform::paths;

/// The way to the test card's books.
#[derive(Clone)]
pub struct TestCard {
    db: Db,
    clock: Clock,
    config: Config,
}

fn away(broke: impl Into<Broke>) -> Trouble {
    Trouble::NoAnswer(format!("{:#}", broke.into().0))
}

impl TestCard {
    pub fn new(db: Db, clock: Clock, config: Config) -> TestCard {
        TestCard { db, clock, config }
    }

    async fn conn(&self) -> Result<Lent, Trouble> {
        self.db.get().await.map_err(away)
    }

    async fn charge(&self, payment: &Known) -> Result<Charge, Trouble> {
        let found = bank::charge_known(&mut *self.conn().await?, payment).await.map_err(away)?;
        found.ok_or_else(|| Trouble::Refused("no such charge".into()))
    }

    /// Does an errand; a charge that was told to lose answers does it and says nothing, once.
    async fn run(&self, payment: &Known, errand: Errand, key: &str) -> Result<(), Trouble> {
        let reference = self.charge(payment).await?.reference;
        let mut conn = self.conn().await?;
        let done = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<_, Failed<Never>> {
            let Some(charge) = bank::lock(tx, &reference).await? else { return Ok((Err("no such charge".into()), false)) };
            let answer = bank::run(tx, &charge, errand, key).await?;
            let lost = charge.behaviour == Some(Behaviour::LoseAnswer) && !charge.lost;
            if lost {
                bank::lose(tx, &charge).await?;
            }
            Ok((answer, lost))
        });
        let (answer, lost) = done.await.or_break().map_err(away)?.unwrap_or_else(|never| match never {});
        if lost {
            return Err(Trouble::NoAnswer("the test card lost its answer".into()));
        }
        answer.map_err(Trouble::Refused)
    }
}

#[async_trait]
impl Gateway for TestCard {
    fn method(&self) -> Method {
        Method::TestCard
    }

    fn origins(&self) -> Vec<Origin> {
        Origin::of(&self.config.public_url).into_iter().collect()
    }

    async fn create_session(&self, ask: &Ask) -> Result<Session, Trouble> {
        let charge = bank::open(&mut *self.conn().await?, ask, self.clock.now()).await.map_err(away)?;
        let url = self.config.absolute(&paths::test_card(&charge.reference));
        Ok(Session { reference: charge.reference, url })
    }

    async fn expire_session(&self, payment: &Known) -> Result<Report, Trouble> {
        let mut conn = self.conn().await?;
        let Some(charge) = bank::charge_known(&mut conn, payment).await.map_err(away)? else {
            return Err(Trouble::Refused("no such charge".into()));
        };
        bank::refuse(&mut conn, &charge, ChargeState::Expired).await.map_err(away)?;
        drop(conn);
        self.charge(payment).await.map(|charge| charge.report())
    }

    async fn capture(&self, payment: &Known, amount: Money, key: &str) -> Result<(), Trouble> {
        self.run(payment, Errand::Capture(amount.amount), key).await
    }

    async fn void(&self, payment: &Known, key: &str) -> Result<(), Trouble> {
        self.run(payment, Errand::Void, key).await
    }

    async fn refund(&self, payment: &Known, amount: Money, key: &str) -> Result<(), Trouble> {
        self.run(payment, Errand::Refund(amount.amount), key).await
    }

    async fn look_up(&self, payment: &Known) -> Result<Option<Report>, Trouble> {
        let found = bank::charge_known(&mut *self.conn().await?, payment).await.map_err(away)?;
        Ok(found.map(|charge| charge.report()))
    }

    async fn list(&self, since: Moment) -> Result<Vec<Report>, Trouble> {
        let charges = bank::charges_since(&mut *self.conn().await?, since).await.map_err(away)?;
        Ok(charges.iter().map(Charge::report).collect())
    }

    async fn parse_webhook(&self, signature: &str, body: &[u8], now: Moment) -> Result<Notice, WebhookRefused> {
        let mut conn = self.conn().await.map_err(|_| WebhookRefused::Unreadable)?;
        let secret = bank::secret(&mut conn).await.map_err(|_| WebhookRefused::Unreadable)?;
        if !signed_by(&secret, signature, body, now) {
            return Err(WebhookRefused::Signature);
        }
        let notice: serde_json::Value = serde_json::from_slice(body).map_err(|_| WebhookRefused::Unreadable)?;
        let reference = notice["reference"].as_str().ok_or(WebhookRefused::Unreadable)?;
        Ok(Notice { reference: reference.to_owned() })
    }
}
