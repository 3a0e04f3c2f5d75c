//! Products as staff see and change them.

use super::draft::ProductStatus;
use crate::platform::base::{Handle, MediaId, Moment, Name, ProductId, Prose, StockId, VariantId};
use crate::platform::web::Markup;

/// A product in the index of the management pages.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: ProductId,
    pub title: String,
    pub status: ProductStatus,
    pub variants: i64,
    /// What lies there, of counted variants.
    pub on_hand: i64,
    /// Some variant is not counted.
    pub uncounted: bool,
    /// Variants that cannot be sold now.
    pub sold_out: i64,
    pub price_from: Option<i64>,
    pub price_to: Option<i64>,
    pub media: Option<MediaId>,
    pub category: Option<String>,
    pub updated_at: Moment,
}

/// A product as its form shows it.
#[derive(Clone, Debug)]
pub struct Editable {
    pub id: ProductId,
    pub handle: String,
    pub title: String,
    pub description: String,
    pub markup: Markup,
    pub status: ProductStatus,
    pub version: i32,
    pub updated_at: Moment,
    pub variants: Vec<EditableVariant>,
    pub media: Vec<MediaId>,
    pub categories: Vec<String>,
    pub vendor: String,
    pub tags: Vec<String>,
}

/// A variant as a row of the form shows it.
#[derive(Clone, Debug)]
pub struct EditableVariant {
    pub id: VariantId,
    pub title: String,
    pub sku: String,
    pub price: i64,
    pub compare_at: Option<i64>,
    /// Its only shelf: row, counted, on hand. `None`: it lies at several places, or at none.
    pub shelf: Option<(StockId, bool, i32)>,
    /// On hand at all places.
    pub on_hand: i64,
    /// Promised to orders, at all places.
    pub allocated: i64,
}

/// What a form wants a product to be.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The version that the form was filled with.
    pub version: i32,
    pub title: Name<255>,
    pub handle: Handle,
    pub description: Prose<100_000>,
    pub status: ProductStatus,
    pub variants: Vec<VariantEdit>,
}

/// What a row of the form wants a variant to be; amounts in minor units.
#[derive(Clone, Copy, Debug)]
pub struct VariantEdit {
    pub variant: VariantId,
    pub price: i64,
    pub compare_at: Option<i64>,
    /// How many were on hand when the form was filled, and how many shall be.
    pub count: Option<(i32, i32)>,
}

/// A new product of one variant.
#[derive(Clone, Debug)]
pub struct NewProduct {
    pub title: Name<255>,
    pub description: Prose<100_000>,
    pub status: ProductStatus,
    pub sku: Option<Name<255>>,
    pub price: i64,
    pub compare_at: Option<i64>,
    pub count: i32,
}
