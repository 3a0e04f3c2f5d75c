//! Background jobs on graphile_worker: added inside the transaction that causes them, run by `serve` and `work`.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Json, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use serde_json::Value;

use super::db::Conn;

/// A job to add: which handler, with what, when at the earliest, and a key under which there is only one.
#[derive(Clone, Debug)]
pub struct Job {
    pub identifier: &'static str,
    pub payload: Value,
    pub run_at: Option<DateTime<Utc>>,
    pub key: Option<String>,
}

impl Job {
    pub fn now(identifier: &'static str, payload: Value) -> Job {
        Job { identifier, payload, run_at: None, key: None }
    }
}

/// Queues a job; it exists if and only if the transaction commits.
pub async fn add(tx: &mut Conn, job: Job) -> QueryResult<()> {
    diesel::sql_query("select 1 from graphile_worker.add_job($1, $2, run_at => $3, job_key => $4)")
        .bind::<Text, _>(job.identifier)
        .bind::<Json, _>(job.payload)
        .bind::<Nullable<Timestamptz>, _>(job.run_at)
        .bind::<Nullable<Text>, _>(job.key)
        .execute(tx)
        .await?;
    Ok(())
}
