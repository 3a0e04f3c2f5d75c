//! Addresses about what is kept of people.

use std::fmt::Display;

/// What the shop keeps of a customer, and what they can do about it.
pub fn account_privacy() -> String {
    "/account/privacy".into()
}
pub fn account_copies() -> String {
    "/account/privacy/copies".into()
}
/// A copy of a customer's own data.
pub fn account_copy(id: impl Display) -> String {
    format!("/account/privacy/copies/{id}")
}
/// What the shop keeps of the guest of an order; also where they ask for a copy or to be forgotten.
pub fn order_privacy(token: &str) -> String {
    format!("/orders/{token}/privacy")
}
/// What a guest asked for, from the mail that proves their address.
pub fn privacy_request(token: impl Display) -> String {
    format!("/privacy/requests/{token}")
}
/// What the shop keeps of a customer, for staff.
pub fn admin_customer_privacy(id: impl Display) -> String {
    format!("/admin/customers/{id}/privacy")
}
pub fn admin_customer_copy(id: impl Display) -> String {
    format!("/admin/customers/{id}/privacy/copy")
}
pub fn admin_customer_erasure(id: impl Display) -> String {
    format!("/admin/customers/{id}/privacy/erasure")
}
pub fn admin_settings_privacy() -> String {
    "/admin/settings/privacy".into()
}
pub fn admin_third_parties() -> String {
    "/admin/settings/privacy/third-parties".into()
}
pub fn admin_third_party_removal(id: impl Display) -> String {
    format!("/admin/settings/privacy/third-parties/{id}/removal")
}
