//! Addresses of taxes: zones, rates, classes, rules, sets, the report, who is exempt.

use std::fmt::Display;

/// A zone, or "new".
pub fn admin_tax_zone(zone: impl Display) -> String {
    format!("/admin/settings/tax/zones/{zone}")
}
pub fn admin_tax_zone_removal(zone: impl Display) -> String {
    format!("/admin/settings/tax/zones/{zone}/removal")
}
/// A rate of a zone, or "new".
pub fn admin_tax_rate(zone: impl Display, rate: impl Display) -> String {
    format!("/admin/settings/tax/zones/{zone}/rates/{rate}")
}
pub fn admin_tax_rate_removal(zone: impl Display, rate: impl Display) -> String {
    format!("/admin/settings/tax/zones/{zone}/rates/{rate}/removal")
}
pub fn admin_tax_classes() -> String {
    "/admin/settings/tax/classes".into()
}
pub fn admin_tax_class(class: impl Display) -> String {
    format!("/admin/settings/tax/classes/{class}")
}
pub fn admin_tax_class_removal(class: impl Display) -> String {
    format!("/admin/settings/tax/classes/{class}/removal")
}
pub fn admin_tax_rules() -> String {
    "/admin/settings/tax/rules".into()
}
pub fn admin_tax_report() -> String {
    "/admin/tax-report".into()
}
/// Taxes from one day to another, both counted.
pub fn admin_tax_report_of(from: impl Display, to: impl Display) -> String {
    format!("/admin/tax-report?from={from}&to={to}")
}
pub fn admin_tax_report_file(from: impl Display, to: impl Display) -> String {
    format!("/admin/tax-report/file?from={from}&to={to}")
}
/// A group whose customers pay no tax.
pub fn admin_customer_groups_exemption() -> String {
    "/admin/customer-groups/tax-exemption".into()
}
pub fn admin_customer_group_exemption_removal(id: impl Display) -> String {
    format!("/admin/customer-groups/{id}/tax-exemption/removal")
}
/// What loading a set of rates does.
pub fn admin_tax_set(set: impl Display) -> String {
    format!("/admin/settings/tax/sets/{set}")
}
