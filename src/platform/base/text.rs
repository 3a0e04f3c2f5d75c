//! Text from outside: parsed at the door, so that NUL, control characters and endless input stop there.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use rocket::form::{self, FromFormField, ValueField};
use rocket::request::FromParam;
use serde::{Deserialize, Serialize};

/// Why a text is not accepted; the value is a message key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadText(pub &'static str);

/// A NUL, a control character, or the mark that stands where bytes were no UTF-8.
fn forbidden(c: char) -> bool {
    c.is_control() || c == '\u{FFFD}'
}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $raw:ident => $parse:block) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name<const MAX: usize>(String);

        impl<const MAX: usize> $name<MAX> {
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl<const MAX: usize> FromStr for $name<MAX> {
            type Err = BadText;
            fn from_str($raw: &str) -> Result<Self, BadText> {
                if $raw.chars().count() > MAX {
                    return Err(BadText("error-too-long"));
                }
                let text: Result<String, BadText> = $parse;
                text.map($name)
            }
        }

        impl<const MAX: usize> Deref for $name<MAX> {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl<const MAX: usize> fmt::Display for $name<MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        #[rocket::async_trait]
        impl<'r, const MAX: usize> FromFormField<'r> for $name<MAX> {
            fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
                field.value.parse().map_err(|why: BadText| form::Error::validation(why.0).into())
            }
        }

        impl<'a, const MAX: usize> FromParam<'a> for $name<MAX> {
            type Error = BadText;
            fn from_param(param: &'a str) -> Result<Self, BadText> {
                param.parse()
            }
        }
    };
}

text_type! {
    /// One line of at most MAX characters, trimmed; may be empty.
    Line, raw => {
        let line = raw.trim();
        if line.chars().any(forbidden) { Err(BadText("error-characters")) } else { Ok(line.to_owned()) }
    }
}

text_type! {
    /// One line of 1 to MAX characters, trimmed: a field that must be filled in.
    Name, raw => {
        let line = raw.trim();
        if line.is_empty() {
            Err(BadText("error-required"))
        } else if line.chars().any(forbidden) {
            Err(BadText("error-characters"))
        } else {
            Ok(line.to_owned())
        }
    }
}

text_type! {
    /// Lines of text, at most MAX characters, line ends made `\n`; may be empty.
    Prose, raw => {
        let text = raw.replace("\r\n", "\n");
        if text.chars().any(|c| forbidden(c) && c != '\n' && c != '\t') {
            Err(BadText("error-characters"))
        } else {
            Ok(text.trim_end().to_owned())
        }
    }
}

/// An e-mail address, in small letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl FromStr for Email {
    type Err = BadText;
    fn from_str(raw: &str) -> Result<Self, BadText> {
        let text = raw.trim().to_lowercase();
        if text.is_empty() {
            return Err(BadText("error-required"));
        }
        let address = text.parse::<lettre::Address>().map_err(|_| BadText("error-email"))?;
        let host_ok = address.domain().contains('.') || address.domain() == "localhost";
        if text.len() > 254 || text.chars().any(|c| forbidden(c) || c.is_whitespace()) || !host_ok {
            return Err(BadText("error-email"));
        }
        Ok(Email(text))
    }
}

impl Deref for Email {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Email {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map_err(|why: BadText| form::Error::validation(why.0).into())
    }
}

/// The name of a thing in a URL: small letters, digits and hyphens, at most 200.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Handle(String);

impl Handle {
    /// Makes a handle of a title: "Café crème 2.0" is "cafe-creme-2-0".
    pub fn of_title(title: &str) -> Handle {
        let mut handle = String::new();
        for c in icu::normalizer::DecomposingNormalizer::new_nfkd().normalize(&title.to_lowercase()).chars() {
            match c {
                'a'..='z' | '0'..='9' => handle.push(c),
                'ß' => handle.push_str("ss"),
                'æ' => handle.push_str("ae"),
                'ø' => handle.push('o'),
                c if ('\u{300}'..='\u{36f}').contains(&c) || c == '\'' || c == '’' => {}
                _ if !handle.is_empty() && !handle.ends_with('-') => handle.push('-'),
                _ => {}
            }
        }
        handle.truncate(180);
        let handle = handle.trim_end_matches('-');
        Handle(if handle.is_empty() { "item".to_owned() } else { handle.to_owned() })
    }

    /// The handle with a number behind it, for the second thing of the same name.
    pub fn numbered(&self, number: usize) -> Handle {
        Handle(format!("{}-{number}", self.0))
    }
}

impl FromStr for Handle {
    type Err = BadText;
    fn from_str(raw: &str) -> Result<Self, BadText> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let good = !raw.is_empty() && raw.len() <= 200 && !raw.starts_with('-') && raw.chars().all(fits);
        if good { Ok(Handle(raw.to_owned())) } else { Err(BadText("error-handle")) }
    }
}

impl Deref for Handle {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Handle {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.trim().parse().map_err(|why: BadText| form::Error::validation(why.0).into())
    }
}

impl<'a> FromParam<'a> for Handle {
    type Error = BadText;
    fn from_param(param: &'a str) -> Result<Self, BadText> {
        param.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_broken_bytes_stop_at_the_door() {
        assert_eq!("a\0b".parse::<Line<20>>(), Err(BadText("error-characters")));
        assert_eq!("a\u{FFFD}".parse::<Prose<20>>(), Err(BadText("error-characters")));
        assert_eq!("  ".parse::<Name<20>>(), Err(BadText("error-required")));
        assert_eq!("12345".parse::<Line<4>>(), Err(BadText("error-too-long")));
        assert_eq!(&*"one\r\ntwo".parse::<Prose<20>>().expect("fine"), "one\ntwo");
    }

    #[test]
    fn handles_are_made_of_titles() {
        assert_eq!(&*Handle::of_title("Café crème 2.0 – groß"), "cafe-creme-2-0-gross");
        assert_eq!(&*Handle::of_title("茶"), "item");
        assert!("Nope".parse::<Handle>().is_err());
    }

    #[test]
    fn addresses_are_addresses() {
        assert_eq!(&*" Anna@Example.org ".parse::<Email>().expect("fine"), "anna@example.org");
        for bad in ["", "anna", "anna@", "a b@c.de", "anna@example.org\0", "anna@host"] {
            assert!(bad.parse::<Email>().is_err(), "{bad:?}");
        }
    }
}
