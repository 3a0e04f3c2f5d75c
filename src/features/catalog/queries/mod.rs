//! Reads of products, categories and lists of them.

mod bundles;
mod categories;
mod desk;
mod editor;
mod goods;
mod lists;
mod redirects;
mod search;
mod shelving;
mod stories;
mod views;

pub use bundles::bundle_parts;
pub use categories::{CategoryText, category_by_old_handle, category_text, counts_below, rooms, tree};
pub use desk::{Index, Narrow, Side, index, last_saved_by, lost_pictures, low_count, running_low, status_counts};
pub use editor::{due, editable, made_by_form, removed_image, status_before_archiving, vendors};
pub use goods::{Elsewhere, elsewhere, goods_by_handle};
pub use lists::{cards_by_ids, found, newest, on_sale, site_map, site_map_parts, usual_prices};
pub use redirects::{Moved, Redirect, moved_handles, redirects, signs};
pub use search::{Hits, search};
pub use shelving::{category_last_saved_by, editable_category, not_shelved, products_in, removal, shelved};
pub use stories::{delivery, stories};
