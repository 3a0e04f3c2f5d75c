//! One transaction per act, opened by the outermost command, tried again when PostgreSQL asks for it.

use std::future::Future;
use std::time::Duration;

use diesel::QueryResult;
use diesel::result::Error;
use diesel_async::{AsyncPgConnection, RunQueryDsl, TransactionManager};

use crate::platform::base::{Failed, Moment, Refusal};

type Manager = <AsyncPgConnection as diesel_async::AsyncConnection>::TransactionManager;

/// How often an act is tried in all.
const TRIES: u32 = 4;

/// An async closure whose future may move between threads; written out because the language cannot say it yet.
pub trait Act<'r, T, R>:
    AsyncFn(&'r mut AsyncPgConnection) -> Result<T, Failed<R>> + Fn(&'r mut AsyncPgConnection) -> Self::Doing
{
    type Doing: Future<Output = Result<T, Failed<R>>> + Send;
}

impl<'r, F, T, R, D> Act<'r, T, R> for F
where
    F: AsyncFn(&'r mut AsyncPgConnection) -> Result<T, Failed<R>> + Fn(&'r mut AsyncPgConnection) -> D,
    D: Future<Output = Result<T, Failed<R>>> + Send,
{
    type Doing = D;
}

/// Runs an act in a transaction: commits on `Ok`, rolls back on a refusal or breakage.
/// A serialisation failure (40001) or deadlock (40P01) is tried again, up to three times, so an act must not do anything outside the database.
// Written out: callers need to know that the future is Send.
#[allow(clippy::manual_async_fn)]
pub fn transaction<'a, T, R, F>(conn: &'a mut AsyncPgConnection, act: F) -> impl Future<Output = Result<T, Failed<R>>> + Send + 'a
where
    F: for<'r> AsyncFn(&'r mut AsyncPgConnection) -> Result<T, Failed<R>> + for<'r> Act<'r, T, R> + Send + Sync + 'a,
    T: Send + 'a,
    R: Refusal,
{
    async move {
        let mut tries = 1;
        loop {
            match once(conn, &act).await {
                Err(Failed::Broke(broke)) if tries < TRIES && asks_again(&broke.0) => {
                    tracing::debug!(tries, "the database asks to try this transaction again");
                    tokio::time::sleep(Duration::from_millis(u64::from(tries) * 15)).await;
                    tries += 1;
                }
                done => return done,
            }
        }
    }
}

/// Whether an act is under way on this connection: what takes a lock that must last asks before it relies on it.
pub fn in_transaction(conn: &mut AsyncPgConnection) -> bool {
    matches!(Manager::transaction_manager_status_mut(conn).transaction_depth(), Ok(Some(_)))
}

/// Has rows that date themselves (news, the ledger, the audit, letters, staff) dated so, until the transaction ends; for the demo's past.
pub async fn dated(tx: &mut AsyncPgConnection, at: Moment) -> QueryResult<()> {
    let set = diesel::sql_query("select set_config('barrow.now', $1, true)");
    set.bind::<diesel::sql_types::Text, _>(at.to_rfc3339()).execute(tx).await?;
    Ok(())
}

async fn once<T, R, F>(conn: &mut AsyncPgConnection, act: &F) -> Result<T, Failed<R>>
where
    F: for<'r> Act<'r, T, R> + Sync,
    T: Send,
    R: Refusal,
{
    Manager::begin_transaction(conn).await?;
    match act(&mut *conn).await {
        Ok(value) => {
            Manager::commit_transaction(conn).await?;
            Ok(value)
        }
        Err(failed) => match Manager::rollback_transaction(conn).await {
            Ok(()) | Err(Error::BrokenTransactionManager) => Err(failed),
            Err(error) => Err(Failed::from(anyhow::Error::from(error).context("the rollback failed"))),
        },
    }
}

/// Whether the error is one that PostgreSQL resolves by doing the same again.
fn asks_again(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| match cause.downcast_ref::<Error>() {
        Some(Error::DatabaseError(diesel::result::DatabaseErrorKind::SerializationFailure, _)) => true,
        Some(Error::DatabaseError(_, info)) => info.message().starts_with("deadlock detected"),
        _ => false,
    })
}
