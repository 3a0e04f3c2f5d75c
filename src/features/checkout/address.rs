//! How addresses are written in each country: which fields there are, in which order, and what a postal code looks like.

use super::regions::{self, Region};
use crate::platform::base::Country;

/// What a postal code looks like, and what people there call it.
#[derive(Clone, Copy, Debug)]
pub struct Postal {
    /// The key of the field's label.
    pub label: &'static str,
    /// `9` a digit, `@` a letter, `*` either; the rest stands as it is. The first is the usual one.
    pub masks: &'static [&'static str],
    pub example: &'static str,
}

/// A state, province or prefecture.
#[derive(Clone, Copy, Debug)]
pub struct RegionRule {
    pub label: &'static str,
    /// Empty: typed freely.
    pub list: &'static [Region],
}

/// The order of the last lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// "10115 Berlin"
    PostalCity,
    /// "London, SW1A 1AA"
    CityPostal,
    /// "Portland, OR 97201"
    CityRegionPostal,
    /// "150-0001 Tokyo, Shibuya"
    PostalRegionCity,
}

/// How a country writes addresses.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    pub postal: Option<Postal>,
    pub region: Option<RegionRule>,
    pub order: Order,
}

const POSTAL: &str = "checkout-postal-code";
const POSTCODE: &str = "checkout-postcode";

const fn postal(masks: &'static [&'static str], example: &'static str) -> Format {
    Format { postal: Some(Postal { label: POSTAL, masks, example }), region: None, order: Order::PostalCity }
}

const fn postcode(masks: &'static [&'static str], example: &'static str) -> Format {
    Format { postal: Some(Postal { label: POSTCODE, masks, example }), region: None, order: Order::CityPostal }
}

const DIGITS_3: &[&str] = &["999"];
const DIGITS_4: &[&str] = &["9999"];
const DIGITS_5: &[&str] = &["99999"];
const DIGITS_6: &[&str] = &["999999"];
const THREE_TWO: &[&str] = &["999 99"];
const BRITISH: &[&str] = &["@@9 9@@", "@9 9@@", "@99 9@@", "@@99 9@@", "@9@ 9@@", "@@9@ 9@@"];

const NO_POSTAL: Format = Format { postal: None, region: None, order: Order::CityPostal };
/// Where we know nothing better: a postal code may be given and is taken as it is.
const GENERIC: Format =
    Format { postal: Some(Postal { label: POSTAL, masks: &[], example: "" }), region: None, order: Order::PostalCity };

