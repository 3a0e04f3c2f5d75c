//! What a product, a category and a list of products are, and the rules that need no database.

mod choice;
mod colours;
mod desk;
mod draft;
mod goods;
mod listing;
mod redirects;
mod shelving;
mod merge;
mod plan;
mod told;
mod tree;
mod words;

pub use choice::{Pill, choose, pills, shown};
pub use colours::fill_of;
pub use desk::{
    Edit, Editable, EditableImage, EditableOption, EditableVariant, GoodsKind, Listed, NewProduct, OptionEdit, Showing, Taxed,
    ValueEdit, VariantEdit,
};
pub use draft::{
    CategoryDraft, ImageDraft, KeptVariant, MAX_PRICE, MAX_VARIANTS, Outcome, ProductDraft, ProductStatus, SaveRefused, Saved,
    VariantDraft, matched,
};
pub use goods::{BundlePart, Card, Choices, Delivery, Goods, Offer, Photo, Price, Room, ShelfState, Story, lightness};
pub use listing::{Filter, Found, Listing, PAGE_SIZE, Sort, Span};
pub use merge::{Difference, Fields, Merged, marks, merged, with_theirs};
pub use plan::{Planned, combinations, not_made, planned, sku_of};
pub use redirects::{OldPath, RedirectRefused, Signs, led_on, may_lead};
pub use shelving::{CategoryEdit, DEEPEST, EditableCategory, PictureChoice, Removal, ShelveRefused, Shelved, may_stand};
pub use told::{InList, Prices, Reader, Turn, Usual};
pub use tree::{Branch, Tree};
pub use words::{GOODS_TEXTS, GoodsWords};
