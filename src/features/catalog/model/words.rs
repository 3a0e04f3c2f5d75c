//! What a product is called in other languages than the shop's main one.

use std::collections::BTreeMap;

use crate::platform::base::{MediaId, OptionId, OptionValueId};
use crate::platform::i18n::{Locale, Said, Translations};

/// A product's own texts that are translated.
pub const GOODS_TEXTS: [&str; 5] = ["title", "description", "product_type", "seo_title", "seo_description"];

/// A product's texts in other languages, with those of its options, values and pictures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GoodsWords {
    /// Those of [`GOODS_TEXTS`]; the description as typed.
    pub texts: Translations,
    pub options: BTreeMap<OptionId, Said>,
    pub values: BTreeMap<OptionValueId, Said>,
    pub alts: BTreeMap<MediaId, Said>,
}

impl GoodsWords {
    pub fn option(&self, id: OptionId, locale: Locale) -> &str {
        own(&self.options, id, locale)
    }

    pub fn value(&self, id: OptionValueId, locale: Locale) -> &str {
        own(&self.values, id, locale)
    }

    pub fn alt(&self, id: MediaId, locale: Locale) -> &str {
        own(&self.alts, id, locale)
    }

    pub fn set_text(&mut self, field: &str, locale: Locale, text: &str) {
        self.texts = std::mem::take(&mut self.texts).with(field, locale, text);
    }

    pub fn set_option(&mut self, id: OptionId, locale: Locale, text: &str) {
        set(&mut self.options, id, locale, text);
    }

    pub fn set_value(&mut self, id: OptionValueId, locale: Locale, text: &str) {
        set(&mut self.values, id, locale, text);
    }

    pub fn set_alt(&mut self, id: MediaId, locale: Locale, text: &str) {
        set(&mut self.alts, id, locale, text);
    }
}

fn own<K: Ord>(said: &BTreeMap<K, Said>, id: K, locale: Locale) -> &str {
    said.get(&id).map_or("", |said| said.own(locale))
}

fn set<K: Ord>(all: &mut BTreeMap<K, Said>, id: K, locale: Locale, text: &str) {
    let said = all.remove(&id).unwrap_or_default().with(locale, text);
    if !said.is_empty() {
        all.insert(id, said);
    }
}
