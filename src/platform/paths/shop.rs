//! Addresses of what shoppers browse, and of the cart.

use std::fmt::Display;

pub fn category(handle: &str) -> String {
    format!("/categories/{handle}")
}
pub fn product(handle: &str) -> String {
    format!("/products/{handle}")
}
/// A product with one of its variants shown.
pub fn product_variant(handle: &str, variant: impl Display) -> String {
    format!("/products/{handle}?variant={variant}")
}
/// Everything in the shop.
pub fn products() -> String {
    "/products".into()
}
/// What costs less than before.
pub fn sale() -> String {
    "/sale".into()
}
pub fn search() -> String {
    "/search".into()
}
pub fn cart() -> String {
    "/cart".into()
}
pub fn cart_lines() -> String {
    "/cart/lines".into()
}
pub fn cart_line_quantity(line: impl Display) -> String {
    format!("/cart/lines/{line}/quantity")
}
pub fn cart_line_removal(line: impl Display) -> String {
    format!("/cart/lines/{line}/removal")
}
/// The cart after a thing was taken out, to be put back.
pub fn cart_after_removal(variant: impl Display, quantity: i32) -> String {
    format!("/cart?removed={variant}&quantity={quantity}")
}
/// The cart after signing in, where fewer were left of some things than two carts held.
pub fn cart_with_fewer(variants: impl IntoIterator<Item = impl Display>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(variants.into_iter().map(|variant| ("fewer", variant.to_string())));
    format!("/cart?{}", query.finish())
}
pub fn contact() -> String {
    "/contact".into()
}
/// The form of a question about a product.
pub fn contact_about(handle: &str) -> String {
    format!("/contact?product={handle}")
}
pub fn contact_sent() -> String {
    "/contact/sent".into()
}
