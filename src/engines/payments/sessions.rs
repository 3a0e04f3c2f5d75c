//! Payments by themselves: how they begin, fail, are flagged or given back, whether or not an order ever comes of them.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use super::model::{Attention, Capture, Method, PaymentState};
use crate::platform::base::{CreditAccountId, Moment, Money, OrderId, PaymentId};
use crate::platform::db::Conn;
use crate::platform::schema::{payment_events, payment_methods, payments};

/// How the keys of bookings begin.
pub(super) const BOOKED: &str = "difference:";

/// The key of what is booked, or sent, because of a difference in the books.
pub fn booking_key(difference: i64) -> String {
    format!("{BOOKED}{difference}")
}

/// A payment that begins.
pub struct NewPayment<'a> {
    pub order: Option<OrderId>,
    pub method: Method,
    pub reference: Option<&'a str>,
    pub amount: Money,
    pub state: PaymentState,
    pub capture: Capture,
    /// The same key again gives the same payment.
    pub key: &'a str,
    /// When the gateway's page closes.
    pub expires_at: Option<Moment>,
    /// The account that pays.
    pub account: Option<CreditAccountId>,
}

/// Writes down that a payment began.
pub async fn open(tx: &mut Conn, new: &NewPayment<'_>, now: Moment) -> QueryResult<PaymentId> {
    let row = (
        payments::order_id.eq(new.order),
        payments::gateway.eq(new.method),
        payments::reference.eq(new.reference),
        payments::idempotency_key.eq(new.key),
        payments::currency.eq(new.amount.currency.code()),
        payments::amount.eq(new.amount.amount),
        payments::state.eq(new.state),
        payments::capture.eq(new.capture),
        payments::expires_at.eq(new.expires_at),
        payments::credit_account_id.eq(new.account),
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
        return payments::table.filter(payments::idempotency_key.eq(new.key)).select(payments::id).first(tx).await;
    };
    tell(tx, id, "started", json!({ "amount": new.amount.amount, "state": new.state }), now).await?;
    Ok(id)
}

/// Writes an event of a payment; events are never changed.
pub async fn tell(tx: &mut Conn, payment: PaymentId, kind: &str, detail: Value, now: Moment) -> QueryResult<()> {
    let row = (
        payment_events::payment_id.eq(payment),
        payment_events::kind.eq(kind),
        payment_events::detail.eq(detail),
        payment_events::at.eq(now),
    );
    diesel::insert_into(payment_events::table).values(row).execute(tx).await?;
    Ok(())
}

/// Keeps what the gateway calls a payment.
pub async fn name(conn: &mut Conn, payment: PaymentId, reference: &str) -> QueryResult<()> {
    let row = payments::table.find(payment).filter(payments::reference.is_null());
    diesel::update(row).set(payments::reference.eq(reference)).execute(conn).await?;
    Ok(())
}

/// Locks a payment until the end of the transaction.
pub async fn lock(tx: &mut Conn, payment: PaymentId) -> QueryResult<PaymentState> {
    payments::table.find(payment).select(payments::state).for_update().first(tx).await
}

pub(super) async fn become_state(tx: &mut Conn, payment: PaymentId, next: PaymentState) -> QueryResult<()> {
    diesel::update(payments::table.find(payment)).set(payments::state.eq(next)).execute(tx).await?;
    Ok(())
}

/// The gateway, or the shopper's bank, said no, or the page closed before anybody paid.
pub async fn fail(tx: &mut Conn, payment: PaymentId, why: &str, now: Moment) -> QueryResult<()> {
    become_state(tx, payment, PaymentState::Failed).await?;
    tell(tx, payment, "failed", json!({ "why": why }), now).await
}

/// Money that must not count: other than was asked for. Staff decide.
pub async fn flag(tx: &mut Conn, payment: PaymentId, reference: &str, found: Value, now: Moment) -> QueryResult<()> {
    diesel::update(payments::table.find(payment))
        .set((
            payments::state.eq(PaymentState::Flagged),
            payments::attention.eq(Attention::WrongMoney),
            payments::reference.eq(reference),
        ))
        .execute(tx)
        .await?;
    tell(tx, payment, "flagged", found, now).await
}

/// Grants that all of the money goes back, since no order can come of it; it is sent afterwards.
pub async fn give_back(tx: &mut Conn, payment: PaymentId, why: Option<Attention>, now: Moment) -> QueryResult<()> {
    diesel::update(payments::table.find(payment)).set(payments::state.eq(PaymentState::Voiding)).execute(tx).await?;
    if let Some(why) = why {
        diesel::update(payments::table.find(payment)).set(payments::attention.eq(why)).execute(tx).await?;
    }
    tell(tx, payment, "giving_back", json!({ "why": why }), now).await
}

/// Staff have seen to it.
pub async fn attended(tx: &mut Conn, payment: PaymentId) -> QueryResult<()> {
    diesel::update(payments::table.find(payment)).set(payments::attention.eq(None::<Attention>)).execute(tx).await?;
    Ok(())
}

/// Offers a way to pay, or no longer, and says when its money is taken.
pub async fn offer(tx: &mut Conn, method: Method, enabled: bool, capture: Capture) -> QueryResult<()> {
    diesel::update(payment_methods::table.find(method.as_str()))
        .set((payment_methods::enabled.eq(enabled), payment_methods::capture.eq(capture)))
        .execute(tx)
        .await?;
    Ok(())
}
