//! Reads of the stock as staff see it.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::model::{Entry, Filter, Goods, Index, Level, Listed, Pieces, Place, Side};
use crate::engines::inventory::LOW;
use crate::engines::inventory::model::Movement;
use crate::platform::base::{LocationId, MediaId, Moment, OrderNumber, ProductId, StaffId, StockId, VariantId};
use crate::platform::db::Conn;
use crate::platform::schema::{products, variants};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    variant: VariantId,
    #[diesel(sql_type = Text)]
    product: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    sku: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    media: Option<MediaId>,
    #[diesel(sql_type = Bool)]
    uncounted: bool,
    #[diesel(sql_type = BigInt)]
    on_hand: i64,
    #[diesel(sql_type = BigInt)]
    promised: i64,
    #[diesel(sql_type = BigInt)]
    held: i64,
    #[diesel(sql_type = Nullable<Text>)]
    spread: Option<String>,
}

/// The pieces of a variant `v` at the place $3, or at all (0), at the time $4.
const PIECES: &str = "
    select coalesce(bool_or(not s.tracked), false) as uncounted,
           coalesce(sum(s.on_hand) filter (where s.tracked), 0)::bigint as on_hand,
           coalesce(sum(s.allocated) filter (where s.tracked), 0)::bigint as promised,
           coalesce(sum(r.held) filter (where s.tracked), 0)::bigint as held
      from stock s
      left join lateral (select sum(quantity) as held from stock_reservations where stock_id = s.id and expires_at > $4) r on true
     where s.variant_id = v.id and ($3 = 0 or s.location_id = $3)";

/// A page of variants, A to Z by product and then in the product's own order; archived ones are left out.
pub async fn index(conn: &mut Conn, filter: &Filter, side: Side, size: i64, now: Moment) -> QueryResult<Index> {
    let key = "(p.title, p.id, v.position, v.id)";
    let (compare, order, at) = match side {
        Side::First => ("$5 = 0".to_owned(), "asc", VariantId(0)),
        Side::After(id) => (beyond(key, ">"), "asc", id),
        Side::Before(id) => (beyond(key, "<"), "desc", id),
    };
    let level = match filter.level {
        None => String::new(),
        Some(level) => format!(
            "and p.status = 'active' and exists (select 1 from ({PIECES}) k where not k.uncounted and {})",
            match level {
                Level::Low => format!("k.on_hand - k.promised - k.held <= {LOW}"),
                Level::Out => "k.on_hand - k.promised - k.held <= 0".to_owned(),
                Level::Short => "k.promised > k.on_hand".to_owned(),
            }
        ),
    };
    let sorted = format!("p.title {order}, p.id {order}, v.position {order}, v.id {order}");
    let query = format!(
        "with page as (
            select v.id from variants v join products p on p.id = v.product_id
             where v.archived_at is null and p.status <> 'archived' and ({compare}) {level}
               and ($1 = '' or lower(p.title) like $1 or lower(v.sku) like $1 or lower(v.title) like $1 or v.barcode = $2)
             order by {sorted} limit $6)
         select v.id as variant, p.title as product, v.title, coalesce(v.sku, '') as sku, k.*,
                coalesce(v.media_id, (select media_id from product_media where product_id = p.id order by position, id limit 1)) as media,
                (select string_agg(l.name || ' ' || st.on_hand, ' · ' order by l.position, l.id)
                   from stock st join locations l on l.id = st.location_id
                  where st.variant_id = v.id and st.tracked having count(*) > 1) as spread
           from page join variants v using (id) join products p on p.id = v.product_id
           cross join lateral ({PIECES}) k
          order by p.title, p.id, v.position, v.id"
    );
    let like = if filter.words.is_empty() { String::new() } else { format!("%{}%", escaped(&filter.words.to_lowercase())) };
    let rows: Vec<Row> = diesel::sql_query(query)
        .bind::<Text, _>(like)
        .bind::<Text, _>(&filter.words)
        .bind::<BigInt, _>(filter.location.unwrap_or(LocationId(0)))
        .bind::<Timestamptz, _>(now)
        .bind::<BigInt, _>(at)
        .bind::<BigInt, _>(size + 1)
        .load(conn)
        .await?;
    Ok(page_of(rows.into_iter().map(Row::listed).collect(), side, size as usize))
}

/// Rows on one side of the variant $5, wherever it stands in the order.
fn beyond(key: &str, sign: &str) -> String {
    let its = key.replace("p.", "p5.").replace("v.", "v5.").replace(['(', ')'], "");
    format!("{key} {sign} (select {its} from variants v5 join products p5 on p5.id = v5.product_id where v5.id = $5)")
}

fn page_of(mut rows: Vec<Listed>, side: Side, size: usize) -> Index {
    let more = rows.len() > size;
    if more {
        match side {
            Side::Before(_) => _ = rows.remove(0),
            _ => rows.truncate(size),
        }
    }
    let (before, after) = match side {
        Side::First => (false, more),
        Side::After(_) => (true, more),
        Side::Before(_) => (more, true),
    };
    Index { rows, before, after }
}

/// Words as LIKE reads them: its marks mean themselves.
fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

