//! How every mail of the shop looks: a heading, then parts; printed as HTML with its styles inlined and as plain text.

use std::borrow::Cow;

use anyhow::Context;
use askama::Template;

use super::model::{Draft, Threading};
use crate::platform::config::Config;
use crate::platform::i18n::Words;
use crate::platform::settings::ShopFacts;

/// Goods as a letter lists them.
#[derive(Clone, Debug)]
pub struct Goods {
    pub title: String,
    /// Options, SKU; may be empty.
    pub detail: String,
    pub quantity: i32,
    /// As the reader writes it; empty where money does not matter.
    pub price: String,
}

/// A line below the goods; the strong one is what is to be paid.
#[derive(Clone, Debug)]
pub struct Total {
    pub label: String,
    pub amount: String,
    pub strong: bool,
}

enum Part {
    Text(String),
    Button { label: String, url: String },
    Goods(Vec<Goods>),
    Totals(Vec<Total>),
    Facts { heading: String, lines: Vec<String> },
}

/// A letter in one language. Whatever is put in is text: it is escaped, never read as HTML.
pub struct Letter {
    words: Words,
    heading: String,
    parts: Vec<Part>,
}

impl Letter {
    pub fn new(words: Words, heading: impl Into<String>) -> Letter {
        Letter { words, heading: heading.into(), parts: Vec::new() }
    }

    fn with(mut self, part: Part) -> Letter {
        self.parts.push(part);
        self
    }

    /// A paragraph; an empty one is left out.
    pub fn say(self, text: impl Into<String>) -> Letter {
        let text = text.into();
        if text.is_empty() { self } else { self.with(Part::Text(text)) }
    }

    /// A button that leads to an absolute address.
    pub fn button(self, label: impl Into<String>, url: impl Into<String>) -> Letter {
        self.with(Part::Button { label: label.into(), url: url.into() })
    }

    pub fn goods(self, goods: Vec<Goods>) -> Letter {
        self.with(Part::Goods(goods))
    }

    pub fn totals(self, totals: Vec<Total>) -> Letter {
        self.with(Part::Totals(totals))
    }

    /// A small heading with lines below it: an address, bank details, a tracking number. Empty lines are left out.
    pub fn facts(self, heading: impl Into<String>, lines: impl IntoIterator<Item = String>) -> Letter {
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
        if lines.is_empty() { self } else { self.with(Part::Facts { heading: heading.into(), lines }) }
    }

    /// Prints the letter on the shop's paper.
    ///
    /// # Errors
    /// A template or a style sheet that cannot be applied: a mistake in the program.
    pub fn draft(
        self,
        kind: &'static str,
        recipient: impl Into<String>,
        subject: impl Into<String>,
        shop: &ShopFacts,
        config: &Config,
    ) -> anyhow::Result<Draft> {
        let subject = one_line(&subject.into());
        let paper = Paper::new(shop, config);
        let html = HtmlLetter { letter: &self, subject: &subject, paper: &paper }.render()?;
        let text = TextLetter { letter: &self, paper: &paper }.render()?;
        let recipient = recipient.into();
        Ok(Draft {
            kind,
            recipient,
            subject,
            html: inline(&html)?,
            text: tidy(&text),
            order: None,
            dedupe_key: None,
            thread: Threading::default(),
        })
    }
}

/// What stands at the head and foot of every letter.
struct Paper {
    shop: String,
    address: Vec<String>,
    url: String,
}

impl Paper {
    fn new(shop: &ShopFacts, config: &Config) -> Paper {
        let name = if shop.legal_name.is_empty() { &shop.name } else { &shop.legal_name };
        let town = format!("{} {}", shop.postal_code, shop.city);
        let address = [name.as_str(), &shop.street, town.trim(), &shop.phone, &shop.sender_email];
        Paper {
            shop: shop.name.clone(),
            address: address.iter().filter(|line| !line.is_empty()).map(ToString::to_string).collect(),
            url: config.absolute("/"),
        }
    }
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct HtmlLetter<'a> {
    letter: &'a Letter,
    subject: &'a str,
    paper: &'a Paper,
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct TextLetter<'a> {
    letter: &'a Letter,
    paper: &'a Paper,
}

fn inline(html: &str) -> anyhow::Result<String> {
    let css = Cow::Borrowed(include_str!("../../../templates/mail/letter.css"));
    let inliner = css_inline::CSSInliner::options().extra_css(Some(css)).load_remote_stylesheets(false).build();
    inliner.inline(html).context("the styles of a mail cannot be inlined")
}

/// A subject is one line, whatever the goods or the shop are called.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most one empty line in a row, no spaces at the ends of lines.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && empty) {
            tidy.push_str(line);
            tidy.push('\n');
        }
        empty = line.is_empty();
    }
    tidy.truncate(tidy.trim_end().len());
    tidy.push('\n');
    tidy
}
