//! Reads for the management pages.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::features::catalog::model::{Listed, ProductStatus};
use crate::platform::access;
use crate::platform::base::{MediaId, Moment, ProductId};
use crate::platform::db::Conn;
use crate::platform::schema::products;

/// On which side of a product the page lies; ids run down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    First,
    After(ProductId),
    Before(ProductId),
}

/// A page of the index, and whether there is more on either side.
#[derive(Debug)]
pub struct Index {
    pub rows: Vec<Listed>,
    pub before: bool,
    pub after: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: ProductId,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    status: ProductStatus,
    #[diesel(sql_type = Timestamptz)]
    updated_at: Moment,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    publish_at: Option<Moment>,
    #[diesel(sql_type = BigInt)]
    variants: i64,
    #[diesel(sql_type = BigInt)]
    on_hand: i64,
    #[diesel(sql_type = Bool)]
    uncounted: bool,
    #[diesel(sql_type = BigInt)]
    sold_out: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    price_from: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    price_to: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    media: Option<MediaId>,
    #[diesel(sql_type = Nullable<Text>)]
    category: Option<String>,
}

const COLUMNS: &str = "
    select p.id, p.title, p.status, p.updated_at, p.publish_at, s.variants, s.on_hand, s.uncounted, s.sold_out, s.price_from, s.price_to,
           (select media_id from product_media where product_id = p.id order by position, id limit 1) as media,
           (select c.title from product_categories pc join categories c on c.id = pc.category_id
             where pc.product_id = p.id order by pc.position, c.parent_id nulls first, c.id limit 1) as category
      from page join products p using (id)
      cross join lateral (
            select count(*) as variants, min(v.price) as price_from, max(v.price) as price_to,
                   count(*) filter (where v.saleable = 0) as sold_out,
                   coalesce(bool_or(v.unlimited), false) as uncounted,
                   coalesce(sum((select sum(st.on_hand) from stock st where st.variant_id = v.variant_id and st.tracked)), 0)::bigint as on_hand
              from variant_shelf v where v.product_id = p.id) s
     order by p.id desc";

/// What the index is narrowed to, besides words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    pub status: Option<ProductStatus>,
    /// Only products of which a variant runs low.
    pub low: bool,
}

/// The variants on offer of which a shelf has reached the number at which it runs low, with their products; in SQL.
pub fn running_low() -> &'static str {
    "select product_id, variant_id, greatest(min(left_over), 0)::bigint as present from low_shelves group by product_id, variant_id"
}

/// How many products have a variant that runs low.
pub async fn low_count(conn: &mut Conn) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let sql = format!("select count(distinct product_id) as count from ({}) low", running_low());
    Ok(diesel::sql_query(sql).get_result::<Counted>(conn).await?.count)
}

/// A page of products for staff, newest first: by title, handle, vendor, SKU or barcode, by status, or those that run low.
pub async fn index(conn: &mut Conn, words: &str, narrow: Narrow, side: Side, size: i64) -> QueryResult<Index> {
    let low = if narrow.low { format!("and p.id in (select product_id from ({}) low)", running_low()) } else { String::new() };
    let (compare, order, id) = match side {
        Side::First => ("p.id > $4", "desc", 0),
        Side::After(id) => ("p.id < $4", "desc", id.0),
        Side::Before(id) => ("p.id > $4", "asc", id.0),
    };
    let query = format!(
        "with page as (
            select p.id from products p
             where {compare} and ($1 = '' or p.status = $1) {low}
               and ($2 = '' or lower(p.title) like $2 or p.handle like $2 or lower(p.vendor) like $2
                    or p.id in (select product_id from variants where lower(sku) like $2 or barcode = $3))
             order by p.id {order} limit $5) {COLUMNS}"
    );
    let like = if words.is_empty() { String::new() } else { format!("%{}%", escaped(&words.to_lowercase())) };
    let rows: Vec<Row> = diesel::sql_query(query)
        .bind::<Text, _>(narrow.status.map_or("", ProductStatus::as_str))
        .bind::<Text, _>(like)
        .bind::<Text, _>(words)
        .bind::<BigInt, _>(id)
        .bind::<BigInt, _>(size + 1)
        .load(conn)
        .await?;
    let mut rows: Vec<Listed> = rows.into_iter().map(Row::listed).collect();
    let more = rows.len() as i64 > size;
    if more {
        match side {
            Side::Before(_) => _ = rows.remove(0),
            _ => rows.truncate(size as usize),
        }
    }
    let (before, after) = match side {
        Side::First => (false, more),
        Side::After(_) => (true, more),
        Side::Before(_) => (more, true),
    };
    Ok(Index { rows, before, after })
}

impl Row {
    fn listed(self) -> Listed {
        Listed {
            id: self.id,
            title: self.title,
            status: self.status,
            publish_at: self.publish_at,
            variants: self.variants,
            on_hand: self.on_hand,
            uncounted: self.uncounted,
            sold_out: self.sold_out,
            price_from: self.price_from,
            price_to: self.price_to,
            media: self.media,
            category: self.category,
            updated_at: self.updated_at,
        }
    }
}

/// Words as LIKE reads them: its marks mean themselves.
fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// How many pictures an import named and could not fetch.
pub async fn lost_pictures(conn: &mut Conn) -> QueryResult<i64> {
    crate::platform::schema::lost_pictures::table.count().get_result(conn).await
}

/// How many products there are of each status.
pub async fn status_counts(conn: &mut Conn) -> QueryResult<HashMap<ProductStatus, i64>> {
    let counts = products::table.group_by(products::status).select((products::status, diesel::dsl::count_star()));
    Ok(counts.load::<(ProductStatus, i64)>(conn).await?.into_iter().collect())
}

/// Who saved a product last, and when; `None` when nobody of the staff did.
pub async fn last_saved_by(conn: &mut Conn, product: ProductId) -> QueryResult<Option<(String, Moment)>> {
    access::queries::last_act(conn, "product", product.0).await
}
