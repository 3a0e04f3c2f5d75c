//! Mending where the gateways' books and ours differ, with one press.

use serde_json::json;

use super::comparing::{Beside, Found, agrees, differs};
use super::completing::complete;
use crate::engines::payments::sessions::{booking_key, tell};
use crate::engines::payments::{self, Gateways, Known, PaymentState, Report, Standing, Trouble};
use crate::features::checkout::differences::{Difference, MendRefused, Odd};
use crate::features::checkout::queries::difference_by_id;
use crate::features::orders;
use crate::platform::access::{Person, audit};
use crate::platform::base::{Broke, Failed, Moment, Money, Never, OrBreak};
use crate::platform::db::{self, Conn, Db};

/// Mends a difference: money without an order becomes its order or goes back, what the gateway does not have is booked as gone, what it
/// took or paid back is booked, refunds that it does not have are sent again. What is mended is what its books say now, not what
/// they said when it was found; a second press finds nothing left to do.
///
/// # Errors
/// A difference that is not there any more, or that the gateway's books do not let us mend.
pub async fn mend(db: &Db, gateways: &Gateways, id: i64, staff: &Person, now: Moment) -> Result<(), Failed<MendRefused>> {
    let difference = difference_by_id(&mut *db.get().await?, id).await?.ok_or(MendRefused::Gone)?;
    let known = Known { key: String::new(), reference: Some(difference.reference.clone()) };
    let Ok(Some(report)) = gateways.of(difference.method).look_up(&known).await else { return Err(MendRefused::NotNow.into()) };
    let done = match differs(db, gateways, difference.method, &report, now).await? {
        Beside::Agrees => true,
        Beside::Early => false,
        Beside::Differs(found) => act(db, gateways, &difference, &found, &report, staff, now).await?,
    };
    if !done {
        return Err(MendRefused::NotNow.into());
    }
    let mut conn = db.get().await?;
    let mended = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        agrees(tx, difference.method, &report, now).await?;
        let after = json!({ "reference": difference.reference, "ours": difference.ours, "theirs": difference.theirs });
        audit(tx, staff, &format!("payment.mended.{}", difference.kind), "payment_difference", Some(id), None, Some(after))
            .await?;
        Ok(())
    });
    mended.await.map_err(|failed| failed.map(|never| match never {}))
}

async fn act(
    db: &Db,
    gateways: &Gateways,
    difference: &Difference,
    found: &Found,
    report: &Report,
    staff: &Person,
    now: Moment,
) -> Result<bool, Broke> {
    let key = booking_key(difference.id);
    let apart = found.ours - found.theirs;
    let payment = found.payment.as_ref();
    if found.odd == Odd::PaidWithoutOrder {
        return give_back(db, gateways, difference, found, report, now).await;
    }
    let Some(payment) = payment else { return Ok(false) };
    if found.odd == Odd::OtherRefund && apart > 0 {
        let sent = orders::commands::send_refunds_again(&mut *db.get().await?, payment.id, now).await.or_break()?;
        // None to send: it was booked as gone and came after all, so what ours says is paid back is paid back there.
        return match sent {
            Ok(false) => sent_back(gateways, difference, report, apart.min(report.holds())).await,
            sent => Ok(sent.is_ok()),
        };
    }
    let mut conn = db.get().await?;
    let nothing_taken = payment.state == PaymentState::Authorised && report.is_over();
    let booked = match found.odd {
        Odd::OrderWithoutPayment if nothing_taken => orders::commands::book_void(&mut conn, payment.id, staff, now).await,
        Odd::OtherCapture => orders::commands::book_capture(&mut conn, payment.id, -apart, &key, staff, now).await,
        _ => orders::commands::book_refund(&mut conn, payment.id, apart.abs(), &key, staff, now).await,
    };
    booked.or_break().map(|done| done.is_ok())
}

/// Completes the payment if that is all it lacks; otherwise the gateway pays back what it took, or lets go what it holds.
async fn give_back(
    db: &Db,
    gateways: &Gateways,
    difference: &Difference,
    found: &Found,
    report: &Report,
    now: Moment,
) -> Result<bool, Broke> {
    let Some(payment) = &found.payment else { return sent_back(gateways, difference, report, report.holds()).await };
    complete(db, gateways, payment.id, now).await?;
    let stands = payments::queries::payment_by_id(&mut *db.get().await?, payment.id).await?;
    let stands = stands.map_or(PaymentState::Failed, |payment| payment.state);
    if !matches!(stands, PaymentState::Pending | PaymentState::Failed | PaymentState::Voided) {
        return Ok(true);
    }
    if !sent_back(gateways, difference, report, report.holds()).await? {
        return Ok(false);
    }
    let detail = json!({ "amount": report.holds(), "difference": difference.id });
    tell(&mut *db.get().await?, payment.id, "given_back", detail, now).await?;
    Ok(true)
}

/// Has the gateway let go what it holds, or pay back so much of what it took.
async fn sent_back(gateways: &Gateways, difference: &Difference, report: &Report, amount: i64) -> Result<bool, Broke> {
    let gateway = gateways.of(difference.method);
    let known = Known { key: String::new(), reference: Some(difference.reference.clone()) };
    let key = booking_key(difference.id);
    let answer = match (report.standing, report.currency.parse()) {
        (Standing::Authorised, _) => gateway.void(&known, &key).await,
        (Standing::Captured, Ok(currency)) => gateway.refund(&known, Money::new(amount, currency), &key).await,
        _ => return Ok(false),
    };
    match answer {
        Ok(()) => Ok(true),
        Err(Trouble::Refused(why) | Trouble::NoAnswer(why)) => {
            tracing::warn!(difference = difference.id, "money cannot be given back: {why}");
            Ok(false)
        }
    }
}
