//! Money on an order: what came in, what a gateway holds, what is taken, let go and paid back. Whatever a gateway must do is granted
//! here, under the order's lock, and sent afterwards (`settling`).

use serde_json::{Value, json};

use super::delivering;
use super::standing::{Locked, lock, lock_by_id, restate, tell};
use crate::engines::payments::commands::{self as money, Stage};
use crate::engines::payments::{self, Attention, CaptureRefused, Captured, Payment, Report, Standing};
use crate::features::orders::model::{Happening, OrderStatus, PayRefused, PaymentStatus};
use crate::platform::access::{Person, audit};
use crate::platform::base::{Failed, Moment, Never, OrderId, OrderNumber, PaymentId};
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
        let awaited = payments.iter().find(|payment| payment.is_awaited()).ok_or(PayRefused::Settled)?;
        // A part of it may have been paid in another way meanwhile.
        let open = awaited.open_amount().min(order.due(&payments));
        if open <= 0 {
            return Err(PayRefused::Settled.into());
        }
        let amount = amount.unwrap_or(open);
        if amount > open {
            return Err(PayRefused::Capture(CaptureRefused::TooMuch { open }).into());
        }
        let recorded = money::capture(tx, awaited.id, amount, &key, Stage::Done, now).await;
        if recorded.map_err(|failed| failed.map(PayRefused::from))? == Captured::Before {
            return Ok(());
        }
        let stands = restate(tx, &order).await?;
        tell(tx, order.id, Happening::Paid, json!({ "amount": amount, "version": version }), Some(staff.id), now).await?;
        let after = json!({ "captured": amount, "payment_status": stands.payment });
        audit(tx, staff, "order.paid", "order", Some(order.id.0), None, Some(after)).await?;
        if stands.payment == PaymentStatus::Paid {
            delivering::count_anew(tx, order.id, now).await?;
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

/// Takes over money that a gateway holds, or has taken, for an order of exactly this amount; derives the statuses again.
pub(super) async fn accept(
    tx: &mut Conn,
    order: OrderId,
    payment: PaymentId,
    report: &Report,
    now: Moment,
) -> Result<PaymentStatus, anyhow::Error> {
    money::authorise(tx, payment, order, &report.reference, now).await?;
    let what = match report.standing {
        Standing::Captured => {
            let key = format!("payment:{payment}:at-once");
            let taken = money::capture(tx, payment, report.captured, &key, Stage::Done, now).await;
            taken.map_err(|refused| anyhow::anyhow!("payment {payment} was captured but cannot be recorded: {refused:?}"))?;
            Happening::Paid
        }
        _ => Happening::Authorised,
    };
    tell(tx, order, what, json!({ "amount": report.authorised, "payment": payment }), None, now).await?;
    let order = lock_by_id(tx, order).await?;
    Ok(restate(tx, &order).await?.payment)
}

/// What became of money that was paid for an order that stands already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaidFor {
    Order,
    /// It goes back: the order is over, or needs no (or other) money.
    Nothing(Attention),
}

/// Takes over money that was paid for an order that stands, or grants that it goes back.
pub async fn pay_order(
    tx: &mut Conn,
    id: OrderId,
    payment: PaymentId,
    report: &Report,
    now: Moment,
) -> Result<PaidFor, Failed<Never>> {
    let order = lock_by_id(tx, id).await?;
    let others = payments::queries::payments_of(tx, id).await?;
    let over = matches!(order.status, OrderStatus::Cancelled | OrderStatus::Expired);
    if over || order.due(&others) != report.authorised {
        let why = if over { Attention::OrderOver } else { Attention::Twice };
        money::belongs_to(tx, payment, id).await?;
        payments::sessions::give_back(tx, payment, Some(why), now).await?;
        let detail = json!({ "amount": report.authorised, "payment": payment });
        tell(tx, id, Happening::PaidInVain, detail, None, now).await?;
        events::record(tx, Event::PaymentAsked { payment }).await?;
        return Ok(PaidFor::Nothing(why));
    }
    for awaited in others.iter().filter(|other| other.is_awaited()) {
        money::void(tx, awaited.id, "paid in another way", now).await?;
    }
    let stands = accept(tx, id, payment, report, now).await?;
    if stands == PaymentStatus::Paid {
        delivering::count_anew(tx, id, now).await?;
        events::record(tx, Event::OrderPaid { order: id }).await?;
    }
    Ok(PaidFor::Order)
}

