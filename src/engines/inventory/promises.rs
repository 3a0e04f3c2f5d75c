//! Acts on what orders were promised: allocate, release, ship, take back. The order is locked by the caller.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::commands::{Entry, drop_reservations, tell, write};
use super::model::{Movement, OutOfStock, Promise, ShipRefused, Unshipped, shortage, summed};
use super::queries;
use crate::platform::base::{CartId, Failed, Moment, OrderId, OrderLineId, StaffId, StockId, VariantId};
use crate::platform::db::Conn;
use crate::platform::schema::{stock, stock_allocations};

/// Promises pieces to the lines of an order: what is held for its cart is used up, then what can be sold; all or nothing.
///
/// # Errors
/// Names every variant that falls short.
pub async fn allocate(
    tx: &mut Conn,
    order: OrderId,
    cart: CartId,
    lines: &[Promise],
    now: Moment,
) -> Result<(), Failed<OutOfStock>> {
    let wanted = summed(lines.iter().map(|line| (line.variant, line.quantity)));
    let variants: Vec<VariantId> = wanted.keys().copied().collect();
    let mut shelves = queries::shelves_by_variants_for_update(tx, &variants, Some(cart), now).await?;
    shortage(&wanted, &shelves)?;
    let mut touched = drop_reservations(tx, cart).await?;
    let mut rows = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    for line in lines {
        let taken = shelves.get_mut(&line.variant).and_then(|shelf| shelf.take(i64::from(line.quantity)));
        for (stock, quantity) in taken.ok_or_else(|| anyhow::anyhow!("the shelves changed while they were locked"))? {
            touched.push(stock);
            entries.push(Entry { stock, kind: Movement::Allocation, on_hand: 0, allocated: quantity });
            rows.push((
                stock_allocations::order_line_id.eq(line.line),
                stock_allocations::stock_id.eq(stock),
                stock_allocations::quantity.eq(quantity),
            ));
        }
    }
    diesel::insert_into(stock_allocations::table).values(rows).execute(tx).await?;
    write(tx, &entries, Some(order), None, "").await?;
    tell(tx, &touched).await?;
    Ok(())
}

/// A promise that still stands.
#[derive(Clone, Copy, Debug, Queryable)]
struct Standing {
    id: i64,
    line: OrderLineId,
    stock: StockId,
    quantity: i32,
}

/// The standing promises of these lines with their stock rows locked, in the order of the stock's ids.
async fn standing(tx: &mut Conn, lines: &[OrderLineId]) -> QueryResult<(Vec<Standing>, BTreeMap<StockId, Kept>)> {
    let promises: Vec<Standing> = stock_allocations::table
        .filter(stock_allocations::order_line_id.eq_any(lines))
        .order((stock_allocations::stock_id, stock_allocations::id))
        .select((
            stock_allocations::id,
            stock_allocations::order_line_id,
            stock_allocations::stock_id,
            stock_allocations::quantity,
        ))
        .load(tx)
        .await?;
    let rows: Vec<Kept> = stock::table
        .filter(stock::id.eq_any(promises.iter().map(|promise| promise.stock).collect::<Vec<_>>()))
        .order(stock::id)
        .select((stock::id, stock::variant_id, stock::tracked, stock::on_hand))
        .for_no_key_update()
        .load(tx)
        .await?;
    Ok((promises, rows.into_iter().map(|row| (row.id, row)).collect()))
}

#[derive(Clone, Copy, Debug, Queryable)]
struct Kept {
    id: StockId,
    variant: VariantId,
    tracked: bool,
    on_hand: i32,
}