impl Row {
    fn listed(self) -> Listed {
        let pieces = Pieces { on_hand: self.on_hand, promised: self.promised, held: self.held };
        Listed {
            variant: self.variant,
            product: self.product,
            title: self.title,
            sku: self.sku,
            media: self.media,
            pieces: (!self.uncounted).then_some(pieces),
            spread: self.spread,
        }
    }
}

/// A variant by its id, archived or not.
pub async fn goods(conn: &mut Conn, id: VariantId) -> QueryResult<Option<Goods>> {
    let media = diesel::dsl::sql::<Nullable<BigInt>>(
        "coalesce(variants.media_id, (select media_id from product_media f where f.product_id = variants.product_id order by position, id limit 1))",
    );
    let found: Option<(ProductId, String, String, Option<String>, Option<MediaId>)> = variants::table
        .inner_join(products::table.on(products::id.eq(variants::product_id)))
        .filter(variants::id.eq(id))
        .select((products::id, products::title, variants::title, variants::sku, media))
        .first(conn)
        .await
        .optional()?;
    Ok(found.map(|(product, product_title, title, sku, media)| Goods {
        product,
        product_title,
        title,
        sku: sku.unwrap_or_default(),
        media,
    }))
}

#[derive(QueryableByName)]
struct PlaceRow {
    #[diesel(sql_type = BigInt)]
    location: LocationId,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    stock: Option<StockId>,
    #[diesel(sql_type = Bool)]
    counted: bool,
    #[diesel(sql_type = BigInt)]
    on_hand: i64,
    #[diesel(sql_type = BigInt)]
    promised: i64,
    #[diesel(sql_type = BigInt)]
    held: i64,
}

/// What of a variant lies at every place, in the order in which they are drawn on.
pub async fn places(conn: &mut Conn, of: VariantId, now: Moment) -> QueryResult<Vec<Place>> {
    let rows: Vec<PlaceRow> = diesel::sql_query(
        "select l.id as location, l.name, s.id as stock, coalesce(s.tracked, true) as counted,
                coalesce(s.on_hand, 0)::bigint as on_hand, coalesce(s.allocated, 0)::bigint as promised,
                coalesce((select sum(quantity) from stock_reservations where stock_id = s.id and expires_at > $2), 0)::bigint as held
           from locations l left join stock s on s.location_id = l.id and s.variant_id = $1
          where l.active order by l.position, l.id",
    )
    .bind::<BigInt, _>(of)
    .bind::<Timestamptz, _>(now)
    .load(conn)
    .await?;
    let place = |row: PlaceRow| Place {
        location: row.location,
        name: row.name,
        stock: row.stock,
        counted: row.counted,
        pieces: Pieces { on_hand: row.on_hand, promised: row.promised, held: row.held },
    };
    Ok(rows.into_iter().map(place).collect())
}

#[derive(QueryableByName)]
struct EntryRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Timestamptz)]
    at: Moment,
    #[diesel(sql_type = Text)]
    kind: Movement,
    #[diesel(sql_type = Text)]
    location: String,
    #[diesel(sql_type = Integer)]
    on_hand: i32,
    #[diesel(sql_type = Integer)]
    allocated: i32,
    #[diesel(sql_type = BigInt)]
    balance: i64,
    #[diesel(sql_type = Text)]
    reason: String,
    #[diesel(sql_type = Text)]
    note: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    number: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    staff: Option<StaffId>,
    #[diesel(sql_type = Text)]
    who: String,
}

/// The ledger of a variant, newest first, before a row of it (`None`: from the newest); one more than `size` where there is more.
pub async fn ledger(conn: &mut Conn, of: VariantId, before: Option<i64>, size: i64) -> QueryResult<Vec<Entry>> {
    let rows: Vec<EntryRow> = diesel::sql_query(
        "select m.id, m.at, m.kind, l.name as location, m.on_hand, m.allocated, m.reason, m.note, o.number, m.staff_id as staff,
                coalesce(nullif(t.name, ''), t.email, '') as who,
                (select sum(e.on_hand) from stock_movements e where e.stock_id = m.stock_id and e.id <= m.id)::bigint as balance
           from (select m.* from stock_movements m join stock s on s.id = m.stock_id
                  where s.variant_id = $1 and ($2 = 0 or m.id < $2) order by m.id desc limit $3) m
           join stock s on s.id = m.stock_id
           join locations l on l.id = s.location_id
           left join orders o on o.id = m.order_id
           left join staff t on t.id = m.staff_id
          order by m.id desc",
    )
    .bind::<BigInt, _>(of)
    .bind::<BigInt, _>(before.unwrap_or(0))
    .bind::<BigInt, _>(size + 1)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(EntryRow::entry).collect())
}

impl EntryRow {
    fn entry(self) -> Entry {
        Entry {
            id: self.id,
            at: self.at,
            kind: self.kind,
            location: self.location,
            on_hand: self.on_hand,
            allocated: self.allocated,
            balance: self.balance,
            reason: self.reason,
            note: self.note,
            order: self.number.map(OrderNumber),
            staff: self.staff,
            who: self.who,
        }
    }
}
