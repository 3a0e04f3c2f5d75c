//! Acts on what bundles are made of. Both variants are locked, so that no bundle becomes a part meanwhile.

use diesel::dsl::{exists, select, sum};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::refusals::BundleRefused;
use crate::platform::base::{Failed, ProductId, VariantId};
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{bundle_parts, stock, variants};

/// Different parts that one bundle may have.
pub const MOST_PARTS: usize = 20;
/// Pieces of a part in one bundle.
pub const MOST_OF_A_PART: i32 = 1000;

/// Puts so many of a part into a bundle, instead of what was in it; returns how many there were.
///
/// # Errors
/// A bundle in a bundle, a bundle with stock of its own, too many parts, variants that are gone.
pub async fn put_part(tx: &mut Conn, bundle: VariantId, part: VariantId, quantity: i32) -> Result<i32, Failed<BundleRefused>> {
    if bundle == part {
        return Err(BundleRefused::Itself.into());
    }
    let both = variants::table.filter(variants::id.eq_any([bundle, part]).and(variants::archived_at.is_null()));
    let found: Vec<(VariantId, ProductId)> =
        both.order(variants::id).select((variants::id, variants::product_id)).for_no_key_update().load(tx).await?;
    let product = found.iter().find(|row| row.0 == bundle).map(|row| row.1);
    let product = product.filter(|_| found.len() == 2).ok_or(BundleRefused::Unknown)?;
    let known: Vec<(VariantId, i32)> = bundle_parts::table
        .filter(bundle_parts::bundle_id.eq(bundle))
        .select((bundle_parts::part_id, bundle_parts::quantity))
        .load(tx)
        .await?;
    let before = known.iter().find(|row| row.0 == part).map_or(0, |row| row.1);
    if before == 0 {
        may_join(tx, bundle, part, known.len()).await?;
    }
    diesel::insert_into(bundle_parts::table)
        .values((
            bundle_parts::bundle_id.eq(bundle),
            bundle_parts::part_id.eq(part),
            bundle_parts::quantity.eq(quantity),
            bundle_parts::position.eq(known.len() as i32),
        ))
        .on_conflict((bundle_parts::bundle_id, bundle_parts::part_id))
        .do_update()
        .set(bundle_parts::quantity.eq(quantity))
        .execute(tx)
        .await?;
    feed::tell(tx, Subject::Product, Some(product.0)).await?;
    Ok(before)
}

/// Whether a bundle may have another part.
async fn may_join(tx: &mut Conn, bundle: VariantId, part: VariantId, parts: usize) -> Result<(), Failed<BundleRefused>> {
    if parts >= MOST_PARTS {
        return Err(BundleRefused::TooMany.into());
    }
    if select(exists(bundle_parts::table.filter(bundle_parts::bundle_id.eq(part)))).get_result(tx).await? {
        return Err(BundleRefused::PartHasParts.into());
    }
    if select(exists(bundle_parts::table.filter(bundle_parts::part_id.eq(bundle)))).get_result(tx).await? {
        return Err(BundleRefused::IsPart.into());
    }
    let own = stock::table.filter(stock::variant_id.eq(bundle)).select((sum(stock::on_hand), sum(stock::allocated)));
    let (on_hand, promised): (Option<i64>, Option<i64>) = own.first(tx).await?;
    let (on_hand, promised) = (on_hand.unwrap_or(0), promised.unwrap_or(0));
    if on_hand > 0 || promised > 0 { Err(BundleRefused::HasStock { on_hand, promised }.into()) } else { Ok(()) }
}

/// Takes a part out of a bundle; returns how many of it there were. Without parts it is a variant like others.
pub async fn remove_part(tx: &mut Conn, bundle: VariantId, part: VariantId) -> QueryResult<Option<i32>> {
    let row = bundle_parts::table.find((bundle, part));
    let gone: Option<i32> = diesel::delete(row).returning(bundle_parts::quantity).get_result(tx).await.optional()?;
    if gone.is_some() {
        let product: i64 = variants::table.find(bundle).select(variants::product_id).first(tx).await?;
        feed::tell(tx, Subject::Product, Some(product)).await?;
    }
    Ok(gone)
}
