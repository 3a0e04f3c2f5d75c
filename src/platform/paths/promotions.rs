//! Addresses of discounts: codes of a cart, and the management pages.

use std::fmt::Display;

pub fn cart_codes() -> String {
    "/cart/codes".into()
}
pub fn cart_code_removal() -> String {
    "/cart/codes/removal".into()
}
pub fn cart_gifts() -> String {
    "/cart/gifts".into()
}
/// A link that brings a code.
pub fn discount(code: &str) -> String {
    format!("/discount/{}", url::form_urlencoded::byte_serialize(code.as_bytes()).collect::<String>())
}
pub fn admin_promotions() -> String {
    "/admin/discounts".into()
}
/// The index narrowed: state, words, page.
pub fn admin_promotions_where(fields: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields.iter().filter(|(_, value)| !value.is_empty()));
    format!("/admin/discounts?{}", query.finish())
}
pub fn admin_new_promotion() -> String {
    "/admin/discounts/new".into()
}
pub fn admin_promotion(id: impl Display) -> String {
    format!("/admin/discounts/{id}")
}
pub fn admin_promotion_state(id: impl Display) -> String {
    format!("/admin/discounts/{id}/state")
}
pub fn admin_promotion_copy(id: impl Display) -> String {
    format!("/admin/discounts/{id}/copy")
}
pub fn admin_promotion_trial(id: impl Display) -> String {
    format!("/admin/discounts/{id}/trial")
}
pub fn admin_promotion_codes(id: impl Display) -> String {
    format!("/admin/discounts/{id}/codes")
}
/// The codes that begin so, after one.
pub fn admin_promotion_codes_from(id: impl Display, begins: &str, after: impl Display) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", begins).append_pair("after", &after.to_string());
    format!("/admin/discounts/{id}/codes?{}", query.finish())
}
pub fn admin_promotion_many_codes(id: impl Display) -> String {
    format!("/admin/discounts/{id}/codes/many")
}
/// The codes of a lot as a file.
pub fn admin_promotion_lot_file(id: impl Display, lot: impl Display) -> String {
    format!("/admin/discounts/{id}/lots/{lot}/codes.csv")
}
pub fn admin_promotion_codes_file(id: impl Display) -> String {
    format!("/admin/discounts/{id}/codes.csv")
}
pub fn admin_promotion_code_removal(id: impl Display, code: impl Display) -> String {
    format!("/admin/discounts/{id}/codes/{code}/removal")
}
pub fn admin_promotion_lanes() -> String {
    "/admin/discounts/lanes".into()
}
pub fn admin_promotion_lane(id: impl Display) -> String {
    format!("/admin/discounts/lanes/{id}")
}
pub fn admin_promotion_lane_place(id: impl Display) -> String {
    format!("/admin/discounts/lanes/{id}/place")
}
pub fn admin_promotion_lane_removal(id: impl Display) -> String {
    format!("/admin/discounts/lanes/{id}/removal")
}
