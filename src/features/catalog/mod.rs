//! Products and categories: what the shop sells and how it is shown.
//! Owns: products, product_options, option_values, variants, variant_options, product_media, categories, product_categories, handle_redirects, redirects

mod admin;
mod admin_arranging;
mod admin_categories;
mod admin_redirects;
pub mod commands;
mod forms;
mod forms_categories;
pub mod model;
pub mod queries;
mod routes;
mod signposts;
pub mod views;
mod window;

pub use signposts::{Signposts, fairing as signposts};
pub use window::Window;

/// The routes of this room: the shop's pages and the desk's.
pub fn routes() -> Vec<rocket::Route> {
    [routes::routes(), admin::routes(), admin_categories::routes(), admin_arranging::routes(), admin_redirects::routes()].concat()
}
