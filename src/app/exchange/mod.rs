//! Catalogues coming in: files of other shops, and the demo shop that the binary carries.

pub mod shopify;
pub mod demo;

use super::shop::Shop;
use crate::platform::db::Db;
use crate::platform::media::Store;

/// What goods are brought in with: where rows go and where pictures go.
#[derive(Clone)]
pub struct Bench {
    pub db: Db,
    pub store: Store,
}

impl From<&Shop> for Bench {
    fn from(shop: &Shop) -> Bench {
        Bench { db: shop.db.clone(), store: shop.store.clone() }
    }
}
