//! What a visitor agreed to: kept in a cookie, read by every page, so that scripts of other houses are named, and the policy lets them
//! in, only where they may run.

use std::fmt;
use std::str::FromStr;

use crate::platform::base::Origin;
use crate::platform::settings::ShopFacts;
use crate::platform::settings::third_parties::{Purpose, ThirdParty, version_of};
use crate::platform::web;

/// A choice, by whom and about what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// A random name under which the choice is recorded.
    pub visitor: String,
    pub statistics: bool,
    pub marketing: bool,
    /// Of what was asked.
    pub version: String,
}

impl Consent {
    /// Whether scripts for this purpose may run.
    pub fn allows(&self, purpose: Purpose) -> bool {
        match purpose {
            Purpose::Statistics => self.statistics,
            Purpose::Marketing => self.marketing,
        }
    }
}

impl fmt::Display for Consent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |yes: bool| if yes { '1' } else { '0' };
        write!(f, "{}.{}{}.{}", self.visitor, word(self.statistics), word(self.marketing), self.version)
    }
}

impl FromStr for Consent {
    type Err = ();
    fn from_str(text: &str) -> Result<Consent, ()> {
        let mut parts = text.split('.');
        let (Some(visitor), Some(choice), Some(version), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(());
        };
        let plain = |text: &str| text.len() <= 64 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let choice = match choice {
            "00" => (false, false),
            "01" => (false, true),
            "10" => (true, false),
            "11" => (true, true),
            _ => return Err(()),
        };
        if visitor.len() < 16 || !plain(visitor) || !plain(version) {
            return Err(());
        }
        Ok(Consent { visitor: visitor.to_owned(), statistics: choice.0, marketing: choice.1, version: version.to_owned() })
    }
}

/// How a page stands to scripts of other houses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Strangers {
    /// Whether the visitor is to be asked.
    pub asked: bool,
    /// The scripts that run on this page.
    pub scripts: Vec<String>,
}

impl Strangers {
    /// On a page at this path, and which sites its policy names for them. Pages about one person never have any.
    pub fn on(path: &str, shop: &ShopFacts, consent: Option<&Consent>) -> (Strangers, Vec<Origin>) {
        if shop.third_parties.is_empty() || web::is_private(path) {
            return (Strangers::default(), Vec::new());
        }
        let chosen = consent.filter(|consent| consent.version == version_of(&shop.third_parties));
        let runs = |party: &&ThirdParty| chosen.is_some_and(|consent| consent.allows(party.purpose));
        let run: Vec<&ThirdParty> = shop.third_parties.iter().filter(runs).collect();
        let mut origins: Vec<Origin> = Vec::new();
        for origin in run.iter().flat_map(|party| &party.origins) {
            if !origins.contains(origin) {
                origins.push(origin.clone());
            }
        }
        let scripts = run.iter().map(|party| party.script.clone()).collect();
        (Strangers { asked: chosen.is_none() && path != crate::platform::paths::consent(), scripts }, origins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_comes_back_from_its_cookie_and_nothing_else_does() {
        let choice = Consent { visitor: "a".repeat(22), statistics: true, marketing: false, version: "0a1b2c".into() };
        assert_eq!(choice.to_string().parse(), Ok(choice));
        for bad in
            ["", "..", "a.11.x", "aaaaaaaaaaaaaaaaaaaaaa.12.x", "aaaaaaaaaaaaaaaaaaaaaa.11.x.y", "aaaaaaaaaaaaaaaaaaaaa\n.11.x"]
        {
            assert_eq!(bad.parse::<Consent>(), Err(()), "{bad:?}");
        }
    }
}
