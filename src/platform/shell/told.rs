//! What the merchant wrote as a reader gets it: in their language, else in the shop's main one, and then it says so.

use std::fmt;

use askama::filters::HtmlSafe;

use super::page::Page;
use crate::platform::i18n::{Locale, Wording};

/// ` lang="en"` for a text that is not in the page's language; nothing for one that is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lang(Option<Locale>);

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |locale| write!(f, r#" lang="{locale}""#))
    }
}

impl HtmlSafe for Lang {}

/// A text and its language, for `<p{{ text.lang }}>{{ text }}</p>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub text: String,
    pub lang: Lang,
}

impl Told {
    /// A text in the reader's language.
    pub fn own(text: String) -> Told {
        Told { text, lang: Lang::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it is in the reader's language.
    pub fn is_own(&self) -> bool {
        self.lang == Lang::default()
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Page {
    /// A text of the merchant for this reader.
    pub fn told(&self, wording: &Wording) -> Told {
        self.told_first(&[wording])
    }

    /// The first of these that is written in the reader's language; else the first in the shop's main one.
    pub fn told_first(&self, wordings: &[&Wording]) -> Told {
        let (reader, usual) = (self.words.locale, self.shop().locale);
        if let Some(own) = wordings.iter().find_map(|wording| wording.own(reader, usual)) {
            return Told { text: own.to_owned(), lang: Lang::default() };
        }
        let main = wordings.iter().find_map(|wording| wording.own(usual, usual));
        main.map_or_else(Told::default, |text| Told { text: text.to_owned(), lang: Lang(Some(usual)) })
    }

    /// A text that was copied to an order, for this reader.
    pub fn told_as_kept(&self, wording: &Wording) -> Told {
        let (reader, usual) = (self.words.locale, self.shop().locale);
        let foreign = reader != usual && wording.others().own(reader).is_empty();
        Told { text: wording.kept_in(reader).to_owned(), lang: Lang(foreign.then_some(usual)) }
    }

    /// The same as plain words, where nothing can say in which language they are.
    pub fn plain(&self, wording: &Wording) -> String {
        self.told(wording).text
    }

    /// The languages that goods and texts may be translated to: all but the shop's main one.
    pub fn other_languages(&self) -> impl Iterator<Item = Locale> + use<> {
        let usual = self.shop().locale;
        Locale::ALL.iter().copied().filter(move |locale| *locale != usual)
    }
}
