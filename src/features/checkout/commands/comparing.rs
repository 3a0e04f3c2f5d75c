//! Comparing the gateways' books with ours, and mending where they differ.

use chrono::Duration;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::completing::{Settled, complete};
use crate::engines::payments::queries::{Opened, payment_known};
use crate::engines::payments::{self, Gateways, Method, PaymentState, Report, Standing, Trouble};
use crate::features::checkout::model::{Difference, MendRefused, Odd};
use crate::features::checkout::queries::difference_by_id;
use crate::features::orders;
use crate::platform::access::{Person, audit};
use crate::platform::base::{Broke, Failed, Moment, Money, Never, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::schema::payment_differences as rows;

/// How far back the books are compared.
const BACK: Duration = Duration::days(30);
/// What began this short ago may still be on its way.
const YOUNG: Duration = Duration::minutes(2);

/// Compares every gateway's books with ours. What is only late (a webhook that never came, an answer that was lost) is completed;
/// what differs after that is kept for staff. Returns how many differences stand open.
pub async fn compare(db: &Db, gateways: &Gateways, now: Moment) -> Result<usize, Broke> {
    let mut open = 0;
    for gateway in gateways.with_books() {
        let reports = match gateway.list(now - BACK).await {
            Ok(reports) => reports,
            Err(trouble) => {
                tracing::warn!(method = %gateway.method(), "the books cannot be compared: {trouble}");
                continue;
            }
        };
        for report in reports {
            let found = differs(db, gateways, gateway.method(), &report, now).await?;
            open += usize::from(found.is_some());
            note(&mut *db.get().await?, gateway.method(), &report, found.as_ref(), now).await?;
        }
    }
    Ok(open)
}

/// Where a page of the gateway's books differs from ours, after completing what was late.
async fn differs(
    db: &Db,
    gateways: &Gateways,
    method: Method,
    report: &Report,
    now: Moment,
) -> Result<Option<(Odd, i64, i64, Option<Opened>)>, Broke> {
    let read = async || payment_known(&mut *db.get().await?, method, &report.reference, &report.key).await;
    let mut ours = read().await?;
    if let Some(payment) = ours.as_ref().filter(|payment| payment.state == PaymentState::Pending && report.has_money()) {
        complete(db, gateways, payment.id, now).await?;
        ours = read().await?;
    }
    let kept = report.captured - report.refunded;
    let Some(payment) = ours else {
        let theirs = if report.standing == Standing::Authorised { report.authorised } else { kept };
        return Ok((theirs > 0 && report.has_money()).then_some((Odd::PaidWithoutOrder, 0, theirs, None)));
    };
    if matches!(payment.state, PaymentState::Flagged | PaymentState::Voiding) {
        return Ok(None);
    }
    let sums = sums(&mut *db.get().await?, &payment).await?;
    let settling = sums.capturing + sums.refunding > 0;
    let young = payment.expires_at.is_some_and(|until| until - Duration::minutes(30) > now - YOUNG);
    let odd = match payment.state {
        PaymentState::Pending | PaymentState::Failed | PaymentState::Voided if kept > 0 => Some((Odd::PaidWithoutOrder, 0, kept)),
        PaymentState::Authorised | PaymentState::Captured if sums.captured > report.captured => {
            Some((Odd::OrderWithoutPayment, sums.captured, report.captured))
        }
        PaymentState::Captured | PaymentState::Authorised if sums.refunded != report.refunded => {
            Some((Odd::OtherRefund, sums.refunded, report.refunded))
        }
        _ => None,
    };
    Ok(odd.filter(|_| !settling && !young).map(|(odd, ours, theirs)| (odd, ours, theirs, Some(payment))))
}

/// What we have of one payment.
#[derive(Default)]
struct Ours {
    captured: i64,
    capturing: i64,
    refunded: i64,
    refunding: i64,
}

async fn sums(conn: &mut Conn, payment: &Opened) -> Result<Ours, Broke> {
    let Some(order) = payment.order else { return Ok(Ours::default()) };
    let all = payments::queries::payments_of(conn, order).await?;
    let found = all.into_iter().find(|one| one.id == payment.id);
    Ok(found.map_or_else(Ours::default, |one| Ours {
        captured: one.captured,
        capturing: one.capturing,
        refunded: one.refunded - one.refunding,
        refunding: one.refunding,
    }))
}

/// Keeps a difference once; what no longer differs is mended.
async fn note(
    conn: &mut Conn,
    method: Method,
    report: &Report,
    found: Option<&(Odd, i64, i64, Option<Opened>)>,
    now: Moment,
) -> Result<(), Broke> {
    let of = rows::table.filter(rows::gateway.eq(method)).filter(rows::reference.eq(&report.reference));
    let open = of.filter(rows::mended_at.is_null());
    match found {
        None => {
            diesel::update(open).set(rows::mended_at.eq(now)).execute(conn).await?;
        }
        Some((odd, ours, theirs, payment)) => {
            let row = (
                rows::gateway.eq(method),
                rows::reference.eq(&report.reference),
                rows::payment_id.eq(payment.as_ref().map(|payment| payment.id)),
                rows::kind.eq(*odd),
                rows::ours.eq(ours),
                rows::theirs.eq(theirs),
                rows::currency.eq(&report.currency),
                rows::found_at.eq(now),
            );
            diesel::insert_into(rows::table).values(row).on_conflict_do_nothing().execute(conn).await?;
        }
    }
    Ok(())
}

/// Mends a difference with one press: money without an order goes back (or becomes its order), what the gateway does not have is
/// booked as gone, refunds are brought to the same sum.
///
/// # Errors
/// A difference that is not there any more, or that the gateway's books do not let us mend.
pub async fn mend(db: &Db, gateways: &Gateways, id: i64, staff: &Person, now: Moment) -> Result<(), Failed<MendRefused>> {
    let difference = difference_by_id(&mut *db.get().await?, id).await?.ok_or(MendRefused::Gone)?;
    let done = match difference.kind {
        Odd::PaidWithoutOrder => give_back(db, gateways, &difference, now).await?,
        Odd::OrderWithoutPayment | Odd::OtherRefund => book(db, &difference, staff, now).await?,
    };
    if !done {
        return Err(MendRefused::NotNow.into());
    }
    let mut conn = db.get().await?;
    let mended = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        diesel::update(rows::table.find(id)).set(rows::mended_at.eq(now)).execute(tx).await?;
        let after = json!({ "reference": difference.reference, "ours": difference.ours, "theirs": difference.theirs });
        audit(tx, staff, &format!("payment.mended.{}", difference.kind), "payment_difference", Some(id), None, Some(after))
            .await?;
        Ok(())
    });
    mended.await.map_err(|failed| failed.map(|never| match never {}))
}

