//! Jobs that were tried as often as they may be: staff see them and can have them tried again.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::platform::base::JobId;
use crate::platform::db::{self, Conn};

/// A job that is not tried any more.
#[derive(Clone, Debug, QueryableByName)]
pub struct Stuck {
    #[diesel(sql_type = BigInt)]
    pub id: JobId,
    /// What it does: "send_mail".
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// What went wrong the last time.
    #[diesel(sql_type = Text)]
    pub error: String,
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: DateTime<Utc>,
}

/// The jobs that are not tried any more, the latest first; at most two hundred.
pub async fn stuck(conn: &mut Conn) -> QueryResult<Vec<Stuck>> {
    db::sql(
        "select j.id, t.identifier as kind, left(coalesce(j.last_error, ''), 500) as error, j.updated_at
           from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
          where j.attempts >= j.max_attempts order by j.id desc limit 200",
    )
    .load(conn)
    .await
}

/// Tries a job again from the beginning, if it still stands.
pub async fn retry(tx: &mut Conn, id: JobId) -> QueryResult<()> {
    db::sql("select count(*) from graphile_worker.reschedule_jobs(array[$1], now(), null, 0)")
        .bind::<BigInt, _>(id)
        .execute(tx)
        .await?;
    Ok(())
}
