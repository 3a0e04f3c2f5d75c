//! Another site, named exactly: its scheme, host and port.

use std::fmt;
use std::str::FromStr;

use url::Url;

/// "https://pay.example.com": nothing before, behind or instead of it, and no wildcard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// Why something names no site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an origin is a scheme and a host, like https://pay.example.com")]
pub struct NoOrigin;

impl Origin {
    /// The site on which this address lies.
    ///
    /// # Errors
    /// An address that is not on the web, or whose host is a pattern.
    pub fn of(url: &Url) -> Result<Origin, NoOrigin> {
        let plain = |host: &str| host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
        let named = matches!(url.scheme(), "https" | "http") && url.host_str().is_some_and(plain);
        if named { Ok(Origin(url.origin().ascii_serialization())) } else { Err(NoOrigin) }
    }
}

impl FromStr for Origin {
    type Err = NoOrigin;

    fn from_str(text: &str) -> Result<Origin, NoOrigin> {
        let origin = Origin::of(&Url::parse(text).map_err(|_| NoOrigin)?)?;
        if origin.0 == text.trim_end_matches('/') { Ok(origin) } else { Err(NoOrigin) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_named_exactly_or_not_at_all() {
        for good in ["https://checkout.example.com", "https://pay.example.com:8443", "http://127.0.0.1:8000", "http://[::1]:9"] {
            assert_eq!(good.parse::<Origin>().expect("a site").to_string(), good);
        }
        for bad in [
            "https://*.example.com",
            "https://*",
            "*",
            "https:",
            "https://pay.example.com/path",
            "https://pay.example.com; script-src *",
            "https://pay.example.com 'unsafe-inline'",
            "https://user@pay.example.com",
            "javascript:alert(1)",
            "data:text/html,x",
            "pay.example.com",
            "",
        ] {
            assert!(bad.parse::<Origin>().is_err(), "{bad}");
        }
    }
}
