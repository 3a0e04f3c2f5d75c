//! What two people changed at once, in words; each field that both changed is chosen by the second.

use crate::features::catalog::model::{Difference, Editable, Merged, Showing, Tree};
use crate::platform::base::Moment;
use crate::platform::shell::Page;

use super::desk::showing_key;

/// What differs between what was typed and what somebody else saved.
pub struct Clash {
    pub heading: String,
    /// Who saved, for the head of a column.
    pub by: String,
    /// Field, its name, yours, theirs: to be chosen.
    pub both: Vec<(String, String, String, String)>,
    /// What only they changed: name, before (yours), theirs.
    pub taken: Vec<(String, String, String)>,
}

impl Clash {
    pub fn new(page: &Page, product: &Editable, tree: &Tree, merged: &Merged, by: Option<(String, Moment)>) -> Clash {
        let heading = match &by {
            Some((who, at)) => {
                let at = page.minute(*at, page.zone);
                page.with("catalog-clash", &[("name", who.as_str().into()), ("at", at.into())])
            }
            None => page.t("catalog-clash-nobody"),
        };
        let words = |one: &Difference, value: &str| said(page, tree, &one.field, value);
        let name = |one: &Difference| label(page, product, &one.field);
        let shown = |one: &&Difference| !one.field.ends_with(".was");
        Clash {
            heading,
            by: by.map_or_else(|| page.t("catalog-theirs"), |(who, _)| who),
            both: merged
                .both
                .iter()
                .filter(shown)
                .map(|one| (one.field.clone(), name(one), words(one, &one.yours), words(one, &one.theirs)))
                .collect(),
            taken: merged
                .taken
                .iter()
                .filter(shown)
                .map(|one| (name(one), words(one, &one.yours), words(one, &one.theirs)))
                .collect(),
        }
    }
}

/// The name of a field as the form has it.
fn label(page: &Page, product: &Editable, field: &str) -> String {
    let (group, id, part) = parts(field);
    let titled = |title: &String| if title.is_empty() { product.title.clone() } else { title.clone() };
    let variant = || product.variants.iter().find(|one| one.id.0 == id).map_or(String::new(), |one| titled(&one.title));
    let option = || product.options.iter().find(|one| one.id.0 == id).map_or(String::new(), |one| one.name.clone());
    let mut values = product.options.iter().flat_map(|option| &option.values);
    let mut value = || values.find(|one| one.0.0 == id).map_or(String::new(), |one| one.1.clone());
    match (group, part) {
        ("words", inner) => {
            let language = field.get(6..8).unwrap_or_default();
            page.named(&format!("catalog-in-{language}"), &label(page, product, inner))
        }
        ("title", _) => page.t("catalog-title"),
        ("handle", _) => page.t("catalog-handle"),
        ("description", _) => page.t("catalog-description"),
        ("status", _) => page.t("catalog-status"),
        ("publish_at", _) => page.t("catalog-publish-at"),
        ("vendor", _) => page.t("catalog-vendor"),
        ("goods", _) => page.t("catalog-goods"),
        ("tax", _) => page.t("catalog-tax"),
        ("delivery", _) => page.t("catalog-delivery-profile"),
        ("product_type", _) => page.t("catalog-type"),
        ("tags", _) => page.t("catalog-tags"),
        ("categories", _) => page.t("catalog-categories"),
        ("seo_title", _) => page.t("catalog-seo-title"),
        ("seo_description", _) => page.t("catalog-seo-description"),
        ("options", "place") => page.named("catalog-place-of", &option()),
        ("options", _) => page.named("catalog-option-of", &option()),
        ("values", "place") => page.named("catalog-place-of", &value()),
        ("values", _) => page.named("catalog-value-of", &value()),
        ("alts", _) => {
            let at = product.images.iter().position(|image| image.media.0 == id).map_or(1, |at| at + 1);
            page.count("catalog-alt-of", at)
        }
        (_, "price") => page.named("catalog-price-of", &variant()),
        (_, "before") => page.named("catalog-before-of", &variant()),
        (_, "sku") => page.named("catalog-sku-of", &variant()),
        (_, "barcode") => page.named("catalog-barcode-of", &variant()),
        (_, "content") => page.named("prices-content-of", &variant()),
        (_, "grams") => page.named("catalog-weight-of", &variant()),
        (_, "tax") => page.named("catalog-tax-of", &variant()),
        (_, "picture") => page.named("catalog-picture-of", &variant()),
        _ => page.named("catalog-count-of-variant", &variant()),
    }
}

/// "variants[12].price" is ("variants", 12, "price").
fn parts(field: &str) -> (&str, i64, &str) {
    let (group, rest) = field.split_once('[').unwrap_or((field, ""));
    let (id, part) = rest.split_once(']').unwrap_or((rest, ""));
    (group, id.parse().unwrap_or(0), part.trim_start_matches('.'))
}

fn said(page: &Page, tree: &Tree, field: &str, value: &str) -> String {
    match field {
        _ if value.is_empty() => "–".to_owned(),
        "goods" => page.t(&format!("catalog-goods-{value}")),
        "status" => value.parse::<Showing>().map_or(value.to_owned(), |showing| page.t(showing_key(showing))),
        "categories" => {
            let ids = value.split(", ").filter_map(|id| id.parse().ok().map(crate::platform::base::CategoryId));
            ids.filter_map(|id| Some(tree.get(id)?.title.clone())).collect::<Vec<_>>().join(", ")
        }
        _ => value.to_owned(),
    }
}
