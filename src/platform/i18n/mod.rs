//! Languages: sentences from `locales/<locale>/<room>.ftl`, money, numbers, dates and country names by locale.

mod dates;
mod numbers;
mod said;
mod wording;

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid};

use super::base::{Country, Message, MessageValue, Refusal, text_enum};
pub use said::Said;
pub use wording::{Translations, Wording};

fluent_templates::static_loader! {
    static SENTENCES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

text_enum! {
    /// A language the shop speaks.
    Locale { En = "en", De = "de" }
}

static EN: LanguageIdentifier = langid!("en");
static DE: LanguageIdentifier = langid!("de");

impl Locale {
    fn langid(self) -> &'static LanguageIdentifier {
        match self {
            Locale::En => &EN,
            Locale::De => &DE,
        }
    }

    /// The language's own name, for the switch.
    pub fn own_name(self) -> &'static str {
        match self {
            Locale::En => "English",
            Locale::De => "Deutsch",
        }
    }

    /// The best of our languages for an `Accept-Language` header.
    pub fn preferred(header: &str) -> Option<Locale> {
        let mut wishes: Vec<(f32, Locale)> = header
            .split(',')
            .filter_map(|part| {
                let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
                let weight = rest.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(1.0);
                Some((weight, tag.trim().get(..2)?.to_lowercase().parse().ok()?))
            })
            .collect();
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
        wishes.first().map(|(_, locale)| *locale)
    }
}

/// A whole number of things, as templates have it: owned or borrowed.
pub trait Count {
    fn count(&self) -> i64;
}

macro_rules! counts {
    ($($kind:ty),+) => { $(impl Count for $kind {
        fn count(&self) -> i64 {
            i64::try_from(*self).unwrap_or(i64::MAX)
        }
    })+ };
}
counts!(i64, i32, u16, u32, u64, usize);

impl<C: Count + ?Sized> Count for &C {
    fn count(&self) -> i64 {
        (**self).count()
    }
}

/// Everything that is said in one language; cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub locale: Locale,
}

impl Words {
    pub fn new(locale: Locale) -> Words {
        Words { locale }
    }

    /// The sentence of a key; a test fails when a key is missing in a language.
    pub fn t(&self, key: &str) -> String {
        SENTENCES.lookup(self.locale.langid(), key)
    }

    /// The sentence of a key with its values filled in: `words.with("cart-left", &[("count", 3.into())])`.
    pub fn with(&self, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> =
            values.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
        SENTENCES.lookup_with_args(self.locale.langid(), key, &values)
    }

    pub fn say(&self, message: &Message) -> String {
        let values: Vec<(&'static str, FluentValue<'_>)> = message
            .values
            .iter()
            .map(|(name, value)| match value {
                MessageValue::Text(text) => (*name, text.as_str().into()),
                MessageValue::Count(count) => (*name, (*count).into()),
            })
            .collect();
        self.with(message.key, &values)
    }

    /// Why not, in words.
    pub fn refusal(&self, refusal: &impl Refusal) -> String {
        self.say(&refusal.message())
    }

    /// The sentence of a key with a count in it.
    pub fn count(&self, key: &str, count: impl Count) -> String {
        self.with(key, &[("count", count.count().into())])
    }

    /// The sentence of a key with one name in it.
    pub fn named(&self, key: &str, name: &str) -> String {
        self.with(key, &[("name", name.into())])
    }

    /// Whether the language itself (not its fallback) has a sentence for this key.
    pub fn knows(&self, key: &str) -> bool {
        SENTENCES.lookup_single_language::<&str>(self.locale.langid(), key, None).is_ok()
    }

    pub fn country(&self, country: Country) -> String {
        numbers::country_name(self.locale, country)
    }

    /// These countries with their names, in the order of the language.
    pub fn countries(&self, codes: impl Iterator<Item = Country>) -> Vec<(Country, String)> {
        let mut named: Vec<_> = codes.map(|country| (country, self.country(country))).collect();
        numbers::sort_by_name(self.locale, &mut named);
        named
    }
}
