//! Paying back: the way the money came, to the card that paid, or as store credit; and gift cards that go back with it.

use serde_json::json;

use super::crediting::{hold_accounts, refund_to_source};
use super::paying::Grant;
use super::standing::{restate, tell};
use crate::engines::credit;
use crate::engines::payments::commands as money;
use crate::engines::payments::{self, Payment};
use crate::features::orders::model::{Happening, PayRefused};
use crate::features::orders::queries::order_by_id;
use crate::platform::access::{Person, audit};
use crate::platform::base::{CreditAccountId, Failed, Moment, OrderId, OrderNumber, PaymentId, text_enum};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};

text_enum! {
    /// Where money goes back to.
    RefundTo { Source = "source", StoreCredit = "store_credit" }
}

/// What staff pay back.
#[derive(Clone, Copy, Debug)]
pub struct Refund<'a> {
    pub payment: PaymentId,
    /// Minor units.
    pub amount: i64,
    pub to: RefundTo,
    pub reason: &'a str,
    /// Gift cards that the order sold and that are taken back with it.
    pub cards: &'a [CreditAccountId],
}

/// Pays so much back. What a gateway must do is granted here and sent afterwards; cards and store credit have it at once. Two people at
/// once: the second is refused, since the order has changed.
///
/// # Errors
/// An order that was changed meanwhile; more than came in and has not gone back; a gift card that was used; store credit for a guest.
pub async fn refund(
    conn: &mut Conn,
    number: OrderNumber,
    what: Refund<'_>,
    version: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<PayRefused>> {
    let grant = Grant { number, payment: what.payment, version, staff, now };
    db::transaction(conn, async |tx: &mut Conn| {
        let (order, payment) = grant.hold(tx).await?;
        let key = grant.key("refund");
        if payments::queries::is_refunded(tx, &key).await? {
            return Ok(());
        }
        if order.version != version {
            return Err(PayRefused::Changed.into());
        }
        hold_accounts(tx, order.id).await?;
        let taken = credit::take_back(tx, what.cards, order.id, Some(staff.id), now).await;
        taken.map_err(|failed| failed.map(PayRefused::Card))?;
        if what.to == RefundTo::Source && !payment.gateway.is_credit() {
            let granted = money::grant_refund(tx, payment.id, what.amount, what.reason, &key, now).await;
            granted.map_err(|failed| failed.map(PayRefused::from))?;
            let detail = json!({ "amount": what.amount, "payment": payment.id, "reason": what.reason, "cards": what.cards });
            return grant.done(tx, &order, Happening::RefundAsked, detail).await;
        }
        as_credit(tx, order.id, &payment, what, &key, staff, now).await?;
        restate(tx, &order).await?;
        let detail = json!({ "amount": what.amount, "payment": payment.id, "to": what.to, "cards": what.cards });
        audit(tx, staff, "order.refund_asked", "order", Some(order.id.0), None, Some(detail)).await?;
        Ok(())
    })
    .await
}

/// Pays back to the card or credit that paid, or to the customer's store credit.
async fn as_credit(
    tx: &mut Conn,
    order: OrderId,
    payment: &Payment,
    what: Refund<'_>,
    key: &str,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<PayRefused>> {
    let refused = money::may_refund(tx, payment.id, what.amount).await;
    refused.map_err(|failed| failed.map(PayRefused::from))?;
    if what.to == RefundTo::Source {
        return Ok(refund_to_source(tx, order, payment, what.amount, key, what.reason, Some(staff.id), now).await?);
    }
    let whole = order_by_id(tx, order).await?.ok_or(PayRefused::Unknown)?;
    let customer = whole.customer.ok_or(PayRefused::NoAccount)?;
    let account = credit::commands::store_credit_of(tx, customer, whole.currency, now).await?;
    let done = money::refund_as_credit(tx, payment.id, what.amount, account, what.reason, key, now).await;
    if let Some(refund) = done.map_err(|failed| failed.map(PayRefused::from))? {
        credit::commands::give_back(tx, account, what.amount, order, Some(staff.id), now).await?;
        let detail = json!({ "amount": what.amount, "payment": payment.id, "reason": what.reason, "credit": "store_credit" });
        tell(tx, order, Happening::Refunded, detail, Some(staff.id), now).await?;
        events::record(tx, Event::OrderRefunded { order, refund, amount: what.amount }).await?;
    }
    Ok(())
}
