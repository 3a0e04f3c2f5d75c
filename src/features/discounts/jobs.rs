//! Lots of codes, made in the background.

use crate::engines::promotions::lots;
use crate::platform::base::{Broke, Failed, Moment, Never, OrBreak, PromotionLotId};
use crate::platform::db::{self, Conn, Db};

/// Makes what is missing of a lot, each part in a transaction of its own, so that the page can say how far it is. Doing it again, or in
/// two processes at once, makes none twice.
pub async fn make_codes(db: &Db, lot: PromotionLotId, now: Moment) -> Result<(), Broke> {
    loop {
        let mut conn = db.get().await?;
        let part = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<bool, Failed<Never>> {
            Ok(lots::go_on(tx, lot, now).await?)
        });
        if !part.await.or_break()?.unwrap_or_else(|never| match never {}) {
            return Ok(());
        }
    }
}
