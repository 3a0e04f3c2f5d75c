//! Reads of the shelves.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Timestamptz};
use diesel_async::RunQueryDsl;

use super::model::{Balance, Location, Shelf};
use super::routing::{Routing, Site};
use super::shelves::{Part, Recipes, Shelves};
use crate::platform::base::{CartId, Day, LocationId, Moment, ProductId, StockId, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{bundle_parts, locations, settings, stock};

/// Which of these variants are bundles, and of what.
pub async fn recipes(conn: &mut Conn, of: &[VariantId]) -> QueryResult<Recipes> {
    let rows: Vec<(VariantId, VariantId, i32)> = bundle_parts::table
        .filter(bundle_parts::bundle_id.eq_any(of))
        .order((bundle_parts::bundle_id, bundle_parts::position, bundle_parts::part_id))
        .select((bundle_parts::bundle_id, bundle_parts::part_id, bundle_parts::quantity))
        .load(conn)
        .await?;
    let mut recipes = Recipes::new();
    for (bundle, variant, quantity) in rows {
        recipes.entry(bundle).or_default().push(Part { variant, quantity });
    }
    Ok(recipes)
}

/// The shelves of these variants, and of the parts of those that are bundles, as one cart sees them: what is held for itself counts
/// as free; `None`: as anybody does.
pub async fn shelves(
    conn: &mut Conn,
    of: &[VariantId],
    recipes: Recipes,
    cart: Option<CartId>,
    now: Moment,
) -> QueryResult<Shelves> {
    read(conn, of, recipes, cart, now, false).await
}

/// The shelves with their rows locked, in the order of their ids; only inside a transaction.
pub async fn shelves_for_update(
    tx: &mut Conn,
    of: &[VariantId],
    recipes: Recipes,
    cart: Option<CartId>,
    now: Moment,
) -> QueryResult<Shelves> {
    read(tx, of, recipes, cart, now, true).await
}

/// The shelf of one variant by itself; nothing on it when it has no stock row.
pub async fn shelf_by_variant(conn: &mut Conn, variant: VariantId, now: Moment) -> QueryResult<Shelf> {
    Ok(shelves(conn, &[variant], Recipes::new(), None, now).await?.shelf(variant).cloned().unwrap_or_default())
}

#[derive(Queryable)]
struct Row {
    stock: StockId,
    variant: VariantId,
    location: LocationId,
    tracked: bool,
    on_hand: i32,
    allocated: i32,
    back_order_limit: i32,
    ships_on: Option<NaiveDate>,
    pre_order_limit: Option<i32>,
    release_on: Option<NaiveDate>,
}

impl Row {
    fn balance(&self, held: Held) -> Balance {
        let pre_order = self.pre_order_limit.is_some();
        Balance {
            stock: self.stock,
            variant: self.variant,
            location: self.location,
            tracked: self.tracked,
            on_hand: self.on_hand,
            allocated: self.allocated,
            back_order_limit: self.pre_order_limit.unwrap_or(self.back_order_limit),
            ships_on: if pre_order { self.release_on } else { self.ships_on }.map(Day::from),
            pre_order,
            reserved: held.others,
            reserved_late: held.others_late,
            held_now: held.own_now,
        }
    }
}

async fn read(
    conn: &mut Conn,
    of: &[VariantId],
    recipes: Recipes,
    except: Option<CartId>,
    now: Moment,
    lock: bool,
) -> QueryResult<Shelves> {
    let columns = (
        stock::id,
        stock::variant_id,
        stock::location_id,
        stock::tracked,
        stock::on_hand,
        stock::allocated,
        stock::back_order_limit,
        stock::ships_on,
        stock::pre_order_limit,
        stock::release_on,
    );
    let single = of.iter().copied().filter(|variant| !recipes.contains_key(variant));
    let lying: Vec<VariantId> = single.chain(recipes.values().flatten().map(|part| part.variant)).collect();
    let query = stock::table.filter(stock::variant_id.eq_any(lying)).order(stock::id).select(columns);
    let rows: Vec<Row> = if lock { query.for_no_key_update().load(conn).await? } else { query.load(conn).await? };
    let held = held(conn, &rows.iter().map(|row| row.stock).collect::<Vec<_>>(), except, now).await?;
    let order = drawing_order(conn, &rows).await?;
    let mut shelves: BTreeMap<VariantId, Shelf> = BTreeMap::new();
    for row in rows {
        let held = held.get(&row.stock).copied().unwrap_or_default();
        shelves.entry(row.variant).or_default().balances.push(row.balance(held));
    }
    for shelf in shelves.values_mut() {
        shelf.balances.retain(|balance| order.is_empty() || order.contains_key(&balance.location));
        shelf.balances.sort_by_key(|balance| (order.get(&balance.location).copied(), balance.stock));
    }
    Ok(Shelves::new(shelves, recipes))
}

/// What is held for carts, in pieces of one stock row.
#[derive(Clone, Copy, Debug, Default, QueryableByName)]
struct Held {
    #[diesel(sql_type = BigInt)]
    stock_id: i64,
    #[diesel(sql_type = BigInt)]
    others: i64,
    #[diesel(sql_type = BigInt)]
    others_late: i64,
    #[diesel(sql_type = BigInt)]
    own_now: i64,
}

async fn held(conn: &mut Conn, stocks: &[StockId], own: Option<CartId>, now: Moment) -> QueryResult<HashMap<StockId, Held>> {
    if stocks.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Held> = db::sql(
        "select stock_id, coalesce(sum(quantity) filter (where cart_id <> $2), 0)::bigint as others,
                coalesce(sum(late) filter (where cart_id <> $2), 0)::bigint as others_late,
                coalesce(sum(quantity - late) filter (where cart_id = $2), 0)::bigint as own_now
           from stock_reservations where stock_id = any($1) and expires_at > $3 group by stock_id",
    )
    .bind::<Array<BigInt>, _>(stocks)
    .bind::<BigInt, _>(own.unwrap_or(CartId(0)))
    .bind::<Timestamptz, _>(now)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|held| (StockId(held.stock_id), held)).collect())
}

