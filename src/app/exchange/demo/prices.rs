//! What the demo's prices were before, what is in a piece, what several cost, and price lists.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::engines::pricing::{Content, ListDraft, ListRefused, Rounding, commands};
use crate::features::catalog::model::ProductDraft;
use crate::platform::base::{Currency, Failed, Moment, OrBreak, Rate, VariantId};
use crate::platform::db::Conn;
use crate::platform::schema::variants;

/// What is in a piece, by its SKU.
const CONTENTS: [(&str, &str); 3] = [("SUCC-1", "1 item"), ("SUCC-3", "3 item"), ("SUCC-8", "8 item")];
/// SKU, from how many pieces, cents.
const STEPS: [(&str, i32, i64); 4] = [("POT-12", 5, 800), ("POT-12", 10, 700), ("POT-18", 5, 1400), ("SUCC-1", 6, 999)];

/// What is in a piece of this SKU.
pub fn content(sku: &str) -> Option<Content> {
    CONTENTS.iter().find(|(known, _)| *known == sku).and_then(|(_, content)| content.parse().ok())
}

/// The product as it was before anything of it was reduced; `None` where nothing is.
pub fn unreduced(draft: &ProductDraft) -> Option<ProductDraft> {
    let mut before = draft.clone();
    for variant in &mut before.variants {
        variant.price = variant.compare_at.take().unwrap_or(variant.price);
    }
    (before != *draft).then_some(before)
}

/// A price list for whoever buys several.
pub async fn step_down(tx: &mut Conn, now: Moment) -> anyhow::Result<()> {
    let draft = ListDraft {
        name: "Several at once".parse()?,
        active: true,
        groups: None,
        markets: None,
        currency: Currency::EUR,
        from: None,
        until: None,
        off: Rate::ZERO,
        from_quantity: 1,
        rounding: Rounding::None,
    };
    add_list(tx, &draft, &STEPS, now).await
}

/// Adds a price list with these prices: SKU, from how many pieces, minor units of the list's currency.
pub async fn add_list(tx: &mut Conn, draft: &ListDraft, steps: &[(&str, i32, i64)], now: Moment) -> anyhow::Result<()> {
    let known: Vec<(Option<String>, VariantId)> = variants::table.select((variants::sku, variants::id)).load(tx).await?;
    let of = |sku: &str| known.iter().find(|row| row.0.as_deref() == Some(sku)).map(|row| row.1);
    let prices: Vec<_> = steps.iter().filter_map(|(sku, from, amount)| Some((of(sku)?, *from, Some(*amount)))).collect();
    let made: Result<(), Failed<ListRefused>> = async {
        let list = commands::save_list(tx, None, 0, draft, now).await?;
        commands::set_prices(tx, list, &prices, now).await
    }
    .await;
    let made = made.or_break().map_err(|broke| broke.0)?;
    made.map_err(|why| anyhow::anyhow!("the demo's prices are refused: {why:?}"))
}
