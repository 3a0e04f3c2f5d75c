//! Shipping: parcels with what is in them.

use std::collections::BTreeMap;

use diesel::dsl::sum;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::standing::{Locked, done_before, lock, restate, tell};
use crate::engines::inventory::promises;
use crate::features::orders::model::{FulfilRefused, Happening, OrderStatus, Tracking};
use crate::platform::access::{Person, audit};
use crate::platform::base::{Failed, FulfilmentId, Moment, OrderId, OrderLineId, OrderNumber};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};
use crate::platform::schema::{fulfilment_lines, fulfilments, order_lines};

/// Ships pieces of an order in one parcel. `version` is the order as the person saw it; their second click gives the same parcel.
///
/// # Errors
/// An order that is over or was changed meanwhile, nothing in the parcel, more than is left to ship, pieces that are not there.
pub async fn fulfil(
    conn: &mut Conn,
    number: OrderNumber,
    parcel: &[(OrderLineId, i32)],
    tracking: &Tracking,
    version: i32,
    staff: &Person,
    now: Moment,
) -> Result<FulfilmentId, Failed<FulfilRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let order = lock(tx, number).await?.ok_or(FulfilRefused::Unknown)?;
        let parcel = summed(parcel);
        let contents = json!(parcel.iter().map(|(line, quantity)| json!([line, quantity])).collect::<Vec<_>>());
        if let Some(before) = done_before(tx, order.id, Happening::Fulfilled, version, staff.id).await? {
            let same = before["lines"] == contents && before["fulfilment"].is_i64();
            return match before["fulfilment"].as_i64().filter(|_| same) {
                Some(id) => Ok(FulfilmentId(id)),
                None => Err(FulfilRefused::Changed.into()),
            };
        }
        may_be_shipped(&order, version)?;
        check_left(tx, order.id, &parcel).await?;
        promises::ship(tx, order.id, &parcel, Some(staff.id)).await.map_err(|failed| failed.map(FulfilRefused::from))?;
        let id = insert(tx, order.id, &parcel, tracking, staff, now).await?;
        let stands = restate(tx, &order).await?;
        let detail = json!({ "fulfilment": id, "lines": contents, "version": version, "tracking": tracking });
        tell(tx, order.id, Happening::Fulfilled, detail.clone(), Some(staff.id), now).await?;
        let after = json!({ "parcel": detail, "fulfilment_status": stands.fulfilment });
        audit(tx, staff, "order.fulfilled", "order", Some(order.id.0), None, Some(after)).await?;
        events::record(tx, Event::ItemsShipped { order: order.id, fulfilment: id }).await?;
        Ok(id)
    })
    .await
}

fn may_be_shipped(order: &Locked, version: i32) -> Result<(), FulfilRefused> {
    match order.status {
        OrderStatus::Cancelled => Err(FulfilRefused::Cancelled),
        OrderStatus::Expired => Err(FulfilRefused::Expired),
        _ if order.version != version => Err(FulfilRefused::Changed),
        _ => Ok(()),
    }
}

/// The parcel with each line once, without empty ones; what is below nothing stays, to be refused.
fn summed(parcel: &[(OrderLineId, i32)]) -> Vec<(OrderLineId, i32)> {
    let mut sums: BTreeMap<OrderLineId, i32> = BTreeMap::new();
    for (line, quantity) in parcel {
        let sum = sums.entry(*line).or_insert(0);
        *sum = sum.saturating_add(*quantity);
    }
    sums.into_iter().filter(|part| part.1 != 0).collect()
}

async fn check_left(tx: &mut Conn, order: OrderId, parcel: &[(OrderLineId, i32)]) -> Result<(), Failed<FulfilRefused>> {
    if parcel.is_empty() || parcel.iter().any(|part| part.1 < 0) {
        return Err(FulfilRefused::Nothing.into());
    }
    let lines: Vec<(OrderLineId, String, i32)> = order_lines::table
        .filter(order_lines::order_id.eq(order))
        .select((order_lines::id, order_lines::title, order_lines::quantity))
        .load(tx)
        .await?;
    let shipped: Vec<(OrderLineId, Option<i64>)> = fulfilment_lines::table
        .filter(fulfilment_lines::order_line_id.eq_any(lines.iter().map(|line| line.0).collect::<Vec<_>>()))
        .group_by(fulfilment_lines::order_line_id)
        .select((fulfilment_lines::order_line_id, sum(fulfilment_lines::quantity)))
        .load(tx)
        .await?;
    for (id, quantity) in parcel {
        let (_, title, ordered) = lines.iter().find(|line| line.0 == *id).ok_or(FulfilRefused::ForeignLine)?;
        let gone = shipped.iter().find(|row| row.0 == *id).and_then(|row| row.1).unwrap_or(0);
        let left = i64::from(*ordered) - gone;
        if i64::from(*quantity) > left {
            return Err(FulfilRefused::TooMany { title: title.clone(), left }.into());
        }
    }
    Ok(())
}

async fn insert(
    tx: &mut Conn,
    order: OrderId,
    parcel: &[(OrderLineId, i32)],
    tracking: &Tracking,
    staff: &Person,
    now: Moment,
) -> QueryResult<FulfilmentId> {
    let row = (
        fulfilments::order_id.eq(order),
        fulfilments::carrier.eq(&tracking.carrier),
        fulfilments::tracking_number.eq(&tracking.number),
        fulfilments::tracking_url.eq(&tracking.url),
        fulfilments::staff_id.eq(staff.id),
        fulfilments::at.eq(now),
    );
    let id: FulfilmentId = diesel::insert_into(fulfilments::table).values(row).returning(fulfilments::id).get_result(tx).await?;
    let lines: Vec<_> = parcel
        .iter()
        .map(|(line, quantity)| {
            (
                fulfilment_lines::fulfilment_id.eq(id),
                fulfilment_lines::order_line_id.eq(*line),
                fulfilment_lines::quantity.eq(*quantity),
            )
        })
        .collect();
    diesel::insert_into(fulfilment_lines::table).values(lines).execute(tx).await?;
    Ok(id)
}
