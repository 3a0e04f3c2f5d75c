//! What is booked because a gateway's books say so: money that was taken, let go or paid back there without us, and what goes back
//! since no order can keep it.

use serde_json::json;

use super::standing::{Locked, lock_by_id, restate, tell};
use crate::engines::payments::commands::{self as money, Stage};
use crate::engines::payments::queries::Opened;
use crate::engines::payments::{self, Captured, PaymentState};
use crate::features::orders::model::{Happening, PayRefused, PaymentStatus};
use crate::platform::access::{Person, audit};
use crate::platform::base::{Failed, Moment, Never, PaymentId};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};

/// The payment with its order, locked.
async fn held(tx: &mut Conn, payment: PaymentId) -> Result<(Opened, Locked), Failed<PayRefused>> {
    let opened = payments::queries::payment_by_id(tx, payment).await?.ok_or(PayRefused::Foreign)?;
    let order = lock_by_id(tx, opened.order.ok_or(PayRefused::Foreign)?).await?;
    Ok((opened, order))
}

/// Books money that the gateway took of what it held for us; the same key again books nothing.
///
/// # Errors
/// More than is held, or a payment of no order.
pub async fn book_capture(
    conn: &mut Conn,
    payment: PaymentId,
    amount: i64,
    key: &str,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<PayRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let (_, order) = held(tx, payment).await?;
        let booked = money::capture(tx, payment, amount, key, Stage::Done, now).await;
        if booked.map_err(|failed| failed.map(PayRefused::from))? == Captured::Before {
            return Ok(());
        }
        let stands = restate(tx, &order).await?;
        let detail = json!({ "amount": amount, "payment": payment });
        tell(tx, order.id, Happening::Paid, detail, Some(staff.id), now).await?;
        if stands.payment == PaymentStatus::Paid {
            events::record(tx, Event::OrderPaid { order: order.id }).await?;
        }
        Ok(())
    })
    .await
}

/// Books that the gateway no longer holds what it held for an order; done before, nothing changes.
///
/// # Errors
/// Money that was taken already, or a payment of no order.
pub async fn book_void(conn: &mut Conn, payment: PaymentId, staff: &Person, now: Moment) -> Result<(), Failed<PayRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let (opened, order) = held(tx, payment).await?;
        if payments::sessions::lock(tx, payment).await? == PaymentState::Voided {
            return Ok(());
        }
        money::grant_void(tx, payment, now).await.map_err(|failed| failed.map(PayRefused::from))?;
        money::given_back(tx, payment, now).await?;
        restate(tx, &order).await?;
        tell(tx, order.id, Happening::Voided, json!({ "amount": opened.asked.amount, "payment": payment }), Some(staff.id), now)
            .await?;
        Ok(())
    })
    .await
}

/// Books a refund that the gateway has made without us, or money that it does not have; the same key again books nothing.
///
/// # Errors
/// More than came in, or a payment of no order.
pub async fn book_refund(
    conn: &mut Conn,
    payment: PaymentId,
    amount: i64,
    key: &str,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<PayRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let (_, order) = held(tx, payment).await?;
        let booked = money::book_refund(tx, payment, amount, key, now).await;
        if booked.map_err(|failed| failed.map(PayRefused::from))? == Captured::Before {
            return Ok(());
        }
        restate(tx, &order).await?;
        let detail = json!({ "amount": amount, "payment": payment });
        tell(tx, order.id, Happening::Refunded, detail, Some(staff.id), now).await?;
        Ok(())
    })
    .await
}

/// Sends the refunds of a payment again that the gateway says it never had; returns whether there were any.
///
/// # Errors
/// A payment of no order.
pub async fn send_refunds_again(conn: &mut Conn, payment: PaymentId, now: Moment) -> Result<bool, Failed<PayRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        held(tx, payment).await?;
        let again = money::grant_refunds_again(tx, payment, now).await?;
        if again > 0 {
            events::record(tx, Event::PaymentAsked { payment }).await?;
        }
        Ok(again > 0)
    })
    .await
}

/// Grants that flagged money goes back, or asks the gateway again where it would not give it back; doing it again changes nothing.
pub async fn give_flagged_back(conn: &mut Conn, payment: PaymentId, staff: &Person, now: Moment) -> Result<(), Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        match payments::sessions::lock(tx, payment).await? {
            PaymentState::Flagged => payments::sessions::give_back(tx, payment, None, now).await?,
            PaymentState::Voiding => {}
            _ => return Ok(()),
        }
        audit(tx, staff, "payment.returned", "payment", Some(payment.0), None, None).await?;
        events::record(tx, Event::PaymentAsked { payment }).await?;
        Ok(())
    })
    .await
}
