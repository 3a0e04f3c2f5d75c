//! Counting while selling goes on. What is counted is compared with the ledger at the moment of its entry, under the lock of its shelf;
//! only the difference is booked at the end, so that what was sold in between stays sold.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use diesel_async::RunQueryDsl;

use super::commands::tell;
use super::model::{MOST, Movement, Reason};
use super::refusals::CountRefused;
use crate::platform::base::{CategoryId, Failed, LocationId, Moment, StaffId, StockId, StocktakeId, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{locations, stock, stock_movements, stocktake_lines, stocktakes};

/// What one person counted of a line; `None`: it was not counted after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub line: i64,
    pub count: Option<i32>,
    pub reason: Reason,
}

/// Begins to count what lies at a place: everything, or what is in a category and those below it. Bundles lie nowhere.
///
/// # Errors
/// A place that is gone, and nothing to count.
pub async fn begin(
    tx: &mut Conn,
    at: LocationId,
    category: Option<CategoryId>,
    note: &str,
    now: Moment,
) -> Result<StocktakeId, Failed<CountRefused>> {
    let place = locations::table.filter(locations::id.eq(at).and(locations::active));
    if !diesel::select(diesel::dsl::exists(place)).get_result::<bool>(tx).await? {
        return Err(CountRefused::Unknown.into());
    }
    let row = (
        stocktakes::location_id.eq(at),
        stocktakes::category_id.eq(category),
        stocktakes::note.eq(note),
        stocktakes::created_at.eq(now),
    );
    let id: StocktakeId = diesel::insert_into(stocktakes::table).values(row).returning(stocktakes::id).get_result(tx).await?;
    let lines = db::sql(
        "insert into stocktake_lines (stocktake_id, variant_id)
         select $1, v.id from stock s join variants v on v.id = s.variant_id join products p on p.id = v.product_id
          where s.location_id = $2 and s.tracked and v.archived_at is null and p.status <> 'archived'
            and not exists (select from bundle_parts where bundle_id = v.id)
            and ($3::bigint is null or exists (select from product_categories c join category_paths t on t.category_id = c.category_id
                                        where c.product_id = p.id and t.ancestor_id = $3))",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(at)
    .bind::<Nullable<BigInt>, _>(category)
    .execute(tx)
    .await?;
    if lines == 0 { Err(CountRefused::Nothing.into()) } else { Ok(id) }
}

/// Locks a count that is still open; where it is.
async fn lock(tx: &mut Conn, id: StocktakeId) -> Result<LocationId, Failed<CountRefused>> {
    let open = stocktakes::table.find(id).filter(stocktakes::status.eq("open"));
    let place: Option<LocationId> = open.select(stocktakes::location_id).for_update().first(tx).await.optional()?;
    place.ok_or_else(|| CountRefused::Closed.into())
}

/// Notes what was counted; whatever is on hand at this moment is what it is compared with. Returns how many lines changed.
pub async fn enter(
    tx: &mut Conn,
    id: StocktakeId,
    counted: &[Counted],
    staff: StaffId,
    now: Moment,
) -> Result<usize, Failed<CountRefused>> {
    let at = lock(tx, id).await?;
    let lines: Vec<i64> = counted.iter().map(|one| one.line).collect();
    let known: Vec<(i64, StockId, i32)> = stocktake_lines::table
        .inner_join(stock::table.on(stock::variant_id.eq(stocktake_lines::variant_id).and(stock::location_id.eq(at))))
        .filter(stocktake_lines::stocktake_id.eq(id).and(stocktake_lines::id.eq_any(lines)))
        .order(stock::id)
        .select((stocktake_lines::id, stock::id, stock::on_hand))
        .for_no_key_update()
        .load(tx)
        .await?;
    for (line, _, on_hand) in &known {
        let Some(one) = counted.iter().find(|one| one.line == *line) else { continue };
        let set = (
            stocktake_lines::counted.eq(one.count),
            stocktake_lines::on_hand.eq(one.count.map(|_| *on_hand)),
            stocktake_lines::counted_at.eq(one.count.map(|_| now)),
            stocktake_lines::reason.eq(one.reason),
            stocktake_lines::staff_id.eq(staff),
        );
        diesel::update(stocktake_lines::table.find(line)).set(set).execute(tx).await?;
    }
    Ok(known.len())
}

/// Books what differs, and ends the count; what was not counted stays as it is. Returns how many shelves were corrected.
pub async fn close(tx: &mut Conn, id: StocktakeId, staff: StaffId, now: Moment) -> Result<usize, Failed<CountRefused>> {
    let at = lock(tx, id).await?;
    type Row = (i64, VariantId, Option<i32>, Option<i32>, Reason);
    let columns = (
        stocktake_lines::id,
        stocktake_lines::variant_id,
        stocktake_lines::counted,
        stocktake_lines::on_hand,
        stocktake_lines::reason,
    );
    let lines: Vec<Row> = stocktake_lines::table
        .filter(stocktake_lines::stocktake_id.eq(id).and(stocktake_lines::counted.is_not_null()))
        .select(columns)
        .load(tx)
        .await?;
    let of: Vec<VariantId> = lines.iter().map(|line| line.1).collect();
    let shelves: Vec<(StockId, VariantId, i32)> = stock::table
        .filter(stock::location_id.eq(at).and(stock::variant_id.eq_any(of)))
        .order(stock::id)
        .select((stock::id, stock::variant_id, stock::on_hand))
        .for_no_key_update()
        .load(tx)
        .await?;
    let mut corrected = Vec::new();
    for (shelf, variant, on_hand) in shelves {
        let Some((line, _, counted, then, reason)) = lines.iter().find(|line| line.1 == variant) else { continue };
        // What was counted as missing may have left since by other ways: a shelf never goes below nothing.
        let change = (counted.unwrap_or(0) - then.unwrap_or(0)).max(-on_hand).min(MOST - on_hand);
        diesel::update(stocktake_lines::table.find(line)).set(stocktake_lines::booked.eq(change)).execute(tx).await?;
        if change == 0 {
            continue;
        }
        let row = (
            stock_movements::stock_id.eq(shelf),
            stock_movements::kind.eq(Movement::Adjustment),
            stock_movements::on_hand.eq(change),
            stock_movements::staff_id.eq(staff),
            stock_movements::reason.eq(reason.as_str()),
            stock_movements::stocktake_id.eq(id),
        );
        diesel::insert_into(stock_movements::table).values(row).execute(tx).await?;
        corrected.push(shelf);
    }
    tell(tx, &corrected).await?;
    end(tx, id, "closed", now).await?;
    Ok(corrected.len())
}

/// Ends a count without booking anything.
pub async fn drop_count(tx: &mut Conn, id: StocktakeId, now: Moment) -> Result<(), Failed<CountRefused>> {
    lock(tx, id).await?;
    Ok(end(tx, id, "dropped", now).await?)
}

async fn end(tx: &mut Conn, id: StocktakeId, status: &str, now: Moment) -> QueryResult<()> {
    diesel::update(stocktakes::table.find(id))
        .set((stocktakes::status.eq(status), stocktakes::closed_at.eq(now)))
        .execute(tx)
        .await?;
    Ok(())
}
