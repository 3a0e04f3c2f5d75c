//! Acts of staff on the products of a category: which stand in it, and in which order; part of the room's commands.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};
use diesel_async::RunQueryDsl;
use serde_json::json;

use crate::features::catalog::model::ShelveRefused;
use crate::platform::access::{self, Person};
use crate::platform::base::{CategoryId, Failed, Moment, Move, ProductId, moved};
use crate::platform::db::{self, Conn};
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{categories, product_categories, products};

/// Moves a product within a category; from then on the category has an order of its own.
pub async fn arrange(
    conn: &mut Conn,
    staff: &Person,
    category: CategoryId,
    product: ProductId,
    to: Move,
) -> Result<(), Failed<ShelveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        hold(tx, category).await?;
        let order: Vec<i64> = product_categories::table
            .inner_join(products::table.on(products::id.eq(product_categories::product_id)))
            .filter(product_categories::category_id.eq(category).and(products::status.ne("archived")))
            .order((product_categories::position, products::published_at.desc().nulls_last(), products::id.desc()))
            .select(products::id)
            .load(tx)
            .await?;
        let Some(order) = moved(&order, product.0, to) else { return Ok(()) };
        db::sql(
            "update product_categories set position = o.place::integer
               from unnest($1::bigint[]) with ordinality o (id, place)
              where category_id = $2 and product_id = o.id and position <> o.place::integer",
        )
        .bind::<Array<BigInt>, _>(&order)
        .bind::<BigInt, _>(category)
        .execute(tx)
        .await?;
        told(tx, staff, category, true, "category.arranged", Some(product)).await
    })
    .await
}

/// Shows the newest first again.
pub async fn forget_order(conn: &mut Conn, staff: &Person, category: CategoryId) -> Result<(), Failed<ShelveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        hold(tx, category).await?;
        let mine = product_categories::table.filter(product_categories::category_id.eq(category));
        diesel::update(mine).set(product_categories::position.eq(0)).execute(tx).await?;
        told(tx, staff, category, false, "category.order_forgotten", None).await
    })
    .await
}

/// Puts a product in a category, before the others; one that is there already stays where it is.
pub async fn put_in(
    conn: &mut Conn,
    staff: &Person,
    category: CategoryId,
    product: ProductId,
    now: Moment,
) -> Result<(), Failed<ShelveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let arranged = hold(tx, category).await?;
        let known: Option<i64> =
            products::table.find(product.0).select(products::id).for_no_key_update().first(tx).await.optional()?;
        known.ok_or(ShelveRefused::Gone)?;
        let new = (product_categories::category_id.eq(category.0), product_categories::product_id.eq(product.0));
        let row = diesel::insert_into(product_categories::table).values(new).on_conflict_do_nothing();
        if row.execute(tx).await? == 1 {
            super::touch(tx, product, now).await?;
            told(tx, staff, category, arranged, "category.product_added", Some(product)).await?;
        }
        Ok(())
    })
    .await
}

/// Takes a product out of a category; it stays in the shop.
pub async fn take_out(
    conn: &mut Conn,
    staff: &Person,
    category: CategoryId,
    product: ProductId,
    now: Moment,
) -> Result<(), Failed<ShelveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let arranged = hold(tx, category).await?;
        let row = product_categories::table.find((product.0, category.0));
        if diesel::delete(row).execute(tx).await? == 1 {
            super::touch(tx, product, now).await?;
            told(tx, staff, category, arranged, "category.product_removed", Some(product)).await?;
        }
        Ok(())
    })
    .await
}

/// Whether the category has an order of its own; its row is locked.
async fn hold(tx: &mut Conn, category: CategoryId) -> Result<bool, Failed<ShelveRefused>> {
    let row = categories::table.find(category).select(categories::arranged).for_no_key_update();
    Ok(row.first(tx).await.optional()?.ok_or(ShelveRefused::Gone)?)
}

async fn told(
    tx: &mut Conn,
    staff: &Person,
    category: CategoryId,
    arranged: bool,
    action: &str,
    product: Option<ProductId>,
) -> Result<(), Failed<ShelveRefused>> {
    diesel::update(categories::table.find(category)).set(categories::arranged.eq(arranged)).execute(tx).await?;
    let after = product.map(|product| json!({ "product": product }));
    access::audit(tx, staff, action, "category", Some(category.0), None, after).await?;
    Ok(feed::tell(tx, Subject::Category, Some(category.0)).await?)
}
