//! Products in the management pages: the index and the form.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use url::form_urlencoded::Serializer;

use crate::features::catalog::model::{Edit, Editable, EditableVariant, Listed, ProductStatus};
use crate::features::catalog::queries::Index;
use crate::platform::access::Right;
use crate::platform::base::{MediaId, Moment, VariantId};
use crate::platform::media::{Loading, Picture, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{FormView, Markup};

/// The index of products.
#[derive(Template, WebTemplate)]
#[template(path = "catalog/admin_products_page.html")]
pub struct ProductsPage {
    page: Page,
    words: String,
    status: Option<ProductStatus>,
    views: Vec<ViewLink>,
    rows: Vec<RowView>,
    said: String,
    before: Option<String>,
    after: Option<String>,
    may_edit: bool,
    /// Pictures that an import named and could not fetch.
    lost: i64,
}

struct ViewLink {
    path: String,
    title: String,
    count: i64,
    here: bool,
}

struct RowView {
    path: String,
    title: String,
    sub: String,
    status: String,
    tone: &'static str,
    stock: String,
    sold_out: Option<String>,
    category: String,
    price: String,
    changed: String,
    thumb: Option<PictureView>,
}

impl ProductsPage {
    pub fn new(
        page: Page,
        words: &str,
        status: Option<ProductStatus>,
        index: &Index,
        counts: &HashMap<ProductStatus, i64>,
        pictures: &HashMap<MediaId, Picture>,
    ) -> ProductsPage {
        let path = |status: Option<ProductStatus>, side: Option<(&str, i64)>| index_path(words, status, side);
        let side = |name: &'static str, row: Option<&Listed>| row.map(|row| path(status, Some((name, row.id.0))));
        let all = ViewLink {
            path: path(None, None),
            title: page.t("catalog-view-all"),
            count: counts.values().sum(),
            here: status.is_none(),
        };
        let view = |one: &ProductStatus| ViewLink {
            path: path(Some(*one), None),
            title: page.t(status_key(*one)),
            count: counts.get(one).copied().unwrap_or(0),
            here: status == Some(*one),
        };
        let rows: Vec<RowView> = index.rows.iter().map(|row| RowView::new(&page, row, pictures)).collect();
        ProductsPage {
            views: [all]
                .into_iter()
                .chain([ProductStatus::Active, ProductStatus::Draft, ProductStatus::Archived].iter().map(view))
                .collect(),
            said: page.count("catalog-shown", rows.len() as i64),
            before: index.before.then(|| side("before", index.rows.first())).flatten(),
            after: index.after.then(|| side("after", index.rows.last())).flatten(),
            may_edit: page.staff.as_ref().is_some_and(|person| person.may(Right::ManageProducts)),
            words: words.to_owned(),
            status,
            rows,
            page,
            lost: 0,
        }
    }

    /// Says above the table that pictures are missing.
    pub fn with_lost_pictures(self, lost: i64) -> ProductsPage {
        ProductsPage { lost, ..self }
    }
}

impl RowView {
    fn new(page: &Page, row: &Listed, pictures: &HashMap<MediaId, Picture>) -> RowView {
        let price = match (row.price_from, row.price_to) {
            (Some(from), Some(to)) if to > from => page.named("catalog-from-price", &page.price(from)),
            (Some(from), _) => page.price(from),
            _ => String::new(),
        };
        let picture = row.media.and_then(|id| pictures.get(&id));
        RowView {
            path: paths::admin_product(row.id),
            title: row.title.clone(),
            sub: page.count("catalog-variants", row.variants),
            status: page.t(status_key(row.status)),
            tone: status_tone(row.status),
            stock: if row.uncounted { page.t("catalog-uncounted") } else { page.number(row.on_hand) },
            sold_out: (row.sold_out > 0).then(|| page.count("catalog-sold-out-count", row.sold_out)),
            category: row.category.clone().unwrap_or_default(),
            price,
            changed: page.minute(row.updated_at, page.shop().zone),
            thumb: picture.and_then(|picture| picture.view("", sizes::THUMB, Loading::Lazy)),
        }
    }
}

fn index_path(words: &str, status: Option<ProductStatus>, side: Option<(&str, i64)>) -> String {
    let mut query = Serializer::new(String::new());
    if !words.is_empty() {
        query.append_pair("q", words);
    }
    if let Some(status) = status {
        query.append_pair("status", status.as_str());
    }
    if let Some((name, id)) = side {
        query.append_pair(name, &id.to_string());
    }
    let query = query.finish();
    if query.is_empty() { paths::admin_products() } else { format!("{}?{query}", paths::admin_products()) }
}

pub fn status_key(status: ProductStatus) -> &'static str {
    match status {
        ProductStatus::Draft => "catalog-status-draft",
        ProductStatus::Active => "catalog-status-active",
        ProductStatus::Archived => "catalog-status-archived",
    }
}

fn status_tone(status: ProductStatus) -> &'static str {
    match status {
        ProductStatus::Draft => "info",
        ProductStatus::Active => "live full",
        ProductStatus::Archived => "idle cross",
    }
}

fn statuses(page: &Page) -> Vec<(&'static str, String)> {
    ProductStatus::ALL.iter().map(|status| (status.as_str(), page.t(status_key(*status)))).collect()
}

