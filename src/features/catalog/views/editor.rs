//! The product editor: every field of a product in one form.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;

use super::clash::Clash;
use super::desk::{showing_key, showing_tone};
use super::shots::Shots;
use crate::features::catalog::forms::{Reading, local};
use crate::features::catalog::model::{
    Editable, EditableVariant, Fields, GoodsKind, MAX_VARIANTS, ProductStatus, Showing, Tree, marks, not_made,
};
use crate::platform::access::Right;
use crate::platform::base::{MediaId, Token, VariantId};
use crate::platform::media::{Loading, Picture, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::{BesideView, Page};
use crate::platform::web::{CleanHtml, FormView, Markup};

/// Combinations that are offered to be made, at most.
const OFFERED: usize = 60;
/// How long the address bar of a search result shows a text, in characters.
const SNIPPET: usize = 155;

/// What the form offers beside the product's own rows.
pub struct Surroundings {
    pub tree: Tree,
    pub vendors: Vec<String>,
    /// Delivery profiles: id and name; none where everything is sent alike.
    pub profiles: Vec<(String, String)>,
    /// Tax classes: id and name; the usual one not among them.
    pub classes: Vec<(String, String)>,
    pub pictures: HashMap<MediaId, Picture>,
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
    archived: bool,
    may_go: bool,
    may_edit: bool,
    form: FormView,
    statuses: Vec<(&'static str, String)>,
    kinds: Vec<(&'static str, String)>,
    markup: Markup,
    preview: CleanHtml,
    options: Vec<OptionRow>,
    fresh: Vec<FreshRow>,
    offered: Vec<(String, String)>,
    rows: Vec<VariantRow>,
    picture_choices: Vec<(String, String)>,
    shots: Shots,
    categories: Vec<(String, String)>,
    profiles: Vec<(String, String)>,
    /// How a variant may be taxed.
    taxes: Vec<(String, String)>,
    vendors: Vec<String>,
    serp: Serp,
    words: BesideView,
    changed: String,
    version: String,
    /// Marks of the fields as they were when the form was filled.
    base: String,
    key: String,
    clash: Option<Clash>,
}

/// An option and the names of its fields.
struct OptionRow {
    title: String,
    name: String,
    place: String,
    more: String,
    values: Vec<ValueRow>,
}

struct ValueRow {
    title: String,
    text: String,
    place: String,
}

/// The names of the fields of a new option.
struct FreshRow {
    number: usize,
    name: String,
    more: String,
}

/// How a search engine shows the product.
struct Serp {
    place: String,
    title: String,
    text: String,
}

/// A row of the grid; its fields are named after the variant.
struct VariantRow {
    id: VariantId,
    title: String,
    thumb: Option<PictureView>,
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

impl ProductFormPage {
    /// The form of a product; `form` is what was typed, over what is so.
    pub fn new(page: Page, product: &Editable, around: &Surroundings, form: FormView) -> ProductFormPage {
        let showing = product.showing();
        let filled = filled(&page, product);
        let version = match form.value("version") {
            "" => product.version.to_string(),
            typed => typed.to_owned(),
        };
        let base = match form.value("base") {
            "" => marks(&filled),
            typed => typed.to_owned(),
        };
        ProductFormPage {
            title: product.title.clone(),
            path: paths::admin_product(product.id),
            shop_path: if showing == Showing::Active { paths::product(&product.handle) } else { String::new() },
            status: said(&page, product),
            tone: showing_tone(showing),
            archived: showing == Showing::Archived,
            may_go: product.may_go(),
            may_edit: page.staff.as_ref().is_some_and(|person| person.may(Right::ManageProducts)),
            statuses: statuses(&page),
            kinds: GoodsKind::ALL.iter().map(|kind| (kind.as_str(), page.t(&format!("catalog-goods-{kind}")))).collect(),
            markup: product.markup,
            preview: CleanHtml::of(form.value("description"), product.markup),
            options: product.options.iter().map(OptionRow::new).collect(),
            fresh: fresh_rows(product.options.len()),
            offered: offered(product),
            rows: product.variants.iter().map(|variant| VariantRow::new(&page, product, variant, around)).collect(),
            picture_choices: picture_choices(&page, product),
            shots: Shots::new(page.clone(), product, &around.pictures, &form, &version),
            categories: categories(&around.tree),
            vendors: around.vendors.clone(),
            profiles: profiles(&page, &around.profiles),
            taxes: taxes(&page, &around.classes),
            serp: Serp::new(&page, product, &form),
            words: super::words::beside(&page, product, &form),
            changed: page.minute(product.updated_at, page.zone),
            key: Token::random().to_string(),
            clash: None,
            version,
            base,
            form,
            page,
        }
    }

    /// The same with what somebody else saved beside what was typed.
    pub fn with_clash(self, clash: Clash) -> ProductFormPage {
        ProductFormPage { clash: Some(clash), ..self }
    }

    /// The same with a word about pictures: some were refused, or one was just taken away.
    pub fn with_shots(self, change: impl FnOnce(Shots) -> Shots) -> ProductFormPage {
        ProductFormPage { shots: change(self.shots), ..self }
    }

    /// How all variants may be taxed at once.
    fn taxes_of_all(&self) -> Vec<(String, String)> {
        let each = (String::new(), self.page.t("catalog-tax-each"));
        std::iter::once(each).chain(self.taxes.iter().cloned()).collect()
    }

    /// The pictures alone.
    pub fn into_shots(self) -> Shots {
        self.shots
    }
}

impl OptionRow {
    fn new(option: &crate::features::catalog::model::EditableOption) -> OptionRow {
        let field = |part: &str| format!("options[{}].{part}", option.id);
        let value = |(id, text): &(crate::platform::base::OptionValueId, String)| ValueRow {
            title: text.clone(),
            text: format!("values[{id}].text"),
            place: format!("values[{id}].place"),
        };
        OptionRow {
            title: option.name.clone(),
            name: field("name"),
            place: field("place"),
            more: field("more"),
            values: option.values.iter().map(value).collect(),
        }
    }
}

impl VariantRow {
    fn new(page: &Page, product: &Editable, variant: &EditableVariant, around: &Surroundings) -> VariantRow {
        let picture = variant.media.and_then(|id| around.pictures.get(&id));
        VariantRow {
            id: variant.id,
            title: if variant.title.is_empty() { product.title.clone() } else { variant.title.clone() },
            thumb: picture.and_then(|picture| picture.view("", sizes::THUMB, Loading::Lazy)),
            counted: variant.shelf.is_some_and(|shelf| shelf.1),
            on_hand: variant.shelf.map_or(0, |shelf| shelf.2),
            said: match variant.shelf {
                _ if variant.bundle => page.t("catalog-bundle"),
                Some((_, false, _)) => page.t("catalog-uncounted"),
                _ => page.number(variant.on_hand),
            },
            allocated: variant.allocated,
        }
    }
}

impl Serp {
    fn new(page: &Page, product: &Editable, form: &FormView) -> Serp {
        let or = |field: &str, usual: String| if form.value(field).is_empty() { usual } else { form.value(field).to_owned() };
        let words = CleanHtml::of(form.value("description"), product.markup).words(SNIPPET);
        Serp {
            place: format!("{} › products › {}", page.host(), form.value("handle")),
            title: format!("{} – {}", or("seo_title", form.value("title").to_owned()), page.shop().name),
            text: or("seo_description", words),
        }
    }
}

/// "Active", or "Scheduled for 24 Nov 2026, 09:00".
fn said(page: &Page, product: &Editable) -> String {
    match product.publish_at {
        Some(at) => page.named("catalog-scheduled-for", &page.minute(at, page.shop().zone)),
        None => page.t(showing_key(product.showing())),
    }
}

pub(super) fn statuses(page: &Page) -> Vec<(&'static str, String)> {
    Showing::ALL.iter().map(|showing| (showing.as_str(), page.t(showing_key(*showing)))).collect()
}

/// Rows for new options: three in all, one at least.
fn fresh_rows(there: usize) -> Vec<FreshRow> {
    let row = |at| FreshRow { number: at + 1, name: format!("fresh[{at}].name"), more: format!("fresh[{at}].more") };
    (0..3_usize.saturating_sub(there).max(1)).map(row).collect()
}

fn offered(product: &Editable) -> Vec<(String, String)> {
    if product.variants.len() >= MAX_VARIANTS {
        return Vec::new();
    }
    let named = |(ids, words): (Vec<crate::platform::base::OptionValueId>, String)| {
        (ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("-"), words)
    };
    not_made(product, OFFERED).into_iter().map(named).collect()
}

fn picture_choices(page: &Page, product: &Editable) -> Vec<(String, String)> {
    let named = |(at, image): (usize, &crate::features::catalog::model::EditableImage)| {
        let words: String = image.alt.chars().take(40).collect();
        let name = if words.is_empty() { String::new() } else { format!(": {words}") };
        (image.media.to_string(), format!("{}{name}", page.count("catalog-picture-number", at + 1)))
    };
    product.images.iter().enumerate().map(named).collect()
}

/// The profiles to choose from; none where there are none.
fn profiles(page: &Page, kept: &[(String, String)]) -> Vec<(String, String)> {
    let usual = (String::new(), page.t("catalog-delivery-usual"));
    if kept.is_empty() { Vec::new() } else { std::iter::once(usual).chain(kept.iter().cloned()).collect() }
}

/// How a variant may be taxed: as usual, by another class, not at all.
fn taxes(page: &Page, classes: &[(String, String)]) -> Vec<(String, String)> {
    let word = |value: &str| (value.to_owned(), page.t(&format!("catalog-tax-{value}")));
    [word("usual")].into_iter().chain(classes.iter().cloned()).chain([word("none")]).collect()
}

/// All categories with the way to them, "Kitchen / Kettles".
pub(super) fn categories(tree: &Tree) -> Vec<(String, String)> {
    let path = |id| tree.trail(id).iter().map(|branch| branch.title.as_str()).collect::<Vec<_>>().join(" / ");
    let mut all: Vec<_> = tree.all().iter().map(|branch| (branch.id.to_string(), path(branch.id))).collect();
    all.sort_by_key(|(_, path)| path.to_lowercase());
    all
}

/// The form as the product is: names and values as the browser would send them back.
pub fn filled(page: &Page, product: &Editable) -> Fields {
    let shop = page.shop();
    let reading = Reading { currency: shop.currency, zone: shop.zone, now: page.now, usual: shop.locale };
    let currency = reading.currency;
    let mut values: Fields = Vec::new();
    let mut put = |name: String, value: String| values.push((name, value));
    put("title".into(), product.title.clone());
    put("handle".into(), product.handle.clone());
    put("description".into(), product.description.clone());
    put("status".into(), product.showing().to_string());
    put("publish_at".into(), product.publish_at.map(|at| local(at, reading)).unwrap_or_default());
    put("vendor".into(), product.vendor.clone());
    put("goods".into(), product.goods.to_string());
    put("product_type".into(), product.product_type.clone());
    put("tags".into(), product.tags.join(", "));
    put("delivery".into(), product.profile.map(|id| id.to_string()).unwrap_or_default());
    put("seo_title".into(), product.seo_title.clone());
    put("seo_description".into(), product.seo_description.clone());
    product.categories.iter().for_each(|id| put("categories".into(), id.to_string()));
    for (at, option) in product.options.iter().enumerate() {
        put(format!("options[{}].name", option.id), option.name.clone());
        put(format!("options[{}].place", option.id), (at + 1).to_string());
        for (at, (id, text)) in option.values.iter().enumerate() {
            put(format!("values[{id}].text"), text.clone());
            put(format!("values[{id}].place"), (at + 1).to_string());
        }
    }
    product.images.iter().for_each(|image| put(format!("alts[{}]", image.media), image.alt.clone()));
    for variant in &product.variants {
        let mut part = |name: &str, value: String| put(format!("variants[{}].{name}", variant.id), value);
        part("price", currency.plain(variant.price));
        part("before", variant.compare_at.map(|amount| currency.plain(amount)).unwrap_or_default());
        part("sku", variant.sku.clone());
        part("barcode", variant.barcode.clone());
        part("grams", variant.weight_grams.to_string());
        part("content", variant.content.map(|content| content.to_string()).unwrap_or_default());
        part("tax", variant.taxed().to_string());
        part("picture", variant.media.map(|id| id.to_string()).unwrap_or_default());
        if let Some((_, true, on_hand)) = variant.shelf {
            part("was", on_hand.to_string());
            part("count", on_hand.to_string());
        }
    }
    values.extend(super::words::filled(page, product));
    values
}

/// The form of a new product.
#[derive(Template, WebTemplate)]
#[template(path = "catalog/admin_new_product_page.html")]
pub struct NewProductPage {
    page: Page,
    form: FormView,
    statuses: Vec<(&'static str, String)>,
    fresh: Vec<FreshRow>,
    categories: Vec<(String, String)>,
    vendors: Vec<String>,
    key: String,
    /// Pictures of this form that are stored already, and those that were refused.
    kept: Vec<(MediaId, Option<PictureView>)>,
    refused: Vec<String>,
}

impl NewProductPage {
    pub fn new(page: Page, form: FormView, around: &Surroundings, kept: &[MediaId], refused: Vec<String>) -> NewProductPage {
        let key = match form.value("key") {
            "" => Token::random().to_string(),
            typed => typed.to_owned(),
        };
        let view = |id: &MediaId| (*id, around.pictures.get(id).and_then(|one| one.view("", sizes::THUMB, Loading::Lazy)));
        NewProductPage {
            statuses: statuses(&page).into_iter().filter(|one| one.0 != ProductStatus::Archived.as_str()).collect(),
            fresh: fresh_rows(0),
            categories: categories(&around.tree),
            vendors: around.vendors.clone(),
            kept: kept.iter().map(view).collect(),
            key,
            refused,
            form,
            page,
        }
    }
}
