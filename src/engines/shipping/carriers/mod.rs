//! Carriers: what they are called, where a parcel is followed, whose number a number is; and houses that sell their labels.

pub mod labels;
mod numbers;
pub mod shippo;

use crate::platform::i18n::Locale;

/// Somebody who carries parcels.
pub trait Carrier: Send + Sync {
    fn name(&self) -> &'static str;

    /// Where a parcel of this number is followed, for a reader of this language.
    fn link(&self, number: &str, locale: Locale) -> String;

    /// Whether a number can be one of theirs: its form, and its check digit where it has one.
    fn recognises(&self, number: &str) -> bool;

    /// Whether staff mean this carrier by what they typed.
    fn is_called(&self, typed: &str) -> bool;
}

/// A carrier whose pages are known.
struct House {
    name: &'static str,
    /// Other names of it in small letters.
    also: &'static [&'static str],
    /// Address of a parcel's page in English and in German; "{}" is the number.
    pages: [&'static str; 2],
    recognises: fn(&str) -> bool,
}

impl Carrier for House {
    fn name(&self) -> &'static str {
        self.name
    }

    fn link(&self, number: &str, locale: Locale) -> String {
        let page = match locale {
            Locale::En => self.pages[0],
            Locale::De => self.pages[1],
        };
        let number: String = url::form_urlencoded::byte_serialize(numbers::tidy(number).as_bytes()).collect();
        page.replace("{}", &number)
    }

    fn recognises(&self, number: &str) -> bool {
        (self.recognises)(&numbers::tidy(number))
    }

    fn is_called(&self, typed: &str) -> bool {
        let typed = typed.trim().to_lowercase();
        let begins = |name: &str| typed.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-']));
        begins(&self.name.to_lowercase()) || self.also.iter().any(|name| begins(name))
    }
}

static HOUSES: [House; 10] = [
    House {
        name: "DHL",
        also: &["deutsche post"],
        pages: [
            "https://www.dhl.com/global-en/home/tracking.html?tracking-id={}",
            "https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode={}",
        ],
        recognises: numbers::dhl,
    },
    House {
        name: "DPD",
        also: &[],
        pages: [
            "https://tracking.dpd.de/parcelstatus?query={}&locale=en_D2",
            "https://tracking.dpd.de/parcelstatus?query={}&locale=de_D2",
        ],
        recognises: numbers::dpd,
    },
    House {
        name: "GLS",
        also: &[],
        pages: ["https://gls-group.com/EU/en/parcel-tracking/?match={}", "https://gls-group.com/DE/de/paketverfolgung/?match={}"],
        // Its numbers look like those of others, and their check digit is not published.
        recognises: |_| false,
    },
    House {
        name: "UPS",
        also: &["united parcel service"],
        pages: ["https://www.ups.com/track?loc=en_US&tracknum={}", "https://www.ups.com/track?loc=de_DE&tracknum={}"],
        recognises: numbers::ups,
    },
    House {
        name: "FedEx",
        also: &["federal express"],
        pages: ["https://www.fedex.com/fedextrack/?trknbr={}", "https://www.fedex.com/fedextrack/?trknbr={}&locale=de_de"],
        recognises: numbers::fedex,
    },
    House {
        name: "USPS",
        also: &["united states postal service", "us postal service"],
        pages: ["https://tools.usps.com/go/TrackConfirmAction?tLabels={}"; 2],
        recognises: numbers::usps,
    },
    House {
        name: "Royal Mail",
        also: &["royalmail"],
        pages: ["https://www.royalmail.com/track-your-item#/tracking-results/{}"; 2],
        recognises: |number| numbers::s10(number, "GB"),
    },
    House {
        name: "Swiss Post",
        also: &["post.ch", "die post", "schweizerische post", "la poste suisse"],
        pages: [
            "https://service.post.ch/ekp-web/ui/entry/search/{}?lang=en",
            "https://service.post.ch/ekp-web/ui/entry/search/{}?lang=de",
        ],
        recognises: numbers::swiss_post,
    },
    House {
        name: "PostNL",
        also: &["post nl"],
        pages: ["https://jouw.postnl.nl/track-and-trace/{}?language=en", "https://jouw.postnl.nl/track-and-trace/{}?language=de"],
        recognises: numbers::post_nl,
    },
    House {
        name: "La Poste",
        also: &["colissimo", "laposte"],
        pages: ["https://www.laposte.fr/outils/suivre-vos-envois?code={}"; 2],
        recognises: numbers::la_poste,
    },
];

