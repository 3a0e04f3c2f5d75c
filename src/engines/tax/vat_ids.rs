//! VAT ids of the member states: how they look, and their check digits where the rule is well known.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::platform::base::{BadText, Country};

/// The members of the European Union, by ISO 3166, with the looks of their ids behind the two letters: `9` a digit, `@` a letter, `*` either.
#[rustfmt::skip]
const MEMBERS: &[(&str, &[&str])] = &[
    ("AT", &["U99999999"]), ("BE", &["9999999999"]), ("BG", &["999999999", "9999999999"]), ("CY", &["99999999@"]),
    ("CZ", &["99999999", "999999999", "9999999999"]), ("DE", &["999999999"]), ("DK", &["99999999"]), ("EE", &["999999999"]),
    ("ES", &["@9999999*", "99999999@"]), ("FI", &["99999999"]), ("FR", &["**999999999"]), ("GR", &["999999999"]),
    ("HR", &["99999999999"]), ("HU", &["99999999"]), ("IE", &["9999999@", "9999999@@", "9*99999@"]), ("IT", &["99999999999"]),
    ("LT", &["999999999", "999999999999"]), ("LU", &["99999999"]), ("LV", &["99999999999"]), ("MT", &["99999999"]),
    ("NL", &["999999999B99"]), ("PL", &["9999999999"]), ("PT", &["999999999"]),
    ("RO", &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"]),
    ("SE", &["999999999999"]), ("SI", &["99999999"]), ("SK", &["9999999999"]),
];

/// A VAT id that may be one by its look and check digit; whether anybody has it only a register knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VatId {
    country: Country,
    /// What stands behind the two letters.
    number: String,
}

impl VatId {
    pub fn country(&self) -> Country {
        self.country
    }

    /// The letters before the number: those of the country, but "EL" for Greece.
    pub fn prefix(&self) -> &str {
        if self.country.code() == "GR" { "EL" } else { self.country.code() }
    }

    pub fn number(&self) -> &str {
        &self.number
    }
}

impl fmt::Display for VatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.prefix(), self.number)
    }
}

impl From<VatId> for String {
    fn from(id: VatId) -> String {
        id.to_string()
    }
}

impl TryFrom<String> for VatId {
    type Error = BadText;
    fn try_from(text: String) -> Result<VatId, BadText> {
        text.parse()
    }
}

impl FromStr for VatId {
    type Err = BadText;
    fn from_str(text: &str) -> Result<VatId, BadText> {
        let wrong = || BadText("error-vat-id");
        let plain: String =
            text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}' | '–')).map(|c| c.to_ascii_uppercase()).collect();
        if !plain.is_ascii() || plain.len() < 4 {
            return Err(wrong());
        }
        let (prefix, number) = plain.split_at(2);
        let code = if prefix == "EL" { "GR" } else { prefix };
        let (_, looks) = MEMBERS.iter().find(|(member, _)| *member == code).ok_or_else(wrong)?;
        let number = if code == "BE" && number.len() == 9 { format!("0{number}") } else { number.to_owned() };
        let fits = looks.iter().any(|look| has_look(&number, look)) && checks(code, &number);
        if !fits {
            return Err(wrong());
        }
        Ok(VatId { country: code.parse()?, number })
    }
}

fn has_look(number: &str, look: &str) -> bool {
    let fits = |(c, slot): (char, char)| match slot {
        '9' => c.is_ascii_digit(),
        '@' => c.is_ascii_uppercase(),
        '*' => c.is_ascii_alphanumeric(),
        letter => c == letter,
    };
    number.len() == look.len() && number.chars().zip(look.chars()).all(fits)
}

