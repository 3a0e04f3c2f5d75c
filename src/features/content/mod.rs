//! What the shop says: legal pages, and the menus of header and footer.
//! Owns: menu_links

mod admin;
mod forms;
pub mod menus;
pub mod model;
pub mod queries;
mod routes;
mod views;

/// The routes of this room: the shop's pages and the desk's.
pub fn routes() -> Vec<rocket::Route> {
    [routes::routes(), admin::routes()].concat()
}
