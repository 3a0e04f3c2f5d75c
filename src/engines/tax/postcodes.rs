//! Lists of postal codes as staff write them: "35000-35999, 971*, 27498".

use std::fmt;
use std::str::FromStr;

use crate::platform::base::BadText;

/// Which postal codes a zone has; none: all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postcodes(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    One(String),
    /// Everything that begins so.
    Prefix(String),
    /// Codes of as many digits, both ends counted.
    Range(String, String),
}

/// Parts that one zone may have.
const MOST: usize = 200;

/// A code without spaces and hyphens, in capitals: "SW1A1AA".
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

impl Part {
    fn read(text: &str) -> Option<Part> {
        let fits = |code: &String| (1..=10).contains(&code.len());
        let odd = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '*' | '–'));
        if text.contains(odd) {
            return None;
        }
        if let Some(prefix) = text.strip_suffix('*') {
            return Some(plain(prefix)).filter(|code| fits(code) && !prefix.contains('*')).map(Part::Prefix);
        }
        if text.contains('*') {
            return None;
        }
        let ends = text.split_once(['-', '–']).map(|(from, to)| (plain(from), plain(to)));
        let digits = |code: &str| code.bytes().all(|b| b.is_ascii_digit());
        match ends {
            // "123-4567" is one code of Japan, "00-001" one of Poland: the ends of a range have as many digits.
            Some((from, to)) if from.len() == to.len() && digits(&from) && digits(&to) && fits(&from) => {
                (from <= to).then_some(Part::Range(from, to))
            }
            // A word is no code: every code has a digit.
            _ => Some(plain(text)).filter(|code| fits(code) && code.bytes().any(|b| b.is_ascii_digit())).map(Part::One),
        }
    }

    /// How closely it names this code; `None`: it does not.
    fn closeness(&self, code: &str) -> Option<usize> {
        // What the post adds for its own use ("97201-1234") says nothing more about the place.
        let cut = |len: usize| if code.len() == 9 && len == 5 { &code[..5] } else { code };
        match self {
            Part::One(one) => (cut(one.len()) == one).then_some(100),
            Part::Prefix(prefix) => code.starts_with(prefix.as_str()).then_some(prefix.len()),
            Part::Range(from, to) => {
                let code = cut(from.len());
                let within = code.len() == from.len() && (from.as_str()..=to.as_str()).contains(&code);
                let shared = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
                within.then_some(shared)
            }
        }
    }
}

impl Postcodes {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How closely the list names this code: the more, the closer; `None`: not at all. An empty list names every code, the least closely.
    pub fn closeness(&self, code: &str) -> Option<usize> {
        if self.0.is_empty() {
            return Some(0);
        }
        let code = plain(code);
        self.0.iter().filter_map(|part| part.closeness(&code)).max().map(|closeness| closeness + 1)
    }
}

impl fmt::Display for Postcodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.0.iter().enumerate() {
            let between = if at == 0 { "" } else { ", " };
            match part {
                Part::One(one) => write!(f, "{between}{one}")?,
                Part::Prefix(prefix) => write!(f, "{between}{prefix}*")?,
                Part::Range(from, to) => write!(f, "{between}{from}-{to}")?,
            }
        }
        Ok(())
    }
}

impl FromStr for Postcodes {
    type Err = BadText;
    fn from_str(text: &str) -> Result<Self, BadText> {
        let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let parts: Option<Vec<Part>> = parts.map(Part::read).collect();
        let mut parts = parts.filter(|parts| parts.len() <= MOST).ok_or(BadText("error-postcodes"))?;
        parts.dedup();
        Ok(Postcodes(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closeness(list: &str, code: &str) -> Option<usize> {
        list.parse::<Postcodes>().expect("a list").closeness(code)
    }

    #[test]
    fn codes_are_named_one_by_one_by_their_beginning_and_from_to() {
        assert_eq!(closeness("", "10115"), Some(0));
        assert!(closeness("27498", "27498") > closeness("27000-27999", "27498"));
        assert!(closeness("274*", "27498") > closeness("2*", "27498"));
        for (list, code, named) in [
            ("35000-35999, 38000-38999", "38400", true),
            ("35000-35999, 38000-38999", "36000", false),
            ("971*", "97110", true),
            ("971*", "97210", false),
            ("bt*", "BT1 5GS", true),
            ("M1 1AE", "m11ae", true),
            ("M1", "M11 1AE", false),
            ("90001-90099", "90012-1234", true),
            ("97201", "97201-1234", true),
            ("100-0001", "1000001", true),
            ("00-001", "00-001", true),
        ] {
            assert_eq!(closeness(list, code).is_some(), named, "{list} {code}");
        }
        assert_eq!("35000 - 35999;971*\n 27498,".parse::<Postcodes>().expect("a list").to_string(), "35000-35999, 971*, 27498");
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in ["*", "1*2", "36000-35000", "10115; drop", "1234567890123", "ä", "97*1*"] {
            assert!(text.parse::<Postcodes>().is_err(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(text in "\\PC{0,40}", digits in "[0-9*, -]{0,40}") {
            for text in [text, digits] {
                if let Ok(list) = text.parse::<Postcodes>() {
                    proptest::prop_assert_eq!(list.to_string().parse::<Postcodes>().ok(), Some(list));
                }
            }
        }
    }
}
