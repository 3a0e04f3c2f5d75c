//! Money on orders: what a gateway holds, what is taken, let go and paid back; called by the orders room with the order locked.

use diesel::dsl::sum;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::model::{Attention, CaptureRefused, Captured, PaymentState, RefundRefused, VoidRefused};
use super::queries::{self, whole};
use super::sessions::{BOOKED, become_state, give_back, lock, tell};
use crate::platform::base::{CreditAccountId, Failed, Moment, OrderId, PaymentId};
use crate::platform::db::Conn;
use crate::platform::schema::{payment_captures, payment_refunds, payments};

/// The gateway holds the amount for this order.
pub async fn authorise(tx: &mut Conn, payment: PaymentId, order: OrderId, reference: &str, now: Moment) -> QueryResult<()> {
    diesel::update(payments::table.find(payment))
        .set((payments::state.eq(PaymentState::Authorised), payments::order_id.eq(order), payments::reference.eq(reference)))
        .execute(tx)
        .await?;
    tell(tx, payment, "authorised", json!({ "reference": reference }), now).await
}

/// The money is back.
pub async fn given_back(tx: &mut Conn, payment: PaymentId, now: Moment) -> QueryResult<()> {
    become_state(tx, payment, PaymentState::Voided).await?;
    tell(tx, payment, "voided", json!({}), now).await
}

/// Shows a payment on an order that it did not pay for.
pub async fn belongs_to(tx: &mut Conn, payment: PaymentId, order: OrderId) -> QueryResult<()> {
    diesel::update(payments::table.find(payment)).set(payments::order_id.eq(order)).execute(tx).await?;
    Ok(())
}

async fn sum_of_captures(tx: &mut Conn, payment: PaymentId, done_only: bool) -> QueryResult<i64> {
    let mut of = payment_captures::table.filter(payment_captures::payment_id.eq(payment)).into_boxed();
    of = if done_only { of.filter(payment_captures::state.eq("done")) } else { of.filter(payment_captures::state.ne("failed")) };
    Ok(of.select(whole(sum(payment_captures::amount))).first::<Option<i64>>(tx).await?.unwrap_or(0))
}

async fn sum_of_refunds(tx: &mut Conn, payment: PaymentId) -> QueryResult<i64> {
    let of = payment_refunds::table.filter(payment_refunds::payment_id.eq(payment)).filter(payment_refunds::state.ne("failed"));
    Ok(of.select(whole(sum(payment_refunds::amount))).first::<Option<i64>>(tx).await?.unwrap_or(0))
}

/// How far along a capture is: asked of the gateway, or in our hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Granted,
    Done,
}

/// Records money that came in, or that the gateway shall take; the same key again changes nothing.
///
/// # Errors
/// More than is open, nothing at all, or a payment that is over.
pub async fn capture(
    tx: &mut Conn,
    payment: PaymentId,
    amount: i64,
    key: &str,
    stage: Stage,
    now: Moment,
) -> Result<Captured, Failed<CaptureRefused>> {
    let (asked, state): (i64, PaymentState) =
        payments::table.find(payment).select((payments::amount, payments::state)).for_update().first(tx).await?;
    if queries::is_captured(tx, key).await? {
        return Ok(Captured::Before);
    }
    if !state.may_become(PaymentState::Captured) {
        return Err(CaptureRefused::Closed.into());
    }
    let open = asked - sum_of_captures(tx, payment, false).await?;
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
        payment_captures::state.eq(if stage == Stage::Done { "done" } else { "granted" }),
        payment_captures::at.eq(now),
    );
    diesel::insert_into(payment_captures::table).values(row).execute(tx).await?;
    let kind = if stage == Stage::Done { "captured" } else { "capture_granted" };
    tell(tx, payment, kind, json!({ "amount": amount, "key": key }), now).await?;
    whole_when_done(tx, payment, asked).await?;
    Ok(Captured::Now)
}

async fn whole_when_done(tx: &mut Conn, payment: PaymentId, asked: i64) -> QueryResult<()> {
    if sum_of_captures(tx, payment, true).await? >= asked {
        become_state(tx, payment, PaymentState::Captured).await
    } else {
        Ok(())
    }
}

