//! Addresses of the settings of delivery beside zones and methods.

use std::fmt::Display;

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
