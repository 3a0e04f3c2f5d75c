//! The settings as staff edit them, page by page, and how two editors notice each other.

use chrono_tz::Tz;
use sha2::{Digest, Sha256};

use super::model::ShopFacts;
use crate::platform::base::{Country, Currency, Message, Moment, Refusal};
use crate::platform::i18n::{Locale, Translations, Wording};

/// What a page of settings holds, field by field, as a form has it; a field of several values stands several times.
pub type Fields = Vec<(&'static str, String)>;

/// A mark of what a page held when somebody opened it: the same fields give the same mark.
pub fn seen(fields: &Fields) -> String {
    let mut hash = Sha256::new();
    for (name, value) in fields {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(value.as_bytes());
        hash.update([0]);
    }
    hex::encode(&hash.finalize()[..12])
}

/// The name of a field with what another field is in a language: "title_de".
pub fn in_language(field: &str, locale: Locale) -> &'static str {
    match (field, locale) {
        ("title", Locale::En) => "title_en",
        ("title", Locale::De) => "title_de",
        ("body", Locale::En) => "body_en",
        ("body", Locale::De) => "body_de",
        ("name", Locale::En) => "name_en",
        ("name", Locale::De) => "name_de",
        ("note", Locale::En) => "note_en",
        ("note", Locale::De) => "note_de",
        ("bank_details", Locale::En) => "bank_details_en",
        ("bank_details", Locale::De) => "bank_details_de",
        _ => "",
    }
}

/// These fields in every language that they may be translated to.
pub fn translated(translations: &Translations, fields: &[&str]) -> Fields {
    let each = fields.iter().flat_map(|field| Locale::ALL.iter().map(move |locale| (*field, *locale)));
    each.map(|(field, locale)| (in_language(field, locale), translations.own(field, locale).to_owned())).collect()
}

/// Something that is edited as a whole and noticed when two people do.
pub trait Saved {
    fn fields(&self) -> Fields;

    fn seen(&self) -> String {
        seen(&self.fields())
    }
}

/// Who the shop is, where it sells and how it speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct General {
    pub name: String,
    pub legal_name: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: Country,
    pub phone: String,
    pub currency: Currency,
    pub zone: Tz,
    pub locale: Locale,
    pub countries: Vec<Country>,
    pub sender_email: String,
    pub notice_email: String,
    pub prices_include_tax: bool,
}

impl General {
    pub fn of(shop: &ShopFacts) -> General {
        let shop = shop.clone();
        General {
            name: shop.name,
            legal_name: shop.legal_name,
            street: shop.street,
            postal_code: shop.postal_code,
            city: shop.city,
            country: shop.country,
            phone: shop.phone,
            currency: shop.currency,
            zone: shop.zone,
            locale: shop.locale,
            countries: shop.countries,
            sender_email: shop.sender_email,
            notice_email: shop.notice_email,
            prices_include_tax: shop.entered_with_tax,
        }
    }
}

impl Saved for General {
    fn fields(&self) -> Fields {
        let mut fields = vec![
            ("name", self.name.clone()),
            ("legal_name", self.legal_name.clone()),
            ("street", self.street.clone()),
            ("postal_code", self.postal_code.clone()),
            ("city", self.city.clone()),
            ("country", self.country.to_string()),
            ("phone", self.phone.clone()),
            ("currency", self.currency.to_string()),
            ("zone", self.zone.name().to_owned()),
            ("locale", self.locale.to_string()),
            ("sender_email", self.sender_email.clone()),
            ("notice_email", self.notice_email.clone()),
            ("prices_include_tax", if self.prices_include_tax { "yes" } else { "no" }.to_owned()),
        ];
        fields.extend(self.countries.iter().map(|country| ("countries", country.to_string())));
        fields
    }
}

/// How shoppers pay and how long the shop waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    pub bank_details: Wording,
    pub unpaid_days: i32,
    pub reservation_minutes: i32,
}

impl Payment {
    pub fn of(shop: &ShopFacts) -> Payment {
        let (unpaid_days, reservation_minutes) = (shop.unpaid_days, shop.reservation_minutes);
        Payment { bank_details: shop.bank_details.clone(), unpaid_days, reservation_minutes }
    }

    pub(super) fn translations(&self) -> Translations {
        Translations::of([("bank_details", self.bank_details.others().clone())])
    }
}

impl Saved for Payment {
    fn fields(&self) -> Fields {
        let fields = vec![
            ("bank_details", self.bank_details.main().to_owned()),
            ("unpaid_days", self.unpaid_days.to_string()),
            ("reservation_minutes", self.reservation_minutes.to_string()),
        ];
        [fields, translated(&self.translations(), &["bank_details"])].concat()
    }
}

/// A legal page: its title (empty: the language's usual one) and its text in Markdown (empty: there is no such page).
#[derive(Clone, Debug, PartialEq, Default)]
pub struct LegalText {
    pub title: String,
    pub body: String,
    /// Both in other languages.
    pub translations: Translations,
}

impl Saved for LegalText {
    fn fields(&self) -> Fields {
        let fields = vec![("title", self.title.clone()), ("body", self.body.clone())];
        [fields, translated(&self.translations, &["title", "body"])].concat()
    }
}

/// Why settings are not saved.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveRefused {
    /// Somebody saved something else since this editor opened the page.
    Changed { theirs: Fields, by: String, at: Option<Moment> },
    /// There are prices in the old currency.
    CurrencyFixed,
}

impl Refusal for SaveRefused {
    fn message(&self) -> Message {
        match self {
            SaveRefused::Changed { by, .. } => Message::new("admin-changed-meanwhile").text("name", by),
            SaveRefused::CurrencyFixed => Message::new("admin-currency-fixed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_changes_with_any_field() {
        let one = LegalText { title: "a".into(), body: "bc".into(), ..LegalText::default() };
        let other = LegalText { title: "ab".into(), body: "c".into(), ..LegalText::default() };
        assert_eq!(one.seen(), one.clone().seen());
        assert_ne!(one.seen(), other.seen());
    }
}
