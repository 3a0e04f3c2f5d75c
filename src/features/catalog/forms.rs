//! What staff send, and how amounts, counts, moments and lists are read from it.

mod product;

use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use rocket::form::FromForm;

use super::model::{MAX_PRICE, NewProduct, OptionEdit, Showing, ValueEdit};
use crate::platform::base::{CategoryId, Currency, Line, MediaId, Moment, Name, Prose};
use crate::platform::i18n::Locale;
pub use product::ProductForm;
pub(super) use product::local;

/// A field that cannot be read, and the key of the sentence that says why.
pub type Wrong = (String, &'static str);

/// What a form is read with.
#[derive(Clone, Copy)]
pub struct Reading {
    pub currency: Currency,
    pub zone: Tz,
    pub now: Moment,
    /// The shop's main language, to which nothing is translated.
    pub usual: Locale,
}

/// The form of a new product.
#[derive(FromForm)]
pub struct NewProductForm {
    key: Line<64>,
    title: Name<255>,
    description: Prose<100_000>,
    status: Showing,
    publish_at: Line<40>,
    vendor: Line<255>,
    tags: Line<4000>,
    #[field(default = Vec::new())]
    categories: Vec<CategoryId>,
    #[field(default = Vec::new())]
    fresh: Vec<FreshForm>,
    sku: Line<100>,
    price: Line<20>,
    before: Line<20>,
    grams: Line<12>,
    count: Line<12>,
}

/// A new option: its name, and its values one a line.
#[derive(FromForm)]
struct FreshForm {
    name: Line<255>,
    more: Prose<20_000>,
}

impl NewProductForm {
    /// What the form says, with these pictures; else every field that cannot be read.
    pub fn read(&self, with: Reading, images: Vec<MediaId>) -> Result<NewProduct, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let new = NewProduct {
            key: self.key.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            status: self.status.status(),
            publish_at: noted(&mut wrong, "publish_at", moment(self.status, &self.publish_at, with)),
            vendor: self.vendor.clone(),
            tags: noted(&mut wrong, "tags", tags(&self.tags)),
            categories: self.categories.clone(),
            options: fresh_options(&self.fresh, &mut wrong),
            sku: self.sku.parse().ok(),
            price: noted(&mut wrong, "price", amount(&self.price, with.currency)),
            compare_at: noted(&mut wrong, "before", maybe_amount(&self.before, with.currency)),
            weight_grams: noted(&mut wrong, "grams", count(&self.grams)),
            count: noted(&mut wrong, "count", count(&self.count)),
            images,
        };
        if wrong.is_empty() { Ok(new) } else { Err(wrong) }
    }
}

/// The value, or a plain one and a note of what is wrong with the field.
fn noted<T: Default>(wrong: &mut Vec<Wrong>, field: impl Into<String>, read: Result<T, &'static str>) -> T {
    read.unwrap_or_else(|key| {
        wrong.push((field.into(), key));
        T::default()
    })
}

fn fresh_options(typed: &[FreshForm], wrong: &mut Vec<Wrong>) -> Vec<OptionEdit> {
    let mut options = Vec::new();
    for (at, option) in typed.iter().enumerate() {
        let values = noted(wrong, format!("fresh[{at}].more"), fresh_values(&option.more));
        match (option.name.parse(), values.is_empty()) {
            (Ok(name), false) => options.push(OptionEdit { id: None, name, values }),
            (Ok(_), true) => wrong.push((format!("fresh[{at}].more"), "catalog-error-values")),
            (Err(_), false) => wrong.push((format!("fresh[{at}].name"), "error-required")),
            (Err(_), true) => {}
        }
    }
    options
}

/// New values, one a line.
fn fresh_values(typed: &str) -> Result<Vec<ValueEdit>, &'static str> {
    let lines = typed.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| line.parse().map(|text| ValueEdit { id: None, text }).map_err(|why: crate::platform::base::BadText| why.0))
        .collect()
}

/// Words between commas.
fn tags(typed: &str) -> Result<Vec<Name<255>>, &'static str> {
    let words = typed.split(',').map(str::trim).filter(|word| !word.is_empty());
    words.map(|word| word.parse().map_err(|_| "error-too-long")).collect()
}

/// When a scheduled product is published: a moment of the shop's clock that is yet to come.
fn moment(showing: Showing, typed: &str, with: Reading) -> Result<Option<Moment>, &'static str> {
    if showing != Showing::Scheduled {
        return Ok(None);
    }
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
    let local = local.iter().find_map(|format| NaiveDateTime::parse_from_str(typed, format).ok());
    let at = local.and_then(|local| with.zone.from_local_datetime(&local).earliest()).ok_or("catalog-error-moment")?;
    let at = at.to_utc();
    if at > with.now { Ok(Some(at)) } else { Err("catalog-error-past") }
}

fn amount(typed: &str, currency: Currency) -> Result<i64, &'static str> {
    if typed.is_empty() {
        return Err("error-required");
    }
    currency.parse_minor(typed).filter(|amount| *amount <= MAX_PRICE).ok_or("catalog-error-price")
}

fn maybe_amount(typed: &str, currency: Currency) -> Result<Option<i64>, &'static str> {
    if typed.is_empty() { Ok(None) } else { amount(typed, currency).map(Some) }
}

/// A count of pieces or grams; nothing typed is none.
fn count(typed: &str) -> Result<i32, &'static str> {
    if typed.is_empty() {
        return Ok(0);
    }
    typed.parse().ok().filter(|count| (0..=1_000_000_000).contains(count)).ok_or("catalog-error-count")
}
