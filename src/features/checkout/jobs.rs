//! What the checkout does by the clock: close the gateways' pages whose time is over, compare the books, forget who never paid.

use super::commands;
use crate::engines::credit;
use crate::engines::payments::Gateways;
use crate::platform::base::{Broke, Moment};
use crate::platform::db::Db;

/// Closes pages that are due; the goods held for them are let go after that, never before.
pub async fn keep_time(db: &Db, gateways: &Gateways, now: Moment) -> Result<(), Broke> {
    let closed = commands::close_sessions(db, gateways, now).await?;
    credit::commands::sweep(&mut *db.get().await?, now).await?;
    if closed > 0 {
        tracing::info!(closed, "payment pages closed that nobody paid on");
    }
    Ok(())
}

/// Forgets who stood at payment pages long ago.
pub async fn forget(db: &Db, known_for: chrono::Duration, now: Moment) -> Result<(), Broke> {
    let forgotten = commands::forget(&mut *db.get().await?, known_for, now).await?;
    if forgotten > 0 {
        tracing::info!(forgotten, "names and addresses beside old payments emptied");
    }
    Ok(())
}
