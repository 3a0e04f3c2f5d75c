//! Addresses of price lists and of what things cost before, for staff.

use std::fmt::Display;

pub fn admin_price_lists() -> String {
    "/admin/price-lists".into()
}
pub fn admin_new_price_list() -> String {
    "/admin/price-lists/new".into()
}
pub fn admin_price_list(id: impl Display) -> String {
    format!("/admin/price-lists/{id}")
}
pub fn admin_price_list_place(id: impl Display) -> String {
    format!("/admin/price-lists/{id}/place")
}
pub fn admin_price_list_removal(id: impl Display) -> String {
    format!("/admin/price-lists/{id}/removal")
}
/// Own prices of a list that stand in it.
pub fn admin_price_list_prices(id: impl Display) -> String {
    format!("/admin/price-lists/{id}/prices")
}
/// One more of them.
pub fn admin_price_list_additions(id: impl Display) -> String {
    format!("/admin/price-lists/{id}/additions")
}
/// All of them as a file.
pub fn admin_price_list_file(id: impl Display) -> String {
    format!("/admin/price-lists/{id}/prices.csv")
}
/// Prices of a file, looked at first.
pub fn admin_price_list_import(id: impl Display) -> String {
    format!("/admin/price-lists/{id}/import")
}
/// Whether the lowest price of thirty days is told.
pub fn admin_lowest_price() -> String {
    "/admin/price-lists/lowest-price".into()
}
/// What the variants of a product cost before.
pub fn admin_product_prices(id: impl Display) -> String {
    format!("/admin/products/{id}/prices")
}
