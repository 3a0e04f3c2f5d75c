//! Keeping what became of many orders, so that the page that says it can be opened again.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::features::orders::batch::Outcome;
use crate::platform::access::Person;
use crate::platform::base::{BatchId, Broke, Moment};
use crate::platform::db::Conn;
use crate::platform::schema::order_batches;

/// Keeps the outcome of a batch whose orders are done, each in its own transaction.
pub async fn keep_batch(conn: &mut Conn, outcome: &[Outcome], staff: &Person, now: Moment) -> Result<BatchId, Broke> {
    let row = (
        order_batches::staff_id.eq(staff.id),
        order_batches::outcome.eq(serde_json::to_value(outcome)?),
        order_batches::at.eq(now),
    );
    Ok(diesel::insert_into(order_batches::table).values(row).returning(order_batches::id).get_result(conn).await?)
}
