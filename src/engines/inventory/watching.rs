//! Which shelves staff were told to run low: once, until they are above again.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::platform::base::{Broke, Failed, Moment, Never, OrBreak, StockId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::stock;

#[derive(QueryableByName)]
struct Above {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    id: StockId,
}

/// Notes that staff were told of these shelves; the rows are locked in the order of their ids. Returns those that nobody was told of yet.
pub async fn note_told(tx: &mut Conn, shelves: &[StockId], now: Moment) -> QueryResult<Vec<StockId>> {
    let fresh = stock::table.filter(stock::id.eq_any(shelves).and(stock::low_told_at.is_null())).order(stock::id);
    let fresh: Vec<StockId> = fresh.select(stock::id).for_no_key_update().load(tx).await?;
    let rows = stock::table.filter(stock::id.eq_any(&fresh));
    diesel::update(rows).set(stock::low_told_at.eq(now)).execute(tx).await?;
    Ok(fresh)
}

/// Shelves that are above again may be told of once more; returns how many.
pub async fn forget_above(conn: &mut Conn) -> Result<usize, Broke> {
    let forgotten = db::transaction(conn, async |tx: &mut Conn| -> Result<usize, Failed<Never>> {
        let above: Vec<Above> = db::sql(
            "select s.id from stock s where s.low_told_at is not null and not exists (select from low_shelves w where w.stock_id = s.id)
              order by s.id for no key update",
        )
        .load(tx)
        .await?;
        if above.is_empty() {
            return Ok(0);
        }
        let ids: Vec<StockId> = above.iter().map(|row| row.id).collect();
        let rows = stock::table.filter(stock::id.eq_any(ids));
        Ok(diesel::update(rows).set(stock::low_told_at.eq(None::<Moment>)).execute(tx).await?)
    });
    forgotten.await.or_break().map(|count| count.unwrap_or_else(|never| match never {}))
}
