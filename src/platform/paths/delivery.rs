//! Addresses of the settings of delivery beside zones and methods.

use std::fmt::Display;

use crate::platform::base::OrderNumber;

/// When goods leave, and days off.
pub fn admin_delivery_hours() -> String {
    "/admin/settings/delivery/hours".into()
}
pub fn admin_delivery_profiles() -> String {
    "/admin/settings/delivery/profiles".into()
}
pub fn admin_delivery_profile(profile: impl Display) -> String {
    format!("/admin/settings/delivery/profiles/{profile}")
}
pub fn admin_delivery_profile_removal(profile: impl Display) -> String {
    format!("/admin/settings/delivery/profiles/{profile}/removal")
}
/// The account with a house that sells labels.
pub fn admin_delivery_labels() -> String {
    "/admin/settings/delivery/labels".into()
}
pub fn admin_delivery_labels_removal() -> String {
    "/admin/settings/delivery/labels/removal".into()
}
/// Labels for the parcels of an order.
pub fn admin_order_labels(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/labels")
}
pub fn admin_order_label_purchase(number: OrderNumber) -> String {
    format!("/admin/orders/{number}/labels/purchase")
}
