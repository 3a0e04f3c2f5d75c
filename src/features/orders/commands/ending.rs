//! Orders that end before their time: cancelled by staff, or expired because no money came; and the reminder before.

use chrono::Duration;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::cards;
use super::crediting::{hold_accounts, return_credits};
use super::standing::{Locked, done_before, lock, records, restate, tell};
use crate::engines::inventory::model::Unshipped;
use crate::engines::inventory::promises;
use crate::engines::payments::{self, PaymentState};
use crate::engines::promotions;
use crate::features::orders::model::{CancelRefused, FulfilmentStatus, Happening, OrderStatus};
use crate::platform::access::{Person, audit};
use crate::platform::base::{Broke, Failed, Moment, Never, OrBreak, OrderLineId, OrderNumber, StaffId};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};
use crate::platform::schema::{order_lines, orders};

/// A reminder goes out this long before an order expires, or at half time when that is later.
const REMIND: Duration = Duration::hours(48);
/// Orders handled in one sweep; the next sweep takes the rest.
const SWEEP: i64 = 200;

/// Cancels what has not been shipped: gives the stock back (or writes it off), voids what was not paid.
/// `version` is the order as the person saw it; their second click changes nothing.
///
/// # Errors
/// An order that is over, wholly shipped or was changed meanwhile.
pub async fn cancel(
    conn: &mut Conn,
    number: OrderNumber,
    restock: bool,
    reason: &str,
    version: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<CancelRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let mut order = lock(tx, number).await?.ok_or(CancelRefused::Unknown)?;
        if done_before(tx, order.id, Happening::Cancelled, version, staff.id).await?.is_some() {
            return Ok(());
        }
        may_be_cancelled(&order, version)?;
        let before = records(tx, &order).await?;
        if cards::all_goods_are_out(tx, order.id, &before).await? {
            return Err(CancelRefused::AllShipped.into());
        }
        if before.fulfilled == 0 {
            promotions::uses::give_back(tx, order.id, now).await?;
        }
        hold_accounts(tx, order.id).await?;
        cards::take_all_back(tx, order.id, staff.id, now).await?;
        let unshipped = if restock { Unshipped::BackOnTheShelf } else { Unshipped::WrittenOff };
        let pieces = give_back(tx, &order, unshipped, Some(staff.id), "cancelled", now).await?;
        order.cancelled_at = Some(now);
        restate(tx, &order).await?;
        return_credits(tx, &order, Some(staff.id), now).await.map_err(|failed| failed.map(|never| match never {}))?;
        let detail = json!({ "reason": reason, "restock": restock, "pieces": pieces, "version": version });
        tell(tx, order.id, Happening::Cancelled, detail, Some(staff.id), now).await?;
        let status = json!({ "status": order.status });
        // What staff write about somebody stands in the timeline, which forgets: stock, payments and the trail do not.
        let after = json!({ "restock": restock, "pieces": pieces, "version": version });
        audit(tx, staff, "order.cancelled", "order", Some(order.id.0), Some(status), Some(after)).await?;
        events::record(tx, Event::OrderCancelled { order: order.id }).await?;
        Ok(())
    })
    .await
}

fn may_be_cancelled(order: &Locked, version: i32) -> Result<(), CancelRefused> {
    match order.status {
        OrderStatus::Cancelled => Err(CancelRefused::Cancelled),
        OrderStatus::Expired => Err(CancelRefused::Expired),
        _ if order.version != version => Err(CancelRefused::Changed),
        _ => Ok(()),
    }
}

/// Releases what the order is still promised, voids payments that nobody paid and lets go of what a gateway holds; returns the pieces.
async fn give_back(
    tx: &mut Conn,
    order: &Locked,
    unshipped: Unshipped,
    staff: Option<StaffId>,
    why: &str,
    now: Moment,
) -> QueryResult<i64> {
    for payment in payments::queries::payments_of(tx, order.id).await? {
        if payment.may_be_voided() && payment.state == PaymentState::Authorised {
            payments::sessions::give_back(tx, payment.id, None, now).await?;
            events::record(tx, Event::PaymentAsked { payment: payment.id }).await?;
        } else {
            payments::commands::void(tx, payment.id, why, now).await?;
        }
    }
    let lines: Vec<OrderLineId> =
        order_lines::table.filter(order_lines::order_id.eq(order.id)).select(order_lines::id).load(tx).await?;
    promises::release_allocation(tx, order.id, &lines, unshipped, staff, why).await
}

