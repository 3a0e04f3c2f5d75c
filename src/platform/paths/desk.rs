//! Addresses of the management pages that belong to no noun.

use std::fmt::Display;

pub fn admin() -> String {
    "/admin".into()
}
pub fn admin_menus() -> String {
    "/admin/menus".into()
}
/// Fills an empty menu.
pub fn admin_menu_beginning(menu: impl Display) -> String {
    format!("/admin/menus/{menu}/beginning")
}
pub fn admin_menu_links(menu: impl Display) -> String {
    format!("/admin/menus/{menu}/links")
}
pub fn admin_new_menu_link(menu: impl Display) -> String {
    format!("/admin/menus/{menu}/links/new")
}
/// The form of a link below another one.
pub fn admin_new_menu_link_below(menu: impl Display, parent: impl Display) -> String {
    format!("/admin/menus/{menu}/links/new?parent={parent}")
}
pub fn admin_menu_link(id: impl Display) -> String {
    format!("/admin/menu-links/{id}")
}
pub fn admin_menu_link_place(id: impl Display) -> String {
    format!("/admin/menu-links/{id}/place")
}
pub fn admin_menu_link_removal(id: impl Display) -> String {
    format!("/admin/menu-links/{id}/removal")
}
pub fn admin_redirects() -> String {
    "/admin/redirects".into()
}
pub fn admin_redirect_removal(id: impl Display) -> String {
    format!("/admin/redirects/{id}/removal")
}
pub fn admin_announcement() -> String {
    "/admin/announcement".into()
}
/// Jobs that did not succeed.
pub fn admin_jobs() -> String {
    "/admin/jobs".into()
}
pub fn admin_job_retry(id: impl Display) -> String {
    format!("/admin/jobs/{id}/retry")
}
pub fn admin_guide_hiding() -> String {
    "/admin/guide/hiding".into()
}
pub fn admin_preferences() -> String {
    "/admin/preferences".into()
}
pub fn admin_search() -> String {
    "/admin/search".into()
}
pub fn admin_styleguide() -> String {
    "/admin/styleguide".into()
}
pub fn admin_styleguide_shop() -> String {
    "/admin/styleguide/shop".into()
}
/// What must be equal in stock and money.
pub fn admin_books() -> String {
    "/admin/books".into()
}
pub fn admin_book_looks() -> String {
    "/admin/books/looks".into()
}
