//! Which orders wait for goods that are not there, and what is on its way.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::platform::base::{LocationId, Moment, VariantId};
use crate::platform::db::{self, Conn};

/// Lines shown at most.
const MOST: i64 = 500;

/// A line of an order that waits for pieces of a variant at a place.
#[derive(Clone, Debug, QueryableByName)]
pub struct WaitingLine {
    #[diesel(sql_type = BigInt)]
    pub variant: VariantId,
    #[diesel(sql_type = Text)]
    pub product: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = BigInt)]
    pub location: LocationId,
    #[diesel(sql_type = Text)]
    pub place: String,
    /// The order's.
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    #[diesel(sql_type = Text)]
    pub customer: String,
    #[diesel(sql_type = Timestamptz)]
    pub placed_at: Moment,
    /// Pieces that are not there for it.
    #[diesel(sql_type = BigInt)]
    pub pieces: i64,
    /// What the shopper was told.
    #[diesel(sql_type = Nullable<Date>)]
    pub told: Option<NaiveDate>,
}

/// The lines that wait, by variant and place, in the order in which they are served: who was told to wait comes after who was not,
/// then the older order first.
pub async fn waiting(conn: &mut Conn) -> QueryResult<Vec<WaitingLine>> {
    db::sql(
        "with served as (
            select a.stock_id, a.order_line_id, a.quantity, s.variant_id, s.location_id, s.on_hand, s.pre_order_limit,
                   sum(a.quantity) over (partition by a.stock_id order by (l.waiting > 0), o.placed_at, l.id) as so_far,
                   o.number, o.customer_name, o.placed_at, l.waits_until
              from stock s
              join stock_allocations a on a.stock_id = s.id
              join order_lines l on l.id = a.order_line_id
              join orders o on o.id = l.order_id
             where s.tracked and (s.allocated > s.on_hand or s.pre_order_limit is not null))
         select w.variant_id as variant, p.title as product, v.title, coalesce(v.sku, '') as sku, w.location_id as location, c.name as place,
                w.number, w.customer_name as customer, w.placed_at, w.waits_until as told,
                (case when w.pre_order_limit is not null then w.quantity else least(w.quantity, w.so_far - w.on_hand) end)::bigint as pieces
           from served w
           join variants v on v.id = w.variant_id
           join products p on p.id = v.product_id
           join locations c on c.id = w.location_id
          where w.pre_order_limit is not null or w.so_far > w.on_hand
          order by p.title, v.position, v.id, c.position, c.id, w.so_far
          limit $1",
    )
    .bind::<BigInt, _>(MOST)
    .load(conn)
    .await
}

/// Pieces of a variant that are on their way to a place.
#[derive(Clone, Debug, QueryableByName)]
pub struct Coming {
    #[diesel(sql_type = BigInt)]
    pub variant: VariantId,
    #[diesel(sql_type = BigInt)]
    pub location: LocationId,
    #[diesel(sql_type = BigInt)]
    pub pieces: i64,
    /// When the first of them is expected, where that was said.
    #[diesel(sql_type = Nullable<Date>)]
    pub expected: Option<NaiveDate>,
}

/// What is on its way, of one variant (0: of all).
pub async fn coming(conn: &mut Conn, of: VariantId) -> QueryResult<Vec<Coming>> {
    db::sql(
        "select l.variant_id as variant, t.to_location_id as location,
                sum(l.quantity - l.received - l.lost - l.returned)::bigint as pieces, min(t.expected_on) as expected
           from transfers t join transfer_lines l on l.transfer_id = t.id
          where t.status = 'sent' and ($1 = 0 or l.variant_id = $1)
          group by l.variant_id, t.to_location_id having sum(l.quantity - l.received - l.lost - l.returned) > 0",
    )
    .bind::<BigInt, _>(of)
    .load(conn)
    .await
}
