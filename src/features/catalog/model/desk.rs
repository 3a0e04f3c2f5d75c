//! Products as staff see and change them.

use std::fmt;

use super::draft::ProductStatus;
use super::words::GoodsWords;
use crate::engines::pricing::Content;
use crate::platform::base::{
    CategoryId, Handle, Line, MediaId, Moment, Name, OptionId, OptionValueId, ProductId, Prose, ShippingProfileId, StockId,
    TaxClassId, VariantId, text_enum,
};
use crate::platform::web::Markup;

text_enum! {
    /// What a form says about whether shoppers see a product; "scheduled" is a draft with a moment.
    Showing { Draft = "draft", Scheduled = "scheduled", Active = "active", Archived = "archived" }
}

text_enum! {
    /// What a product is: goods that are sent, or a gift card that is mailed.
    GoodsKind { Goods = "goods", GiftCard = "gift_card" }
}

impl Showing {
    pub fn of(status: ProductStatus, publish_at: Option<Moment>) -> Showing {
        match (status, publish_at) {
            (ProductStatus::Draft, Some(_)) => Showing::Scheduled,
            (ProductStatus::Draft, None) => Showing::Draft,
            (ProductStatus::Active, _) => Showing::Active,
            (ProductStatus::Archived, _) => Showing::Archived,
        }
    }

    pub fn status(self) -> ProductStatus {
        match self {
            Showing::Draft | Showing::Scheduled => ProductStatus::Draft,
            Showing::Active => ProductStatus::Active,
            Showing::Archived => ProductStatus::Archived,
        }
    }
}

/// How a variant is taxed: not at all, or by its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taxed {
    Free,
    /// `None`: by the usual class.
    By(Option<TaxClassId>),
}

impl Taxed {
    pub fn class(self) -> Option<TaxClassId> {
        if let Taxed::By(class) = self { class } else { None }
    }
}

impl fmt::Display for Taxed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Taxed::Free => f.write_str("none"),
            Taxed::By(None) => f.write_str("usual"),
            Taxed::By(Some(class)) => write!(f, "{class}"),
        }
    }
}

/// A product in the index of the management pages.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: ProductId,
    pub title: String,
    pub status: ProductStatus,
    /// When it becomes active by itself.
    pub publish_at: Option<Moment>,
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
    pub publish_at: Option<Moment>,
    pub version: i32,
    pub updated_at: Moment,
    pub vendor: String,
    pub goods: GoodsKind,
    pub product_type: String,
    pub tags: Vec<String>,
    pub seo_title: String,
    pub seo_description: String,
    /// How it is sent; `None`: as most are.
    pub profile: Option<ShippingProfileId>,
    /// Sorted.
    pub categories: Vec<CategoryId>,
    pub options: Vec<EditableOption>,
    /// Those on offer, in order.
    pub variants: Vec<EditableVariant>,
    pub images: Vec<EditableImage>,
    /// All its texts in other languages.
    pub words: GoodsWords,
    /// Some order names it.
    pub sold: bool,
}

impl Editable {
    pub fn showing(&self) -> Showing {
        Showing::of(self.status, self.publish_at)
    }

    /// Whether it can be deleted without a trace: a draft that nobody bought.
    pub fn may_go(&self) -> bool {
        self.status == ProductStatus::Draft && !self.sold
    }

    pub fn variant(&self, id: VariantId) -> Option<&EditableVariant> {
        self.variants.iter().find(|one| one.id == id)
    }
}

/// An option with its values, in order.
#[derive(Clone, Debug)]
pub struct EditableOption {
    pub id: OptionId,
    pub name: String,
    pub values: Vec<(OptionValueId, String)>,
}

/// A picture of a product with its words.
#[derive(Clone, Debug)]
pub struct EditableImage {
    pub media: MediaId,
    pub alt: String,
}

