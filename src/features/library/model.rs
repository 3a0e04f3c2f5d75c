//! What staff see of the pictures.

use crate::platform::base::{CategoryId, MediaId, Moment, ProductId, VariantId, text_enum};

text_enum! {
    /// Which pictures need a look.
    Only { Missing = "missing", Unused = "unused" }
}

/// What the library is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a file's name, of what a picture shows, or of a product's title.
    pub words: String,
    pub only: Option<Only>,
}

/// A picture in the library.
#[derive(Clone, Debug)]
pub struct Shelved {
    pub id: MediaId,
    pub file_name: String,
    /// How many products, variants, categories and orders show it; the logo counts as one.
    pub uses: i64,
    /// In some product it says nothing to whoever cannot see it.
    pub missing: bool,
}

/// A file as it was taken in.
#[derive(Clone, Debug)]
pub struct Facts {
    pub file_name: String,
    pub mime: String,
    pub bytes: i64,
    pub created_at: Moment,
    pub failure: Option<String>,
}

/// A product that shows a picture.
#[derive(Clone, Debug)]
pub struct InProduct {
    pub product: ProductId,
    pub title: String,
    pub alt: String,
}

/// Everything that shows a picture.
#[derive(Clone, Debug, Default)]
pub struct Uses {
    pub products: Vec<InProduct>,
    /// With the title of the product.
    pub variants: Vec<(VariantId, ProductId, String)>,
    pub categories: Vec<(CategoryId, String)>,
    pub logo: bool,
    /// Lines of orders.
    pub orders: i64,
}

impl Uses {
    pub fn none(&self) -> bool {
        self.products.is_empty() && self.variants.is_empty() && self.categories.is_empty() && !self.logo && self.orders == 0
    }
}
