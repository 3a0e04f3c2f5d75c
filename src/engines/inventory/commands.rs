//! Acts on shelves and on what is held for carts. Balances change only by rows in the ledger; the database applies them.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{Count, Movement, Opening, OutOfStock, summed};
use super::queries;
use super::refusals::AdjustRefused;
use crate::platform::base::{
    Broke, CartId, Failed, LocationId, Moment, Never, OrBreak, OrderId, Quantity, StaffId, StockId, VariantId,
};
use crate::platform::db::{self, Conn};
use crate::platform::feed::{self, Change, Subject};
use crate::platform::schema::{locations, stock, stock_movements, stock_reservations};

/// One row of the ledger.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub stock: StockId,
    pub kind: Movement,
    pub on_hand: i32,
    pub allocated: i32,
}

/// Writes the ledger; the rows' stock must be locked.
pub(super) async fn write(
    tx: &mut Conn,
    entries: &[Entry],
    order: Option<OrderId>,
    staff: Option<StaffId>,
    reason: &str,
) -> QueryResult<()> {
    let rows: Vec<_> = entries
        .iter()
        .filter(|entry| entry.on_hand != 0 || entry.allocated != 0)
        .map(|entry| {
            (
                stock_movements::stock_id.eq(entry.stock),
                stock_movements::kind.eq(entry.kind),
                stock_movements::on_hand.eq(entry.on_hand),
                stock_movements::allocated.eq(entry.allocated),
                stock_movements::order_id.eq(order),
                stock_movements::staff_id.eq(staff),
                stock_movements::reason.eq(reason),
            )
        })
        .collect();
    if !rows.is_empty() {
        diesel::insert_into(stock_movements::table).values(rows).execute(tx).await?;
    }
    Ok(())
}

/// Tells shoppers' pages that what can be sold changed.
pub(super) async fn tell(tx: &mut Conn, stocks: &[StockId]) -> QueryResult<()> {
    let products = queries::products_of(tx, stocks).await?;
    let changes: Vec<Change> = products.iter().map(|product| Change { subject: Subject::Stock, id: Some(product.0) }).collect();
    if changes.is_empty() { Ok(()) } else { feed::tell_all(tx, &changes).await }
}

/// Opens a variant's shelf at the first location; a shelf that is open already stays as it is.
pub async fn open(tx: &mut Conn, variant: VariantId, with: Opening) -> QueryResult<StockId> {
    let at: LocationId = locations::table
        .filter(locations::active)
        .order((locations::position, locations::id))
        .select(locations::id)
        .first(tx)
        .await?;
    let row = (
        stock::variant_id.eq(variant),
        stock::location_id.eq(at),
        stock::tracked.eq(with.tracked),
        stock::back_order_limit.eq(with.back_order_limit),
    );
    let fresh: Option<StockId> = diesel::insert_into(stock::table)
        .values(row)
        .on_conflict_do_nothing()
        .returning(stock::id)
        .get_result(tx)
        .await
        .optional()?;
    let Some(id) = fresh else {
        return stock::table
            .filter(stock::variant_id.eq(variant))
            .filter(stock::location_id.eq(at))
            .select(stock::id)
            .first(tx)
            .await;
    };
    write(tx, &[Entry { stock: id, kind: Movement::Opening, on_hand: with.count, allocated: 0 }], None, None, "").await?;
    tell(tx, &[id]).await?;
    Ok(id)
}

/// Takes away the shelves of variants that were never sold, with their ledger; the database refuses it for others.
pub async fn forget(tx: &mut Conn, of: &[VariantId]) -> QueryResult<()> {
    let shelves: Vec<StockId> =
        stock::table.filter(stock::variant_id.eq_any(of)).order(stock::id).select(stock::id).for_update().load(tx).await?;
    diesel::delete(stock_reservations::table.filter(stock_reservations::stock_id.eq_any(&shelves))).execute(tx).await?;
    diesel::delete(stock::table.filter(stock::id.eq_any(&shelves))).execute(tx).await?;
    Ok(())
}

/// Says whether a shelf's pieces are counted, and how many may be promised beyond them.
pub async fn set_tracking(tx: &mut Conn, id: StockId, tracked: bool, back_order_limit: i32) -> QueryResult<()> {
    diesel::update(stock::table.find(id))
        .set((stock::tracked.eq(tracked), stock::back_order_limit.eq(back_order_limit)))
        .execute(tx)
        .await?;
    tell(tx, &[id]).await
}

