//! What the stock room does by the clock.

use crate::engines::inventory::ahead;
use crate::platform::base::{Broke, Day, Moment};
use crate::platform::db::Conn;
use crate::platform::settings;

/// Releases pre-orders whose day has come; doing it again changes nothing more.
pub async fn keep_time(conn: &mut Conn, now: Moment) -> Result<(), Broke> {
    let zone = settings::queries::facts(conn).await?.zone;
    let released = ahead::release_due(conn, Day::of(now, zone)).await?;
    if released > 0 {
        tracing::info!(released, "pre-orders released, days of shipping that are over forgotten");
    }
    Ok(())
}
