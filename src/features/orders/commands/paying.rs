//! Recording money on an order.

use serde_json::json;

use super::standing::{Locked, lock, restate, tell};
use crate::engines::payments::{self, Captured};
use crate::features::orders::model::{Happening, OrderStatus, PayRefused, PaymentStatus};
use crate::platform::access::{Person, audit};
use crate::platform::base::{Failed, Moment, OrderNumber};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};

/// Records that money came in: so much, or all that is open. `version` is the order as the person saw it;
/// the same person's second click on the same page changes nothing.
///
/// # Errors
/// An order that is over, settled or was changed meanwhile; more money than is open.
pub async fn mark_paid(
    conn: &mut Conn,
    number: OrderNumber,
    amount: Option<i64>,
    version: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<PayRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let order = lock(tx, number).await?.ok_or(PayRefused::Unknown)?;
        let key = format!("staff:{}:{}:{version}", staff.id, order.id);
        if payments::queries::is_captured(tx, &key).await? {
            return Ok(());
        }
        may_be_paid(&order, version)?;
        let payments = payments::queries::payments_of(tx, order.id).await?;
        let open = payments.iter().find(|payment| payment.open_amount() > 0).ok_or(PayRefused::Settled)?;
        let amount = amount.unwrap_or(open.open_amount());
        let recorded = payments::commands::record_capture(tx, open.id, amount, &key, now).await;
        if recorded.map_err(|failed| failed.map(PayRefused::from))? == Captured::Before {
            return Ok(());
        }
        let stands = restate(tx, &order).await?;
        tell(tx, order.id, Happening::Paid, json!({ "amount": amount, "version": version }), Some(staff.id), now).await?;
        let after = json!({ "captured": amount, "payment_status": stands.payment });
        audit(tx, staff, "order.paid", "order", Some(order.id.0), None, Some(after)).await?;
        if stands.payment == PaymentStatus::Paid {
            events::record(tx, Event::OrderPaid { order: order.id }).await?;
        }
        Ok(())
    })
    .await
}

fn may_be_paid(order: &Locked, version: i32) -> Result<(), PayRefused> {
    match order.status {
        OrderStatus::Cancelled => Err(PayRefused::Cancelled),
        OrderStatus::Expired => Err(PayRefused::Expired),
        _ if order.version != version => Err(PayRefused::Changed),
        _ => Ok(()),
    }
}
