//! What a browser may send about privacy.

use rocket::form::{self, FromForm, FromFormField, ValueField};

use super::model::{Asks, NewParty};
use super::retention::{self, Kind, Times};
use crate::platform::access::Password;
use crate::platform::base::{BadText, Email, Line, Name, Origin, Prose, text_enum};
use crate::platform::settings::Purpose;
use crate::platform::web::{Between, SitePath};

/// A copy of one's own data is wanted.
#[derive(FromForm)]
pub struct AskForCopy {
    /// Left out by those who have none.
    pub password: Option<Password>,
}

/// What a guest wants.
#[derive(FromForm)]
pub struct AskAsGuest {
    pub asks: Asks,
}

/// Staff are sure that this customer is to be forgotten: they type the address.
#[derive(FromForm)]
pub struct Erase {
    pub email: Email,
}

text_enum! {
    /// How a visitor answers.
    Wish { All = "all", None = "none", Chosen = "chosen" }
}

/// What a visitor agrees to.
#[derive(FromForm)]
pub struct Answer {
    pub wish: Wish,
    pub statistics: bool,
    pub marketing: bool,
    /// Where the answer was given.
    pub back: Option<SitePath>,
}

/// The address of a script: https, on a site that is named exactly.
#[derive(Clone, Debug)]
pub struct ScriptAddress(pub String);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for ScriptAddress {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let line: Name<500> = field.value.parse().map_err(|why: BadText| form::Error::validation(why.0))?;
        let wrong = || form::Error::validation("error-script");
        let url = url::Url::parse(&line).map_err(|_| wrong())?;
        let plain = url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
        if !plain || Origin::of(&url).is_err() {
            return Err(wrong().into());
        }
        Ok(ScriptAddress(url.to_string()))
    }
}

/// Sites, one in a line: https, named exactly.
#[derive(Clone, Debug)]
pub struct Sites(pub Vec<Origin>);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Sites {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let lines: Prose<1000> = field.value.parse().map_err(|why: BadText| form::Error::validation(why.0))?;
        let site = |line: &str| {
            let site = line.trim().parse::<Origin>().ok().filter(|site| site.to_string().starts_with("https://"));
            site.ok_or_else(|| form::Error::validation("error-sites"))
        };
        let sites: Result<Vec<Origin>, _> = lines.lines().filter(|line| !line.trim().is_empty()).map(site).collect();
        Ok(Sites(sites?))
    }
}

/// A script of another house.
#[derive(FromForm)]
pub struct AddParty {
    pub name: Name<80>,
    pub purpose: Purpose,
    pub script: ScriptAddress,
    pub sites: Sites,
}

impl AddParty {
    pub fn party(&self) -> NewParty {
        let (script, origins) = (self.script.0.clone(), self.sites.0.clone());
        NewParty { name: self.name.to_string(), purpose: self.purpose, script, origins }
    }
}

/// How long things are kept: days, for orders years.
#[derive(FromForm)]
pub struct KeepFor {
    pub seen: Line<64>,
    pub orders: Between<{ retention::ORDERS.0 }, { retention::ORDERS.1 }>,
    pub carts: Between<{ retention::CARTS.0 }, { retention::CARTS.1 }>,
    pub checkouts: Between<{ retention::CHECKOUTS.0 }, { retention::CHECKOUTS.1 }>,
    pub payment_pages: Between<{ retention::PAYMENT_PAGES.0 }, { retention::PAYMENT_PAGES.1 }>,
    pub mails: Between<{ retention::MAILS.0 }, { retention::MAILS.1 }>,
    pub messages: Between<{ retention::MESSAGES.0 }, { retention::MESSAGES.1 }>,
    pub consents: Between<{ retention::CONSENTS.0 }, { retention::CONSENTS.1 }>,
    pub audit: Between<{ retention::AUDIT.0 }, { retention::AUDIT.1 }>,
}

impl KeepFor {
    pub fn times(&self) -> Times {
        Times::of([
            (Kind::Orders, self.orders.0),
            (Kind::Carts, self.carts.0),
            (Kind::Checkouts, self.checkouts.0),
            (Kind::PaymentPages, self.payment_pages.0),
            (Kind::Mails, self.mails.0),
            (Kind::Messages, self.messages.0),
            (Kind::Consents, self.consents.0),
            (Kind::Audit, self.audit.0),
        ])
    }
}