/// Completes the payment if that is all it lacks; otherwise the gateway pays back what it took, or lets go what it holds.
async fn give_back(db: &Db, gateways: &Gateways, difference: &Difference, now: Moment) -> Result<bool, Broke> {
    if let Some(payment) = difference.payment
        && let Settled::Order(_) = complete(db, gateways, payment, now).await?
    {
        return Ok(true);
    }
    let gateway = gateways.of(difference.method);
    let known = payments::Known { key: String::new(), reference: Some(difference.reference.clone()) };
    let Ok(Some(report)) = gateway.look_up(&known).await else { return Ok(false) };
    let key = format!("difference:{}", difference.id);
    let answer = match report.standing {
        Standing::Authorised => gateway.void(&known, &key).await,
        Standing::Captured => {
            let Ok(currency) = report.currency.parse() else { return Ok(false) };
            gateway.refund(&known, Money::new(report.captured - report.refunded, currency), &key).await
        }
        _ => Ok(()),
    };
    match answer {
        Ok(()) => Ok(true),
        Err(Trouble::Refused(why) | Trouble::NoAnswer(why)) => {
            tracing::warn!(difference = difference.id, "money cannot be given back: {why}");
            Ok(false)
        }
    }
}

/// Books what the gateway says: more went back there than here.
async fn book(db: &Db, difference: &Difference, staff: &Person, now: Moment) -> Result<bool, Broke> {
    let missing = match difference.kind {
        Odd::OrderWithoutPayment => difference.ours - difference.theirs,
        _ => difference.theirs - difference.ours,
    };
    let Some(payment) = difference.payment else { return Ok(false) };
    let mut conn = db.get().await?;
    if missing > 0 {
        let key = format!("difference:{}", difference.id);
        return orders::commands::book_refund(&mut conn, payment, missing, &key, staff, now)
            .await
            .or_break()
            .map(|done| done.is_ok());
    }
    orders::commands::send_refunds_again(&mut conn, payment, now).await.or_break().map(|done| done.is_ok())
}
