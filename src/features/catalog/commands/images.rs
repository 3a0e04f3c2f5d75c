//! The pictures of a product: added, moved, taken away and put back, each at once.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::touch;
use crate::features::catalog::queries;
use crate::platform::access::{self, Person};
use crate::platform::base::{Failed, MediaId, Moment, Never, ProductId, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Translations;
use crate::platform::media;
use crate::platform::schema::{product_media, products, variants};

/// Puts stored files behind the pictures of a product; one that is there already stays where it is. Returns their ids.
pub async fn add_images(
    conn: &mut Conn,
    staff: &Person,
    product: ProductId,
    files: &[media::Kept],
    now: Moment,
) -> Result<Vec<MediaId>, Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let mut order = locked(tx, product).await?;
        let mut ids = Vec::with_capacity(files.len());
        for file in files {
            let id = media::commands::record(tx, file).await?;
            if !order.contains(&id) {
                let row = (
                    product_media::product_id.eq(product),
                    product_media::media_id.eq(id),
                    product_media::position.eq(order.len() as i32),
                );
                diesel::insert_into(product_media::table).values(row).execute(tx).await?;
                order.push(id);
            }
            ids.push(id);
        }
        arrange(tx, product, &order).await?;
        touch(tx, product, now).await?;
        let is = json!({ "pictures": ids });
        access::audit(tx, staff, "product.images-added", "product", Some(product.0), None, Some(is)).await?;
        Ok(ids)
    })
    .await
}

/// Puts a picture at a place, from 0; past the end is the end. A picture that is not there is left alone.
pub async fn place_image(
    conn: &mut Conn,
    staff: &Person,
    product: ProductId,
    picture: MediaId,
    place: usize,
    now: Moment,
) -> Result<(), Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let mut order = locked(tx, product).await?;
        let Some(was) = order.iter().position(|id| *id == picture) else { return Ok(()) };
        let place = place.min(order.len() - 1);
        if place == was {
            return Ok(());
        }
        order.remove(was);
        order.insert(place, picture);
        arrange(tx, product, &order).await?;
        touch(tx, product, now).await?;
        let (was, is) = (json!({ "media": picture, "place": was }), json!({ "media": picture, "place": place }));
        Ok(access::audit(tx, staff, "product.image-moved", "product", Some(product.0), Some(was), Some(is)).await?)
    })
    .await
}

/// Takes a picture off a product and its variants; what it takes to put it back is in the audit trail.
pub async fn remove_image(
    conn: &mut Conn,
    staff: &Person,
    product: ProductId,
    picture: MediaId,
    now: Moment,
) -> Result<(), Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let mut order = locked(tx, product).await?;
        let Some(place) = order.iter().position(|id| *id == picture) else { return Ok(()) };
        let row = product_media::table.filter(product_media::product_id.eq(product).and(product_media::media_id.eq(picture)));
        let words = (product_media::alt, product_media::translations);
        let (alt, words): (String, Translations) = diesel::delete(row).returning(words).get_result(tx).await?;
        let showing = variants::table.filter(variants::product_id.eq(product).and(variants::media_id.eq(picture)));
        let bare = diesel::update(showing).set(variants::media_id.eq(None::<MediaId>));
        let shown_by: Vec<VariantId> = bare.returning(variants::id).get_results(tx).await?;
        order.remove(place);
        arrange(tx, product, &order).await?;
        touch(tx, product, now).await?;
        let was = json!({ "media": picture, "alt": alt, "alts": words.said("alt"), "place": place, "variants": shown_by });
        Ok(access::audit(tx, staff, "product.image-removed", "product", Some(product.0), Some(was), None).await?)
    })
    .await
}

/// Puts a picture back that was taken off this product; one that never was there stays away.
pub async fn return_image(
    conn: &mut Conn,
    staff: &Person,
    product: ProductId,
    picture: MediaId,
    now: Moment,
) -> Result<(), Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let mut order = locked(tx, product).await?;
        let Some(gone) = queries::removed_image(tx, product, picture).await? else { return Ok(()) };
        if order.contains(&picture) {
            return Ok(());
        }
        let row = (
            product_media::product_id.eq(product),
            product_media::media_id.eq(picture),
            product_media::alt.eq(gone.alt),
            product_media::translations.eq(Translations::of([("alt", gone.alts)])),
            product_media::position.eq(order.len() as i32),
        );
        diesel::insert_into(product_media::table).values(row).execute(tx).await?;
        order.insert(gone.place.min(order.len()), picture);
        arrange(tx, product, &order).await?;
        let bare = variants::table.filter(variants::id.eq_any(gone.variants)).filter(variants::product_id.eq(product));
        let bare = bare.filter(variants::media_id.is_null());
        diesel::update(bare).set(variants::media_id.eq(picture)).execute(tx).await?;
        touch(tx, product, now).await?;
        let is = json!({ "media": picture, "place": gone.place });
        Ok(access::audit(tx, staff, "product.image-returned", "product", Some(product.0), None, Some(is)).await?)
    })
    .await
}

/// The pictures of a product in their order; its row is locked.
async fn locked(tx: &mut Conn, product: ProductId) -> QueryResult<Vec<MediaId>> {
    products::table.find(product).select(products::id).for_update().first::<ProductId>(tx).await?;
    product_media::table
        .filter(product_media::product_id.eq(product))
        .order((product_media::position, product_media::id))
        .select(product_media::media_id)
        .load(tx)
        .await
}

async fn arrange(tx: &mut Conn, product: ProductId, order: &[MediaId]) -> QueryResult<()> {
    for (place, picture) in order.iter().enumerate() {
        let row = product_media::table.filter(product_media::product_id.eq(product).and(product_media::media_id.eq(picture)));
        diesel::update(row.filter(product_media::position.ne(place as i32)))
            .set(product_media::position.eq(place as i32))
            .execute(tx)
            .await?;
    }
    Ok(())
}
