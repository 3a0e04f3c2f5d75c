//! The shop as passkeys know it: its name and address.

use url::Host;
use webauthn_rs::prelude::{Webauthn, WebauthnBuilder};

use super::model::NoPasskeys;
use crate::platform::config::Config;

/// The side that asks passkeys, made of `BARROW_PUBLIC_URL`.
pub struct Relying(pub(super) Webauthn);

impl Relying {
    /// Passkeys belong to a name, and browsers offer them by https only; this machine itself ("localhost") may do without.
    pub fn of(config: &Config, shop: &str) -> Result<Relying, NoPasskeys> {
        let url = &config.public_url;
        let name = match url.host() {
            Some(Host::Domain(name)) => name,
            _ => return Err(NoPasskeys::IpAddress),
        };
        let local = name == "localhost" || name.ends_with(".localhost");
        if !config.secure() && !local {
            return Err(NoPasskeys::NotSecure);
        }
        let built = WebauthnBuilder::new(name, url).map(|builder| builder.rp_name(shop)).and_then(WebauthnBuilder::build);
        built.map(Relying).map_err(|_| NoPasskeys::NotSecure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_offered_where_browsers_take_them() {
        let at = |url: &str| {
            let config = Config::read(|name| (name == "BARROW_PUBLIC_URL").then(|| url.to_owned())).expect("a configuration");
            Relying::of(&config, "Tea").err()
        };
        assert_eq!(at("https://tea.example.org"), None);
        assert_eq!(at("http://localhost:8000"), None);
        assert_eq!(at("http://shop.localhost:8000"), None);
        assert_eq!(at("http://tea.example.org"), Some(NoPasskeys::NotSecure));
        assert_eq!(at("http://127.0.0.1:8000"), Some(NoPasskeys::IpAddress));
        assert_eq!(at("https://[::1]"), Some(NoPasskeys::IpAddress));
    }
}
