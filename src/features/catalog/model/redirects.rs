//! Addresses that lead on: what may be one, and where a chain of them ends.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use url::Url;

use crate::platform::base::{BadText, Message, Refusal};

/// So many steps a chain is followed.
const FARTHEST: usize = 20;

/// A path of this shop as people read it: decoded, without a slash at the end, with its query where it has one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OldPath(String);

impl OldPath {
    /// The path of a request, as it came over the wire.
    pub fn of_request(path: &str, query: Option<&str>) -> OldPath {
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let bare = decoded.trim_end_matches('/');
        let path = if bare.is_empty() { "/" } else { bare };
        OldPath(query.filter(|query| !query.is_empty()).map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same without its query.
    pub fn bare(&self) -> &str {
        self.0.split('?').next().unwrap_or_default()
    }
}

impl FromStr for OldPath {
    type Err = BadText;
    /// Reads a path, or the full address of a page of whatever shop was there before.
    fn from_str(raw: &str) -> Result<Self, BadText> {
        let typed = raw.trim();
        if typed.is_empty() {
            return Err(BadText("error-required"));
        }
        if typed.chars().count() > 500 {
            return Err(BadText("error-too-long"));
        }
        let full = typed.starts_with("http://") || typed.starts_with("https://");
        let here = Url::parse("https://here.invalid").map_err(|_| BadText("error-path"))?;
        let url = if full { Url::parse(typed) } else { here.join(typed) }.map_err(|_| BadText("error-path"))?;
        let strange = |c: char| c.is_control() || c == '\\' || c == '\u{FFFD}';
        if typed.chars().any(strange) || !full && (!typed.starts_with('/') || typed.starts_with("//")) {
            return Err(BadText("error-path"));
        }
        let path = OldPath::of_request(url.path(), url.query());
        if path.0.chars().any(strange) { Err(BadText("error-path")) } else { Ok(path) }
    }
}

impl fmt::Display for OldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// All redirects by their old path.
pub type Signs = HashMap<String, String>;

/// Where an old path leads in the end; `None` when no sign stands there.
pub fn led_on(signs: &Signs, from: &OldPath) -> Option<String> {
    let exact = signs.get(from.as_str());
    let query = from.as_str().split_once('?').map(|(_, query)| query).filter(|_| exact.is_none());
    let mut to = exact.or_else(|| signs.get(from.bare()))?.clone();
    for _ in 0..FARTHEST {
        let Some(next) = step(signs, &to) else { break };
        to = next.clone();
    }
    match query {
        Some(query) if !to.contains('?') && !to.contains('#') => Some(format!("{to}?{query}")),
        _ => Some(to),
    }
}

/// The next step from where a redirect leads; other sites have none.
fn step<'a>(signs: &'a Signs, to: &str) -> Option<&'a String> {
    let path: OldPath = if to.starts_with('/') { to.parse().ok()? } else { return None };
    signs.get(path.as_str()).or_else(|| signs.get(path.bare()))
}

/// Whether a new redirect would lead back to where it begins.
///
/// # Errors
/// To itself, or round in a circle.
pub fn may_lead(signs: &Signs, from: &OldPath, to: &str) -> Result<(), RedirectRefused> {
    let mut next = to.to_owned();
    for steps in 0..=FARTHEST {
        let here: Option<OldPath> = if next.starts_with('/') { next.parse().ok() } else { None };
        let Some(here) = here else { return Ok(()) };
        // A sign without a query answers for every query.
        if here == *from || !from.as_str().contains('?') && here.bare() == from.as_str() {
            return Err(if steps == 0 { RedirectRefused::ToItself } else { RedirectRefused::Circle { through: to.to_owned() } });
        }
        match step(signs, &next) {
            Some(further) => next = further.clone(),
            None => return Ok(()),
        }
    }
    Err(RedirectRefused::TooLong)
}

/// Why a redirect is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectRefused {
    Taken {
        to: String,
    },
    ToItself,
    Circle {
        through: String,
    },
    /// A chain of more than [`FARTHEST`] steps.
    TooLong,
    /// A page answers there already, so that the sign would never be read.
    IsPage,
    /// It must lead to a page.
    NoPage,
}

impl Refusal for RedirectRefused {
    fn message(&self) -> Message {
        match self {
            RedirectRefused::Taken { to } => Message::new("redirects-taken").text("name", to),
            RedirectRefused::ToItself => Message::new("redirects-to-itself"),
            RedirectRefused::Circle { through } => Message::new("redirects-circle").text("name", through),
            RedirectRefused::TooLong => Message::new("redirects-too-long"),
            RedirectRefused::IsPage => Message::new("redirects-is-page"),
            RedirectRefused::NoPage => Message::new("redirects-no-page"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(typed: &str) -> OldPath {
        typed.parse().expect("a path")
    }

    #[test]
    fn old_paths_are_read_as_people_write_them() {
        for (typed, read) in [
            (" /a/b/ ", "/a/b"),
            ("/b%C3%BCcher", "/bücher"),
            ("/bücher", "/bücher"),
            ("https://old.example/pages/about?x=1", "/pages/about?x=1"),
            ("/", "/"),
        ] {
            assert_eq!(path(typed).as_str(), read);
        }
        for bad in ["", "a", "//evil.example", "/\\x", "/a%00", "ftp://x/y"] {
            assert!(bad.parse::<OldPath>().is_err(), "{bad}");
        }
    }

    #[test]
    fn chains_are_followed_and_circles_refused() {
        let signs: Signs = [("/a", "/b"), ("/b", "/c"), ("/x", "https://example.org/"), ("/q?id=1", "/a")]
            .map(|(from, to)| (from.to_owned(), to.to_owned()))
            .into();
        assert_eq!(led_on(&signs, &path("/a")), Some("/c".into()));
        assert_eq!(led_on(&signs, &path("/a?utm=1")), Some("/c?utm=1".into()));
        assert_eq!(led_on(&signs, &path("/q?id=1")), Some("/c".into()));
        assert_eq!(led_on(&signs, &path("/q")), None);
        assert_eq!(may_lead(&signs, &path("/c"), "/a"), Err(RedirectRefused::Circle { through: "/a".into() }));
        assert_eq!(may_lead(&signs, &path("/c"), "/c/?x=1"), Err(RedirectRefused::ToItself));
        assert_eq!(may_lead(&signs, &path("/d"), "/a"), Ok(()));
        assert_eq!(may_lead(&signs, &path("/c"), "https://example.org/c"), Ok(()));
    }
}
