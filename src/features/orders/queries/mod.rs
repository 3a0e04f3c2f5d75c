//! Reads of orders.

mod amounts;
mod batches;
mod deliveries;
mod details;
mod history;
mod index;
mod parcels;
mod parts;
mod tax_standings;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::Placed;
use crate::platform::base::{CartId, OrderId, OrderNumber};
use crate::platform::db::Conn;
use crate::platform::schema::orders;

pub use amounts::TaxLine;
pub use batches::{Candidate, batch, candidates, pieces_in};
pub use details::{Line, Order, order_by_id, order_by_number, order_by_token, orders_by_numbers};
pub use history::{Happened, Letter, letter_sent, letters_of, timeline_of};
pub use index::{
    Begin, COUNTED, Drift, Filter, Index, PAGE, Row, TO_SHIP, ViewCounts, drift, index, neighbours, product_title, view_counts,
};
pub use parcels::{Parcel, promised_of, weights_of};
pub use parts::{LinePart, standing_of_lines};
pub use tax_standings::{Proof, TaxNote};

/// The order that this cart became, if it did.
pub async fn placed_from(conn: &mut Conn, cart: CartId) -> QueryResult<Option<Placed>> {
    let row: Option<(OrderId, i64, String)> = orders::table
        .filter(orders::cart_id.eq(cart))
        .select((orders::id, orders::number, orders::token))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(|(id, number, token)| Placed { id, number: OrderNumber(number), token, fresh: false }))
}

/// Locks an order until the end of the transaction.
pub async fn hold(tx: &mut Conn, order: OrderId) -> QueryResult<()> {
    orders::table.find(order).select(orders::id).for_no_key_update().first::<OrderId>(tx).await.map(drop)
}
