//! A place on this site to go back to: never another site, whatever a link or form says.

use std::fmt;
use std::str::FromStr;

use rocket::form::{self, FromFormField, ValueField};

use crate::platform::base::BadText;

/// Path and query on this site, like "/search?q=tea"; at most 2,000 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitePath(String);

impl FromStr for SitePath {
    type Err = BadText;
    fn from_str(raw: &str) -> Result<Self, BadText> {
        // A browser reads "//host" and "/\host" as another site.
        let stays = raw.starts_with('/') && !raw.starts_with("//") && !raw.contains('\\');
        let clean = raw.len() <= 2000 && raw.chars().all(|c| c.is_ascii_graphic());
        if stays && clean { Ok(SitePath(raw.to_owned())) } else { Err(BadText("error-field")) }
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<SitePath> for String {
    fn from(path: SitePath) -> String {
        path.0
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for SitePath {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map_err(|why: BadText| form::Error::validation(why.0).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_gone_back_to() {
        assert!("/search?q=tea&page=2".parse::<SitePath>().is_ok());
        for elsewhere in ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "javascript:alert(1)", "/ä"]
        {
            assert!(elsewhere.parse::<SitePath>().is_err(), "{elsewhere:?}");
        }
    }
}