/// Takes back whatever these lines are still promised; returns the number of pieces.
pub async fn release_allocation(
    tx: &mut Conn,
    order: OrderId,
    lines: &[OrderLineId],
    unshipped: Unshipped,
    staff: Option<StaffId>,
    reason: &str,
) -> QueryResult<i64> {
    let (promises, mut shelves) = standing(tx, lines).await?;
    let mut entries = Vec::new();
    for promise in &promises {
        let mut gone = 0;
        if let (Unshipped::WrittenOff, Some(shelf)) = (unshipped, shelves.get_mut(&promise.stock).filter(|shelf| shelf.tracked)) {
            gone = promise.quantity.min(shelf.on_hand);
            shelf.on_hand -= gone;
        }
        entries.push(Entry { stock: promise.stock, kind: Movement::Release, on_hand: -gone, allocated: -promise.quantity });
    }
    write(tx, &entries, Some(order), staff, reason).await?;
    let ids: Vec<i64> = promises.iter().map(|promise| promise.id).collect();
    diesel::delete(stock_allocations::table.filter(stock_allocations::id.eq_any(ids))).execute(tx).await?;
    tell(tx, &shelves.keys().copied().collect::<Vec<_>>()).await?;
    Ok(promises.iter().map(|promise| i64::from(promise.quantity)).sum())
}

/// Ships pieces of lines: what is on hand and what is promised fall together.
///
/// # Errors
/// Pieces that are not there, and more than a line is still promised.
pub async fn ship(
    tx: &mut Conn,
    order: OrderId,
    parcel: &[(OrderLineId, i32)],
    staff: Option<StaffId>,
) -> Result<(), Failed<ShipRefused>> {
    let (mut promises, shelves) = standing(tx, &parcel.iter().map(|part| part.0).collect::<Vec<_>>()).await?;
    let mut leaving: BTreeMap<StockId, i32> = BTreeMap::new();
    for (line, quantity) in parcel {
        let mut left = *quantity;
        for promise in promises.iter_mut().filter(|promise| promise.line == *line) {
            let part = promise.quantity.min(left);
            promise.quantity -= part;
            left -= part;
            *leaving.entry(promise.stock).or_insert(0) += part;
        }
        if left > 0 {
            return Err(ShipRefused::NotPromised { line: *line }.into());
        }
    }
    let mut entries = Vec::new();
    for (stock, quantity) in leaving.into_iter().filter(|part| part.1 > 0) {
        let shelf = shelves.get(&stock).ok_or_else(|| anyhow::anyhow!("stock {stock} of a promise is gone"))?;
        if shelf.tracked && quantity > shelf.on_hand {
            let (wanted, on_hand) = (i64::from(quantity), shelf.on_hand);
            return Err(ShipRefused::NotThere { variant: shelf.variant, wanted, on_hand }.into());
        }
        let on_hand = if shelf.tracked { -quantity } else { 0 };
        entries.push(Entry { stock, kind: Movement::Shipment, on_hand, allocated: -quantity });
    }
    write(tx, &entries, Some(order), staff, "").await?;
    for promise in &promises {
        let row = stock_allocations::table.find(promise.id);
        match promise.quantity {
            0 => diesel::delete(row).execute(tx).await?,
            rest => diesel::update(row).set(stock_allocations::quantity.eq(rest)).execute(tx).await?,
        };
    }
    Ok(())
}

/// Puts pieces that came back on their shelves.
pub async fn restock(
    tx: &mut Conn,
    order: OrderId,
    pieces: &[(StockId, i32)],
    staff: Option<StaffId>,
    reason: &str,
) -> QueryResult<()> {
    let mut stocks: Vec<StockId> = pieces.iter().map(|piece| piece.0).collect();
    stocks.sort_unstable();
    stocks.dedup();
    let locked = stock::table.filter(stock::id.eq_any(&stocks)).order(stock::id).select(stock::id).for_no_key_update();
    locked.load::<StockId>(tx).await?;
    let entry = |piece: &(StockId, i32)| Entry { stock: piece.0, kind: Movement::Return, on_hand: piece.1, allocated: 0 };
    write(tx, &pieces.iter().map(entry).collect::<Vec<_>>(), Some(order), staff, reason).await?;
    tell(tx, &stocks).await
}