/// The numbers of open orders without money or parcels that are due by then.
async fn due(conn: &mut Conn, by: Moment, reminded: bool) -> QueryResult<Vec<i64>> {
    let mut query = orders::table
        .filter(orders::status.eq(OrderStatus::Open))
        .filter(sql::<Bool>(WAITS))
        .filter(orders::fulfilment_status.eq(FulfilmentStatus::Unfulfilled))
        .filter(orders::due_at.le(by))
        .order((orders::due_at, orders::id))
        .select(orders::number)
        .limit(SWEEP)
        .into_boxed();
    if !reminded {
        query = query.filter(orders::reminded_at.is_null());
    }
    query.load(conn).await
}

/// Nobody has paid, but perhaps gift cards and store credit a part, which go back when the order expires; and no gateway holds money.
const WAITS: &str = "(orders.payment_status = 'unpaid' or (orders.payment_status = 'partly_paid' and not exists (
    select from payments p where p.order_id = orders.id and p.credit_account_id is null and (p.state = 'authorised'
        or exists (select from payment_captures c where c.payment_id = p.id and c.state <> 'failed')))))";

/// Whether a locked order still waits for money and nothing has left the house.
async fn still_waits(tx: &mut Conn, order: &Locked, by: Moment) -> QueryResult<bool> {
    let row: Option<(FulfilmentStatus, Option<Moment>)> = orders::table
        .find(order.id)
        .filter(sql::<Bool>(WAITS))
        .select((orders::fulfilment_status, orders::due_at))
        .first(tx)
        .await
        .optional()?;
    let waits = |(fulfilment, due): (FulfilmentStatus, Option<Moment>)| {
        fulfilment == FulfilmentStatus::Unfulfilled && due.is_some_and(|due| due <= by)
    };
    Ok(order.status == OrderStatus::Open && row.is_some_and(waits))
}

/// Ends unpaid orders whose time is over and gives their stock back; returns how many. Safe to run at any time, twice at once too.
pub async fn expire_unpaid(conn: &mut Conn, now: Moment) -> Result<usize, Broke> {
    let mut ended = 0;
    for number in due(conn, now, true).await? {
        let expired = db::transaction(conn, async |tx: &mut Conn| -> Result<bool, Failed<Never>> {
            let Some(mut order) = lock(tx, OrderNumber(number)).await? else { return Ok(false) };
            if !still_waits(tx, &order, now).await? {
                return Ok(false);
            }
            promotions::uses::give_back(tx, order.id, now).await?;
            hold_accounts(tx, order.id).await?;
            let pieces = give_back(tx, &order, Unshipped::BackOnTheShelf, None, "expired", now).await?;
            order.expired_at = Some(now);
            restate(tx, &order).await?;
            return_credits(tx, &order, None, now).await?;
            tell(tx, order.id, Happening::Expired, json!({ "pieces": pieces }), None, now).await?;
            events::record(tx, Event::OrderExpired { order: order.id }).await?;
            Ok(true)
        });
        ended += usize::from(matches!(expired.await.or_break()?, Ok(true)));
    }
    Ok(ended)
}

/// Reminds of orders that will expire soon, once each; returns how many.
pub async fn remind_due(conn: &mut Conn, now: Moment) -> Result<usize, Broke> {
    let mut reminded = 0;
    for number in due(conn, now + REMIND, false).await? {
        let told = db::transaction(conn, async |tx: &mut Conn| -> Result<bool, Failed<Never>> {
            let Some(order) = lock(tx, OrderNumber(number)).await? else { return Ok(false) };
            let row = orders::table.find(order.id).select((orders::placed_at, orders::due_at, orders::reminded_at));
            let (placed_at, due_at, before): (Moment, Option<Moment>, Option<Moment>) = row.first(tx).await?;
            let half_time = due_at.map(|due| placed_at + (due - placed_at) / 2);
            let too_early = half_time.is_none_or(|half| now < half) || due_at.is_none_or(|due| due <= now);
            if before.is_some() || too_early || !still_waits(tx, &order, now + REMIND).await? {
                return Ok(false);
            }
            diesel::update(orders::table.find(order.id)).set(orders::reminded_at.eq(now)).execute(tx).await?;
            tell(tx, order.id, Happening::Reminded, json!({ "due_at": due_at }), None, now).await?;
            events::record(tx, Event::OrderDueSoon { order: order.id }).await?;
            Ok(true)
        });
        reminded += usize::from(matches!(told.await.or_break()?, Ok(true)));
    }
    Ok(reminded)
}
