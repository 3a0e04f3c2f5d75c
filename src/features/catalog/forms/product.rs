//! The form of a product that exists.

use std::collections::HashMap;

use rocket::form::{self, FromForm, FromFormField, ValueField};

use super::{FreshForm, Reading, Wrong, amount, count, fresh_options, fresh_values, maybe_amount, moment, noted, tags};
use crate::engines::pricing::Content;
use crate::features::catalog::model::{
    Edit, Editable, EditableOption, GoodsKind, GoodsWords, OptionEdit, Showing, Taxed, ValueEdit, VariantEdit,
};
use crate::platform::base::{
    BadText, CategoryId, Currency, Handle, Line, MediaId, Name, OptionId, OptionValueId, Prose, ShippingProfileId, TaxClassId,
    VariantId,
};
use crate::platform::i18n::Locale;

/// Everything but the pictures themselves; what is emptied is removed.
#[derive(FromForm)]
pub struct ProductForm {
    version: Version,
    title: Name<255>,
    handle: Handle,
    description: Prose<100_000>,
    status: Showing,
    publish_at: Line<40>,
    vendor: Line<255>,
    #[field(default = GoodsKind::Goods)]
    goods: GoodsKind,
    product_type: Line<255>,
    tags: Line<4000>,
    seo_title: Line<255>,
    seo_description: Prose<1000>,
    /// A delivery profile by its id; empty: as most are sent.
    delivery: Option<Line<20>>,
    /// How all variants are taxed; empty: as each says.
    tax: Option<Line<20>>,
    #[field(default = Vec::new())]
    categories: Vec<CategoryId>,
    #[field(default = HashMap::new())]
    options: HashMap<OptionId, OptionForm>,
    #[field(default = HashMap::new())]
    values: HashMap<OptionValueId, ValueForm>,
    #[field(default = Vec::new())]
    fresh: Vec<FreshForm>,
    #[field(default = Vec::new())]
    make: Vec<Combination>,
    #[field(default = HashMap::new())]
    variants: HashMap<VariantId, VariantForm>,
    #[field(default = HashMap::new())]
    alts: HashMap<MediaId, Prose<1000>>,
    #[field(default = HashMap::new())]
    words: HashMap<Locale, WordsForm>,
}

/// The texts in another language.
#[derive(FromForm)]
struct WordsForm {
    #[field(default = nothing())]
    title: Line<255>,
    #[field(default = <Prose<100_000> as Default>::default())]
    description: Prose<100_000>,
    #[field(default = nothing())]
    product_type: Line<255>,
    #[field(default = nothing())]
    seo_title: Line<255>,
    #[field(default = <Prose<1000> as Default>::default())]
    seo_description: Prose<1000>,
    #[field(default = HashMap::new())]
    options: HashMap<OptionId, Line<255>>,
    #[field(default = HashMap::new())]
    values: HashMap<OptionValueId, Line<255>>,
    #[field(default = HashMap::new())]
    alts: HashMap<MediaId, Prose<1000>>,
}

impl WordsForm {
    /// Puts the texts of a language into those of the product.
    fn put(&self, words: &mut GoodsWords, locale: Locale, product: &Editable) {
        words.set_text("title", locale, &self.title);
        words.set_text("description", locale, &self.description);
        words.set_text("product_type", locale, &self.product_type);
        words.set_text("seo_title", locale, &self.seo_title);
        words.set_text("seo_description", locale, &one_line(&self.seo_description));
        for option in &product.options {
            if let Some(name) = self.options.get(&option.id) {
                words.set_option(option.id, locale, name);
            }
            for (id, _) in &option.values {
                if let Some(text) = self.values.get(id) {
                    words.set_value(*id, locale, text);
                }
            }
        }
        for image in &product.images {
            if let Some(alt) = self.alts.get(&image.media) {
                words.set_alt(image.media, locale, &one_line(alt));
            }
        }
    }
}

/// An option: its name, its place, and new values one a line.
#[derive(FromForm)]
struct OptionForm {
    name: Line<255>,
    place: Line<6>,
    more: Prose<20_000>,
}

/// A value of an option and its place.
#[derive(FromForm)]
struct ValueForm {
    text: Line<255>,
    place: Line<6>,
}

/// A row of the grid.
#[derive(FromForm)]
struct VariantForm {
    price: Line<20>,
    before: Line<20>,
    sku: Line<255>,
    barcode: Line<255>,
    grams: Line<12>,
    content: Option<Line<60>>,
    picture: Line<20>,
    tax: Option<Line<20>>,
    /// How many were on hand when the page was made.
    #[field(default = nothing())]
    was: Line<12>,
    #[field(default = nothing())]
    count: Line<12>,
    #[field(default = nothing())]
    remove: Line<3>,
}

/// What is in a piece; nothing typed is nothing known.
fn content(typed: &str) -> Result<Option<Content>, &'static str> {
    if typed.is_empty() { Ok(None) } else { typed.parse().map(Some).map_err(|why: BadText| why.0) }
}

/// How something is taxed; `None` where nothing was chosen.
fn taxed(typed: &str) -> Option<Taxed> {
    match typed {
        "none" => Some(Taxed::Free),
        "usual" => Some(Taxed::By(None)),
        id => id.parse().ok().map(|id| Taxed::By(Some(TaxClassId(id)))),
    }
}

/// A field that the page did not offer.
fn nothing<const MAX: usize>() -> Line<MAX> {
    Default::default()
}

/// The version of the row that a form was filled with.
#[derive(Clone, Copy)]
struct Version(i32);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Version {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map(Version).map_err(|_| form::Error::validation("error-number").into())
    }
}

