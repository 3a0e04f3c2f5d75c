//! Looking at the books and writing down what was found.

use std::time::Instant;

use chrono::Duration;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::queries::examine;
use crate::platform::base::{Broke, Moment};
use crate::platform::db::Db;
use crate::platform::schema::book_checks;

/// Days a look is kept.
const KEEP: i64 = 90;

/// Looks at everything and keeps what was found; old looks go.
pub async fn look(db: &Db, now: Moment) -> Result<(), Broke> {
    let (mut conn, begun) = (db.get().await?, Instant::now());
    let outcomes = examine(&mut conn, true).await?;
    for outcome in outcomes.iter().filter(|outcome| outcome.is_drift()) {
        tracing::error!("the books do not agree: {}, {} times: {}", outcome.rule, outcome.count, outcome.shown());
    }
    let values = (
        book_checks::at.eq(now),
        book_checks::took_ms.eq(i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX)),
        book_checks::drift.eq(outcomes.iter().filter(|outcome| outcome.is_drift()).count() as i32),
        book_checks::outcomes.eq(serde_json::to_value(&outcomes)?),
    );
    diesel::insert_into(book_checks::table).values(values).execute(&mut *conn).await?;
    diesel::delete(book_checks::table.filter(book_checks::at.lt(now - Duration::days(KEEP)))).execute(&mut *conn).await?;
    Ok(())
}
