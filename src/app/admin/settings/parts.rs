//! What the settings pages share: their menu, the panel for two editors, choices of countries, zones and currencies.

use chrono_tz::Tz;
use rocket::form::{self, FromFormField, ValueField};

use crate::platform::access::Right;
use crate::platform::base::{Country, Currency, Email, Line, Moment};
use crate::platform::feed::{Change, Listener, Subject};
use crate::platform::i18n::{Locale, Words};
use crate::platform::paths;
use crate::platform::settings::{Fields, SaveRefused};
use crate::platform::shell::{DeskEntry, Facts, Page};
pub use crate::platform::web::Between;
use crate::platform::web::FormView;

/// The menu beside every settings page: those that whoever is signed in may open.
pub fn menu(page: &Page) -> Vec<DeskEntry> {
    let pages = [
        (Right::ManageSettings, paths::admin_settings(), "admin-settings-general", "store"),
        (Right::ManageSettings, paths::admin_settings_payment(), "admin-settings-payment", "credit-card"),
        (Right::ManageSettings, paths::admin_settings_delivery(), "admin-settings-delivery", "truck"),
        (Right::ManageSettings, paths::admin_settings_tax(), "admin-settings-tax", "banknote"),
        (Right::ManageSettings, paths::admin_markets(), "admin-settings-markets", "globe"),
        (Right::ManageSettings, paths::admin_settings_sign_in(), "admin-settings-sign-in", "key-round"),
        (Right::ManageContent, paths::admin_settings_legal(), "admin-settings-legal", "file-text"),
        (Right::ManageSettings, paths::admin_settings_privacy(), "admin-settings-privacy", "eye"),
        (Right::ManageStaff, paths::admin_settings_staff(), "admin-settings-staff", "users"),
        (Right::ManageStaff, paths::admin_roles(), "admin-settings-roles", "list"),
        (Right::ManageStaff, paths::admin_settings_audit(), "admin-settings-audit", "shield-check"),
    ];
    pages
        .into_iter()
        .filter(|(right, ..)| page.may(*right))
        .map(|(_, path, key, icon)| {
            let here = if path == paths::admin_settings() { page.is_at(&path) } else { page.is_below(&path) };
            DeskEntry::new(here, path, key, icon)
        })
        .collect()
}

/// Two people edited the same page: where they differ. What was typed stays in the form below.
pub struct Clash {
    /// "Anna saved this page at 14:18"
    pub title: String,
    pub by: String,
    /// Label, yours, theirs.
    pub rows: Vec<(String, String, String)>,
    /// The mark of what is kept now, so that saving again is a choice.
    pub seen: String,
}

impl Clash {
    /// Compares what was typed with what is kept; `None` for another refusal.
    pub fn of(page: &Page, why: &SaveRefused, yours: &Fields) -> Option<Clash> {
        Clash::labelled(page, why, yours, |name| format!("admin-field-{}", name.replace('_', "-")))
    }

    /// The same for a page whose fields have labels (keys) of their own.
    pub fn labelled(page: &Page, why: &SaveRefused, yours: &Fields, label: impl Fn(&str) -> String) -> Option<Clash> {
        let SaveRefused::Changed { theirs, by, at } = why else { return None };
        let by = if by.is_empty() { page.t("admin-somebody") } else { by.clone() };
        let values = |fields: &Fields, name: &str| -> String {
            let said = |value: &String| match (name, value.parse()) {
                ("countries", Ok(country)) => page.country(country),
                _ => value.clone(),
            };
            // Of several values the order says nothing.
            let mut values: Vec<String> =
                fields.iter().filter(|(other, _)| *other == name).map(|(_, value)| said(value)).collect();
            values.sort_unstable();
            values.join(", ")
        };
        let mut names: Vec<&'static str> = yours.iter().chain(theirs).map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        let differ = names.into_iter().filter(|name| values(yours, name) != values(theirs, name));
        let rows = differ.map(|name| (page.t(&label(name)), values(yours, name), values(theirs, name))).collect();
        let when = at.map(|at: Moment| page.minute(at, page.zone)).unwrap_or_default();
        let title = page.with("admin-clash", &[("name", by.as_str().into()), ("at", when.into())]);
        Some(Clash { title, by, rows, seen: crate::platform::settings::seen(theirs) })
    }
}

/// A form that shows what is kept, with the mark of it.
pub fn filled(fields: &Fields) -> FormView {
    let mark = crate::platform::settings::seen(fields);
    FormView::filled(fields.iter().map(|(name, value)| (*name, value.clone())).chain([("seen", mark)]))
}

/// The form as it was sent, with a new mark after a clash.
pub fn with_mark(form: FormView, mark: &str) -> FormView {
    form.with_value("seen", mark)
}

/// This process forgets what it has kept at once; the others hear it from the change feed.
pub fn forget_here(facts: &Facts, subject: Subject) {
    facts.hear(&Change { subject, id: None });
}

/// A time zone by its IANA name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(pub Tz);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Zone {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map(Zone).map_err(|_| form::Error::validation("error-choice").into())
    }
}

/// An e-mail address that may be left out.
#[derive(Clone, Debug)]
pub struct MaybeEmail(pub String);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for MaybeEmail {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let wrong = |why: crate::platform::base::BadText| form::Error::validation(why.0);
        let line: Line<254> = field.value.parse().map_err(wrong)?;
        match line.is_empty() {
            true => Ok(MaybeEmail(String::new())),
            false => Ok(MaybeEmail(line.parse::<Email>().map_err(wrong)?.to_string())),
        }
    }
}

/// All countries with their names, for a select.
pub fn country_choices(words: Words) -> Vec<(String, String)> {
    words.countries(Country::all()).into_iter().map(|(country, name)| (country.to_string(), name)).collect()
}

/// All time zones that people live in.
pub fn zone_choices() -> Vec<(String, String)> {
    let lived_in = |zone: &&Tz| zone.name().contains('/') && !zone.name().starts_with("Etc/") || **zone == Tz::UTC;
    chrono_tz::TZ_VARIANTS.iter().filter(lived_in).map(|zone| (zone.name().to_owned(), zone.name().replace('_', " "))).collect()
}

/// The currencies that shops use, by code.
pub fn currency_choices() -> Vec<(String, String)> {
    const CODES: &str = "AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JOD JPY KES KRW KWD MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD SAR SEK SGD THB TND TRY TWD UAH USD VND ZAR";
    let known = CODES.split(' ').filter(|code| code.parse::<Currency>().is_ok());
    known.map(|code| (code.to_owned(), code.to_owned())).collect()
}

pub fn locale_choices() -> Vec<(String, String)> {
    Locale::ALL.iter().map(|locale| (locale.to_string(), locale.own_name().to_owned())).collect()
}
