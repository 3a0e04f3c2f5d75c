//! What a search found.

use askama::Template;
use url::form_urlencoded::Serializer;

use super::card::CardView;
use crate::features::catalog::model::{PAGE_SIZE, Prices};
use crate::features::catalog::queries::Hits;
use crate::platform::paths;
use crate::platform::shell::Page;

/// A page of what a search found.
#[derive(Template)]
#[template(path = "catalog/search_page.html")]
pub struct SearchPage {
    page: Page,
    words: String,
    title: String,
    /// Nothing has these words, but these look alike.
    alike: bool,
    cards: Vec<CardView>,
    before: Option<String>,
    after: Option<String>,
}

impl SearchPage {
    pub fn new(page: Page, words: &str, number: i64, hits: &Hits, prices: &Prices) -> SearchPage {
        let title = match (words, hits.total, hits.alike) {
            ("", ..) => page.t("catalog-search"),
            (_, 0, _) | (.., true) => page.named("catalog-search-nothing", words),
            (_, total, _) => page.with("catalog-search-found", &[("count", total.into()), ("words", words.into())]),
        };
        SearchPage {
            cards: CardView::list(&page, &prices.on(&hits.cards), 8),
            alike: hits.alike,
            before: (number > 1).then(|| search_path(words, number - 1)),
            after: (number * PAGE_SIZE < hits.total).then(|| search_path(words, number + 1)),
            words: words.to_owned(),
            title,
            page,
        }
    }
}

/// The address of a search.
pub fn search_path(words: &str, number: i64) -> String {
    let mut query = Serializer::new(String::new());
    if !words.is_empty() {
        query.append_pair("q", words);
    }
    if number > 1 {
        query.append_pair("page", &number.to_string());
    }
    let query = query.finish();
    if query.is_empty() { paths::search() } else { format!("{}?{query}", paths::search()) }
}