#[rustfmt::skip]
static FORMATS: &[(&str, Format)] = &[
    ("AD", postal(&["AD999"], "AD500")), ("AT", postal(DIGITS_4, "1010")), ("BE", postal(DIGITS_4, "1000")),
    ("BG", postal(DIGITS_4, "1000")), ("CH", postal(DIGITS_4, "8001")), ("CY", postal(DIGITS_4, "1010")),
    ("CZ", postal(THREE_TWO, "110 00")), ("DE", postal(DIGITS_5, "10115")), ("DK", postal(DIGITS_4, "1050")),
    ("EE", postal(DIGITS_5, "10111")), ("ES", postal(DIGITS_5, "28001")), ("FI", postal(DIGITS_5, "00100")),
    ("FO", postal(DIGITS_3, "100")), ("FR", postal(DIGITS_5, "75001")), ("GL", postal(DIGITS_4, "3900")),
    ("GR", postal(THREE_TWO, "105 57")), ("HR", postal(DIGITS_5, "10000")), ("HU", postal(DIGITS_4, "1051")),
    ("IS", postal(DIGITS_3, "101")), ("LI", postal(DIGITS_4, "9490")), ("LT", postal(&["LT-99999"], "LT-01100")),
    ("LU", postal(&["9999", "L-9999"], "1111")), ("LV", postal(&["LV-9999"], "LV-1010")),
    ("MC", postal(DIGITS_5, "98000")), ("MT", postcode(&["@@@ 9999"], "VLT 1117")),
    ("NL", postal(&["9999 @@"], "1012 AB")), ("NO", postal(DIGITS_4, "0150")), ("PL", postal(&["99-999"], "00-001")),
    ("PT", postal(&["9999-999"], "1000-001")), ("RO", postal(DIGITS_6, "010011")), ("RS", postal(DIGITS_5, "11000")),
    ("SE", postal(THREE_TWO, "111 22")), ("SI", postal(DIGITS_4, "1000")), ("SK", postal(THREE_TWO, "811 01")),
    ("SM", postal(DIGITS_5, "47890")), ("TR", postal(DIGITS_5, "34000")), ("UA", postal(DIGITS_5, "01001")),
    ("GB", postcode(BRITISH, "SW1A 1AA")), ("GG", postcode(BRITISH, "GY1 1AA")), ("IM", postcode(BRITISH, "IM1 1AA")),
    ("JE", postcode(BRITISH, "JE2 3AA")), ("NZ", postcode(DIGITS_4, "6011")), ("SG", postcode(DIGITS_6, "018956")),
    ("IN", postcode(DIGITS_6, "110001")), ("KR", postcode(DIGITS_5, "03187")), ("ZA", postcode(DIGITS_4, "8001")),
    ("IL", postcode(&["9999999", "99999"], "6100000")), ("CN", postcode(DIGITS_6, "100000")),
    ("TW", postcode(&["999", "99999", "999999"], "100")), ("MX", postal(DIGITS_5, "06000")),
    ("BR", postcode(&["99999-999"], "01310-100")),
    ("IE", Format {
        postal: Some(Postal { label: "checkout-eircode", masks: &["@** ****"], example: "D02 AF30" }),
        region: None, order: Order::CityPostal,
    }),
    ("IT", Format {
        postal: Some(Postal { label: POSTAL, masks: DIGITS_5, example: "00118" }),
        region: Some(RegionRule { label: "checkout-province", list: &[] }), order: Order::PostalCity,
    }),
    ("US", Format {
        postal: Some(Postal { label: "checkout-zip", masks: &["99999", "99999-9999"], example: "97201" }),
        region: Some(RegionRule { label: "checkout-state", list: regions::US }), order: Order::CityRegionPostal,
    }),
    ("CA", Format {
        postal: Some(Postal { label: POSTAL, masks: &["@9@ 9@9"], example: "K1A 0B1" }),
        region: Some(RegionRule { label: "checkout-province", list: regions::CA }), order: Order::CityRegionPostal,
    }),
    ("AU", Format {
        postal: Some(Postal { label: POSTCODE, masks: DIGITS_4, example: "2000" }),
        region: Some(RegionRule { label: "checkout-state", list: regions::AU }), order: Order::CityRegionPostal,
    }),
    ("JP", Format {
        postal: Some(Postal { label: POSTAL, masks: &["999-9999"], example: "150-0001" }),
        region: Some(RegionRule { label: "checkout-prefecture", list: regions::JP }), order: Order::PostalRegionCity,
    }),
    ("AE", NO_POSTAL), ("HK", NO_POSTAL), ("QA", NO_POSTAL), ("MO", NO_POSTAL), ("PA", NO_POSTAL),
];

/// How this country writes addresses.
pub fn format_of(country: Country) -> Format {
    FORMATS.iter().find(|(code, _)| *code == country.code()).map_or(GENERIC, |(_, format)| *format)
}

impl Format {
    /// Whether there is a postal code that must be given.
    pub fn postal_required(&self) -> bool {
        self.postal.is_some_and(|postal| !postal.masks.is_empty())
    }
}

impl Postal {
    /// Whether it is digits only, for the keyboard of a phone.
    pub fn numeric(&self) -> bool {
        !self.masks.is_empty() && self.masks.iter().all(|mask| mask.chars().all(|c| c == '9' || c == ' '))
    }

