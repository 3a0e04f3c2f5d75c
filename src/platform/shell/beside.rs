//! The part of a form where staff write a record's texts in other languages, each beside how it is in the shop's main one.

use askama::Template;
use askama::filters::HtmlSafe;

use super::page::Page;
use crate::platform::i18n::Locale;
use crate::platform::web::FormView;

/// A text to be translated.
pub struct Beside {
    /// The name of the form's field.
    pub field: String,
    pub label: String,
    /// As it is in the shop's main language; empty where there is none.
    pub original: String,
    /// A field of several lines.
    pub long: bool,
    /// In characters.
    pub max: usize,
}

impl Beside {
    pub fn line(field: impl Into<String>, label: String, original: &str, max: usize) -> Beside {
        Beside { field: field.into(), label, original: original.to_owned(), long: false, max }
    }

    pub fn lines(field: impl Into<String>, label: String, original: &str, max: usize) -> Beside {
        Beside { long: true, ..Beside::line(field, label, original, max) }
    }
}

/// A card for each language but the shop's main one.
#[derive(Template)]
#[template(path = "shell/_beside.html")]
pub struct BesideView {
    page: Page,
    form: FormView,
    cards: Vec<Card>,
    /// What is kept in the main language as well, from when it was another: it goes along unseen.
    unseen: Vec<(String, String)>,
}

impl HtmlSafe for BesideView {}

struct Card {
    locale: Locale,
    title: String,
    missing: usize,
    rows: Vec<Row>,
}

struct Row {
    text: Beside,
    missing: bool,
    /// Lines of the field, about as many as the original has.
    lines: usize,
}

impl BesideView {
    /// The cards of these texts, which `rows` gives for a language, filled as the form is.
    pub fn new(page: &Page, form: &FormView, rows: impl Fn(Locale) -> Vec<Beside>) -> BesideView {
        let card = |locale: Locale| {
            let rows: Vec<Row> = rows(locale).into_iter().map(|text| Row::new(text, form)).collect();
            let missing = rows.iter().filter(|row| row.missing).count();
            Card { locale, title: page.t(&format!("shell-in-{locale}")), missing, rows }
        };
        let main = rows(page.shop().locale).into_iter().map(|text| (form.value(&text.field).to_owned(), text.field));
        BesideView {
            cards: page.other_languages().map(card).collect(),
            unseen: main.filter(|(value, _)| !value.is_empty()).map(|(value, field)| (field, value)).collect(),
            form: form.clone(),
            page: page.clone(),
        }
    }
}

impl Row {
    fn new(text: Beside, form: &FormView) -> Row {
        let lines = text.original.lines().map(|line| 1 + line.chars().count() / 60).sum::<usize>();
        let missing = !text.original.trim().is_empty() && form.value(&text.field).trim().is_empty();
        Row { missing, lines: lines.clamp(2, 30), text }
    }
}
