//! Whether a product is offered: published by the clock, archived, brought back, deleted.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::touch;
use crate::engines::inventory;
use crate::engines::inventory::commands as shelves;
use crate::features::catalog::model::{ProductStatus, SaveRefused};
use crate::features::catalog::queries;
use crate::platform::access::{self, Person};
use crate::platform::base::{Broke, Failed, Moment, Never, OrBreak, ProductId, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::feed::{self, Subject};
use crate::platform::jobs::{self, Job};
use crate::platform::schema::{handle_redirects, products, variants};

/// The name of the job that publishes what is due.
pub const PUBLISH_DUE: &str = "publish_due";

/// Queues the publishing of a product; call it last in the transaction.
pub(super) async fn publish_at(tx: &mut Conn, product: ProductId, at: Moment) -> QueryResult<()> {
    jobs::add(tx, Job::now(PUBLISH_DUE, json!({})).at(at).keyed(format!("publish:{product}"))).await
}

/// Makes drafts active whose moment has come; doing it again changes nothing.
pub async fn publish_due(conn: &mut Conn, now: Moment) -> Result<(), Broke> {
    for product in queries::due(conn, now).await? {
        let published: Result<(), Failed<Never>> = db::transaction(conn, async |tx: &mut Conn| {
            let due: Option<Moment> =
                products::table.find(product).select(products::publish_at).for_update().first(tx).await.optional()?.flatten();
            let Some(at) = due.filter(|at| *at <= now) else { return Ok(()) };
            let is = (products::status.eq(ProductStatus::Active), products::publish_at.eq(None::<Moment>));
            let since = products::published_at.eq(at);
            diesel::update(products::table.find(product)).set((is, since)).execute(tx).await?;
            touch(tx, product, now).await?;
            let is = json!({ "status": ProductStatus::Active, "publish at": at });
            access::audit_without_staff(tx, "schedule", "product.published", "product", Some(product.0), Some(is)).await?;
            Ok(())
        })
        .await;
        published.or_break()?.unwrap_or_else(|never| match never {});
    }
    Ok(())
}

/// Takes a product out of the shop for good; archiving it again changes nothing.
pub async fn archive(conn: &mut Conn, staff: &Person, product: ProductId, now: Moment) -> Result<(), Failed<Never>> {
    turn(conn, staff, product, now, "product.archived").await
}

/// Makes an archived product what it was before.
pub async fn unarchive(conn: &mut Conn, staff: &Person, product: ProductId, now: Moment) -> Result<(), Failed<Never>> {
    turn(conn, staff, product, now, "product.brought-back").await
}

async fn turn(conn: &mut Conn, staff: &Person, product: ProductId, now: Moment, act: &str) -> Result<(), Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let was: ProductStatus = products::table.find(product).select(products::status).for_update().first(tx).await?;
        let archives = act == "product.archived";
        if archives == (was == ProductStatus::Archived) {
            return Ok(());
        }
        let is = if archives { ProductStatus::Archived } else { queries::status_before_archiving(tx, product).await? };
        diesel::update(products::table.find(product))
            .set((products::status.eq(is), products::publish_at.eq(None::<Moment>)))
            .execute(tx)
            .await?;
        touch(tx, product, now).await?;
        let (was, is) = (json!({ "status": was }), json!({ "status": is }));
        Ok(access::audit(tx, staff, act, "product", Some(product.0), Some(was), Some(is)).await?)
    })
    .await
}

/// Deletes a draft that nobody bought, with its shelves; others can only be archived.
pub async fn delete(conn: &mut Conn, staff: &Person, product: ProductId) -> Result<(), Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        products::table.find(product).select(products::id).for_update().first::<ProductId>(tx).await?;
        let before = queries::editable(tx, product).await?.ok_or(diesel::result::Error::NotFound)?;
        if !before.may_go() {
            return Err(SaveRefused::MustStay.into());
        }
        let of: Vec<VariantId> = variants::table.filter(variants::product_id.eq(product)).select(variants::id).load(tx).await?;
        if inventory::queries::are_needed(tx, &of).await? {
            return Err(SaveRefused::MustStay.into());
        }
        shelves::forget(tx, &of).await?;
        let old =
            handle_redirects::table.filter(handle_redirects::kind.eq("product").and(handle_redirects::target_id.eq(product.0)));
        diesel::delete(old).execute(tx).await?;
        diesel::delete(products::table.find(product)).execute(tx).await?;
        feed::tell(tx, Subject::Product, Some(product.0)).await?;
        let was = json!({ "title": before.title, "handle": before.handle, "variants": before.variants.len() });
        Ok(access::audit(tx, staff, "product.deleted", "product", Some(product.0), Some(was), None).await?)
    })
    .await
}
