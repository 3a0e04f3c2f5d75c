//! A text of the merchant in the shop's main language and in others, and all such texts of a record.

use std::collections::BTreeMap;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Locale, Said};

/// A text in the shop's main language, and what it is in others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    main: String,
    others: Said,
}

impl Wording {
    pub fn new(main: impl Into<String>, others: Said) -> Wording {
        Wording { main: main.into(), others }
    }

    /// As it is in the shop's main language.
    pub fn main(&self) -> &str {
        &self.main
    }

    /// What was written in this very language; `usual` is the shop's main one.
    pub fn own(&self, locale: Locale, usual: Locale) -> Option<&str> {
        let text = if locale == usual { self.main.as_str() } else { self.others.own(locale) };
        (!text.is_empty()).then_some(text)
    }

    /// In other languages than the shop's main one.
    pub fn others(&self) -> &Said {
        &self.others
    }

    /// As it was copied for good, whatever the shop's main language is by now: in this language, else as it was in the main one.
    pub fn kept_in(&self, locale: Locale) -> &str {
        match self.others.own(locale) {
            "" => &self.main,
            own => own,
        }
    }

    /// For a reader of this language: in it, else in the shop's main one.
    pub fn read(&self, locale: Locale, usual: Locale) -> &str {
        self.own(locale, usual).unwrap_or(&self.main)
    }

    /// Bytes of all its texts.
    pub fn size(&self) -> usize {
        self.main.len() + self.others.size()
    }
}

/// The texts of a record in other languages than the shop's main one, by field; a column keeps them as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
pub struct Translations(BTreeMap<String, Said>);

impl Translations {
    /// The texts of these fields; empty ones are left out.
    pub fn of<'a>(texts: impl IntoIterator<Item = (&'a str, Said)>) -> Translations {
        let said = texts.into_iter().filter(|(_, said)| !said.is_empty());
        Translations(said.map(|(field, said)| (field.to_owned(), said)).collect())
    }

    /// The same with a field's text in one language; an empty one is taken out.
    pub fn with(mut self, field: &str, locale: Locale, text: impl Into<String>) -> Translations {
        let said = self.said(field).with(locale, text);
        if said.is_empty() {
            self.0.remove(field);
        } else {
            self.0.insert(field.to_owned(), said);
        }
        self
    }

    /// The same without a field.
    pub fn without(mut self, field: &str) -> Translations {
        self.0.remove(field);
        self
    }

    /// What a field is in all other languages.
    pub fn said(&self, field: &str) -> Said {
        self.0.get(field).cloned().unwrap_or_default()
    }

    /// What a field is in this very language; empty where it is not translated.
    pub fn own(&self, field: &str, locale: Locale) -> &str {
        self.0.get(field).map_or("", |said| said.own(locale))
    }

    /// A field with what it is in the shop's main language.
    pub fn wording(&self, field: &str, main: impl Into<String>) -> Wording {
        Wording::new(main, self.said(field))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromSql<Jsonb, Pg> for Translations {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let value = <Value as FromSql<Jsonb, Pg>>::from_sql(bytes)?;
        let fields = value.as_object().into_iter().flatten();
        Ok(Translations::of(fields.map(|(field, said)| (field.as_str(), Said::from_json(said)))))
    }
}

impl ToSql<Jsonb, Pg> for Translations {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let fields = self.0.iter().map(|(field, said)| (field.clone(), said.to_json()));
        <Value as ToSql<Jsonb, Pg>>::to_sql(&Value::Object(fields.collect()), &mut out.reborrow())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_translated_is_read_in_the_main_language() {
        let words = Translations::default().with("title", Locale::De, "Hocker");
        let title = words.wording("title", "Stool");
        assert_eq!((title.read(Locale::De, Locale::En), title.read(Locale::En, Locale::En)), ("Hocker", "Stool"));
        let text = words.wording("description", "Four legs");
        assert_eq!((text.read(Locale::De, Locale::En), text.own(Locale::De, Locale::En)), ("Four legs", None));
        assert_eq!(title.read(Locale::De, Locale::De), "Stool", "the main language is the record's own column");
        assert!(words.with("title", Locale::De, "").is_empty());
    }
}