/// Whether so much of a locked payment may go back.
///
/// # Errors
/// More than came in and has not gone back, or nothing.
pub async fn may_refund(tx: &mut Conn, payment: PaymentId, amount: i64) -> Result<(), Failed<RefundRefused>> {
    let left = sum_of_captures(tx, payment, true).await? - sum_of_refunds(tx, payment).await?;
    match amount {
        ..=0 => Err(RefundRefused::TooLittle.into()),
        amount if amount > left => Err(RefundRefused::TooMuch { left }.into()),
        _ => Ok(()),
    }
}

/// Grants that so much is paid back; it is sent afterwards. The same key again changes nothing.
///
/// # Errors
/// More than came in and has not gone back, or nothing.
pub async fn grant_refund(
    tx: &mut Conn,
    payment: PaymentId,
    amount: i64,
    reason: &str,
    key: &str,
    now: Moment,
) -> Result<Captured, Failed<RefundRefused>> {
    lock(tx, payment).await?;
    if queries::is_refunded(tx, key).await? {
        return Ok(Captured::Before);
    }
    may_refund(tx, payment, amount).await?;
    let row = (
        payment_refunds::payment_id.eq(payment),
        payment_refunds::amount.eq(amount),
        payment_refunds::reason.eq(reason),
        payment_refunds::state.eq("granted"),
        payment_refunds::idempotency_key.eq(key),
        payment_refunds::at.eq(now),
    );
    diesel::insert_into(payment_refunds::table).values(row).execute(tx).await?;
    tell(tx, payment, "refund_granted", json!({ "amount": amount, "key": key }), now).await?;
    Ok(Captured::Now)
}

/// Empties the words in which staff said why money of these orders went back; the amounts stay, for the books.
pub async fn forget_reasons(tx: &mut Conn, orders: &[OrderId]) -> QueryResult<()> {
    let theirs = payments::table.filter(payments::order_id.eq_any(orders.to_vec())).select(payments::id);
    let refunds = payment_refunds::table.filter(payment_refunds::payment_id.eq_any(theirs));
    diesel::update(refunds).set(payment_refunds::reason.eq("")).execute(tx).await?;
    Ok(())
}

/// Books a refund that was made without us; the same key again changes nothing.
///
/// # Errors
/// More than came in and has not gone back, or nothing.
pub async fn book_refund(
    tx: &mut Conn,
    payment: PaymentId,
    amount: i64,
    key: &str,
    now: Moment,
) -> Result<Captured, Failed<RefundRefused>> {
    let granted = grant_refund(tx, payment, amount, "the gateway's books", key, now).await?;
    let row = payment_refunds::table.filter(payment_refunds::idempotency_key.eq(key));
    diesel::update(row).set(payment_refunds::state.eq("sent")).execute(tx).await?;
    Ok(granted)
}

/// Pays back as credit: granted and done at once, whatever the gateway. Returns the row of the refund; `None`: the same key did it before.
///
/// # Errors
/// More than came in and has not gone back, or nothing.
pub async fn refund_as_credit(
    tx: &mut Conn,
    payment: PaymentId,
    amount: i64,
    account: CreditAccountId,
    reason: &str,
    key: &str,
    now: Moment,
) -> Result<Option<i64>, Failed<RefundRefused>> {
    if grant_refund(tx, payment, amount, reason, key, now).await? == Captured::Before {
        return Ok(None);
    }
    let row = payment_refunds::table.filter(payment_refunds::idempotency_key.eq(key));
    let done = (payment_refunds::state.eq("sent"), payment_refunds::credit_account_id.eq(account));
    let refund = diesel::update(row).set(done).returning(payment_refunds::id).get_result(tx).await?;
    tell(tx, payment, "credited", json!({ "refund": refund, "account": account }), now).await?;
    Ok(Some(refund))
}

