//! Acts on what orders were promised: allocate, release, ship, take back. The order is locked by the caller.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::commands::{Entry, drop_reservations, tell, write};
use super::model::{Movement, OutOfStock, Promise, Unshipped, summed};
use super::queries;
use super::refusals::ShipRefused;
use super::routing::{self, Target};
use super::shelves::{Recipes, Wait, wait_for};
use crate::platform::base::{CartId, Failed, LocationId, Moment, OrderId, OrderLineId, StaffId, StockId, VariantId};
use crate::platform::db::Conn;
use crate::platform::schema::{stock, stock_allocations};

/// Promises pieces to the lines of an order: what is held for its cart is used up, then what can be sold; all or nothing.
/// They are drawn from the places that the shop's rules name for this destination. Says what each line has to wait for.
///
/// # Errors
/// Names every variant that falls short.
pub async fn allocate(
    tx: &mut Conn,
    order: OrderId,
    cart: CartId,
    lines: &[Promise],
    to: Target<'_>,
    now: Moment,
) -> Result<Vec<(OrderLineId, Wait)>, Failed<OutOfStock>> {
    let wanted = summed(lines.iter().map(|line| (line.variant, line.quantity)));
    let variants: Vec<VariantId> = wanted.keys().copied().collect();
    let bundles = lines.iter().filter(|line| !line.parts.is_empty());
    let recipes: Recipes = bundles.map(|line| (line.variant, line.parts.clone())).collect();
    let mut shelves = queries::shelves_for_update(tx, &variants, recipes, Some(cart), now).await?;
    shelves.shortage(&wanted)?;
    if shelves.spread() {
        let (routing, sites) = queries::routing(tx).await?;
        shelves.reorder(&routing::order(routing, &sites, to, &shelves.pieces(&wanted), &shelves));
    }
    let mut touched = drop_reservations(tx, cart).await?;
    let (mut rows, mut entries, mut waits) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        let drawn = shelves.take(line.variant, i64::from(line.quantity));
        let drawn = drawn.ok_or_else(|| anyhow::anyhow!("the shelves changed while they were locked"))?;
        waits.extend(wait_for(&drawn).map(|wait| (line.line, wait)));
        for one in drawn {
            let (stock, quantity) = (one.taken.stock, one.taken.quantity);
            touched.push(stock);
            entries.push(Entry { stock, kind: Movement::Allocation, on_hand: 0, allocated: quantity });
            rows.push((
                stock_allocations::order_line_id.eq(line.line),
                stock_allocations::stock_id.eq(stock),
                stock_allocations::quantity.eq(quantity),
                stock_allocations::per_line.eq(one.per_line),
            ));
        }
    }
    diesel::insert_into(stock_allocations::table).values(rows).execute(tx).await?;
    write(tx, &entries, Some(order), None, "").await?;
    tell(tx, &touched).await?;
    Ok(waits)
}

/// A promise that still stands.
#[derive(Clone, Copy, Debug, Queryable)]
struct Standing {
    id: i64,
    line: OrderLineId,
    stock: StockId,
    quantity: i32,
    per_line: i32,
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
            stock_allocations::per_line,
        ))
        .load(tx)
        .await?;
    let rows: Vec<Kept> = stock::table
        .filter(stock::id.eq_any(promises.iter().map(|promise| promise.stock).collect::<Vec<_>>()))
        .order(stock::id)
        .select((stock::id, stock::variant_id, stock::location_id, stock::tracked, stock::on_hand))
        .for_no_key_update()
        .load(tx)
        .await?;
    Ok((promises, rows.into_iter().map(|row| (row.id, row)).collect()))
}

#[derive(Clone, Copy, Debug, Queryable)]
struct Kept {
    id: StockId,
    variant: VariantId,
    location: LocationId,
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

/// Ships pieces of lines, from one place alone or from wherever they are promised: what is on hand and what is promised fall together.
///
/// # Errors
/// Pieces that are not there, and more than a line is still promised.
pub async fn ship(
    tx: &mut Conn,
    order: OrderId,
    parcel: &[(OrderLineId, i32)],
    from: Option<LocationId>,
    staff: Option<StaffId>,
) -> Result<(), Failed<ShipRefused>> {
    let (mut promises, shelves) = standing(tx, &parcel.iter().map(|part| part.0).collect::<Vec<_>>()).await?;
    let mut leaving: BTreeMap<StockId, i32> = BTreeMap::new();
    for (line, quantity) in parcel {
        pick(&mut promises, &shelves, (*line, *quantity), from, &mut leaving)?;
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

/// Takes so many of a line out of its promises in a place, of every part as many as belong to them.
fn pick(
    promises: &mut [Standing],
    shelves: &BTreeMap<StockId, Kept>,
    (line, quantity): (OrderLineId, i32),
    from: Option<LocationId>,
    leaving: &mut BTreeMap<StockId, i32>,
) -> Result<(), ShipRefused> {
    let variant_of = |promise: &Standing| shelves.get(&promise.stock).map(|shelf| shelf.variant);
    let mut left: BTreeMap<Option<VariantId>, i64> = BTreeMap::new();
    for promise in promises.iter().filter(|promise| promise.line == line) {
        left.insert(variant_of(promise), i64::from(quantity) * i64::from(promise.per_line));
    }
    if left.is_empty() && quantity > 0 {
        return Err(ShipRefused::NotPromised { line });
    }
    let lies =
        |promise: &Standing| from.is_none_or(|from| shelves.get(&promise.stock).is_some_and(|shelf| shelf.location == from));
    for promise in promises.iter_mut().filter(|promise| promise.line == line && lies(promise)) {
        let left = left.entry(variant_of(promise)).or_insert(0);
        let part = promise.quantity.min(i32::try_from(*left).unwrap_or(i32::MAX));
        promise.quantity -= part;
        *left -= i64::from(part);
        *leaving.entry(promise.stock).or_insert(0) += part;
    }
    if left.values().any(|left| *left > 0) { Err(ShipRefused::NotPromised { line }) } else { Ok(()) }
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
