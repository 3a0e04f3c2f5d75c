//! Reads of pictures.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{ContentHash, Picture, PictureState};
use crate::platform::base::{Broke, MediaId};
use crate::platform::db::Conn;
use crate::platform::schema::{categories, media, order_lines, product_media, settings, variants};

#[derive(Queryable, Selectable)]
#[diesel(table_name = media)]
struct Row {
    id: MediaId,
    sha256: Vec<u8>,
    width: i32,
    height: i32,
    colour: String,
    state: PictureState,
}

impl Row {
    fn picture(self) -> Option<Picture> {
        let hash = ContentHash::from_bytes(&self.sha256)?;
        Some(Picture { id: self.id, hash, width: self.width, height: self.height, colour: self.colour, state: self.state })
    }
}

/// These pictures by their ids; ids that are gone are missing.
pub async fn pictures_by_ids(conn: &mut Conn, ids: &[MediaId]) -> Result<HashMap<MediaId, Picture>, Broke> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = media::table.filter(media::id.eq_any(ids)).select(Row::as_select()).load(conn).await?;
    Ok(rows.into_iter().filter_map(Row::picture).map(|picture| (picture.id, picture)).collect())
}

/// One picture by its content.
pub async fn picture_by_hash(conn: &mut Conn, hash: ContentHash) -> Result<Option<Picture>, Broke> {
    let row: Option<Row> =
        media::table.filter(media::sha256.eq(hash.to_vec())).select(Row::as_select()).first(conn).await.optional()?;
    Ok(row.and_then(Row::picture))
}

/// Whether anything shows a picture: a product, a variant, a category, an order, the logo.
pub async fn is_used(conn: &mut Conn, id: MediaId) -> QueryResult<bool> {
    use diesel::dsl::{exists, select};
    let goods = exists(product_media::table.filter(product_media::media_id.eq(id)));
    let variant = exists(variants::table.filter(variants::media_id.eq(id)));
    let category = exists(categories::table.filter(categories::media_id.eq(id)));
    let order = exists(order_lines::table.filter(order_lines::media_id.eq(id)));
    let logo = exists(settings::table.filter(settings::logo_media_id.eq(id)));
    select(goods.or(variant).or(category).or(order).or(logo)).get_result(conn).await
}

/// Pictures whose widths are not made yet, oldest first.
pub async fn pending(conn: &mut Conn) -> Result<Vec<MediaId>, Broke> {
    Ok(media::table.filter(media::state.eq(PictureState::Pending)).order(media::id).select(media::id).load(conn).await?)
}
