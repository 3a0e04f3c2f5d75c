//! JSON-LD: what search engines read of a page.

use std::fmt;

use serde_json::Value;

/// The content of a `<script type="application/ld+json">`; nothing in it can end the script.
#[derive(Clone, Debug)]
pub struct LinkedData(String);

impl LinkedData {
    pub fn new(value: &Value) -> LinkedData {
        LinkedData(value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
    }

    /// The way from the start page to a page: names with absolute addresses.
    pub fn trail(steps: &[(String, String)]) -> LinkedData {
        let item = |(at, (name, url)): (usize, &(String, String))| serde_json::json!({ "@type": "ListItem", "position": at + 1, "name": name, "item": url });
        let items: Vec<Value> = steps.iter().enumerate().map(item).collect();
        LinkedData::new(
            &serde_json::json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items }),
        )
    }
}

impl fmt::Display for LinkedData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for LinkedData {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_script() {
        let data = LinkedData::new(&serde_json::json!({ "name": "</script><b>&" }));
        assert_eq!(data.to_string(), r#"{"name":"\u003c/script\u003e\u003cb\u003e\u0026"}"#);
    }
}