/// One thing that staff ask of a payment.
pub(super) struct Grant<'a> {
    pub number: OrderNumber,
    pub payment: PaymentId,
    pub version: i32,
    pub staff: &'a Person,
    pub now: Moment,
}

impl Grant<'_> {
    /// Tells one press of a button from another one.
    pub fn key(&self, what: &str) -> String {
        format!("{what}:{}:{}:{}", self.payment, self.staff.id, self.version)
    }

    /// The order, locked, with the payment on it.
    pub async fn hold(&self, tx: &mut Conn) -> Result<(Locked, Payment), Failed<PayRefused>> {
        let order = lock(tx, self.number).await?.ok_or(PayRefused::Unknown)?;
        let payments = payments::queries::payments_of(tx, order.id).await?;
        let payment = payments.into_iter().find(|payment| payment.id == self.payment).ok_or(PayRefused::Foreign)?;
        Ok((order, payment))
    }

    /// Writes the grant down and lets it be sent.
    pub async fn done(&self, tx: &mut Conn, order: &Locked, what: Happening, detail: Value) -> Result<(), Failed<PayRefused>> {
        restate(tx, order).await?;
        // The trail forgets nobody: the reason stands in the timeline alone.
        let mut after = detail.clone();
        after.as_object_mut().map(|said| said.remove("reason"));
        tell(tx, order.id, what, detail, Some(self.staff.id), self.now).await?;
        audit(tx, self.staff, &format!("order.{what}"), "order", Some(order.id.0), None, Some(after)).await?;
        events::record(tx, Event::PaymentAsked { payment: self.payment }).await?;
        Ok(())
    }
}

/// Grants that so much of an authorised payment is taken.
///
/// # Errors
/// An order that is over or was changed meanwhile; more than is held.
pub async fn capture(
    conn: &mut Conn,
    number: OrderNumber,
    payment: PaymentId,
    amount: i64,
    version: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<PayRefused>> {
    let grant = Grant { number, payment, version, staff, now };
    db::transaction(conn, async |tx: &mut Conn| {
        let (order, _) = grant.hold(tx).await?;
        let key = grant.key("capture");
        if payments::queries::is_captured(tx, &key).await? {
            return Ok(());
        }
        may_be_paid(&order, version)?;
        let granted = money::capture(tx, payment, amount, &key, Stage::Granted, now).await;
        granted.map_err(|failed| failed.map(PayRefused::from))?;
        grant.done(tx, &order, Happening::CaptureAsked, json!({ "amount": amount, "payment": payment })).await
    })
    .await
}

/// Grants that an authorised amount is let go.
///
/// # Errors
/// An order that was changed meanwhile; money that was taken already.
pub async fn void(
    conn: &mut Conn,
    number: OrderNumber,
    payment: PaymentId,
    version: i32,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<PayRefused>> {
    let grant = Grant { number, payment, version, staff, now };
    db::transaction(conn, async |tx: &mut Conn| {
        let (order, held) = grant.hold(tx).await?;
        if matches!(held.state, payments::PaymentState::Voiding | payments::PaymentState::Voided) {
            return Ok(());
        }
        if order.version != version {
            return Err(PayRefused::Changed.into());
        }
        money::grant_void(tx, payment, now).await.map_err(|failed| failed.map(PayRefused::from))?;
        grant.done(tx, &order, Happening::VoidAsked, json!({ "amount": held.amount, "payment": payment })).await
    })
    .await
}
