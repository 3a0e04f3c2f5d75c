//! Reads of the stock as staff see it.

mod demand;
mod low;
mod shelf;
mod waiting;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::model::{Filter, Goods, Hit, Index, Level, Listed, Pieces, Side};
use crate::platform::base::{LocationId, MediaId, Moment, ProductId, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{bundle_parts, products, variants};

pub use demand::{Demand, demand, shoppers_waiting};
pub use low::{LowShelf, Wisher, low_untold, low_wishers};
pub use shelf::{ledger, places};
pub use waiting::{Coming, WaitingLine, coming, waiting};

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
    #[diesel(sql_type = Bool)]
    bundle: bool,
    #[diesel(sql_type = Bool)]
    low: bool,
    #[diesel(sql_type = Nullable<Text>)]
    spread: Option<String>,
}

/// Whether a shelf of a variant `v` at the place $3, or any, has reached the number at which it runs low.
const LOW: &str = "exists (select from low_shelves w where w.variant_id = v.id and ($3 = 0 or w.location_id = $3))";

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
        Some(Level::Low) => format!("and {LOW}"),
        Some(level) => format!(
            "and p.status = 'active' and not exists (select from bundle_parts where bundle_id = v.id)
             and exists (select 1 from ({PIECES}) k where not k.uncounted and {})",
            if level == Level::Out { "k.on_hand - k.promised - k.held <= 0" } else { "k.promised > k.on_hand" }
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
                exists (select from bundle_parts where bundle_id = v.id) as bundle, {LOW} as low,
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
            bundle: self.bundle,
            low: self.low,
            spread: self.spread,
        }
    }
}

/// A variant by its id, archived or not.
pub async fn goods(conn: &mut Conn, id: VariantId) -> QueryResult<Option<Goods>> {
    let media = diesel::dsl::sql::<Nullable<BigInt>>(
        "coalesce(variants.media_id, (select media_id from product_media f where f.product_id = variants.product_id order by position, id limit 1))",
    );
    let bundle = diesel::dsl::exists(bundle_parts::table.filter(bundle_parts::bundle_id.eq(id)));
    let found: Option<(ProductId, String, String, Option<String>, Option<MediaId>, bool)> = variants::table
        .inner_join(products::table.on(products::id.eq(variants::product_id)))
        .filter(variants::id.eq(id))
        .select((products::id, products::title, variants::title, variants::sku, media, bundle))
        .first(conn)
        .await
        .optional()?;
    Ok(found.map(|(product, product_title, title, sku, media, bundle)| Goods {
        product,
        product_title,
        title,
        sku: sku.unwrap_or_default(),
        media,
        bundle,
    }))
}

/// Variants with these words in their title, or this SKU or barcode; at most twelve, archived ones and bundles left out.
pub async fn found(conn: &mut Conn, words: &str) -> QueryResult<Vec<Hit>> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = BigInt)]
        variant: VariantId,
        #[diesel(sql_type = Text)]
        product: String,
        #[diesel(sql_type = Text)]
        title: String,
        #[diesel(sql_type = Text)]
        sku: String,
    }
    let rows: Vec<Found> = db::sql(
        "select v.id as variant, p.title as product, v.title, coalesce(v.sku, '') as sku
           from variants v join products p on p.id = v.product_id
          where v.archived_at is null and p.status <> 'archived' and not exists (select from bundle_parts where bundle_id = v.id)
            and (lower(p.title || ' ' || v.title) like $1 or lower(v.sku) like $1 or v.barcode = $2)
          order by p.title, v.position, v.id limit 12",
    )
    .bind::<Text, _>(format!("%{}%", escaped(&words.to_lowercase())))
    .bind::<Text, _>(words)
    .load(conn)
    .await?;
    let hit = |row: Found| Hit { variant: row.variant, product: row.product, title: row.title, sku: row.sku };
    Ok(rows.into_iter().map(hit).collect())
}
