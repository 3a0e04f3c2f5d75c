//! Text that staff write with markup: Markdown or HTML in, clean HTML out, always.

use std::collections::HashSet;
use std::fmt;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{Options, Parser, html};

use crate::platform::base::text_enum;

text_enum! {
    /// How a text was typed.
    Markup { Markdown = "markdown", Html = "html" }
}

/// HTML without anything that could act: templates print it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CleanHtml(String);

/// What may stay: prose, lists and tables. Headings begin below the page's own; no pictures, styles, ids or classes.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    let tags = "a abbr b blockquote br code dd del dl dt em h2 h3 h4 h5 h6 hr i ins li ol p pre s small strong sub sup table tbody td th thead tr u ul";
    cleaner
        .tags(tags.split(' ').collect())
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener nofollow"));
    cleaner
});

impl CleanHtml {
    /// Cleans a text of either kind.
    pub fn of(text: &str, markup: Markup) -> CleanHtml {
        match markup {
            Markup::Markdown => CleanHtml::of_markdown(text),
            Markup::Html => CleanHtml::of_html(text),
        }
    }

    pub fn of_markdown(text: &str) -> CleanHtml {
        let mut rough = String::with_capacity(text.len() * 3 / 2);
        html::push_html(&mut rough, Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH));
        CleanHtml::of_html(&rough)
    }

    pub fn of_html(text: &str) -> CleanHtml {
        CleanHtml(CLEANER.clean(&demoted(text)).to_string().trim().to_owned())
    }

    /// HTML that was cleaned before it was stored.
    pub fn cleaned_before(stored: String) -> CleanHtml {
        CleanHtml(stored)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The words alone, in one line, cut at a word's end after at most `limit` characters.
    pub fn words(&self, limit: usize) -> String {
        let spaced = self.0.replace('<', " <");
        let bare = Builder::empty().clean(&spaced).to_string();
        let bare =
            bare.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        shortened(&bare.split_whitespace().collect::<Vec<_>>().join(" "), limit)
    }
}

/// A line cut at a word's end, with an ellipsis where something is missing.
pub fn shortened(line: &str, limit: usize) -> String {
    if line.chars().count() <= limit {
        return line.to_owned();
    }
    let cut: String = line.chars().take(limit.saturating_sub(1)).collect();
    let whole = cut.rfind(' ').filter(|at| *at > cut.len() / 2).map_or(cut.as_str(), |at| &cut[..at]);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '.', ' ', '-', '–']))
}

/// The one `h1` of a page is its own: those in a text become `h2`.
fn demoted(text: &str) -> String {
    text.replace("<h1", "<h2").replace("</h1", "</h2").replace("<H1", "<h2").replace("</H1", "</h2")
}

impl fmt::Display for CleanHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for CleanHtml {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_survives() {
        let rough = "<script>alert(1)</script><p onclick=x style='a' class=b>Hi <a href='javascript:x'>a</a> <a href='https://e.org'>b</a></p><img src=x onerror=y><h1>T</h1><iframe src=x></iframe>";
        let clean = CleanHtml::of_html(rough);
        let wanted =
            r#"<p>Hi <a rel="noopener nofollow">a</a> <a href="https://e.org" rel="noopener nofollow">b</a></p><h2>T</h2>"#;
        assert_eq!(clean.as_str(), wanted);
    }

    #[test]
    fn markdown_becomes_clean_html() {
        let clean = CleanHtml::of_markdown("# Tea\n\nGreen & *fresh*.\n\n- one\n- <b onclick=x>two</b>\n\n<script>x</script>");
        assert_eq!(
            clean.as_str(),
            "<h2>Tea</h2>\n<p>Green &amp; <em>fresh</em>.</p>\n<ul>\n<li>one</li>\n<li><b>two</b></li>\n</ul>"
        );
        assert_eq!(clean.words(100), "Tea Green & fresh . one two");
    }

    #[test]
    fn long_lines_end_at_a_word() {
        assert_eq!(shortened("one two three", 9), "one two…");
        assert_eq!(shortened("short", 9), "short");
    }

    proptest::proptest! {
        #[test]
        fn any_text_comes_out_without_scripts(text in ".{0,200}", html in proptest::bool::ANY) {
            let clean = CleanHtml::of(&format!("{text}<script>{text}"), if html { Markup::Html } else { Markup::Markdown });
            proptest::prop_assert!(!clean.as_str().to_lowercase().contains("<script"));
        }
    }
}
