//! The list of orders: searched, filtered, newest first, page by page by key.

use std::collections::BTreeMap;

use diesel::dsl::{sql, sum};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel_async::RunQueryDsl;

use crate::features::orders::model::{FulfilmentStatus, OrderStatus, PaymentStatus};
use crate::platform::base::{Broke, CustomerId, Moment, OrderId, OrderNumber, ProductId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{checkouts_begun, order_lines, orders, products};

/// Orders on one page.
pub const PAGE: i64 = 25;
/// Orders that are counted; where there are more, nobody waits for how many.
pub const COUNTED: i64 = 10_000;
/// Those that are counted where words are looked for: each has to be read for it.
const COUNTED_BY_WORDS: i64 = 1000;

/// What is looked for; what is empty does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// A number, or part of a name or an e-mail address.
    pub words: String,
    pub status: Vec<OrderStatus>,
    pub payment: Vec<PaymentStatus>,
    pub fulfilment: Vec<FulfilmentStatus>,
    /// Of exactly this e-mail address, in small letters.
    pub email: String,
    /// Of this customer's account.
    pub customer: Option<CustomerId>,
    /// Placed from the one moment on, and before the other.
    pub placed: (Option<Moment>, Option<Moment>),
    /// From a checkout that was begun in this time.
    pub begun: (Option<Moment>, Option<Moment>),
    /// With this product in it.
    pub product: Option<ProductId>,
    /// Unpaid, and due before this moment.
    pub due_before: Option<Moment>,
    /// Whose goods should leave the house.
    pub to_ship: bool,
}

/// Orders whose goods should leave the house: paid, or paid at the door; a condition on `orders` in SQL.
pub const TO_SHIP: &str = "(status = 'open' and fulfilment_status in ('unfulfilled', 'partly_fulfilled')
    and (payment_status in ('paid', 'partly_refunded') or payment_method = 'cash_on_delivery' and payment_status in ('unpaid', 'partly_paid')))";

/// A row of the list.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = orders)]
pub struct Row {
    pub id: OrderId,
    pub number: i64,
    pub placed_at: Moment,
    pub customer_name: String,
    pub email: String,
    pub currency: String,
    pub total: i64,
    pub status: OrderStatus,
    pub payment_status: PaymentStatus,
    pub fulfilment_status: FulfilmentStatus,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct Index {
    /// With the number of pieces in each.
    pub rows: Vec<(Row, i64)>,
    pub found: i64,
    /// Whether there are even more, which nobody counted.
    pub more: bool,
    /// What the found orders cost together, in minor units of each currency, where all were counted.
    pub worth: BTreeMap<String, i64>,
    /// Whether newer and older ones exist.
    pub newer: bool,
    pub older: bool,
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    Newest,
    /// Older than this row.
    Before(OrderId),
    /// Newer than this row.
    After(OrderId),
}

type Found<'a> = orders::BoxedQuery<'a, Pg>;

fn found(filter: &Filter) -> Found<'static> {
    let mut query = orders::table.filter(orders::number.gt(0)).into_boxed();
    let words = filter.words.trim().trim_start_matches('#').to_lowercase();
    if !words.is_empty() {
        let escaped = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let named = sql::<Bool>("(lower(customer_name) || ' ' || lower(email)) like ").bind::<Text, _>(format!("%{escaped}%"));
        query = match words.parse::<i64>() {
            Ok(number) => query.filter(named.or(orders::number.eq(number))),
            Err(_) => query.filter(named),
        };
    }
    if !filter.status.is_empty() {
        query = query.filter(orders::status.eq_any(filter.status.clone()));
    }
    if !filter.payment.is_empty() {
        query = query.filter(orders::payment_status.eq_any(filter.payment.clone()));
    }
    if !filter.fulfilment.is_empty() {
        query = query.filter(orders::fulfilment_status.eq_any(filter.fulfilment.clone()));
    }
    narrowed(query, filter)
}

