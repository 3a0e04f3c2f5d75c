//! Addresses of the stock room beyond the shelves: bundles, transfers, counts, who waits for what.

use std::fmt::Display;

/// What a bundle is made of.
pub fn admin_bundle(variant: impl Display) -> String {
    format!("/admin/inventory/bundles/{variant}")
}
pub fn admin_bundle_removal(variant: impl Display) -> String {
    format!("/admin/inventory/bundles/{variant}/removal")
}
/// What is sold before it is there: back-orders and pre-orders of a variant at a place.
pub fn admin_selling_ahead(variant: impl Display, location: impl Display) -> String {
    format!("/admin/inventory/{variant}/locations/{location}/ahead")
}
/// Orders that wait for goods, and goods that are on their way.
pub fn admin_waiting() -> String {
    "/admin/inventory/waiting".into()
}
/// Goods on their way between places.
pub fn admin_transfers() -> String {
    "/admin/inventory/transfers".into()
}
pub fn admin_transfer(id: impl Display) -> String {
    format!("/admin/inventory/transfers/{id}")
}
pub fn admin_transfer_lines(id: impl Display) -> String {
    format!("/admin/inventory/transfers/{id}/lines")
}
pub fn admin_transfer_dispatch(id: impl Display) -> String {
    format!("/admin/inventory/transfers/{id}/dispatch")
}
pub fn admin_transfer_receipts(id: impl Display) -> String {
    format!("/admin/inventory/transfers/{id}/receipts")
}
pub fn admin_transfer_recall(id: impl Display) -> String {
    format!("/admin/inventory/transfers/{id}/recall")
}
pub fn admin_transfer_removal(id: impl Display) -> String {
    format!("/admin/inventory/transfers/{id}/removal")
}
/// Where shoppers ask to be told when something is back.
pub fn stock_wishes() -> String {
    "/back-in-stock".into()
}
/// The page behind the links of its mails.
pub fn stock_wish(token: impl Display) -> String {
    format!("/back-in-stock/{token}")
}
pub fn stock_wish_confirmation(token: impl Display) -> String {
    format!("/back-in-stock/{token}/confirmation")
}
pub fn stock_wish_removal(token: impl Display) -> String {
    format!("/back-in-stock/{token}/removal")
}
/// What shoppers wait for.
pub fn admin_demand() -> String {
    "/admin/inventory/demand".into()
}
/// When something runs low, and from which places orders are sent.
pub fn admin_stock_rules() -> String {
    "/admin/inventory/rules".into()
}
pub fn admin_location_address(id: impl Display) -> String {
    format!("/admin/inventory/locations/{id}/address")
}
/// What runs low.
pub fn admin_inventory_low() -> String {
    "/admin/inventory?only=low".into()
}
/// Stock-takes.
pub fn admin_counts() -> String {
    "/admin/inventory/counts".into()
}
pub fn admin_count(id: impl Display) -> String {
    format!("/admin/inventory/counts/{id}")
}
pub fn admin_count_page(id: impl Display, page: i64) -> String {
    format!("/admin/inventory/counts/{id}?page={page}")
}
pub fn admin_count_lines(id: impl Display, page: i64) -> String {
    format!("/admin/inventory/counts/{id}/lines?page={page}")
}
pub fn admin_count_file(id: impl Display) -> String {
    format!("/admin/inventory/counts/{id}/file")
}
pub fn admin_count_sheet(id: impl Display) -> String {
    format!("/admin/inventory/counts/{id}/sheet")
}
pub fn admin_count_csv(id: impl Display) -> String {
    format!("/admin/inventory/counts/{id}/sheet.csv")
}
pub fn admin_count_closing(id: impl Display) -> String {
    format!("/admin/inventory/counts/{id}/closing")
}
pub fn admin_count_removal(id: impl Display) -> String {
    format!("/admin/inventory/counts/{id}/removal")
}