/// All carriers whose pages are known, by name.
pub fn all() -> impl Iterator<Item = &'static dyn Carrier> {
    HOUSES.iter().map(|house| house as &dyn Carrier)
}

/// The carrier that staff named, else the only one whose number this can be.
pub fn found(typed: &str, number: &str) -> Option<&'static dyn Carrier> {
    if !typed.trim().is_empty() {
        // "La Poste Suisse" begins as "La Poste" does: the longer name is meant.
        return all()
            .filter(|carrier| carrier.is_called(typed))
            .max_by_key(|carrier| (carrier.name() != "La Poste", carrier.name()));
    }
    let mut theirs = all().filter(|carrier| carrier.recognises(number));
    theirs.next().filter(|_| theirs.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whose(number: &str) -> Option<&'static str> {
        found("", number).map(|carrier| carrier.name())
    }

    #[test]
    fn numbers_name_their_carrier_and_wrong_check_digits_name_nobody() {
        // Published examples of the carriers; each again with its last digit changed.
        for (number, name) in [
            ("1Z5R89390357567127", "UPS"),
            ("1Z8V92A70367203024", "UPS"),
            ("9865 7878 8855", "FedEx"),
            ("568283610012734", "FedEx"),
            ("9400111201080805483016", "USPS"),
            ("7112 3456 7891 2345 6787", "USPS"),
            ("3318810025", "DHL"),
            ("8487135506", "DHL"),
            ("008182709980000020033350276C", "DPD"),
            ("RB123456785GB", "Royal Mail"),
            ("RB123456785US", "USPS"),
            ("RB123456785CH", "Swiss Post"),
            ("RB123456785NL", "PostNL"),
            ("RB123456785FR", "La Poste"),
        ] {
            assert_eq!(whose(number), Some(name), "{number}");
            let at = if number.contains("B12345678") { 10 } else { number.len() - 1 };
            let wrong = if &number[at..=at] == "1" { "2" } else { "1" };
            let typo = format!("{}{wrong}{}", &number[..at], &number[at + 1..]);
            assert_eq!(whose(&typo), None, "{typo}");
        }
        for nobody in ["", "12345", "1Z1111111111111111", "RB123456785DE", "x".repeat(500).as_str(), "ÄÖÜ"] {
            assert_eq!(whose(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn a_name_leads_to_the_carriers_page() {
        let link = |typed: &str, number: &str, locale| found(typed, number).map(|carrier| carrier.link(number, locale));
        let dhl = link("DHL Paket", "0034 0434 1234", Locale::De);
        assert_eq!(
            dhl.as_deref(),
            Some("https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=003404341234")
        );
        assert_eq!(link("gls", "A/b&c", Locale::En).as_deref(), Some("https://gls-group.com/EU/en/parcel-tracking/?match=ABC"));
        assert_eq!(found("La Poste Suisse", "").map(|carrier| carrier.name()), Some("Swiss Post"));
        assert_eq!(found("La Poste", "").map(|carrier| carrier.name()), Some("La Poste"));
        assert!(found("Uncle Tom", "1Z5R89390357567127").is_none(), "who is named is believed");
        assert!(found("Upstairs", "").is_none());
        assert!(all().all(|carrier| carrier.link("1", Locale::En).starts_with("https://") && carrier.is_called(carrier.name())));
    }
}