/// Values that shall be made into a variant: "17-21".
struct Combination(Vec<OptionValueId>);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Combination {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let ids: Result<Vec<OptionValueId>, _> = field.value.split('-').map(|id| id.parse().map(OptionValueId)).collect();
        ids.map(Combination).map_err(|_| form::Error::validation("error-choice").into())
    }
}

impl ProductForm {
    /// What the form says; else every field that cannot be read.
    pub fn read(&self, product: &Editable, with: Reading) -> Result<Edit, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let mut options = self.kept_options(product, &mut wrong);
        options.extend(fresh_options(&self.fresh, &mut wrong));
        let known = product.variants.iter().filter_map(|one| Some((one.id, self.variants.get(&one.id)?)));
        let variants = known.map(|(id, row)| row.read(id, with.currency, &mut wrong)).collect();
        let shown = product.images.iter().filter_map(|image| Some((image.media, self.alts.get(&image.media)?)));
        let edit = Edit {
            version: self.version.0,
            title: self.title.clone(),
            handle: self.handle.clone(),
            description: self.description.clone(),
            status: self.status.status(),
            publish_at: noted(&mut wrong, "publish_at", self.moment(product, with)),
            vendor: self.vendor.clone(),
            goods: self.goods,
            product_type: self.product_type.clone(),
            tags: noted(&mut wrong, "tags", tags(&self.tags)),
            seo_title: self.seo_title.clone(),
            seo_description: one_line(&self.seo_description),
            profile: self.delivery.as_ref().map(|id| id.parse().ok().map(ShippingProfileId)),
            tax: self.tax.as_ref().and_then(|typed| taxed(typed)),
            categories: self.categories.clone(),
            options,
            make: self.make.iter().map(|one| one.0.clone()).collect(),
            variants,
            alts: shown.map(|(media, alt)| (media, one_line(alt))).collect(),
            words: self.words(product, with.usual),
        };
        if wrong.is_empty() { Ok(edit) } else { Err(wrong) }
    }

    fn words(&self, product: &Editable, usual: Locale) -> GoodsWords {
        let mut words = product.words.clone();
        for (locale, typed) in self.words.iter().filter(|(locale, _)| **locale != usual) {
            typed.put(&mut words, *locale, product);
        }
        words
    }

    /// The moment as typed; one that was set before and has come meanwhile is no mistake.
    fn moment(&self, product: &Editable, with: Reading) -> Result<Option<crate::platform::base::Moment>, &'static str> {
        let kept = product.publish_at.filter(|at| self.status == Showing::Scheduled && local(*at, with) == *self.publish_at);
        if kept.is_some() { Ok(kept) } else { moment(self.status, &self.publish_at, with) }
    }

    fn kept_options(&self, product: &Editable, wrong: &mut Vec<Wrong>) -> Vec<OptionEdit> {
        let mut placed: Vec<(i32, OptionEdit)> = Vec::new();
        for (at, option) in product.options.iter().enumerate() {
            let typed = self.options.get(&option.id);
            let Ok(name) = typed.map_or(option.name.as_str(), |typed| &typed.name).parse() else { continue };
            let mut values = self.kept_values(option);
            if let Some(typed) = typed {
                values.extend(noted(wrong, format!("options[{}].more", option.id), fresh_values(&typed.more)));
            }
            if !values.is_empty() {
                let place = typed.map_or(at as i32 + 1, |typed| place(&typed.place, at));
                placed.push((place, OptionEdit { id: Some(option.id), name, values }));
            }
        }
        placed.sort_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, option)| option).collect()
    }

    fn kept_values(&self, option: &EditableOption) -> Vec<ValueEdit> {
        let mut placed: Vec<(i32, ValueEdit)> = Vec::new();
        for (at, (id, text)) in option.values.iter().enumerate() {
            let typed = self.values.get(id);
            let Ok(text) = typed.map_or(text.as_str(), |typed| &typed.text).parse() else { continue };
            placed.push((typed.map_or(at as i32 + 1, |typed| place(&typed.place, at)), ValueEdit { id: Some(*id), text }));
        }
        placed.sort_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, value)| value).collect()
    }
}

impl VariantForm {
    fn read(&self, id: VariantId, currency: Currency, wrong: &mut Vec<Wrong>) -> VariantEdit {
        let field = |name: &str| format!("variants[{id}].{name}");
        VariantEdit {
            variant: id,
            price: noted(wrong, field("price"), amount(&self.price, currency)),
            compare_at: noted(wrong, field("before"), maybe_amount(&self.before, currency)),
            sku: self.sku.parse().ok(),
            barcode: self.barcode.clone(),
            content: self.content.as_ref().map(|typed| noted(wrong, field("content"), content(typed))),
            weight_grams: noted(wrong, field("grams"), count(&self.grams)),
            media: self.picture.parse().ok().map(MediaId),
            tax: self.tax.as_ref().and_then(|typed| taxed(typed)),
            count: match self.was.parse() {
                Ok(was) => Some((was, noted(wrong, field("count"), count(&self.count)))),
                Err(_) => None,
            },
            remove: !self.remove.is_empty(),
        }
    }
}

/// A moment as a field for local times has it.
pub fn local(at: crate::platform::base::Moment, with: Reading) -> String {
    at.with_timezone(&with.zone).format("%Y-%m-%dT%H:%M").to_string()
}

/// Places are counted from 1; what is no number stays where it is.
fn place(typed: &str, at: usize) -> i32 {
    typed.parse().unwrap_or(at as i32 + 1)
}

fn one_line(text: &str) -> Line<1000> {
    text.split_whitespace().collect::<Vec<_>>().join(" ").parse().unwrap_or_default()
}
