//! Reads for acts on many orders: how each stands, and what became of them.

use std::collections::HashMap;

use diesel::dsl::sum;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Text};
use diesel_async::RunQueryDsl;

use crate::features::orders::batch::Outcome;
use crate::features::orders::model::{OrderStatus, PaymentStatus};
use crate::platform::base::{BatchId, Broke, FulfilmentId, Moment, OrderNumber};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{fulfilment_lines, order_batches};

/// An order as it stands towards being shipped whole.
#[derive(Clone, Debug, QueryableByName)]
pub struct Candidate {
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    #[diesel(sql_type = Integer)]
    pub version: i32,
    #[diesel(sql_type = Text)]
    pub customer_name: String,
    #[diesel(sql_type = Text)]
    pub shipping_method: String,
    #[diesel(sql_type = Text)]
    pub status: OrderStatus,
    #[diesel(sql_type = Text)]
    pub payment_status: PaymentStatus,
    #[diesel(sql_type = Text)]
    pub payment_method: String,
    /// Pieces not shipped yet.
    #[diesel(sql_type = BigInt)]
    pub left_over: i64,
    /// Whether a shelf holds less than the order was promised.
    #[diesel(sql_type = Bool)]
    pub short: bool,
}

/// How these orders stand, by number.
pub async fn candidates(conn: &mut Conn, numbers: &[OrderNumber]) -> QueryResult<Vec<Candidate>> {
    let numbers: Vec<i64> = numbers.iter().map(|number| number.0).filter(|number| *number > 0).collect();
    db::sql(
        "select o.number, o.version, o.customer_name, o.shipping_method, o.status, o.payment_status, o.payment_method,
                (sum(l.quantity) - coalesce(sum(f.quantity), 0))::bigint as left_over,
                exists (select 1 from stock_allocations a join order_lines al on al.id = a.order_line_id join stock s on s.id = a.stock_id
                         where al.order_id = o.id and s.tracked and a.quantity > s.on_hand) as short
           from orders o
           join order_lines l on l.order_id = o.id
           left join lateral (select sum(quantity) as quantity from fulfilment_lines where order_line_id = l.id) f on true
          where o.number = any($1)
          group by o.id
          order by o.number",
    )
    .bind::<Array<BigInt>, _>(numbers)
    .load(conn)
    .await
}

/// Pieces in each of these parcels.
pub async fn pieces_in(conn: &mut Conn, parcels: &[FulfilmentId]) -> QueryResult<HashMap<FulfilmentId, i64>> {
    let rows: Vec<(FulfilmentId, Option<i64>)> = fulfilment_lines::table
        .filter(fulfilment_lines::fulfilment_id.eq_any(parcels))
        .group_by(fulfilment_lines::fulfilment_id)
        .select((fulfilment_lines::fulfilment_id, sum(fulfilment_lines::quantity)))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(parcel, pieces)| (parcel, pieces.unwrap_or(0))).collect())
}

/// What became of the orders of a batch, and when.
pub async fn batch(conn: &mut Conn, id: BatchId) -> Result<Option<(Vec<Outcome>, Moment)>, Broke> {
    let columns = (order_batches::outcome, order_batches::at);
    let row: Option<(serde_json::Value, Moment)> = order_batches::table.find(id).select(columns).first(conn).await.optional()?;
    row.map(|(outcome, at)| Ok((serde_json::from_value(outcome)?, at))).transpose()
}
