//! Reads of the shelves.

use std::collections::{BTreeMap, HashMap};

use diesel::dsl::sum;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};
use diesel_async::RunQueryDsl;

use super::model::{Balance, Location, Shelf};
use crate::platform::base::{CartId, LocationId, Moment, ProductId, StockId, VariantId};
use crate::platform::db::Conn;
use crate::platform::schema::{locations, stock, stock_reservations, variants};

/// The shelves of these variants as anybody sees them; a variant without a stock row is missing.
pub async fn shelves_by_variants(conn: &mut Conn, of: &[VariantId], now: Moment) -> QueryResult<BTreeMap<VariantId, Shelf>> {
    read(conn, of, None, now, false).await
}

/// The shelves as one cart sees them: what is held for itself counts as free.
pub async fn shelves_for_cart(
    conn: &mut Conn,
    of: &[VariantId],
    cart: CartId,
    now: Moment,
) -> QueryResult<BTreeMap<VariantId, Shelf>> {
    read(conn, of, Some(cart), now, false).await
}

/// The shelves with their rows locked, in the order of their ids; only inside a transaction.
pub async fn shelves_by_variants_for_update(
    tx: &mut Conn,
    of: &[VariantId],
    cart: Option<CartId>,
    now: Moment,
) -> QueryResult<BTreeMap<VariantId, Shelf>> {
    read(tx, of, cart, now, true).await
}

/// The shelf of one variant; nothing on it when it has no stock row.
pub async fn shelf_by_variant(conn: &mut Conn, variant: VariantId, now: Moment) -> QueryResult<Shelf> {
    Ok(shelves_by_variants(conn, &[variant], now).await?.remove(&variant).unwrap_or_default())
}

type Row = (StockId, VariantId, LocationId, bool, i32, i32, i32);

async fn read(
    conn: &mut Conn,
    of: &[VariantId],
    except: Option<CartId>,
    now: Moment,
    lock: bool,
) -> QueryResult<BTreeMap<VariantId, Shelf>> {
    let columns = (
        stock::id,
        stock::variant_id,
        stock::location_id,
        stock::tracked,
        stock::on_hand,
        stock::allocated,
        stock::back_order_limit,
    );
    let query = stock::table.filter(stock::variant_id.eq_any(of)).order(stock::id).select(columns);
    let rows: Vec<Row> = if lock { query.for_no_key_update().load(conn).await? } else { query.load(conn).await? };
    let held = held(conn, &rows.iter().map(|row| row.0).collect::<Vec<_>>(), except, now).await?;
    let order = drawing_order(conn, &rows).await?;
    let mut shelves: BTreeMap<VariantId, Shelf> = BTreeMap::new();
    for (stock, variant, location, tracked, on_hand, allocated, back_order_limit) in rows {
        let reserved = held.get(&stock).copied().unwrap_or(0);
        let balance = Balance { stock, variant, location, tracked, on_hand, allocated, back_order_limit, reserved };
        shelves.entry(variant).or_default().balances.push(balance);
    }
    for shelf in shelves.values_mut() {
        shelf.balances.retain(|balance| order.is_empty() || order.contains_key(&balance.location));
        shelf.balances.sort_by_key(|balance| (order.get(&balance.location).copied(), balance.stock));
    }
    Ok(shelves)
}

/// What is held for carts, per stock row.
async fn held(conn: &mut Conn, stocks: &[StockId], except: Option<CartId>, now: Moment) -> QueryResult<HashMap<StockId, i64>> {
    if stocks.is_empty() {
        return Ok(HashMap::new());
    }
    let live = stock_reservations::table
        .filter(stock_reservations::stock_id.eq_any(stocks))
        .filter(stock_reservations::expires_at.gt(now))
        .filter(stock_reservations::cart_id.ne(except.unwrap_or(CartId(0))))
        .group_by(stock_reservations::stock_id)
        .select((stock_reservations::stock_id, sum(stock_reservations::quantity)));
    let rows: Vec<(StockId, Option<i64>)> = live.load(conn).await?;
    Ok(rows.into_iter().map(|(stock, held)| (stock, held.unwrap_or(0))).collect())
}

/// Active locations with their place; asked only when a variant lies at more than one, as most shops have a single one.
async fn drawing_order(conn: &mut Conn, rows: &[Row]) -> QueryResult<HashMap<LocationId, i32>> {
    if rows.iter().all(|row| row.2 == rows[0].2) {
        return Ok(HashMap::new());
    }
    let active = locations::table.filter(locations::active).select((locations::id, locations::position));
    Ok(active.load::<(LocationId, i32)>(conn).await?.into_iter().collect())
}

/// The places where goods lie, in the order in which they are drawn on.
pub async fn locations(conn: &mut Conn) -> QueryResult<Vec<Location>> {
    let rows: Vec<(LocationId, String)> = locations::table
        .filter(locations::active)
        .order((locations::position, locations::id))
        .select((locations::id, locations::name))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, name)| Location { id, name }).collect())
}

/// The products on these shelves.
pub async fn products_of(conn: &mut Conn, stocks: &[StockId]) -> QueryResult<Vec<ProductId>> {
    stock::table
        .inner_join(variants::table.on(variants::id.eq(stock::variant_id)))
        .filter(stock::id.eq_any(stocks))
        .select(variants::product_id)
        .distinct()
        .load(conn)
        .await
}

/// A stock row that disagrees with its ledger or with what orders were promised.
#[derive(Debug, QueryableByName)]
pub struct Drift {
    #[diesel(sql_type = BigInt)]
    pub stock_id: i64,
    #[diesel(sql_type = Integer)]
    pub on_hand: i32,
    #[diesel(sql_type = BigInt)]
    pub on_hand_by_ledger: i64,
    #[diesel(sql_type = Integer)]
    pub allocated: i32,
    #[diesel(sql_type = BigInt)]
    pub allocated_by_ledger: i64,
    #[diesel(sql_type = BigInt)]
    pub promised: i64,
}

/// Every stock row whose balance is not the sum of its movements, or whose allocated is not the sum of its promises; empty when all is well.
pub async fn drift(conn: &mut Conn) -> QueryResult<Vec<Drift>> {
    diesel::sql_query(
        "select * from (
            select s.id as stock_id, s.on_hand, s.allocated,
                   coalesce((select sum(m.on_hand) from stock_movements m where m.stock_id = s.id), 0)::bigint as on_hand_by_ledger,
                   coalesce((select sum(m.allocated) from stock_movements m where m.stock_id = s.id), 0)::bigint as allocated_by_ledger,
                   coalesce((select sum(a.quantity) from stock_allocations a where a.stock_id = s.id), 0)::bigint as promised
              from stock s) sums
          where on_hand <> on_hand_by_ledger or allocated <> allocated_by_ledger or allocated <> promised
          order by stock_id",
    )
    .load(conn)
    .await
}
