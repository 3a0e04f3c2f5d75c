//! Other sites, what is kept of somebody who was sent there, and why nothing comes of it.

use chrono::Duration;

use crate::platform::base::{CustomerId, Email, Message, Refusal, SignInSiteId, text_enum};

/// How long somebody may take at the other site.
pub const BACK_WITHIN: Duration = Duration::minutes(10);
/// How long another site's word waits for its owner to sign in.
pub const CLAIM_WITHIN: Duration = Duration::minutes(30);
/// Sites that staff can set up.
pub const MOST_SITES: usize = 12;

text_enum! {
    /// How a site is spoken with.
    Kind { Oidc = "oidc", Google = "google", Apple = "apple", GitHub = "github", Facebook = "facebook" }
}

impl Kind {
    /// Its name, for the button.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Oidc => "",
            Kind::Google => "Google",
            Kind::Apple => "Apple",
            Kind::GitHub => "GitHub",
            Kind::Facebook => "Facebook",
        }
    }

    /// Its issuer, or the address of the site.
    pub fn issuer(self) -> &'static str {
        match self {
            Kind::Oidc => "",
            Kind::Google => "https://accounts.google.com",
            Kind::Apple => "https://appleid.apple.com",
            Kind::GitHub => "https://github.com",
            Kind::Facebook => "https://www.facebook.com",
        }
    }

    /// Whether it publishes a discovery document.
    pub fn is_openid(self) -> bool {
        !matches!(self, Kind::GitHub | Kind::Facebook)
    }
}

/// A site that customers may sign in with.
#[derive(Clone, Debug, PartialEq, Eq, diesel::Queryable)]
pub struct Site {
    pub id: SignInSiteId,
    pub kind: Kind,
    /// What its button says.
    pub label: String,
    pub issuer: String,
    pub client_id: String,
    pub position: i32,
    pub is_on: bool,
}

/// A site as staff describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSite {
    pub kind: Kind,
    pub label: String,
    pub issuer: String,
    pub client_id: String,
    pub position: i32,
    pub is_on: bool,
}

/// Somebody who is awaited back from a site.
#[derive(Clone, Debug, diesel::Queryable)]
pub struct Errand {
    /// Who connects the site; `None`: somebody signs in.
    pub customer: Option<CustomerId>,
    pub nonce: String,
    /// Of PKCE.
    pub verifier: String,
    pub stay: bool,
    /// Where signing in leads; empty: the account.
    pub next: String,
}

/// What a site says of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub issuer: String,
    pub subject: String,
    pub email: Option<Email>,
    /// Whether the site says that it proved the address.
    pub verified: bool,
    /// May be empty.
    pub name: String,
}

/// Why signing in with another site comes to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TravelRefused {
    /// Nobody is awaited back with this, in this browser, at this time.
    Gone,
    /// The person, or the site, said no.
    Declined,
    /// The site does not answer, or not as it should.
    Away,
    /// Its answer does not prove who somebody is.
    Unbelievable,
    /// It tells no e-mail address.
    NoAddress,
}

impl Refusal for TravelRefused {
    fn message(&self) -> Message {
        match self {
            TravelRefused::Gone => Message::new("account-travel-gone"),
            TravelRefused::Declined => Message::new("account-travel-declined"),
            TravelRefused::Away => Message::new("account-travel-away"),
            TravelRefused::Unbelievable => Message::new("account-travel-unbelievable"),
            TravelRefused::NoAddress => Message::new("account-travel-no-address"),
        }
    }
}

/// Why a site is not set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteRefused {
    Gone,
    /// This client of this issuer is on the list already.
    Known,
    TooMany,
    /// A secret is needed to turn it on.
    NoSecret,
}

impl Refusal for SiteRefused {
    fn message(&self) -> Message {
        match self {
            SiteRefused::Gone => Message::new("admin-sites-gone"),
            SiteRefused::Known => Message::new("admin-sites-known"),
            SiteRefused::TooMany => Message::new("admin-sites-many").count("count", MOST_SITES as i64),
            SiteRefused::NoSecret => Message::new("admin-sites-no-secret"),
        }
    }
}
