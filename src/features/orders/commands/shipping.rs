//! Shipping: parcels with what is in them.

use std::collections::BTreeMap;

use diesel::dsl::sum;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use super::standing::{Locked, done_before, lock, restate, tell};
use crate::engines::inventory::promises;
use crate::features::orders::batch::{Pick, may_go_whole};
use crate::features::orders::model::{FulfilRefused, Happening, OrderStatus, PaymentStatus, Tracking};
use crate::platform::access::{Person, audit};
use crate::platform::base::{Failed, FulfilmentId, Moment, OrderId, OrderLineId, OrderNumber};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};
use crate::platform::schema::{fulfilment_lines, fulfilments, order_lines, orders};

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
        if let Some(before) = done_before(tx, order.id, Happening::Fulfilled, version, staff.id).await? {
            let same = before["lines"] == contents(&parcel) && before["fulfilment"].is_i64();
            return match before["fulfilment"].as_i64().filter(|_| same) {
                Some(id) => Ok(FulfilmentId(id)),
                None => Err(FulfilRefused::Changed.into()),
            };
        }
        may_be_shipped(&order, version)?;
        check_left(tx, order.id, &parcel).await?;
        send_off(tx, &order, &Leaving { parcel, tracking, rest: false }, staff, now).await
    })
    .await
}

/// Ships all that an order still waits for, in one parcel, when its money is here. `version` is the order as the person saw it;
/// their second click gives the same parcel.
///
/// # Errors
/// An order that is over, not paid, wholly shipped or was changed meanwhile; pieces that are not there.
pub async fn fulfil_rest(
    conn: &mut Conn,
    pick: Pick,
    tracking: &Tracking,
    staff: &Person,
    now: Moment,
) -> Result<FulfilmentId, Failed<FulfilRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let order = lock(tx, pick.number).await?.ok_or(FulfilRefused::Unknown)?;
        let before = done_before(tx, order.id, Happening::Fulfilled, pick.version, staff.id).await?;
        if let Some(id) = before.filter(|before| before["rest"] == json!(true)).and_then(|before| before["fulfilment"].as_i64()) {
            return Ok(FulfilmentId(id));
        }
        may_be_shipped(&order, pick.version)?;
        let parcel = left_of(tx, order.id).await?;
        let row = orders::table.find(order.id).select((orders::payment_status, orders::payment_method));
        let (payment, method): (PaymentStatus, String) = row.first(tx).await?;
        may_go_whole(order.status, payment, &method, parcel.iter().map(|part| i64::from(part.1)).sum())?;
        send_off(tx, &order, &Leaving { parcel, tracking, rest: true }, staff, now).await
    })
    .await
}

/// A parcel that may go.
struct Leaving<'a> {
    parcel: Vec<(OrderLineId, i32)>,
    tracking: &'a Tracking,
    /// Whether it is whatever the order still waited for.
    rest: bool,
}

async fn send_off(
    tx: &mut Conn,
    order: &Locked,
    leaving: &Leaving<'_>,
    staff: &Person,
    now: Moment,
) -> Result<FulfilmentId, Failed<FulfilRefused>> {
    let Leaving { parcel, tracking, rest } = leaving;
    promises::ship(tx, order.id, parcel, tracking.from, Some(staff.id))
        .await
        .map_err(|failed| failed.map(FulfilRefused::from))?;
    let id = insert(tx, order.id, parcel, tracking, staff, now).await?;
    let stands = restate(tx, order).await?;
    let version = order.version;
    let detail = json!({ "fulfilment": id, "lines": contents(parcel), "version": version, "tracking": tracking, "rest": rest });
    tell(tx, order.id, Happening::Fulfilled, detail, Some(staff.id), now).await?;
    // Where a parcel went is for the timeline, which can forget.
    let after = json!({ "fulfilment": id, "lines": contents(parcel), "rest": rest, "fulfilment_status": stands.fulfilment });
    audit(tx, staff, "order.fulfilled", "order", Some(order.id.0), None, Some(after)).await?;
    events::record(tx, Event::ItemsShipped { order: order.id, fulfilment: id }).await?;
    Ok(id)
}

/// Pairs of line and pieces, as the timeline keeps them.
fn contents(parcel: &[(OrderLineId, i32)]) -> Value {
    json!(parcel.iter().map(|(line, quantity)| json!([line, quantity])).collect::<Vec<_>>())
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

/// The lines of an order with their titles and the pieces not shipped yet.
async fn lines_left(tx: &mut Conn, order: OrderId) -> QueryResult<Vec<(OrderLineId, String, i64)>> {
    let lines: Vec<(OrderLineId, String, i32)> = order_lines::table
        .filter(order_lines::order_id.eq(order))
        .order(order_lines::id)
        .select((order_lines::id, order_lines::title, order_lines::quantity))
        .load(tx)
        .await?;
    let shipped: Vec<(OrderLineId, Option<i64>)> = fulfilment_lines::table
        .filter(fulfilment_lines::order_line_id.eq_any(lines.iter().map(|line| line.0).collect::<Vec<_>>()))
        .group_by(fulfilment_lines::order_line_id)
        .select((fulfilment_lines::order_line_id, sum(fulfilment_lines::quantity)))
        .load(tx)
        .await?;
    let gone = |id| shipped.iter().find(|row| row.0 == id).and_then(|row| row.1).unwrap_or(0);
    Ok(lines.into_iter().map(|(id, title, ordered)| (id, title, i64::from(ordered) - gone(id))).collect())
}

/// All that an order still waits for.
async fn left_of(tx: &mut Conn, order: OrderId) -> QueryResult<Vec<(OrderLineId, i32)>> {
    let lines = lines_left(tx, order).await?.into_iter();
    Ok(lines.filter_map(|(id, _, left)| Some((id, i32::try_from(left).ok().filter(|left| *left > 0)?))).collect())
}

async fn check_left(tx: &mut Conn, order: OrderId, parcel: &[(OrderLineId, i32)]) -> Result<(), Failed<FulfilRefused>> {
    if parcel.is_empty() || parcel.iter().any(|part| part.1 < 0) {
        return Err(FulfilRefused::Nothing.into());
    }
    let lines = lines_left(tx, order).await?;
    for (id, quantity) in parcel {
        let (_, title, left) = lines.iter().find(|line| line.0 == *id).ok_or(FulfilRefused::ForeignLine)?;
        if i64::from(*quantity) > *left {
            return Err(FulfilRefused::TooMany { title: title.clone(), left: *left }.into());
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
        fulfilments::location_id.eq(tracking.from),
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
