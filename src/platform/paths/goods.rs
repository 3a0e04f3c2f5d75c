//! Addresses of products, categories, pictures and stock, for staff.

use std::fmt::Display;

pub fn admin_products() -> String {
    "/admin/products".into()
}
/// Products of which a variant runs low.
pub fn admin_products_low() -> String {
    "/admin/products?stock=low".into()
}
pub fn admin_new_product() -> String {
    "/admin/products/new".into()
}
pub fn admin_product(id: impl Display) -> String {
    format!("/admin/products/{id}")
}
pub fn admin_categories() -> String {
    "/admin/categories".into()
}
pub fn admin_new_category() -> String {
    "/admin/categories/new".into()
}
/// The form of a category below another one.
pub fn admin_new_category_below(parent: impl Display) -> String {
    format!("/admin/categories/new?parent={parent}")
}
pub fn admin_category(id: impl Display) -> String {
    format!("/admin/categories/{id}")
}
pub fn admin_category_place(id: impl Display) -> String {
    format!("/admin/categories/{id}/place")
}
pub fn admin_category_removal(id: impl Display) -> String {
    format!("/admin/categories/{id}/removal")
}
/// The products of a category, in their order.
pub fn admin_category_products(id: impl Display) -> String {
    format!("/admin/categories/{id}/products")
}
pub fn admin_category_product_place(id: impl Display, product: impl Display) -> String {
    format!("/admin/categories/{id}/products/{product}/place")
}
pub fn admin_category_product_removal(id: impl Display, product: impl Display) -> String {
    format!("/admin/categories/{id}/products/{product}/removal")
}
pub fn admin_category_order_removal(id: impl Display) -> String {
    format!("/admin/categories/{id}/order/removal")
}
/// All pictures of the shop.
pub fn admin_pictures() -> String {
    "/admin/pictures".into()
}
pub fn admin_picture(id: impl Display) -> String {
    format!("/admin/pictures/{id}")
}
pub fn admin_picture_texts(id: impl Display) -> String {
    format!("/admin/pictures/{id}/texts")
}
pub fn admin_picture_removal(id: impl Display) -> String {
    format!("/admin/pictures/{id}/removal")
}
pub fn admin_inventory() -> String {
    "/admin/inventory".into()
}
/// The stock of a variant with its ledger.
pub fn admin_stock(variant: impl Display) -> String {
    format!("/admin/inventory/{variant}")
}
/// The same with one place chosen.
pub fn admin_stock_at(variant: impl Display, location: impl Display) -> String {
    format!("/admin/inventory/{variant}?location={location}")
}
pub fn admin_stock_corrections(variant: impl Display, location: impl Display) -> String {
    format!("/admin/inventory/{variant}/locations/{location}/corrections")
}
pub fn admin_locations() -> String {
    "/admin/inventory/locations".into()
}
pub fn admin_location(id: impl Display) -> String {
    format!("/admin/inventory/locations/{id}")
}
pub fn admin_location_place(id: impl Display) -> String {
    format!("/admin/inventory/locations/{id}/place")
}
/// Pictures of imported products that could not be fetched.
pub fn admin_lost_pictures() -> String {
    "/admin/lost-pictures".into()
}
pub fn admin_lost_pictures_fetching() -> String {
    "/admin/lost-pictures/fetching".into()
}
pub fn admin_lost_picture_fetching(id: impl Display) -> String {
    format!("/admin/lost-pictures/{id}/fetching")
}
pub fn admin_lost_picture_removal(id: impl Display) -> String {
    format!("/admin/lost-pictures/{id}/removal")
}
pub fn admin_product_preview(id: impl Display) -> String {
    format!("/admin/products/{id}/preview")
}
pub fn admin_product_copy(id: impl Display) -> String {
    format!("/admin/products/{id}/copy")
}
pub fn admin_product_archiving(id: impl Display) -> String {
    format!("/admin/products/{id}/archiving")
}
/// Makes an archived product what it was before.
pub fn admin_product_return(id: impl Display) -> String {
    format!("/admin/products/{id}/return")
}
pub fn admin_product_deletion(id: impl Display) -> String {
    format!("/admin/products/{id}/deletion")
}
pub fn admin_product_images(id: impl Display) -> String {
    format!("/admin/products/{id}/images")
}
pub fn admin_product_image_place(id: impl Display, media: impl Display, place: impl Display) -> String {
    format!("/admin/products/{id}/images/{media}/place/{place}")
}
pub fn admin_product_image_removal(id: impl Display, media: impl Display) -> String {
    format!("/admin/products/{id}/images/{media}/removal")
}
pub fn admin_product_image_return(id: impl Display, media: impl Display) -> String {
    format!("/admin/products/{id}/images/{media}/return")
}
