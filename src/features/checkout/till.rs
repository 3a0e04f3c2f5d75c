//! What a handler needs to send somebody to a gateway's page: no connection is held while the gateway is asked.

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};

use super::commands::{self, Settled};
use super::model::PlaceRefused;
use crate::engines::payments::Gateways;
use crate::platform::base::{Broke, Moment, OrBreak, PaymentId};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::paths;

/// The way to the gateways.
pub struct Till<'r> {
    pub db: Db,
    pub gateways: &'r Gateways,
    config: &'r Config,
}

impl Till<'_> {
    /// Where the shopper goes to pay; to the order, when it was paid already.
    pub async fn page_of(&self, payment: PaymentId, now: Moment) -> Result<Result<String, PlaceRefused>, Broke> {
        let opened = commands::open_session(&self.db, self.gateways, self.config, payment, now).await.or_break()?;
        Ok(opened.map(|page| match page {
            Ok(url) => url,
            Err(Settled::Order(token)) => paths::order(&token),
            Err(_) => paths::cart(),
        }))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Till<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let rocket = request.rocket();
        match (rocket.state::<Db>(), rocket.state::<Gateways>(), rocket.state::<Config>()) {
            (Some(db), Some(gateways), Some(config)) => Outcome::Success(Till { db: db.clone(), gateways, config }),
            _ => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}
