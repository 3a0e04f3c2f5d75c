//! Addresses of markets.

use std::fmt::Display;

/// Where a visitor chooses a market.
pub fn market() -> String {
    "/market".into()
}
pub fn admin_markets() -> String {
    "/admin/settings/markets".into()
}
pub fn admin_market(id: impl Display) -> String {
    format!("/admin/settings/markets/{id}")
}
pub fn admin_market_place(id: impl Display) -> String {
    format!("/admin/settings/markets/{id}/place")
}
pub fn admin_market_removal(id: impl Display) -> String {
    format!("/admin/settings/markets/{id}/removal")
}
pub fn admin_exchange_rates() -> String {
    "/admin/settings/markets/rates".into()
}
pub fn admin_draft_market(id: impl Display) -> String {
    format!("/admin/drafts/{id}/market")
}
