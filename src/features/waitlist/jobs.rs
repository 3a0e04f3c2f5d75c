//! What is done by the clock: who waits for something that can be bought again is told.

use super::{commands, emails, queries};
use crate::platform::base::{Broke, Moment, OrBreak};
use crate::platform::config::Config;
use crate::platform::db::Conn;
use crate::platform::settings;

/// Tells those whose turn it is; doing it again, or twice at once, tells nobody twice.
pub async fn tell(conn: &mut Conn, config: &Config, now: Moment) -> Result<(), Broke> {
    let back = queries::back(conn).await?;
    if back.is_empty() {
        return Ok(());
    }
    let shop = settings::queries::facts(conn).await?;
    for one in back {
        let Some(goods) = queries::goods(conn, one.variant).await? else { continue };
        let write = |wish: &queries::Wish| emails::back(wish, &goods, &shop, config);
        let told = commands::tell(conn, one, &write, now);
        let told = told.await.or_break()?.unwrap_or_else(|never| match never {});
        tracing::info!(variant = one.variant.0, told, "shoppers were told that it is back");
    }
    Ok(())
}