    /// The code as the post writes it: "sw1a1aa" is "SW1A 1AA"; `None` when it cannot be one.
    /// Where there is no pattern, whatever was typed.
    pub fn tidy(&self, typed: &str) -> Option<String> {
        if self.masks.is_empty() {
            return Some(typed.trim().to_owned());
        }
        let typed: Vec<char> =
            typed.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}' | '–')).map(|c| c.to_ascii_uppercase()).collect();
        self.masks.iter().find_map(|mask| fill(mask, &typed).or_else(|| fill(mask, &with_prefix(mask, &typed))))
    }
}

/// The typed characters behind the letters that a mask begins with ("LV-9999").
fn with_prefix(mask: &str, typed: &[char]) -> Vec<char> {
    mask.chars().take_while(char::is_ascii_uppercase).chain(typed.iter().copied()).collect()
}

fn fill(mask: &str, typed: &[char]) -> Option<String> {
    let mut typed = typed.iter();
    let mut code = String::new();
    for slot in mask.chars() {
        let fits: fn(&char) -> bool = match slot {
            '9' => char::is_ascii_digit,
            '@' => char::is_ascii_alphabetic,
            '*' => char::is_ascii_alphanumeric,
            ' ' | '-' => {
                code.push(slot);
                continue;
            }
            letter => {
                (*typed.next()? == letter).then(|| code.push(letter))?;
                continue;
            }
        };
        code.push(*typed.next().filter(|c| fits(c))?);
    }
    typed.next().is_none().then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidy(country: &str, typed: &str) -> Option<String> {
        format_of(country.parse().expect("a country")).postal.expect("has codes").tidy(typed)
    }

    #[test]
    fn codes_are_written_as_the_post_does() {
        for (country, typed, written) in [
            ("GB", "sw1a1aa", "SW1A 1AA"),
            ("GB", "M1 1AE", "M1 1AE"),
            ("NL", "1012ab", "1012 AB"),
            ("SE", "11122", "111 22"),
            ("PL", "00001", "00-001"),
            ("PT", "1000 001", "1000-001"),
            ("LV", "1010", "LV-1010"),
            ("LV", "lv1010", "LV-1010"),
            ("LU", "L-1111", "L-1111"),
            ("US", "972011234", "97201-1234"),
            ("CA", "k1a 0b1", "K1A 0B1"),
            ("IE", "d02af30", "D02 AF30"),
            ("DE", " 10115 ", "10115"),
            ("JP", "1500001", "150-0001"),
            ("AD", "500", "AD500"),
        ] {
            assert_eq!(tidy(country, typed).as_deref(), Some(written), "{country} {typed}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for (country, typed) in [
            ("DE", "1011"),
            ("DE", "101155"),
            ("DE", "1O115"),
            ("GB", "12345"),
            ("US", "9720"),
            ("NL", "1012 A1"),
            ("DE", ""),
            ("DE", "１０１１５"),
        ] {
            assert_eq!(tidy(country, typed), None, "{country} {typed}");
        }
    }

    #[test]
    fn every_example_is_a_code_and_every_country_of_the_union_is_known() {
        for (code, format) in FORMATS {
            if let Some(postal) = format.postal {
                assert_eq!(postal.tidy(postal.example).as_deref(), Some(postal.example), "{code}");
            }
        }
        for code in
            "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK US GB CA CH NO AU JP".split(' ')
        {
            assert!(format_of(code.parse().expect("a country")).postal_required(), "{code}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_typed_panics_and_what_is_written_stays(typed in "\\PC{0,30}", at in 0..FORMATS.len()) {
            let Some(postal) = FORMATS[at].1.postal else { return Ok(()) };
            if let Some(code) = postal.tidy(&typed) {
                proptest::prop_assert_eq!(postal.tidy(&code), Some(code.clone()));
            }
        }
    }
}
