//! The mail of what runs low, to staff who wish it.

use super::model::named;
use super::queries::{LowShelf, Wisher};
use crate::platform::config::Config;
use crate::platform::i18n::Words;
use crate::platform::mail::{Draft, Letter};
use crate::platform::paths;
use crate::platform::settings::ShopFacts;

/// Shelves named in one mail.
const NAMED: usize = 100;

/// The mail to one of the staff.
///
/// # Errors
/// A letter that cannot be printed: a mistake in the program.
pub fn low(to: &Wisher, shelves: &[LowShelf], day: &str, shop: &ShopFacts, config: &Config) -> anyhow::Result<Draft> {
    let words = Words::new(to.locale.unwrap_or(shop.locale));
    let line = |shelf: &LowShelf| {
        let values = [
            ("name", named(&shelf.product, &shelf.title).into()),
            ("place", shelf.place.as_str().into()),
            ("count", shelf.left_over.max(0).into()),
        ];
        words.with("stockroom-mail-low-line", &values)
    };
    let heading = words.count("stockroom-mail-low-heading", shelves.len() as i64);
    let letter = Letter::new(words, heading.clone())
        .facts(words.t("stockroom-running-low"), shelves.iter().take(NAMED).map(line))
        .button(words.t("stockroom-mail-low-button"), config.absolute(&paths::admin_inventory_low()))
        .say(words.t("stockroom-mail-low-why"));
    let draft = letter.draft("low_stock", &to.email, heading, shop, config)?;
    Ok(draft.once(format!("low_stock:{}:{day}", to.email)))
}
