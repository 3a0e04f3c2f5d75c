//! Acts of staff on the pictures of products, wherever they are shown; part of the room's commands.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use crate::platform::access::{self, Person};
use crate::platform::base::{Failed, Line, MediaId, Moment, Never, ProductId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::product_media;

/// Says what a picture shows, in the words of each of these products; products that do not show it are left out.
pub async fn describe_picture(
    conn: &mut Conn,
    staff: &Person,
    media: MediaId,
    texts: &[(ProductId, Line<1000>)],
    now: Moment,
) -> Result<(), Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        for (product, alt) in texts {
            let row = product_media::table
                .filter(product_media::product_id.eq(product).and(product_media::media_id.eq(media)))
                .filter(product_media::alt.ne(&**alt));
            if diesel::update(row).set(product_media::alt.eq(&**alt)).execute(tx).await? == 1 {
                super::touch(tx, *product, now).await?;
                let after = json!({ "picture": media, "alt": &**alt });
                access::audit(tx, staff, "product.picture_described", "product", Some(product.0), None, Some(after)).await?;
            }
        }
        Ok(())
    })
    .await
}
