//! What the lines of orders are made of, and what of them is not there.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::platform::base::OrderLineId;
use crate::platform::db::Conn;
use crate::platform::i18n::{Locale, Translations, Wording};
use crate::platform::schema::{order_line_parts, stock, stock_allocations};

/// A part of a bundle that was bought.
#[derive(Clone, Debug)]
pub struct LinePart {
    /// Pieces in one bundle.
    pub quantity: i32,
    pub title: Wording,
    pub variant_title: Wording,
    pub sku: String,
}

impl LinePart {
    /// "2 × Cup, Mint" in this language, of so many bundles.
    pub fn told(&self, locale: Locale, bundles: i64) -> String {
        let (title, variant) = (self.title.kept_in(locale), self.variant_title.kept_in(locale));
        let comma = if variant.is_empty() { "" } else { ", " };
        format!("{} × {title}{comma}{variant}", i64::from(self.quantity) * bundles)
    }
}

type Row = (OrderLineId, i32, String, String, Translations, String);

/// The parts of those lines that are bundles, in their order.
pub(super) async fn parts_of(conn: &mut Conn, lines: &[OrderLineId]) -> QueryResult<HashMap<OrderLineId, Vec<LinePart>>> {
    let rows: Vec<Row> = order_line_parts::table
        .filter(order_line_parts::order_line_id.eq_any(lines))
        .order((order_line_parts::order_line_id, order_line_parts::position))
        .select((
            order_line_parts::order_line_id,
            order_line_parts::quantity,
            order_line_parts::title,
            order_line_parts::variant_title,
            order_line_parts::translations,
            order_line_parts::sku,
        ))
        .load(conn)
        .await?;
    let mut parts: HashMap<OrderLineId, Vec<LinePart>> = HashMap::new();
    for (line, quantity, title, variant_title, words, sku) in rows {
        parts.entry(line).or_default().push(LinePart {
            quantity,
            title: words.wording("title", title),
            variant_title: words.wording("variant_title", variant_title),
            sku,
        });
    }
    Ok(parts)
}

/// What is on hand for lines that are not wholly shipped, where the shelf holds less than was promised to orders; of a bundle, how
/// many are whole.
pub async fn standing_of_lines(conn: &mut Conn, lines: &[OrderLineId]) -> QueryResult<HashMap<OrderLineId, i32>> {
    let rows: Vec<(OrderLineId, i32, i32)> = stock_allocations::table
        .inner_join(stock::table.on(stock::id.eq(stock_allocations::stock_id)))
        .filter(stock_allocations::order_line_id.eq_any(lines))
        .filter(stock::tracked)
        .filter(stock::allocated.gt(stock::on_hand))
        .select((stock_allocations::order_line_id, stock::on_hand, stock_allocations::per_line))
        .load(conn)
        .await?;
    let mut standing: HashMap<OrderLineId, i32> = HashMap::new();
    for (line, on_hand, per_line) in rows {
        let whole = on_hand / per_line.max(1);
        standing.entry(line).and_modify(|least| *least = whole.min(*least)).or_insert(whole);
    }
    Ok(standing)
}
