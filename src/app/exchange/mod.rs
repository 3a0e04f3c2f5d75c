//! Catalogues coming in: files of other shops, and the demo shop that the binary carries.
//! Owns: lost_pictures

mod admin;
pub mod demo;
pub mod lost;
pub mod shopify;

/// The staff pages about what came in.
pub fn routes() -> Vec<rocket::Route> {
    admin::routes()
}

use super::shop::Shop;
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::media::Store;

/// What goods are brought in with: where rows go and where pictures go.
#[derive(Clone)]
pub struct Bench {
    pub db: Db,
    pub store: Store,
    /// Where links in letters lead.
    pub config: Config,
}

impl From<&Shop> for Bench {
    fn from(shop: &Shop) -> Bench {
        Bench { db: shop.db.clone(), store: shop.store.clone(), config: shop.config.clone() }
    }
}
