//! Reads of counts.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::engines::inventory::Reason;
use crate::platform::base::{CategoryId, Moment, StocktakeId, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::categories;

/// A count in the list, and the head of its page.
#[derive(Clone, Debug, QueryableByName)]
pub struct Listed {
    #[diesel(sql_type = BigInt)]
    pub id: StocktakeId,
    #[diesel(sql_type = Text)]
    pub place: String,
    /// Empty: everything.
    #[diesel(sql_type = Text)]
    pub category: String,
    #[diesel(sql_type = Text)]
    pub note: String,
    #[diesel(sql_type = Text)]
    pub status: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: Moment,
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    #[diesel(sql_type = BigInt)]
    pub counted: i64,
    /// Lines in which the count differs from the ledger.
    #[diesel(sql_type = BigInt)]
    pub differing: i64,
    #[diesel(sql_type = BigInt)]
    pub missing: i64,
    #[diesel(sql_type = BigInt)]
    pub more: i64,
}

const HEAD: &str = "
    select t.id, l.name as place, coalesce(c.title, '') as category, t.note, t.status, t.created_at, n.lines, n.counted, n.differing, n.missing, n.more
      from stocktakes t join locations l on l.id = t.location_id left join categories c on c.id = t.category_id
     cross join lateral (
            select count(*) as lines, count(counted) as counted, count(*) filter (where counted <> on_hand) as differing,
                   coalesce(sum(on_hand - counted) filter (where counted < on_hand), 0)::bigint as missing,
                   coalesce(sum(counted - on_hand) filter (where counted > on_hand), 0)::bigint as more
              from stocktake_lines where stocktake_id = t.id) n";

/// The counts, newest first; at most a hundred.
pub async fn list(conn: &mut Conn) -> QueryResult<Vec<Listed>> {
    db::sql(format!("{HEAD} order by t.id desc limit 100")).load(conn).await
}

pub async fn count(conn: &mut Conn, id: StocktakeId) -> QueryResult<Option<Listed>> {
    db::sql(format!("{HEAD} where t.id = $1")).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

/// A line of the sheet.
#[derive(Clone, Debug, QueryableByName)]
pub struct Line {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    #[diesel(sql_type = BigInt)]
    pub variant: VariantId,
    #[diesel(sql_type = Text)]
    pub product: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = Text)]
    pub barcode: String,
    #[diesel(sql_type = Nullable<Integer>)]
    pub counted: Option<i32>,
    /// By the ledger, when it was counted.
    #[diesel(sql_type = Nullable<Integer>)]
    pub on_hand: Option<i32>,
    #[diesel(sql_type = Text)]
    pub reason: Reason,
    /// What the ledger was changed by.
    #[diesel(sql_type = Nullable<Integer>)]
    pub booked: Option<i32>,
    #[diesel(sql_type = Text)]
    pub who: String,
}

/// Lines of the sheet, A to Z, so many from a place on.
pub async fn lines(conn: &mut Conn, id: StocktakeId, from: i64, most: i64) -> QueryResult<Vec<Line>> {
    db::sql(
        "select n.id, v.id as variant, p.title as product, v.title, coalesce(v.sku, '') as sku, v.barcode, n.counted, n.on_hand, n.reason, n.booked,
                coalesce(nullif(s.name, ''), s.email, '') as who
           from stocktake_lines n join variants v on v.id = n.variant_id join products p on p.id = v.product_id
           left join staff s on s.id = n.staff_id
          where n.stocktake_id = $1 order by p.title, p.id, v.position, v.id offset $2 limit $3",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(from)
    .bind::<BigInt, _>(most)
    .load(conn)
    .await
}

/// The categories to choose from.
pub async fn choices(conn: &mut Conn) -> QueryResult<Vec<(CategoryId, String)>> {
    categories::table.order(categories::title).select((categories::id, categories::title)).limit(500).load(conn).await
}
