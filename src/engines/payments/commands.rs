//! Acts on payments; called by the orders room with the order locked.

use diesel::dsl::sum;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use super::gateway::Started;
use super::model::{CaptureRefused, Captured, Method, PaymentState};
use super::queries::whole;
use crate::platform::base::{Failed, Moment, Money, OrderId, PaymentId};
use crate::platform::db::Conn;
use crate::platform::schema::{payment_captures, payment_events, payments};

/// Writes down that a payment began; the same key again gives the same payment.
pub async fn open(
    tx: &mut Conn,
    order: OrderId,
    method: Method,
    started: &Started,
    amount: Money,
    key: &str,
    now: Moment,
) -> QueryResult<PaymentId> {
    let row = (
        payments::order_id.eq(order),
        payments::gateway.eq(method.as_str()),
        payments::reference.eq(&started.reference),
        payments::idempotency_key.eq(key),
        payments::currency.eq(amount.currency.code()),
        payments::amount.eq(amount.amount),
        payments::state.eq(started.state),
        payments::created_at.eq(now),
    );
    let fresh: Option<PaymentId> = diesel::insert_into(payments::table)
        .values(row)
        .on_conflict(payments::idempotency_key)
        .do_nothing()
        .returning(payments::id)
        .get_result(tx)
        .await
        .optional()?;
    let Some(id) = fresh else {
        return payments::table.filter(payments::idempotency_key.eq(key)).select(payments::id).first(tx).await;
    };
    tell(tx, id, "started", json!({ "amount": amount.amount, "state": started.state }), now).await?;
    Ok(id)
}

async fn tell(tx: &mut Conn, payment: PaymentId, kind: &str, detail: Value, now: Moment) -> QueryResult<()> {
    let row = (
        payment_events::payment_id.eq(payment),
        payment_events::kind.eq(kind),
        payment_events::detail.eq(detail),
        payment_events::at.eq(now),
    );
    diesel::insert_into(payment_events::table).values(row).execute(tx).await?;
    Ok(())
}

async fn captured_of(tx: &mut Conn, payment: PaymentId) -> QueryResult<i64> {
    let of = payment_captures::table.filter(payment_captures::payment_id.eq(payment));
    Ok(of.select(whole(sum(payment_captures::amount))).first::<Option<i64>>(tx).await?.unwrap_or(0))
}

/// Records money that came in; the same key again changes nothing.
///
/// # Errors
/// More than is open, nothing at all, or a payment that is over.
pub async fn record_capture(
    tx: &mut Conn,
    payment: PaymentId,
    amount: i64,
    key: &str,
    now: Moment,
) -> Result<Captured, Failed<CaptureRefused>> {
    let (asked, state): (i64, PaymentState) =
        payments::table.find(payment).select((payments::amount, payments::state)).for_update().first(tx).await?;
    let before = payment_captures::table.filter(payment_captures::idempotency_key.eq(key)).count();
    if before.get_result::<i64>(tx).await? > 0 {
        return Ok(Captured::Before);
    }
    if !state.may_become(PaymentState::Captured) {
        return Err(CaptureRefused::Closed.into());
    }
    let open = asked - captured_of(tx, payment).await?;
    if amount <= 0 {
        return Err(CaptureRefused::TooLittle.into());
    }
    if amount > open {
        return Err(CaptureRefused::TooMuch { open }.into());
    }
    let row = (
        payment_captures::payment_id.eq(payment),
        payment_captures::amount.eq(amount),
        payment_captures::idempotency_key.eq(key),
        payment_captures::at.eq(now),
    );
    diesel::insert_into(payment_captures::table).values(row).execute(tx).await?;
    tell(tx, payment, "captured", json!({ "amount": amount, "key": key }), now).await?;
    if amount == open {
        become_state(tx, payment, PaymentState::Captured).await?;
    }
    Ok(Captured::Now)
}

async fn become_state(tx: &mut Conn, payment: PaymentId, next: PaymentState) -> QueryResult<()> {
    diesel::update(payments::table.find(payment)).set(payments::state.eq(next)).execute(tx).await?;
    Ok(())
}

/// Gives up a payment of which nothing came in; one that is over, or partly paid, stays as it is.
pub async fn void(tx: &mut Conn, payment: PaymentId, why: &str, now: Moment) -> QueryResult<bool> {
    let state: PaymentState = payments::table.find(payment).select(payments::state).for_update().first(tx).await?;
    if !state.may_become(PaymentState::Voided) || captured_of(tx, payment).await? > 0 {
        return Ok(false);
    }
    become_state(tx, payment, PaymentState::Voided).await?;
    tell(tx, payment, "voided", json!({ "why": why }), now).await?;
    Ok(true)
}
