//! What the stock room does by the clock.

use super::{emails, queries};
use crate::engines::inventory::{ahead, watching};
use crate::platform::base::{Broke, Day, Failed, Moment, Never, OrBreak};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn};
use crate::platform::{mail, settings};

/// Releases pre-orders whose day has come; doing it again changes nothing more.
pub async fn keep_time(conn: &mut Conn, now: Moment) -> Result<(), Broke> {
    let zone = settings::queries::facts(conn).await?.zone;
    let released = ahead::release_due(conn, Day::of(now, zone)).await?;
    watching::forget_above(conn).await?;
    if released > 0 {
        tracing::info!(released, "pre-orders released, days of shipping that are over forgotten");
    }
    Ok(())
}

/// Writes the mail of what runs low to staff who wish it, once a day; a shelf that was told of is not told of again until it was above.
/// Where nobody wishes it, nothing counts as told.
pub async fn tell_low(conn: &mut Conn, config: &Config, now: Moment) -> Result<(), Broke> {
    let wishers = queries::low_wishers(conn).await?;
    if wishers.is_empty() {
        return Ok(());
    }
    let shop = settings::queries::facts(conn).await?;
    let day = Day::of(now, shop.zone).to_string();
    let told = db::transaction(conn, async |tx: &mut Conn| -> Result<usize, Failed<Never>> {
        let low = queries::low_untold(tx).await?;
        let fresh = watching::note_told(tx, &low.iter().map(|shelf| shelf.stock).collect::<Vec<_>>(), now).await?;
        let low: Vec<_> = low.into_iter().filter(|shelf| fresh.contains(&shelf.stock)).collect();
        if low.is_empty() {
            return Ok(0);
        }
        for to in &wishers {
            mail::commands::queue(tx, &emails::low(to, &low, &day, &shop, config)?).await?;
        }
        Ok(low.len())
    });
    let told = told.await.or_break()?.unwrap_or_else(|never| match never {});
    if told > 0 {
        tracing::info!(told, "staff were told what runs low");
    }
    Ok(())
}