/// The form of a product, filled or refused.
#[derive(Template, WebTemplate)]
#[template(path = "catalog/admin_product_page.html")]
pub struct ProductFormPage {
    page: Page,
    title: String,
    path: String,
    shop_path: String,
    status: String,
    tone: &'static str,
    form: FormView,
    statuses: Vec<(&'static str, String)>,
    is_html: bool,
    rows: Vec<VariantRow>,
    thumbs: Vec<PictureView>,
    facts: Vec<(String, String)>,
    version: i32,
    may_edit: bool,
    /// Somebody saved meanwhile.
    clash: Option<Clash>,
}

/// A row of the form; its fields are named after the variant.
struct VariantRow {
    id: VariantId,
    title: String,
    sku: String,
    counted: bool,
    /// What lies there now, where it can be edited.
    on_hand: i32,
    /// What stands there where the count cannot be edited.
    said: String,
    allocated: i64,
}

impl VariantRow {
    fn field(&self, name: &str) -> String {
        format!("variants[{}].{name}", self.id)
    }

    /// The count that a change is measured from: that of the form, but after a refusal that of the shelf.
    fn was(&self, form: &FormView) -> String {
        match form.error(&self.field("count")) {
            Some(_) => self.on_hand.to_string(),
            None => form.value(&self.field("was")).to_owned(),
        }
    }

    fn element(&self, name: &str) -> String {
        format!("v{}-{name}", self.id)
    }
}

/// What differs between what was typed and what somebody else saved.
struct Clash {
    heading: String,
    rows: Vec<(String, String, String)>,
}

impl ProductFormPage {
    /// The form of a product; `form` is what was typed, else it is filled with what is so.
    pub fn new(page: Page, product: &Editable, pictures: &HashMap<MediaId, Picture>, form: Option<FormView>) -> ProductFormPage {
        let row = |variant: &EditableVariant| VariantRow {
            id: variant.id,
            title: if variant.title.is_empty() { product.title.clone() } else { variant.title.clone() },
            sku: variant.sku.clone(),
            counted: variant.shelf.is_some_and(|shelf| shelf.1),
            on_hand: variant.shelf.map_or(0, |shelf| shelf.2),
            said: match variant.shelf {
                Some((_, false, _)) => page.t("catalog-uncounted"),
                _ => page.number(variant.on_hand),
            },
            allocated: variant.allocated,
        };
        let facts = [
            ("catalog-categories", product.categories.join(", ")),
            ("catalog-vendor", product.vendor.clone()),
            ("catalog-tags", product.tags.join(", ")),
            ("catalog-changed", page.minute(product.updated_at, page.shop().zone)),
        ];
        ProductFormPage {
            title: product.title.clone(),
            path: paths::admin_product(product.id),
            shop_path: if product.status == ProductStatus::Active { paths::product(&product.handle) } else { String::new() },
            status: page.t(status_key(product.status)),
            tone: status_tone(product.status),
            form: form.unwrap_or_else(|| filled(&page, product)),
            statuses: statuses(&page),
            is_html: product.markup == Markup::Html,
            rows: product.variants.iter().map(row).collect(),
            thumbs: product.media.iter().filter_map(|id| pictures.get(id)?.view("", sizes::THUMB, Loading::Lazy)).collect(),
            facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (page.t(key), value)).collect(),
            version: product.version,
            may_edit: page.staff.as_ref().is_some_and(|person| person.may(Right::ManageProducts)),
            clash: None,
            page,
        }
    }

    /// The same with what somebody else saved beside what was typed; saving again keeps what was typed.
    pub fn with_clash(mut self, product: &Editable, edit: &Edit, by: Option<(String, Moment)>) -> ProductFormPage {
        let page = &self.page;
        let heading = match by {
            Some((who, at)) => {
                page.with("catalog-clash", &[("name", who.into()), ("at", page.minute(at, page.shop().zone).into())])
            }
            None => page.t("catalog-clash-nobody"),
        };
        let price = |amount: i64| page.price(amount);
        let mut rows = vec![
            (page.t("catalog-title"), edit.title.to_string(), product.title.clone()),
            (page.t("catalog-handle"), edit.handle.to_string(), product.handle.clone()),
            (page.t("catalog-status"), page.t(status_key(edit.status)), page.t(status_key(product.status))),
            (page.t("catalog-description"), edit.description.to_string(), product.description.clone()),
        ];
        for row in &edit.variants {
            let Some(kept) = product.variants.iter().find(|one| one.id == row.variant) else { continue };
            let maybe = |amount: Option<i64>| amount.map_or_else(|| "–".to_owned(), price);
            rows.push((page.named("catalog-price-of", &kept.title), price(row.price), price(kept.price)));
            rows.push((page.named("catalog-before-of", &kept.title), maybe(row.compare_at), maybe(kept.compare_at)));
        }
        rows.retain(|(_, yours, theirs)| yours != theirs);
        self.clash = Some(Clash { heading, rows });
        self
    }
}

/// The form as the product is.
fn filled(page: &Page, product: &Editable) -> FormView {
    let currency = page.shop().currency;
    let mut values: Vec<(String, String)> = vec![
        ("title".into(), product.title.clone()),
        ("handle".into(), product.handle.clone()),
        ("description".into(), product.description.clone()),
        ("status".into(), product.status.to_string()),
    ];
    for variant in &product.variants {
        let mut put = |name: &str, value: String| values.push((format!("variants[{}].{name}", variant.id), value));
        put("price", currency.plain(variant.price));
        put("before", variant.compare_at.map(|amount| currency.plain(amount)).unwrap_or_default());
        if let Some((_, true, on_hand)) = variant.shelf {
            put("was", on_hand.to_string());
            put("count", on_hand.to_string());
        }
    }
    FormView::filled(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

/// The form of a new product.
#[derive(Template, WebTemplate)]
#[template(path = "catalog/admin_new_product_page.html")]
pub struct NewProductPage {
    page: Page,
    form: FormView,
    statuses: Vec<(&'static str, String)>,
}

impl NewProductPage {
    pub fn new(page: Page, form: FormView) -> NewProductPage {
        NewProductPage { statuses: statuses(&page), form, page }
    }
}
