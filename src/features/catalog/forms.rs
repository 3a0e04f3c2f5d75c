//! What staff send: the form of a product.

use std::collections::HashMap;

use rocket::form::FromForm;

use super::model::{Edit, Editable, MAX_PRICE, NewProduct, ProductStatus, VariantEdit};
use crate::platform::base::{Currency, Handle, Line, Name, Prose, VariantId};

/// The form of a product that exists.
#[derive(FromForm)]
pub struct ProductForm {
    version: Version,
    title: Name<255>,
    handle: Handle,
    description: Prose<100_000>,
    status: ProductStatus,
    #[field(default = HashMap::new())]
    variants: HashMap<VariantId, VariantForm>,
}

/// A row of it.
#[derive(FromForm)]
struct VariantForm {
    price: Line<20>,
    before: Line<20>,
    /// How many were on hand when the page was made.
    #[field(default = nothing())]
    was: Line<12>,
    #[field(default = nothing())]
    count: Line<12>,
}

/// The version of the row that a form was filled with.
#[derive(Clone, Copy)]
pub struct Version(i32);

#[rocket::async_trait]
impl<'r> rocket::form::FromFormField<'r> for Version {
    fn from_value(field: rocket::form::ValueField<'r>) -> rocket::form::Result<'r, Self> {
        field.value.parse().map(Version).map_err(|_| rocket::form::Error::validation("error-number").into())
    }
}

/// A field that cannot be read, and the key of the sentence that says why.
pub type Wrong = (String, &'static str);

impl ProductForm {
    /// What the form says; else every field that cannot be read.
    pub fn read(&self, product: &Editable, currency: Currency) -> Result<Edit, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let mut variants = Vec::new();
        for (id, row) in self.variants.iter().filter(|(id, _)| product.variants.iter().any(|one| one.id == **id)) {
            let field = |name: &str| format!("variants[{id}].{name}");
            let price = amount(&row.price, currency).unwrap_or_else(|key| {
                wrong.push((field("price"), key));
                0
            });
            let compare_at = maybe_amount(&row.before, currency).unwrap_or_else(|key| {
                wrong.push((field("before"), key));
                None
            });
            let count = match (row.was.parse::<i32>(), count(&row.count)) {
                (Err(_), _) => None,
                (Ok(was), Ok(to)) => Some((was, to)),
                (Ok(_), Err(key)) => {
                    wrong.push((field("count"), key));
                    None
                }
            };
            variants.push(VariantEdit { variant: *id, price, compare_at, count });
        }
        let edit = || Edit {
            version: self.version.0,
            title: self.title.clone(),
            handle: self.handle.clone(),
            description: self.description.clone(),
            status: self.status,
            variants,
        };
        if wrong.is_empty() { Ok(edit()) } else { Err(wrong) }
    }
}

/// The form of a new product.
#[derive(FromForm)]
pub struct NewProductForm {
    title: Name<255>,
    description: Prose<100_000>,
    status: ProductStatus,
    sku: Line<255>,
    price: Line<20>,
    before: Line<20>,
    count: Line<12>,
}

impl NewProductForm {
    /// What the form says; else every field that cannot be read.
    pub fn read(&self, currency: Currency) -> Result<NewProduct, Vec<Wrong>> {
        let (price, compare_at, count) =
            (amount(&self.price, currency), maybe_amount(&self.before, currency), count(&self.count));
        match (price, compare_at, count) {
            (Ok(price), Ok(compare_at), Ok(count)) => Ok(NewProduct {
                title: self.title.clone(),
                description: self.description.clone(),
                status: self.status,
                sku: self.sku.parse().ok(),
                price,
                compare_at,
                count,
            }),
            (price, compare_at, count) => {
                let wrong = [("price", price.err()), ("before", compare_at.err()), ("count", count.err())];
                Err(wrong.into_iter().filter_map(|(field, key)| Some((field.to_owned(), key?))).collect())
            }
        }
    }
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

/// A count of pieces; nothing typed is none.
fn count(typed: &str) -> Result<i32, &'static str> {
    if typed.is_empty() {
        return Ok(0);
    }
    typed.parse().ok().filter(|count| (0..=1_000_000_000).contains(count)).ok_or("catalog-error-count")
}

/// A field that the page did not offer.
fn nothing() -> Line<12> {
    Default::default()
}