/// What the links of the dashboard narrow further.
fn narrowed(mut query: Found<'static>, filter: &Filter) -> Found<'static> {
    if !filter.email.is_empty() {
        query = query.filter(sql::<Bool>("lower(email) = ").bind::<Text, _>(filter.email.clone()));
    }
    if let Some(customer) = filter.customer {
        query = query.filter(orders::customer_id.eq(customer));
    }
    if let Some(from) = filter.placed.0 {
        query = query.filter(orders::placed_at.ge(from));
    }
    if let Some(end) = filter.placed.1 {
        query = query.filter(orders::placed_at.lt(end));
    }
    if filter.begun != (None, None) {
        let mut begun = checkouts_begun::table.select(checkouts_begun::cart_id).into_boxed();
        if let Some(from) = filter.begun.0 {
            begun = begun.filter(checkouts_begun::at.ge(from));
        }
        if let Some(end) = filter.begun.1 {
            begun = begun.filter(checkouts_begun::at.lt(end));
        }
        query = query.filter(orders::cart_id.eq_any(begun));
    }
    if let Some(product) = filter.product {
        let with = order_lines::table.filter(order_lines::product_id.eq(product.0)).select(order_lines::order_id);
        query = query.filter(orders::id.eq_any(with));
    }
    if filter.to_ship {
        query = query.filter(sql::<Bool>(TO_SHIP));
    }
    if let Some(end) = filter.due_before {
        query = query.filter(orders::due_at.lt(end));
        query = query.filter(orders::status.eq(OrderStatus::Open).and(orders::payment_status.eq(PaymentStatus::Unpaid)));
    }
    query
}

/// Who types a whole address that has ordered wants its orders: an index knows them at once.
async fn known_address(conn: &mut Conn, filter: &Filter) -> QueryResult<Option<Filter>> {
    let address = filter.words.trim().to_lowercase();
    if !address.contains('@') || !filter.email.is_empty() {
        return Ok(None);
    }
    let known = Filter { words: String::new(), email: address, ..filter.clone() };
    let any = found(&Filter { email: known.email.clone(), ..Filter::default() });
    Ok(any.select(orders::id).limit(1).first::<OrderId>(conn).await.optional()?.map(|_| known))
}

/// A page of the orders that are looked for, newest first.
pub async fn index(conn: &mut Conn, filter: &Filter, from: Begin) -> Result<Index, Broke> {
    let known = known_address(conn, filter).await?;
    let filter = known.as_ref().unwrap_or(filter);
    let query = found(filter).select(Row::as_select()).limit(PAGE + 1);
    let query = match from {
        Begin::Newest => query.order(orders::id.desc()),
        Begin::Before(id) => query.filter(orders::id.lt(id)).order(orders::id.desc()),
        Begin::After(id) => query.filter(orders::id.gt(id)).order(orders::id.asc()),
    };
    let mut rows: Vec<Row> = query.load(conn).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let (newer, older) = match from {
        Begin::Newest => (false, more),
        Begin::Before(_) => (true, more),
        Begin::After(_) => (more, true),
    };
    if matches!(from, Begin::After(_)) {
        rows.reverse();
    }
    let most = if filter.words.trim().is_empty() { COUNTED } else { COUNTED_BY_WORDS };
    let totals: Vec<(i64, String)> = match (from, more) {
        (Begin::Newest, false) => rows.iter().map(|row| (row.total, row.currency.clone())).collect(),
        _ => found(filter).select((orders::total, orders::currency)).limit(most + 1).load(conn).await?,
    };
    let ids: Vec<OrderId> = rows.iter().map(|row| row.id).collect();
    let pieces: Vec<(OrderId, Option<i64>)> = order_lines::table
        .filter(order_lines::order_id.eq_any(ids))
        .group_by(order_lines::order_id)
        .select((order_lines::order_id, sum(order_lines::quantity)))
        .load(conn)
        .await?;
    let of = |id| pieces.iter().find(|row| row.0 == id).and_then(|row| row.1).unwrap_or(0);
    let rows = rows.into_iter().map(|row| (of(row.id), row)).map(|(pieces, row)| (row, pieces)).collect();
    let (uncounted, totals) = (totals.len() as i64 > most, &totals[..totals.len().min(most as usize)]);
    Ok(Index { rows, found: totals.len() as i64, more: uncounted, worth: worth(totals), newer, older })
}

/// Amounts together, by their currencies.
fn worth(totals: &[(i64, String)]) -> BTreeMap<String, i64> {
    let mut worth = BTreeMap::new();
    for (total, currency) in totals {
        *worth.entry(currency.clone()).or_insert(0) += total;
    }
    worth
}

/// What a product is called now.
pub async fn product_title(conn: &mut Conn, id: ProductId) -> QueryResult<Option<String>> {
    products::table.find(id).select(products::title).first(conn).await.optional()
}

/// How many orders stand in each of the ready-made views; more than [`COUNTED`]: so many at least.
#[derive(Clone, Copy, Debug, Default, QueryableByName)]
pub struct ViewCounts {
    #[diesel(sql_type = BigInt)]
    pub every: i64,
    #[diesel(sql_type = BigInt)]
    pub to_ship: i64,
    #[diesel(sql_type = BigInt)]
    pub unpaid: i64,
}

pub async fn view_counts(conn: &mut Conn) -> QueryResult<ViewCounts> {
    let counted = |which: &str| format!("(select count(*) from (select from orders where {which} limit {COUNTED} + 1) o)");
    let (every, to_ship) = (counted("true"), counted(TO_SHIP));
    let unpaid = counted("status = 'open' and payment_status in ('unpaid', 'partly_paid')");
    let query = format!("select {every} as every, {to_ship} as to_ship, {unpaid} as unpaid");
    diesel::sql_query(query).get_result(conn).await
}

/// The next newer and the next older order.
pub async fn neighbours(conn: &mut Conn, id: OrderId) -> QueryResult<(Option<OrderNumber>, Option<OrderNumber>)> {
    let newer: Option<i64> =
        orders::table.filter(orders::id.gt(id)).order(orders::id.asc()).select(orders::number).first(conn).await.optional()?;
    let older: Option<i64> =
        orders::table.filter(orders::id.lt(id)).order(orders::id.desc()).select(orders::number).first(conn).await.optional()?;
    Ok((newer.map(OrderNumber), older.map(OrderNumber)))
}

/// An order whose records disagree with each other.
#[derive(Debug, QueryableByName)]
pub struct Drift {
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    #[diesel(sql_type = Text)]
    pub what: String,
}

/// Orders that break a rule that holds for all of them; empty when all is well.
pub async fn drift(conn: &mut Conn) -> QueryResult<Vec<Drift>> {
    db::sql(include_str!("drift.sql")).load(conn).await
}
