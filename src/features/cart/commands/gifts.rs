//! Gifts of promotions: taken with one press, or not wanted.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{lock, put_line, quantity_held, seen, touch};
use crate::features::cart::model::{QuantityRefused, quantity_after_adding};
use crate::features::cart::{parts, queries};
use crate::platform::base::{Broke, CartId, Failed, Moment, Never, OrBreak, ProductId, Quantity, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{cart_declined_gifts as declined, products};

/// Puts a piece of a gift in a cart; a cart that became an order takes none.
///
/// # Errors
/// It is gone meanwhile.
pub async fn take_gift(conn: &mut Conn, cart: CartId, variant: VariantId, now: Moment) -> Result<(), Failed<QuantityRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        if !lock(tx, cart).await? {
            return Ok(());
        }
        let offer = queries::offer(tx, variant).await?.filter(|offer| offer.offered).ok_or(QuantityRefused::Withdrawn)?;
        let held = quantity_held(tx, cart, variant).await?;
        let saleable = parts::saleable_beside(tx, Some(cart), variant, now).await?;
        let wanted = quantity_after_adding(saleable, held, Quantity::ONE)?;
        let price = seen::price_in(tx, cart, variant, offer.price, wanted, now).await?;
        put_line(tx, cart, variant, wanted, price).await?;
        touch(tx, cart, now).await?;
        Ok(())
    })
    .await
}

/// Notes that a gift is not wanted; what is no product is nothing.
pub async fn decline_gift(conn: &mut Conn, cart: CartId, product: ProductId, now: Moment) -> Result<(), Broke> {
    let noted = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        let known = products::table.find(product.0).select(products::id).for_key_share();
        if lock(tx, cart).await? && known.first::<ProductId>(tx).await.optional()?.is_some() {
            let row = (declined::cart_id.eq(cart), declined::product_id.eq(product), declined::created_at.eq(now));
            diesel::insert_into(declined::table).values(row).on_conflict_do_nothing().execute(tx).await?;
            touch(tx, cart, now).await?;
        }
        Ok(())
    });
    noted.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}
