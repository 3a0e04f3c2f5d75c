//! Pictures that could not be fetched: noted for staff, tried again when they ask for it, forgotten when there.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Jsonb, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value};

use super::shopify::FetchPicture;
use crate::platform::access::{Person, audit};
use crate::platform::base::{Broke, LostPictureId, Message, MessageValue, Moment, ProductId};
use crate::platform::db::{self, Conn};
use crate::platform::jobs;
use crate::platform::schema::{lost_pictures, products};

/// A picture that is not there, and why.
#[derive(Clone, Debug)]
pub struct LostPicture {
    pub id: LostPictureId,
    pub product: ProductId,
    pub title: String,
    pub url: String,
    pub reason: String,
    pub values: Value,
    /// Whether it is tried again by itself.
    pub waits: bool,
    pub at: Moment,
}

/// The latest of them, at most `most`.
pub async fn latest(conn: &mut Conn, most: i64) -> QueryResult<Vec<LostPicture>> {
    type Row = (LostPictureId, ProductId, String, String, String, Value, bool, Moment);
    let rows: Vec<Row> = lost_pictures::table
        .inner_join(products::table.on(products::id.eq(lost_pictures::product_id)))
        .order(lost_pictures::id.desc())
        .limit(most)
        .select((
            lost_pictures::id,
            lost_pictures::product_id,
            products::title,
            lost_pictures::url,
            lost_pictures::reason,
            lost_pictures::reason_values,
            lost_pictures::waits,
            lost_pictures::at,
        ))
        .load(conn)
        .await?;
    let read =
        |(id, product, title, url, reason, values, waits, at)| LostPicture { id, product, title, url, reason, values, waits, at };
    Ok(rows.into_iter().map(read).collect())
}

/// Notes why a picture is not there; a product that is gone misses nothing.
pub async fn note(conn: &mut Conn, fetch: &FetchPicture, why: &Message, waits: bool, now: Moment) -> Result<(), Broke> {
    let values: Map<String, Value> = why
        .values
        .iter()
        .map(|(name, value)| {
            let value = match value {
                MessageValue::Text(text) => Value::from(text.as_str()),
                MessageValue::Count(count) => Value::from(*count),
            };
            ((*name).to_owned(), value)
        })
        .collect();
    db::sql(
        "insert into lost_pictures (product_id, url, job, reason, reason_values, waits, at)
         select id, $2, $3, $4, $5, $6, $7 from products where id = $1
         on conflict (product_id, url) do update
            set job = excluded.job, reason = excluded.reason, reason_values = excluded.reason_values,
                waits = excluded.waits, at = excluded.at",
    )
    .bind::<BigInt, _>(fetch.product)
    .bind::<Text, _>(&fetch.url)
    .bind::<Jsonb, _>(serde_json::to_value(fetch)?)
    .bind::<Text, _>(why.key)
    .bind::<Jsonb, _>(Value::Object(values))
    .bind::<Bool, _>(waits)
    .bind::<Timestamptz, _>(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// The picture is there now.
pub async fn forget(tx: &mut Conn, product: ProductId, url: &str) -> QueryResult<()> {
    let mine = lost_pictures::product_id.eq(product).and(lost_pictures::url.eq(url));
    diesel::delete(lost_pictures::table.filter(mine)).execute(tx).await?;
    Ok(())
}

/// Queues one of them again, or all; how many.
pub async fn fetch_again(tx: &mut Conn, by: &Person, one: Option<LostPictureId>) -> Result<usize, Broke> {
    let mut wanted = lost_pictures::table.order(lost_pictures::id).select((lost_pictures::id, lost_pictures::job)).into_boxed();
    if let Some(id) = one {
        wanted = wanted.filter(lost_pictures::id.eq(id));
    }
    let rows: Vec<(LostPictureId, Value)> = wanted.load(tx).await?;
    let ids: Vec<LostPictureId> = rows.iter().map(|(id, _)| *id).collect();
    let work: Vec<FetchPicture> = rows.into_iter().map(|(_, fetch)| serde_json::from_value(fetch)).collect::<Result<_, _>>()?;
    diesel::update(lost_pictures::table.filter(lost_pictures::id.eq_any(&ids)))
        .set(lost_pictures::waits.eq(true))
        .execute(tx)
        .await?;
    if !work.is_empty() {
        let count = serde_json::json!({ "pictures": work.len() });
        audit(tx, by, "pictures.fetched_again", "lost_picture", one.map(|id| id.0), None, Some(count)).await?;
    }
    jobs::add_all(tx, work.iter().map(FetchPicture::job).collect()).await?;
    Ok(work.len())
}

/// Gives one up; `false` when it is gone already.
pub async fn give_up(tx: &mut Conn, by: &Person, id: LostPictureId) -> QueryResult<bool> {
    let url: Option<String> =
        diesel::delete(lost_pictures::table.find(id)).returning(lost_pictures::url).get_result(tx).await.optional()?;
    let Some(url) = url else { return Ok(false) };
    audit(tx, by, "picture.given_up", "lost_picture", Some(id.0), Some(url.into()), None).await?;
    Ok(true)
}
