//! Where a link that staff typed leads: a place of this shop, or an address elsewhere.

use std::fmt;
use std::str::FromStr;

use rocket::form::{self, FromFormField, ValueField};
use url::Url;

use crate::platform::base::BadText;

/// A path of this shop, or an http, https, mailto or tel address; empty: none. At most 1,000 characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same as a path, where it names this shop by its full address.
    pub fn within(self, origin: &str) -> Link {
        match self.0.strip_prefix(origin) {
            Some("") => Link("/".to_owned()),
            Some(path) if path.starts_with('/') => Link(path.to_owned()),
            _ => self,
        }
    }
}

impl FromStr for Link {
    type Err = BadText;
    fn from_str(raw: &str) -> Result<Self, BadText> {
        let typed = raw.trim();
        if typed.chars().count() > 1000 {
            return Err(BadText("error-too-long"));
        }
        if typed.is_empty() {
            return Ok(Link(String::new()));
        }
        if typed.chars().any(|c| c.is_control() || c == '\\' || c == '\u{FFFD}') {
            return Err(BadText("error-link"));
        }
        if typed.starts_with('/') {
            // A browser reads "//host" as another site.
            let here = Url::parse("https://here.invalid").and_then(|here| here.join(typed)).map_err(|_| BadText("error-link"))?;
            if typed.starts_with("//") || here.host_str() != Some("here.invalid") {
                return Err(BadText("error-link"));
            }
            return Ok(Link(here[url::Position::BeforePath..].to_owned()));
        }
        let url = Url::parse(typed).map_err(|_| BadText("error-link"))?;
        match (url.scheme(), url.host_str()) {
            ("http" | "https", Some(host)) if !host.is_empty() && url.username().is_empty() && url.password().is_none() => {
                Ok(Link(url.to_string()))
            }
            ("mailto" | "tel", _) if !url.path().is_empty() => Ok(Link(url.to_string())),
            _ => Err(BadText("error-link")),
        }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Link {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map_err(|why: BadText| form::Error::validation(why.0).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_somewhere_harmless() {
        let read = |typed: &str| typed.parse::<Link>().map(|link| link.to_string());
        assert_eq!(read(" /sale?sort=price "), Ok("/sale?sort=price".into()));
        assert_eq!(read("/über uns"), Ok("/%C3%BCber%20uns".into()));
        assert_eq!(read("https://example.org"), Ok("https://example.org/".into()));
        assert_eq!(read("mailto:hello@example.org"), Ok("mailto:hello@example.org".into()));
        assert_eq!(read(""), Ok(String::new()));
        for bad in [
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "sale",
            "https://",
            "https://a@b.c",
            "/a\0",
            "mailto:",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
        let mine: Link = "https://shop.example/sale".parse().expect("a link");
        assert_eq!(mine.clone().within("https://shop.example").as_str(), "/sale");
        assert_eq!(mine.within("https://shop.exam").as_str(), "https://shop.example/sale");
    }
}
