//! Every address of the shop, by noun; templates and redirects take them from here: `paths::cart()`.

use std::fmt::Display;

mod account;
mod checkout;
mod delivery;
mod desk;
mod gift_cards;
mod goods;
mod markets;
mod messages;
mod orders;
mod prices;
mod privacy;
mod promotions;
mod settings;
mod shop;
mod staff;
mod taxes;
mod stock;

pub use account::*;
pub use checkout::*;
pub use delivery::*;
pub use desk::*;
pub use gift_cards::*;
pub use goods::*;
pub use markets::*;
pub use messages::*;
pub use orders::*;
pub use prices::*;
pub use privacy::*;
pub use promotions::*;
pub use settings::*;
pub use shop::*;
pub use staff::*;
pub use stock::*;
pub use taxes::*;

/// The hash of all static files of this build.
pub const STATIC_HASH: &str = env!("STATIC_HASH");
/// A file of `static/`: `asset("css/shop.css")`.
pub fn asset(name: &str) -> String {
    format!("/static/{STATIC_HASH}/{name}")
}
pub fn home() -> String {
    "/".into()
}
pub fn sitemap() -> String {
    "/sitemap.xml".into()
}
/// A part of the site map: products after this id.
pub fn sitemap_part(after: impl Display) -> String {
    format!("/sitemap/products/{after}.xml")
}
pub fn preferences() -> String {
    "/preferences".into()
}
pub fn legal(kind: impl Display) -> String {
    format!("/legal/{kind}")
}
pub fn media(hash: &str, width: i32, extension: &str) -> String {
    format!("/media/{hash}/{width}.{extension}")
}
/// The test card's page; demo and test mode only.
pub fn test_card(reference: &str) -> String {
    format!("/test-card/{reference}")
}
/// Where the shopper's bank asks back.
pub fn test_card_confirmation(reference: &str) -> String {
    format!("/test-card/{reference}/confirmation")
}
pub fn webhook(gateway: impl Display) -> String {
    format!("/webhooks/{gateway}")
}
/// Which scripts of other houses may run.
pub fn consent() -> String {
    "/consent".into()
}
/// Where mail servers bring what was answered.
pub fn mail_webhook() -> String {
    "/webhooks/mail".into()
}
/// An address with where to go on afterwards; empty: nowhere in particular.
fn then(path: &str, next: &str) -> String {
    if next.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish())
}
/// The page that opens a new shop, with its one-time token.
pub fn first_run(token: &str) -> String {
    format!("/first-run/{token}")
}
