//! The way to a site and back, whatever language it speaks. Nobody holds a connection of the database meanwhile.

use super::model::{Errand, Kind, Site, Told, TravelRefused};
use super::{github, openid, plain};
use crate::platform::base::{Email, Failed, Token};
use crate::platform::outbound::Outbound;

/// A site with the secret of our client there, and where it sends people back to.
pub struct Gate<'a> {
    pub outbound: Outbound,
    pub site: &'a Site,
    pub secret: String,
    /// The absolute address of our return page for this site.
    pub back: String,
}

/// Where somebody is sent to, and what is to be remembered of it.
pub struct Departure {
    pub url: String,
    pub nonce: String,
    pub verifier: String,
}

/// What came back: the code, and the issuer where the site names itself.
pub struct Return<'a> {
    pub code: &'a str,
    pub issuer: Option<&'a str>,
}

impl Gate<'_> {
    /// The address to send somebody to, under this state.
    pub async fn depart(&self, state: &Token) -> Result<Departure, Failed<TravelRefused>> {
        match self.site.kind {
            Kind::Oidc | Kind::Google | Kind::Apple => openid::depart(self, state).await,
            Kind::GitHub => github::depart(self, state),
            Kind::Facebook => plain::facebook_depart(self, state),
        }
    }

    /// Asks the site who it is that came back.
    pub async fn arrive(&self, errand: &Errand, back: &Return<'_>) -> Result<Told, Failed<TravelRefused>> {
        if back.issuer.is_some_and(|issuer| issuer != self.site.issuer) {
            return Err(TravelRefused::Unbelievable.into());
        }
        match self.site.kind {
            Kind::Oidc | Kind::Google | Kind::Apple => openid::arrive(self, errand, back.code).await,
            Kind::GitHub => github::arrive(self, errand, back.code).await,
            Kind::Facebook => plain::facebook_arrive(self, errand, back.code).await,
        }
    }
}

/// Reads what a site publishes about itself; staff are told in words what is wrong with it.
pub async fn examine(outbound: Outbound, site: &Site) -> Result<Vec<(&'static str, String)>, String> {
    match site.kind.is_openid() {
        true => openid::examine(outbound, &site.issuer).await,
        false => plain::examine(outbound, &site.issuer).await,
    }
}

/// An address as a site tells it, if it is one.
pub(super) fn address(told: Option<&str>) -> Option<Email> {
    told.and_then(|told| told.parse().ok())
}

/// A name as a site tells it, without what does not belong in a name.
pub(super) fn name(told: Option<&str>) -> String {
    let clean: String = told.unwrap_or_default().chars().filter(|c| !c.is_control() && *c != '\u{FFFD}').take(120).collect();
    clean.trim().to_owned()
}

/// Notes what was wrong at a site, for staff, and says it in the words for a person.
pub(super) fn away(site: &Site, why: impl std::fmt::Display) -> TravelRefused {
    tracing::warn!(site = %site.label, "signing in with another site: {why}");
    TravelRefused::Away
}

pub(super) fn unbelievable(site: &Site, why: impl std::fmt::Display) -> TravelRefused {
    tracing::warn!(site = %site.label, "another site's answer proves nobody: {why}");
    TravelRefused::Unbelievable
}
