//! Background jobs on graphile_worker: added inside the transaction that causes them, run by `serve` and `work`.
//! A job may run twice (its process can die between the work and the receipt), so every job is idempotent.

mod crew;
mod link;
mod rows;
mod stuck;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Json, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use serde::Serialize;
use serde_json::Value;

use super::db::{self, Conn};

pub use crew::{Crew, Work};
pub use link::migrate;
pub use stuck::{Stuck, retry, stuck};

/// A job to add: which handler, with what, when at the earliest, and a key under which there is only one.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub identifier: &'static str,
    pub payload: Value,
    pub run_at: Option<DateTime<Utc>>,
    pub key: Option<String>,
    /// Whether others that are due go first, however long it has waited.
    pub last: bool,
}

impl Job {
    pub fn now(identifier: &'static str, payload: Value) -> Job {
        Job { identifier, payload, run_at: None, key: None, last: false }
    }

    /// The job that does this work.
    ///
    /// # Panics
    /// When the work cannot be written as JSON: a mistake in its type.
    pub fn of<S, W: Work<S>>(work: &W) -> Job {
        Job::now(W::NAME, json(work))
    }

    /// Not before this moment.
    pub fn at(self, moment: DateTime<Utc>) -> Job {
        Job { run_at: Some(moment), ..self }
    }

    /// Lets all others that are due go first: for pictures, so that no letter waits for a catalogue of them.
    pub fn last(self) -> Job {
        Job { last: true, ..self }
    }

    /// There is only one job of this key that waits; adding it again replaces it.
    pub fn keyed(self, key: impl Into<String>) -> Job {
        Job { key: Some(key.into()), ..self }
    }
}

fn json(work: &impl Serialize) -> Value {
    serde_json::to_value(work).expect("a job's payload is plain data")
}

/// Queues a job; it exists if and only if the transaction commits.
pub async fn add(tx: &mut Conn, job: Job) -> QueryResult<()> {
    add_all(tx, vec![job]).await
}

/// Queues jobs in one call, sorted by key (a key holds a lock until the commit), so call it last in the transaction.
pub async fn add_all(tx: &mut Conn, mut jobs: Vec<Job>) -> QueryResult<()> {
    if jobs.is_empty() {
        return Ok(());
    }
    jobs.sort_by(|a, b| a.key.cmp(&b.key));
    db::sql(
        "select count(*) from graphile_worker.add_jobs(array(
           select (identifier, payload, null, run_at, null, job_key, case when behind then 10 else 0 end, null)::graphile_worker.job_spec
             from unnest($1, $2, $3, $4, $5) with ordinality as job(identifier, payload, run_at, job_key, behind, nr) order by nr))",
    )
    .bind::<Array<Text>, _>(jobs.iter().map(|job| job.identifier).collect::<Vec<_>>())
    .bind::<Array<Json>, _>(jobs.iter().map(|job| job.payload.clone()).collect::<Vec<_>>())
    .bind::<Array<Nullable<Timestamptz>>, _>(jobs.iter().map(|job| job.run_at).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(jobs.iter().map(|job| job.key.clone()).collect::<Vec<_>>())
    .bind::<Array<Bool>, _>(jobs.iter().map(|job| job.last).collect::<Vec<_>>())
    .execute(tx)
    .await?;
    Ok(())
}
