//! Reads of pictures and of what shows them.

use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel_async::RunQueryDsl;

use super::model::{Facts, Filter, InProduct, Only, Shelved, Uses};
use crate::platform::base::{CategoryId, MediaId, Moment, ProductId, VariantId};
use crate::platform::db::Conn;
use crate::platform::schema::{categories, media, order_lines, product_media, products, settings, variants};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: MediaId,
    #[diesel(sql_type = Text)]
    file_name: String,
    #[diesel(sql_type = BigInt)]
    uses: i64,
    #[diesel(sql_type = Bool)]
    missing: bool,
}

/// Whether a picture `m` says nothing in some product.
const MISSING: &str = "exists (select 1 from product_media pm join products p on p.id = pm.product_id and p.status <> 'archived'
                                where pm.media_id = m.id and pm.alt = '')";
/// How often a picture `m` is shown.
const USES: &str =
    "((select count(*) from product_media where media_id = m.id) + (select count(*) from variants where media_id = m.id)
    + (select count(*) from categories where media_id = m.id) + (select count(*) from order_lines where media_id = m.id)
    + (select count(*) from settings where logo_media_id = m.id))";

/// A page of pictures, newest first, before one of them; one more than `size` where there is more.
pub async fn pictures(conn: &mut Conn, filter: &Filter, before: Option<MediaId>, size: i64) -> QueryResult<Vec<Shelved>> {
    let only = match filter.only {
        None => "true".to_owned(),
        Some(Only::Missing) => MISSING.to_owned(),
        Some(Only::Unused) => format!("{USES} = 0"),
    };
    let query = format!(
        "select m.id, m.file_name, {USES} as uses, {MISSING} as missing from media m
          where ($2 = 0 or m.id < $2) and {only}
            and ($1 = '' or lower(m.file_name) like $1
                 or exists (select 1 from product_media pm join products p on p.id = pm.product_id
                             where pm.media_id = m.id and (lower(pm.alt) like $1 or lower(p.title) like $1)))
          order by m.id desc limit $3"
    );
    let words = filter.words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let like = if words.is_empty() { words } else { format!("%{words}%") };
    let rows: Vec<Row> = diesel::sql_query(query)
        .bind::<Text, _>(like)
        .bind::<BigInt, _>(before.unwrap_or(MediaId(0)))
        .bind::<BigInt, _>(size + 1)
        .load(conn)
        .await?;
    let shelved = |row: Row| Shelved { id: row.id, file_name: row.file_name, uses: row.uses, missing: row.missing };
    Ok(rows.into_iter().map(shelved).collect())
}

/// A file as it was taken in; `None` for one that is gone.
pub async fn facts(conn: &mut Conn, id: MediaId) -> QueryResult<Option<Facts>> {
    let columns = (media::file_name, media::mime, media::bytes, media::created_at, media::failure);
    let row: Option<(String, String, i64, Moment, Option<String>)> =
        media::table.find(id).select(columns).first(conn).await.optional()?;
    Ok(row.map(|(file_name, mime, bytes, created_at, failure)| Facts { file_name, mime, bytes, created_at, failure }))
}

/// Everything that shows a picture.
pub async fn uses(conn: &mut Conn, id: MediaId) -> QueryResult<Uses> {
    let in_products: Vec<(ProductId, String, String)> = product_media::table
        .inner_join(products::table.on(products::id.eq(product_media::product_id)))
        .filter(product_media::media_id.eq(id))
        .order((products::title, products::id))
        .select((products::id, products::title, product_media::alt))
        .load(conn)
        .await?;
    let on_variants: Vec<(VariantId, ProductId, String, String)> = variants::table
        .inner_join(products::table.on(products::id.eq(variants::product_id)))
        .filter(variants::media_id.eq(id))
        .order((products::title, variants::position))
        .select((variants::id, products::id, products::title, variants::title))
        .load(conn)
        .await?;
    let of_categories: Vec<(CategoryId, String)> = categories::table
        .filter(categories::media_id.eq(id))
        .order(categories::title)
        .select((categories::id, categories::title))
        .load(conn)
        .await?;
    let logo: i64 = settings::table.filter(settings::logo_media_id.eq(id)).select(count_star()).get_result(conn).await?;
    let orders: i64 = order_lines::table.filter(order_lines::media_id.eq(id)).select(count_star()).get_result(conn).await?;
    let product = |(product, title, alt)| InProduct { product, title, alt };
    let variant = |(id, product, of, title): (VariantId, ProductId, String, String)| {
        (id, product, if title.is_empty() { of } else { format!("{of} · {title}") })
    };
    Ok(Uses {
        products: in_products.into_iter().map(product).collect(),
        variants: on_variants.into_iter().map(variant).collect(),
        categories: of_categories,
        logo: logo > 0,
        orders,
    })
}