/// Lets refunds be sent again that the gateway does not have; their keys see to it that none is made twice. What was only booked
/// from the gateway's books stays: the gateway made it under a name of its own and would make it a second time. Returns how many.
pub async fn grant_refunds_again(tx: &mut Conn, payment: PaymentId, now: Moment) -> QueryResult<usize> {
    lock(tx, payment).await?;
    let rows = payment_refunds::table
        .filter(payment_refunds::payment_id.eq(payment))
        .filter(payment_refunds::state.eq("sent"))
        .filter(payment_refunds::credit_account_id.is_null())
        .filter(payment_refunds::idempotency_key.not_like(format!("{BOOKED}%")));
    let again = diesel::update(rows).set(payment_refunds::state.eq("granted")).execute(tx).await?;
    tell(tx, payment, "refunds_sent_again", json!({ "count": again }), now).await?;
    Ok(again)
}

/// Grants that an authorised amount is let go.
///
/// # Errors
/// Money was taken, or the payment is over.
pub async fn grant_void(tx: &mut Conn, payment: PaymentId, now: Moment) -> Result<(), Failed<VoidRefused>> {
    let state = lock(tx, payment).await?;
    if !matches!(state, PaymentState::Authorised | PaymentState::Flagged) {
        return Err(VoidRefused::Closed.into());
    }
    if sum_of_captures(tx, payment, false).await? > 0 {
        return Err(VoidRefused::Captured.into());
    }
    give_back(tx, payment, None, now).await?;
    Ok(())
}

/// Gives up a payment of which nothing came in and nobody holds anything; one that is over, or partly paid, stays as it is.
pub async fn void(tx: &mut Conn, payment: PaymentId, why: &str, now: Moment) -> QueryResult<bool> {
    let state = lock(tx, payment).await?;
    if state != PaymentState::Pending || sum_of_captures(tx, payment, false).await? > 0 {
        return Ok(false);
    }
    become_state(tx, payment, PaymentState::Voided).await?;
    tell(tx, payment, "voided", json!({ "why": why }), now).await?;
    Ok(true)
}

/// The gateway's answer to a capture that was granted; answered before: nothing changes.
pub async fn capture_answered(tx: &mut Conn, payment: PaymentId, id: i64, no: Option<&str>, now: Moment) -> QueryResult<bool> {
    let asked: i64 = payments::table.find(payment).select(payments::amount).for_update().first(tx).await?;
    let row = payment_captures::table.find(id).filter(payment_captures::state.eq("granted"));
    let state = if no.is_some() { "failed" } else { "done" };
    let new = (payment_captures::state.eq(state), payment_captures::failure.eq(no));
    if diesel::update(row).set(new).execute(tx).await? == 0 {
        return Ok(false);
    }
    let kind = if no.is_some() { "capture_failed" } else { "captured" };
    tell(tx, payment, kind, json!({ "capture": id, "why": no }), now).await?;
    whole_when_done(tx, payment, asked).await?;
    Ok(true)
}

/// The gateway's answer to a refund that was granted; answered before: nothing changes.
pub async fn refund_answered(tx: &mut Conn, payment: PaymentId, id: i64, no: Option<&str>, now: Moment) -> QueryResult<bool> {
    lock(tx, payment).await?;
    let row = payment_refunds::table.find(id).filter(payment_refunds::state.eq("granted"));
    let state = if no.is_some() { "failed" } else { "sent" };
    let new = (payment_refunds::state.eq(state), payment_refunds::failure.eq(no));
    if diesel::update(row).set(new).execute(tx).await? == 0 {
        return Ok(false);
    }
    let kind = if no.is_some() { "refund_failed" } else { "refunded" };
    tell(tx, payment, kind, json!({ "refund": id, "why": no }), now).await?;
    Ok(true)
}

/// The gateway's answer to a void: done, or no, and then the money is still held.
pub async fn void_answered(tx: &mut Conn, payment: PaymentId, no: Option<&str>, now: Moment) -> QueryResult<bool> {
    if lock(tx, payment).await? != PaymentState::Voiding {
        return Ok(false);
    }
    match no {
        None => given_back(tx, payment, now).await?,
        // What an order was to be paid with is held for it again; money that must not count stays on its way back.
        Some(why) => {
            let row = payments::table.find(payment).select((payments::order_id, payments::attention));
            let (order, attention): (Option<OrderId>, Option<Attention>) = row.first(tx).await?;
            if order.is_some() && attention.is_none() {
                become_state(tx, payment, PaymentState::Authorised).await?;
            }
            tell(tx, payment, "void_failed", json!({ "why": why }), now).await?;
        }
    }
    Ok(true)
}
