//! Comparing the gateways' books with ours.

use chrono::Duration;
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;

use super::completing::complete;
use crate::engines::payments::queries::{Opened, payment_known};
use crate::engines::payments::{self, Gateways, Method, PaymentState, Report};
use crate::features::checkout::differences::{Odd, Ours, odd};
use crate::platform::base::{Broke, Moment};
use crate::platform::db::{Conn, Db};
use crate::platform::schema::payment_differences as rows;

/// How far back the books are compared.
const BACK: Duration = Duration::days(30);
/// What began this short ago may still be on its way.
const YOUNG: Duration = Duration::minutes(2);

/// A page of the gateway's books beside ours.
pub(super) enum Beside {
    Agrees,
    /// Something is on its way between the two: it is too early to say.
    Early,
    Differs(Found),
}

/// Where two pages differ; amounts in minor units.
pub(super) struct Found {
    pub odd: Odd,
    pub ours: i64,
    pub theirs: i64,
    /// Ours, where we know of it.
    pub payment: Option<Opened>,
}

/// Compares every gateway's books with ours. What is only late (a webhook that never came, an answer that was lost) is completed;
/// what differs after that is kept for staff. A page that breaks keeps nobody from the others. Returns how many stand open.
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
            match laid_beside(db, gateways, gateway.method(), &report, now).await {
                Ok(differs) => open += usize::from(differs),
                Err(broke) => tracing::error!(reference = report.reference, "a payment cannot be compared: {:#}", broke.0),
            }
        }
    }
    Ok(open)
}

/// Compares one page and keeps what was found; whether it differs.
async fn laid_beside(db: &Db, gateways: &Gateways, method: Method, report: &Report, now: Moment) -> Result<bool, Broke> {
    let beside = differs(db, gateways, method, report, now).await?;
    let mut conn = db.get().await?;
    match &beside {
        Beside::Agrees => agrees(&mut conn, method, report, now).await?,
        Beside::Early => {}
        Beside::Differs(found) => note(&mut conn, method, report, found, now).await?,
    }
    Ok(matches!(beside, Beside::Differs(_)))
}

/// Where a page of the gateway's books differs from ours, after completing what was late.
pub(super) async fn differs(db: &Db, gateways: &Gateways, method: Method, report: &Report, now: Moment) -> Result<Beside, Broke> {
    let read = async || payment_known(&mut *db.get().await?, method, &report.reference, &report.key).await;
    let mut known = read().await?;
    if let Some(payment) = known.as_ref().filter(|payment| payment.state == PaymentState::Pending && report.has_money()) {
        complete(db, gateways, payment.id, now).await?;
        known = read().await?;
    }
    let Some(payment) = known else {
        let found = Found { odd: Odd::PaidWithoutOrder, ours: 0, theirs: report.holds(), payment: None };
        return Ok(if report.holds() > 0 { Beside::Differs(found) } else { Beside::Agrees });
    };
    let ours = ours(&mut *db.get().await?, &payment).await?;
    let young = payment.expires_at.is_some_and(|until| until - super::sessions::OPEN > now - YOUNG);
    Ok(match odd(payment.state, ours, report) {
        _ if ours.settling > 0 || young => Beside::Early,
        None => Beside::Agrees,
        Some((odd, ours, theirs)) => Beside::Differs(Found { odd, ours, theirs, payment: Some(payment) }),
    })
}

async fn ours(conn: &mut Conn, payment: &Opened) -> Result<Ours, Broke> {
    let asked = payment.asked.amount;
    let Some(order) = payment.order else { return Ok(Ours { asked, ..Ours::default() }) };
    let all = payments::queries::payments_of(conn, order).await?;
    let found = all.into_iter().find(|one| one.id == payment.id);
    Ok(found.map_or_else(Ours::default, |one| Ours {
        asked,
        captured: one.captured,
        refunded: one.refunded - one.refunding - one.credited,
        settling: one.capturing + one.refunding,
    }))
}

/// What no longer differs is mended.
pub(super) async fn agrees(conn: &mut Conn, method: Method, report: &Report, now: Moment) -> QueryResult<()> {
    let of = rows::table.filter(rows::gateway.eq(method)).filter(rows::reference.eq(&report.reference));
    diesel::update(of.filter(rows::mended_at.is_null())).set(rows::mended_at.eq(now)).execute(conn).await?;
    Ok(())
}

/// Keeps a difference once, with the amounts as they are now; what differed in another way before is over.
async fn note(conn: &mut Conn, method: Method, report: &Report, found: &Found, now: Moment) -> QueryResult<()> {
    let of = rows::table.filter(rows::gateway.eq(method)).filter(rows::reference.eq(&report.reference));
    let others = of.filter(rows::mended_at.is_null()).filter(rows::kind.ne(found.odd));
    diesel::update(others).set(rows::mended_at.eq(now)).execute(conn).await?;
    let row = (
        rows::gateway.eq(method),
        rows::reference.eq(&report.reference),
        rows::payment_id.eq(found.payment.as_ref().map(|payment| payment.id)),
        rows::kind.eq(found.odd),
        rows::ours.eq(found.ours),
        rows::theirs.eq(found.theirs),
        rows::currency.eq(&report.currency),
        rows::found_at.eq(now),
    );
    diesel::insert_into(rows::table)
        .values(row)
        .on_conflict((rows::gateway, rows::reference, rows::kind))
        .filter_target(rows::mended_at.is_null())
        .do_update()
        .set((rows::ours.eq(excluded(rows::ours)), rows::theirs.eq(excluded(rows::theirs))))
        .execute(conn)
        .await?;
    Ok(())
}