/// Corrects what is on hand; returns the new count. A count may fall below what is promised: those orders show as short.
pub async fn adjust(
    tx: &mut Conn,
    id: StockId,
    count: Count,
    reason: &str,
    staff: Option<StaffId>,
) -> Result<i32, Failed<AdjustRefused>> {
    let on_hand: Option<i32> = stock::table.find(id).select(stock::on_hand).for_no_key_update().first(tx).await.optional()?;
    let on_hand = on_hand.ok_or(AdjustRefused::Unknown)?;
    let change = count.change_from(on_hand)?;
    if change != 0 {
        let entry = Entry { stock: id, kind: Movement::Adjustment, on_hand: change, allocated: 0 };
        write(tx, &[entry], None, staff, reason).await?;
        tell(tx, &[id]).await?;
    }
    Ok(on_hand + change)
}

/// Holds these pieces for a cart until `expires_at`, instead of what was held for it before: all of them or none.
///
/// # Errors
/// Names every variant that falls short; what was held before stays held when the transaction is rolled back.
pub async fn reserve(
    tx: &mut Conn,
    cart: CartId,
    wanted: &[(VariantId, Quantity)],
    expires_at: Moment,
    now: Moment,
) -> Result<(), Failed<OutOfStock>> {
    let wanted = summed(wanted.iter().map(|(variant, quantity)| (*variant, quantity.get())));
    let variants: Vec<VariantId> = wanted.keys().copied().collect();
    let recipes = queries::recipes(tx, &variants).await?;
    let mut shelves = queries::shelves_for_update(tx, &variants, recipes, Some(cart), now).await?;
    shelves.shortage(&wanted)?;
    let mut stocks = drop_reservations(tx, cart).await?;
    // A bundle and a single piece may draw on one shelf.
    let mut pieces: BTreeMap<StockId, (i32, i32)> = BTreeMap::new();
    for (variant, quantity) in &wanted {
        for drawn in shelves.take(*variant, *quantity).unwrap_or_default() {
            let sums = pieces.entry(drawn.taken.stock).or_insert((0, 0));
            *sums = (sums.0 + drawn.taken.quantity, sums.1 + drawn.taken.late);
        }
    }
    stocks.extend(pieces.keys());
    let rows: Vec<_> = pieces
        .into_iter()
        .map(|(stock, (quantity, late))| {
            (
                stock_reservations::cart_id.eq(cart),
                stock_reservations::stock_id.eq(stock),
                stock_reservations::quantity.eq(quantity),
                stock_reservations::late.eq(late),
                stock_reservations::expires_at.eq(expires_at),
            )
        })
        .collect();
    diesel::insert_into(stock_reservations::table).values(rows).execute(tx).await?;
    tell(tx, &stocks).await?;
    Ok(())
}

/// Holds on to what is held for a cart at least until then.
pub async fn hold_until(conn: &mut Conn, cart: CartId, until: Moment) -> QueryResult<()> {
    let rows =
        stock_reservations::table.filter(stock_reservations::cart_id.eq(cart)).filter(stock_reservations::expires_at.lt(until));
    diesel::update(rows).set(stock_reservations::expires_at.eq(until)).execute(conn).await?;
    Ok(())
}

/// Lets go of what is held for a cart.
pub async fn release_reservations(tx: &mut Conn, cart: CartId) -> QueryResult<()> {
    let stocks = drop_reservations(tx, cart).await?;
    if stocks.is_empty() { Ok(()) } else { tell(tx, &stocks).await }
}

pub(super) async fn drop_reservations(tx: &mut Conn, cart: CartId) -> QueryResult<Vec<StockId>> {
    diesel::delete(stock_reservations::table.filter(stock_reservations::cart_id.eq(cart)))
        .returning(stock_reservations::stock_id)
        .get_results(tx)
        .await
}

/// Sweeps what was held until now; returns how many rows. (Held pieces are free from the moment they expire; this tells the pages.)
pub async fn release_expired(conn: &mut Conn, now: Moment) -> Result<usize, Broke> {
    let swept = db::transaction(conn, async |tx: &mut Conn| {
        let over: Vec<i64> = stock_reservations::table
            .filter(stock_reservations::expires_at.le(now))
            .order(stock_reservations::id)
            .select(stock_reservations::id)
            .limit(1000)
            .for_update()
            .skip_locked()
            .load(tx)
            .await?;
        let stocks: Vec<StockId> = diesel::delete(stock_reservations::table.filter(stock_reservations::id.eq_any(over)))
            .returning(stock_reservations::stock_id)
            .get_results(tx)
            .await?;
        if !stocks.is_empty() {
            tell(tx, &stocks).await?;
        }
        Ok::<_, Failed<Never>>(stocks.len())
    });
    swept.await.or_break().map(|swept| swept.unwrap_or_else(|never| match never {}))
}
