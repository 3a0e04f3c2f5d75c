//! A text that staff wrote in several languages.

use std::collections::BTreeMap;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Locale;

/// One text by language; a language without one says nothing of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
pub struct Said(BTreeMap<Locale, String>);

impl Said {
    /// The text in these languages; empty ones are left out.
    pub fn of(texts: impl IntoIterator<Item = (Locale, String)>) -> Said {
        Said(texts.into_iter().filter(|(_, text)| !text.is_empty()).collect())
    }

    /// The text as a column keeps it; what cannot be read is left out.
    pub fn from_json(value: &Value) -> Said {
        let texts = Locale::ALL.iter().map(|locale| (*locale, value[locale.as_str()].as_str().unwrap_or_default().to_owned()));
        Said::of(texts)
    }

    pub fn to_json(&self) -> Value {
        self.0
            .iter()
            .map(|(locale, text)| (locale.to_string(), Value::from(text.as_str())))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same with this text in one language; an empty one is taken out.
    pub fn with(mut self, locale: Locale, text: impl Into<String>) -> Said {
        let text = text.into();
        if text.is_empty() {
            self.0.remove(&locale);
        } else {
            self.0.insert(locale, text);
        }
        self
    }

    /// Bytes of all its texts.
    pub fn size(&self) -> usize {
        self.0.values().map(String::len).sum()
    }

    /// What was written in this very language; empty when nothing was.
    pub fn own(&self, locale: Locale) -> &str {
        self.0.get(&locale).map_or("", String::as_str)
    }

    /// In this language, else in the shop's usual one; empty where there is neither.
    pub fn near(&self, locale: Locale, usual: Locale) -> &str {
        self.0.get(&locale).or_else(|| self.0.get(&usual)).map_or("", String::as_str)
    }

    /// For a reader of this language: in it, else in the shop's usual one, else in any.
    pub fn read_in(&self, locale: Locale, usual: Locale) -> &str {
        let found = self.0.get(&locale).or_else(|| self.0.get(&usual)).or_else(|| self.0.values().next());
        found.map_or("", String::as_str)
    }
}

impl FromSql<Jsonb, Pg> for Said {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Said::from_json(&<Value as FromSql<Jsonb, Pg>>::from_sql(bytes)?))
    }
}

impl ToSql<Jsonb, Pg> for Said {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <Value as ToSql<Jsonb, Pg>>::to_sql(&self.to_json(), &mut out.reborrow())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_get_their_language_or_the_next_best() {
        let both = Said::of([(Locale::En, "Hello".to_owned()), (Locale::De, "Hallo".to_owned())]);
        assert_eq!((both.read_in(Locale::De, Locale::En), both.own(Locale::En)), ("Hallo", "Hello"));
        let one = Said::of([(Locale::En, String::new()), (Locale::De, "Hallo".to_owned())]);
        assert_eq!((one.read_in(Locale::En, Locale::En), one.own(Locale::En)), ("Hallo", ""));
        assert_eq!((one.near(Locale::En, Locale::En), one.near(Locale::En, Locale::De)), ("", "Hallo"));
        assert_eq!(Said::from_json(&one.to_json()), one);
        assert_eq!(Said::default().read_in(Locale::En, Locale::De), "");
    }
}
