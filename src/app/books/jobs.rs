//! The nightly look at the books.

use serde::{Deserialize, Serialize};

use super::commands;
use crate::app::shop::Shop;
use crate::platform::base::Broke;
use crate::platform::jobs::Work;

/// Looks at the books and writes down what was found.
#[derive(Serialize, Deserialize)]
pub struct LookAtBooks {}

impl Work<Shop> for LookAtBooks {
    const NAME: &'static str = "look_at_books";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        commands::look(&shop.db, shop.clock.now()).await
    }
}