/// Active locations with their place; asked only when a variant lies at more than one, as most shops have a single one.
async fn drawing_order(conn: &mut Conn, rows: &[Row]) -> QueryResult<HashMap<LocationId, i32>> {
    if rows.iter().all(|row| row.location == rows[0].location) {
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

/// Whether something else needs any of these variants: a bundle, a transfer, the promise of an order.
pub async fn are_needed(conn: &mut Conn, of: &[VariantId]) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Answer {
        #[diesel(sql_type = Bool)]
        needed: bool,
    }
    let answer: Answer = db::sql(
        "select exists (select from bundle_parts where part_id = any($1)) or exists (select from transfer_lines where variant_id = any($1))
                or exists (select from order_line_parts where variant_id = any($1))
                or exists (select from stock_allocations a join stock s on s.id = a.stock_id where s.variant_id = any($1)) as needed",
    )
    .bind::<Array<BigInt>, _>(of)
    .get_result(conn)
    .await?;
    Ok(answer.needed)
}

/// By which rules orders are sent, and the places in the order of staff.
pub async fn routing(conn: &mut Conn) -> QueryResult<(Routing, Vec<Site>)> {
    let routing: Routing = settings::table.select(settings::stock_routing).first(conn).await?;
    Ok((routing, sites(conn).await?))
}

/// The places with where they are, in the order of staff.
pub async fn sites(conn: &mut Conn) -> QueryResult<Vec<Site>> {
    let rows: Vec<(LocationId, Option<String>, String, String)> = locations::table
        .filter(locations::active)
        .order((locations::position, locations::id))
        .select((locations::id, locations::country, locations::region, locations::postal_code))
        .load(conn)
        .await?;
    let site = |(id, country, region, postal_code): (LocationId, Option<String>, String, String)| Site {
        id,
        country: country.and_then(|code| code.parse().ok()),
        region,
        postal_code,
    };
    Ok(rows.into_iter().map(site).collect())
}

/// The products on these shelves, and those of the bundles that are made of them.
pub async fn products_of(conn: &mut Conn, stocks: &[StockId]) -> QueryResult<Vec<ProductId>> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = BigInt)]
        product_id: ProductId,
    }
    let found: Vec<Found> = db::sql(
        "select v.product_id from stock s join variants v on v.id = s.variant_id where s.id = any($1)
         union
         select v.product_id from stock s join bundle_parts b on b.part_id = s.variant_id join variants v on v.id = b.bundle_id
          where s.id = any($1)",
    )
    .bind::<Array<BigInt>, _>(stocks)
    .load(conn)
    .await?;
    Ok(found.into_iter().map(|found| found.product_id).collect())
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
    db::sql(
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
