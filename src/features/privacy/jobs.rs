//! What is forgotten by the clock, by the times of `retention.rs`. Sessions, links and failed sign-ins are swept by their own rooms; carts and
//! payment pages by the jobs that look after them, with the times from here.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::queries;
use super::retention::{Kind, Times};
use crate::engines::{credit, tax};
use crate::features::{checkout, messages, orders, waitlist};
use crate::platform::base::{Broke, Failed, Moment, Never, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::schema::{consents, data_downloads, privacy_requests};
use crate::platform::{access, events, mail};

/// Forgets what is over; doing it again, or twice at once, forgets nothing more.
pub async fn forget_in_time(db: &Db, now: Moment) -> Result<(), Broke> {
    let mut conn = db.get().await?;
    let times = queries::times(&mut conn).await?;
    let mails = mail::commands::sweep(&mut conn, times.before(Kind::Mails, now), now).await?;
    let acts = access::sweep_audit(&mut conn, times.before(Kind::Audit, now)).await?;
    events::sweep(&mut conn, times.before(Kind::News, now)).await?;
    checkout::commands::forget_begun(&mut conn, times.before(Kind::Checkouts, now)).await?;
    tax::vat_checks::forget(&mut conn, times.before(Kind::Checkouts, now)).await?;
    forget_talks(&mut conn, times.before(Kind::Messages, now)).await?;
    waitlist::commands::sweep(&mut conn, times.before(Kind::Wishes, now), now).await?;
    let old = consents::table.filter(consents::at.lt(times.before(Kind::Consents, now)));
    diesel::delete(old).execute(&mut conn).await?;
    diesel::delete(data_downloads::table.filter(data_downloads::expires_at.le(now))).execute(&mut conn).await?;
    diesel::delete(privacy_requests::table.filter(privacy_requests::expires_at.le(now))).execute(&mut conn).await?;
    credit::commands::forget_recipients(&mut conn, times.before(Kind::Mails, now), now).await?;
    let orders = forget_orders(&mut conn, &times, now).await?;
    // A day, so that a letter that is on its way arrives.
    let lettered = queries::orders_with_letters(&mut conn, now - chrono::Duration::days(1)).await?;
    if !lettered.is_empty() {
        mail::commands::forget(&mut conn, &[], &lettered, &[]).await?;
    }
    if mails + acts + orders > 0 {
        tracing::info!(
            mails,
            acts,
            orders,
            "kept for as long as they may be: mails, rows of the audit trail, whom orders were for"
        );
    }
    Ok(())
}

/// Deletes conversations that ended before a moment, one in a transaction.
async fn forget_talks(conn: &mut Conn, before: Moment) -> Result<(), Broke> {
    for talk in messages::queries::ended_before(conn, before).await? {
        let act =
            async |tx: &mut Conn| -> Result<(), Failed<Never>> { Ok(messages::commands::forget_ended(tx, talk, before).await?) };
        db::transaction(conn, act).await.or_break()?.unwrap_or_else(|never| match never {});
    }
    Ok(())
}

/// Reduces and empties orders, a few hundred in a transaction, until none is due.
async fn forget_orders(conn: &mut Conn, times: &Times, now: Moment) -> Result<usize, Broke> {
    let before = times.before(Kind::Orders, now);
    let mut all = 0;
    loop {
        let some = db::transaction(conn, async |tx: &mut Conn| -> Result<usize, Failed<Never>> {
            Ok(orders::commands::reduce(tx, now).await? + orders::commands::anonymise(tx, before, now).await?)
        });
        let some = some.await.or_break()?.unwrap_or_else(|never| match never {});
        all += some;
        if some == 0 {
            return Ok(all);
        }
    }
}
