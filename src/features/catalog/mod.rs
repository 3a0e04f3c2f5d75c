//! Products and categories: what the shop sells and how it is shown.
//! Owns: products, product_options, option_values, variants, variant_options, product_media, categories, product_categories, handle_redirects

mod categories;
pub mod commands;
pub mod model;
mod variants;
