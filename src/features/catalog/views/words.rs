//! A product's and a category's texts in other languages, as fields beside the originals.

use crate::features::catalog::model::{Editable, EditableCategory, Fields, GOODS_TEXTS};
use crate::platform::i18n::Locale;
use crate::platform::shell::{Beside, BesideView, Page};
use crate::platform::web::FormView;

/// The fields of a product's texts in every language but the shop's main one, as they are kept.
pub fn filled(page: &Page, product: &Editable) -> Fields {
    let words = &product.words;
    let mut fields = Fields::new();
    for locale in page.other_languages() {
        let mut put = |field: String, text: &str| fields.push((format!("words[{locale}].{field}"), text.to_owned()));
        GOODS_TEXTS.iter().for_each(|field| put((*field).to_owned(), words.texts.own(field, locale)));
        for option in &product.options {
            put(format!("options[{}]", option.id), words.option(option.id, locale));
            option.values.iter().for_each(|(id, _)| put(format!("values[{id}]"), words.value(*id, locale)));
        }
        product.images.iter().for_each(|image| put(format!("alts[{}]", image.media), words.alt(image.media, locale)));
    }
    fields
}

/// The part of a product's form with its texts in other languages. What is typed in the form stands beside what is kept.
pub fn beside(page: &Page, product: &Editable, form: &FormView) -> BesideView {
    BesideView::new(page, form, |locale| {
        let field = |name: &str| format!("words[{locale}].{name}");
        let mut rows = vec![
            Beside::line(field("title"), page.t("catalog-title"), &product.title, 255),
            Beside::lines(field("description"), page.t("catalog-description"), &product.description, 100_000),
            Beside::line(field("product_type"), page.t("catalog-type"), &product.product_type, 255),
            Beside::line(field("seo_title"), page.t("catalog-seo-title"), &product.seo_title, 255),
            Beside::lines(field("seo_description"), page.t("catalog-seo-description"), &product.seo_description, 1000),
        ];
        for option in &product.options {
            let label = page.named("catalog-option-of", &option.name);
            rows.push(Beside::line(field(&format!("options[{}]", option.id)), label, &option.name, 255));
            rows.extend(option.values.iter().map(|(id, text)| {
                Beside::line(field(&format!("values[{id}]")), page.named("catalog-value-of", text), text, 255)
            }));
        }
        rows.extend(product.images.iter().enumerate().map(|(at, image)| {
            let label = page.count("catalog-alt-of", at + 1);
            Beside::lines(field(&format!("alts[{}]", image.media)), label, &image.alt, 1000)
        }));
        rows
    })
}

/// A category's texts that are translated, with the most characters of each.
pub const CATEGORY_TEXTS: [(&str, &str, usize); 4] = [
    ("title", "catalog-title", 255),
    ("description", "catalog-description", 20_000),
    ("seo_title", "shelving-seo-title", 255),
    ("seo_description", "shelving-seo-description", 1000),
];

/// The part of a category's form with its texts in other languages.
pub fn beside_category(page: &Page, category: &EditableCategory, form: &FormView) -> BesideView {
    let original = |field: &str| match field {
        "title" => category.title.as_str(),
        "description" => &category.description,
        "seo_title" => &category.seo_title,
        _ => &category.seo_description,
    };
    let row = |locale: Locale, (field, label, max): (&str, &str, usize)| {
        let row = Beside::line(format!("words[{locale}].{field}"), page.t(label), original(field), max);
        Beside { long: field.ends_with("description"), ..row }
    };
    BesideView::new(page, form, |locale| CATEGORY_TEXTS.iter().map(|text| row(locale, *text)).collect())
}
