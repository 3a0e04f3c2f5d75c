//! What happens to orders by the clock: reminders, expiry, and carts' holds that are over.

use super::commands;
use crate::engines::inventory;
use crate::platform::base::{Broke, Moment};
use crate::platform::db::Conn;

/// Does what is due now; doing it again, or twice at once, changes nothing more.
pub async fn keep_time(conn: &mut Conn, now: Moment) -> Result<(), Broke> {
    let held = inventory::commands::release_expired(conn, now).await?;
    let reminded = commands::remind_due(conn, now).await?;
    let expired = commands::expire_unpaid(conn, now).await?;
    if held + reminded + expired > 0 {
        tracing::info!(held, reminded, expired, "holds released, shoppers reminded, unpaid orders expired");
    }
    Ok(())
}
