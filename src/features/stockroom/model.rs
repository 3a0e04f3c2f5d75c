//! What staff see of the stock.

use crate::engines::inventory::ahead::Ahead;
use crate::engines::inventory::model::Movement;
use crate::platform::base::{LocationId, MediaId, Moment, OrderNumber, ProductId, StaffId, StockId, VariantId, text_enum};

text_enum! {
    /// Which shelves of products on offer need a look.
    Level { Low = "low", Out = "out", Short = "short" }
}

/// What the index is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a title or SKU, or a barcode.
    pub words: String,
    pub level: Option<Level>,
    /// One place; `None`: all together.
    pub location: Option<LocationId>,
}

/// Pieces of a variant, at one place or at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    pub on_hand: i64,
    /// Promised to orders and not shipped.
    pub promised: i64,
    /// Held for carts.
    pub held: i64,
}

impl Pieces {
    /// What is left to sell; below nothing when more is promised than there is.
    pub fn left(&self) -> i64 {
        self.on_hand - self.promised - self.held
    }
}

/// A variant in the index.
#[derive(Clone, Debug)]
pub struct Listed {
    pub variant: VariantId,
    pub product: String,
    pub title: String,
    pub sku: String,
    pub media: Option<MediaId>,
    /// `None`: its pieces are not counted.
    pub pieces: Option<Pieces>,
    /// Whether it has no stock but that of its parts.
    pub bundle: bool,
    /// Whether a shelf of it has reached the number at which it runs low.
    pub low: bool,
    /// "Leipzig 3 · Berlin 4", where it lies at several places.
    pub spread: Option<String>,
}

/// A page of the index, and whether there is more on either side.
#[derive(Debug)]
pub struct Index {
    pub rows: Vec<Listed>,
    pub before: bool,
    pub after: bool,
}

/// On which side of a variant the page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    First,
    After(VariantId),
    Before(VariantId),
}

/// A variant as its stock page names it.
#[derive(Clone, Debug)]
pub struct Goods {
    pub product: ProductId,
    pub product_title: String,
    pub title: String,
    pub sku: String,
    pub media: Option<MediaId>,
    /// Whether it has no stock but that of its parts.
    pub bundle: bool,
}

/// A variant that was searched for.
#[derive(Clone, Debug)]
pub struct Hit {
    pub variant: VariantId,
    pub product: String,
    pub title: String,
    pub sku: String,
}

/// "Kettle · Mint".
pub fn named(product: &str, variant: &str) -> String {
    if variant.is_empty() { product.to_owned() } else { format!("{product} · {variant}") }
}

/// What lies at one place; `stock` is `None` where nothing ever lay.
#[derive(Clone, Debug)]
pub struct Place {
    pub location: LocationId,
    pub name: String,
    pub stock: Option<StockId>,
    pub counted: bool,
    pub pieces: Pieces,
    /// What is sold of it before it is there.
    pub ahead: Ahead,
    /// Whether it has reached the number at which it runs low.
    pub low: bool,
}

/// A row of the ledger.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: i64,
    pub at: Moment,
    pub kind: Movement,
    pub location: String,
    pub on_hand: i32,
    pub allocated: i32,
    /// What was on hand after it.
    pub balance: i64,
    /// The word of a reason, else what was written.
    pub reason: String,
    pub note: String,
    pub order: Option<OrderNumber>,
    pub staff: Option<StaffId>,
    pub who: String,
}