/// The digits of a number; letters are left out.
fn digits(number: &str) -> Vec<u32> {
    number.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// Σ digit × weight.
fn weighed(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Every second digit from the right doubled, with its digits summed.
fn luhn(digits: &[u32]) -> bool {
    let doubled = |(at, digit): (usize, &u32)| if at % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit };
    digits.iter().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
}

/// ISO 7064, Mod 11,10.
fn mod_11_10(digits: &[u32]) -> bool {
    let Some((last, body)) = digits.split_last() else { return false };
    let product = body.iter().fold(10, |product, digit| {
        let rest = (digit + product) % 10;
        let sum = if rest == 0 { 10 } else { rest };
        2 * sum % 11
    });
    (11 - product) % 10 == *last
}

/// What 11 leaves of the weighed digits stands last; `ten` is what 10 becomes, if anything.
fn rest_of_11(digits: &[u32], weights: &[u32], ten: Option<u32>) -> bool {
    let rest = weighed(digits, weights) % 11;
    let check = if rest == 10 { ten } else { Some(rest) };
    check.is_some() && digits.last().copied() == check
}

/// 11 less what 11 leaves stands last; `ten` and `eleven` are what those become, if anything.
fn lacks_to_11(digits: &[u32], weights: &[u32], ten: Option<u32>, eleven: Option<u32>) -> bool {
    let check = match 11 - weighed(digits, weights) % 11 {
        10 => ten,
        11 => eleven,
        check => Some(check),
    };
    check.is_some() && digits.last().copied() == check
}

/// What is missing to the next ten stands last.
fn lacks_to_10(digits: &[u32], weights: &[u32]) -> bool {
    digits.last().copied() == Some((10 - weighed(digits, weights) % 10) % 10)
}

/// A part of a number; 0 where it has letters.
fn part(number: &str, from: usize, to: usize) -> u64 {
    number.get(from..to).and_then(|part| part.parse().ok()).unwrap_or(0)
}

/// Whether the check digits are right, for the states whose rule is well known.
fn checks(code: &str, number: &str) -> bool {
    let d = digits(number);
    match code {
        "AT" => {
            let odd: u32 = [0, 2, 4, 6].iter().map(|at| d[*at]).sum();
            let even: u32 = [1, 3, 5].iter().map(|at| d[*at] * 2 / 10 + d[*at] * 2 % 10).sum();
            (10 - (odd + even + 4) % 10) % 10 == d[7]
        }
        "BE" => matches!(d[0], 0 | 1) && 97 - part(number, 0, 8) % 97 == part(number, 8, 10),
        "DE" => d[0] > 0 && mod_11_10(&d),
        "HR" => mod_11_10(&d),
        "DK" => weighed(&d, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
        "EE" => lacks_to_10(&d, &[3, 7, 1, 3, 7, 1, 3, 7]),
        "FI" => lacks_to_11(&d, &[7, 9, 10, 5, 8, 4, 2], None, Some(0)),
        // The old key of two digits; newer ones have letters and a rule of their own.
        "FR" => {
            number[..2].bytes().any(|b| b.is_ascii_uppercase())
                || (12 + 3 * (part(number, 2, 11) % 97)) % 97 == part(number, 0, 2)
        }
        "GR" => rest_of_11(&d, &[256, 128, 64, 32, 16, 8, 4, 2], Some(0)),
        "HU" => lacks_to_10(&d, &[9, 7, 3, 1, 9, 7, 3]),
        "IE" => irish(number),
        "IT" => luhn(&d),
        "LU" => part(number, 0, 6) % 89 == part(number, 6, 8),
        "MT" => 37 - u64::from(weighed(&d, &[3, 4, 6, 7, 8, 9]) % 37) == part(number, 6, 8),
        "NL" => rest_of_11(&d[..9], &[9, 8, 7, 6, 5, 4, 3, 2], None) || dutch(number),
        "PL" => rest_of_11(&d, &[6, 5, 7, 2, 3, 4, 5, 6, 7], None),
        "PT" => lacks_to_11(&d, &[9, 8, 7, 6, 5, 4, 3, 2], Some(0), Some(0)),
        "RO" => romanian(&d),
        "SE" => luhn(&d[..10]) && (1..=94).contains(&part(number, 10, 12)),
        "SI" => d[0] > 0 && lacks_to_11(&d, &[8, 7, 6, 5, 4, 3, 2], Some(0), None),
        "SK" => part(number, 0, 10).is_multiple_of(11),
        _ => true,
    }
}

fn irish(number: &str) -> bool {
    let bytes = number.as_bytes();
    // The old look has its first digit last: "8Z49289F".
    let (body, letter, extra) = match bytes[1].is_ascii_digit() {
        true => (number[..7].to_owned(), bytes[7], bytes.get(8).copied()),
        false => (format!("0{}{}", &number[2..7], &number[..1]), bytes[7], None),
    };
    let extra = match extra {
        None | Some(b'W') => 0,
        Some(letter @ b'A'..=b'I') => u32::from(letter - b'A') + 1,
        Some(_) => return false,
    };
    let sum = weighed(&digits(&body), &[8, 7, 6, 5, 4, 3, 2]) + 9 * extra;
    b"WABCDEFGHIJKLMNOPQRSTUV"[(sum % 23) as usize] == letter
}

/// Sole traders have numbers that 97 leaves 1 of, with letters counted from A = 10.
fn dutch(number: &str) -> bool {
    let value = |rest: u64, c: char| match c.to_digit(36) {
        Some(value @ 0..=9) => (rest * 10 + u64::from(value)) % 97,
        Some(value) => (rest * 100 + u64::from(value)) % 97,
        None => rest,
    };
    format!("NL{number}").chars().fold(0, value) == 1
}

fn romanian(digits: &[u32]) -> bool {
    let Some((last, body)) = digits.split_last() else { return false };
    let weights = [7, 5, 3, 2, 1, 7, 5, 3, 2];
    let sum = weighed(body, &weights[9 - body.len().min(9)..]);
    10 * sum % 11 % 10 == *last
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that stand in public examples of these rules.
    const GOOD: &[&str] = &[
        "ATU13585627",
        "BE0428759497",
        "BE0411905847",
        "BG175074752",
        "CY10259033P",
        "CZ25123891",
        "DE136695976",
        "DK13585628",
        "EE100931558",
        "EL094259216",
        "ESA13585625",
        "FI20774740",
        "FR40303265045",
        "HR33392005961",
        "HU12892312",
        "IE6433435F",
        "IE6433435OA",
        "IE8Z49289F",
        "IT00743110157",
        "LT119511515",
        "LU15027442",
        "LV40003521600",
        "MT11679112",
        "NL004495445B01",
        "PL8567346215",
        "PT501964843",
        "RO18547290",
        "SE123456789701",
        "SI50223054",
        "SK2022749619",
    ];

    fn written(text: &str) -> Option<String> {
        text.parse::<VatId>().ok().map(|id| id.to_string())
    }

    #[test]
    fn good_ids_are_known_however_they_are_written() {
        for good in GOOD {
            assert_eq!(written(good).as_deref(), Some(*good));
            assert_eq!(written(&good.to_lowercase()).as_deref(), Some(*good));
        }
        assert_eq!(written(" de 136.695-976 ").as_deref(), Some("DE136695976"));
        assert_eq!(written("BE428759497").as_deref(), Some("BE0428759497"));
        assert!("EL094259216".parse::<VatId>().is_ok_and(|id| id.country().code() == "GR"));
        let states: std::collections::BTreeSet<_> =
            GOOD.iter().filter_map(|id| id.parse::<VatId>().ok()).map(|id| id.country).collect();
        assert_eq!(
            states.into_iter().collect::<Vec<_>>(),
            Country::all().filter(Country::is_in_the_eu).collect::<Vec<_>>(),
            "every member has its example"
        );
    }

    #[test]
    fn a_wrong_digit_is_found_where_there_is_a_rule() {
        for good in GOOD.iter().filter(|id| !["BG", "CY", "CZ", "ES", "LT", "LV"].contains(&&id[..2])) {
            let at = good.rfind(|c: char| c.is_ascii_digit()).filter(|_| !good.starts_with("NL")).unwrap_or(10);
            let other = (good.as_bytes()[at] - b'0' + 1) % 10;
            let wrong = format!("{}{other}{}", &good[..at], &good[at + 1..]);
            assert!(wrong.parse::<VatId>().is_err() || good.starts_with("SE"), "{wrong}");
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in [
            "",
            "DE",
            "136695976",
            "GB980780684",
            "CHE107787577",
            "US123456789",
            "DE12345678",
            "DE000000000",
            "ATU1234567X",
            "FRÄÖ303265045",
            "XX12",
        ] {
            assert!(text.parse::<VatId>().is_err(), "{text}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(10_000))]
        #[test]
        fn nothing_typed_panics_and_what_is_known_is_written_the_same(text in "\\PC{0,24}", code in 0..MEMBERS.len(), rest in "[A-Z0-9]{0,13}") {
            for text in [text, format!("{}{rest}", MEMBERS[code].0)] {
                if let Ok(id) = text.parse::<VatId>() {
                    proptest::prop_assert_eq!(id.to_string().parse::<VatId>().ok(), Some(id));
                }
            }
        }
    }
}