/// A variant as a row of the form shows it.
#[derive(Clone, Debug)]
pub struct EditableVariant {
    pub id: VariantId,
    pub title: String,
    pub values: Vec<OptionValueId>,
    pub sku: String,
    pub barcode: String,
    pub price: i64,
    pub compare_at: Option<i64>,
    pub weight_grams: i32,
    /// What is in a piece, where its price is told by it.
    pub content: Option<Content>,
    pub requires_shipping: bool,
    pub taxable: bool,
    /// `None`: the usual one.
    pub tax_class: Option<TaxClassId>,
    pub media: Option<MediaId>,
    /// Its only shelf: row, counted, on hand. `None`: it lies at several places, or at none.
    pub shelf: Option<(StockId, bool, i32)>,
    /// On hand at all places.
    pub on_hand: i64,
    /// Promised to orders, at all places.
    pub allocated: i64,
    /// Whether it has no stock but that of its parts.
    pub bundle: bool,
}

impl EditableVariant {
    pub fn taxed(&self) -> Taxed {
        if self.taxable { Taxed::By(self.tax_class) } else { Taxed::Free }
    }
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
    pub publish_at: Option<Moment>,
    pub vendor: Line<255>,
    pub goods: GoodsKind,
    pub product_type: Line<255>,
    pub tags: Vec<Name<255>>,
    pub seo_title: Line<255>,
    pub seo_description: Line<1000>,
    /// `None`: it stays as it is.
    pub profile: Option<Option<ShippingProfileId>>,
    /// How all variants are taxed from now on; `None`: as each says.
    pub tax: Option<Taxed>,
    pub categories: Vec<CategoryId>,
    /// In order; those that are not named are removed.
    pub options: Vec<OptionEdit>,
    /// Combinations of values that are not made yet and shall be.
    pub make: Vec<Vec<OptionValueId>>,
    pub variants: Vec<VariantEdit>,
    pub alts: Vec<(MediaId, Line<1000>)>,
    /// All texts in other languages.
    pub words: GoodsWords,
}

/// An option as a form wants it; without an id it is new.
#[derive(Clone, Debug)]
pub struct OptionEdit {
    pub id: Option<OptionId>,
    pub name: Name<255>,
    /// In order; never none.
    pub values: Vec<ValueEdit>,
}

/// A value of an option as a form wants it; without an id it is new.
#[derive(Clone, Debug)]
pub struct ValueEdit {
    pub id: Option<OptionValueId>,
    pub text: Name<255>,
}

/// What a row of the form wants a variant to be; amounts in minor units.
#[derive(Clone, Debug)]
pub struct VariantEdit {
    pub variant: VariantId,
    pub price: i64,
    pub compare_at: Option<i64>,
    pub sku: Option<Name<255>>,
    pub barcode: Line<255>,
    pub weight_grams: i32,
    /// `None`: it stays as it is.
    pub content: Option<Option<Content>>,
    pub media: Option<MediaId>,
    /// `None`: it stays as it is.
    pub tax: Option<Taxed>,
    /// How many were on hand when the form was filled, and how many shall be.
    pub count: Option<(i32, i32)>,
    /// It is no longer offered.
    pub remove: bool,
}

/// A new product; its variants are all combinations of the options' values, alike but for those.
#[derive(Clone, Debug)]
pub struct NewProduct {
    /// The mark of the form: sent twice, it makes one product.
    pub key: Line<64>,
    pub title: Name<255>,
    pub description: Prose<100_000>,
    pub status: ProductStatus,
    pub publish_at: Option<Moment>,
    pub vendor: Line<255>,
    pub tags: Vec<Name<255>>,
    pub categories: Vec<CategoryId>,
    pub options: Vec<OptionEdit>,
    /// With several variants it stands before the values.
    pub sku: Option<Name<100>>,
    pub price: i64,
    pub compare_at: Option<i64>,
    pub weight_grams: i32,
    /// Of each variant.
    pub count: i32,
    pub images: Vec<MediaId>,
}
