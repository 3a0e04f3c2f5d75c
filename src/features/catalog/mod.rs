//! Products and categories: what the shop sells and how it is shown.
//! Owns: products, product_options, option_values, variants, variant_options, product_media, categories, product_categories, handle_redirects

pub mod commands;
pub mod model;
pub mod queries;
mod routes;
pub mod views;
mod window;

pub use routes::routes;
pub use window::Window;
