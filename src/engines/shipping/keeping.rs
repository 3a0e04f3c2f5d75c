//! Acts on how the shop works and on profiles of goods, for the settings and the product editor.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{Hours, ShippingRefused};
use crate::platform::base::{Failed, ProductId, ShippingProfileId};
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{shipping_holidays, shipping_hours, shipping_profile_products, shipping_profiles};

/// Keeps when goods leave and on which days nothing does.
pub async fn save_hours(tx: &mut Conn, hours: &Hours) -> QueryResult<()> {
    diesel::update(shipping_hours::table)
        .set((
            shipping_hours::work_days.eq(hours.works.numbers().collect::<Vec<_>>()),
            shipping_hours::carrier_days.eq(hours.carries.numbers().collect::<Vec<_>>()),
            shipping_hours::cut_off.eq(hours.cut_off),
            shipping_hours::handling_days.eq(hours.handling),
        ))
        .execute(tx)
        .await?;
    diesel::delete(shipping_holidays::table).execute(tx).await?;
    let row = |(day, name): (&crate::platform::base::Day, &String)| {
        (shipping_holidays::day.eq(day.date()), shipping_holidays::name.eq(name.clone()))
    };
    let rows: Vec<_> = hours.holidays.iter().map(row).collect();
    diesel::insert_into(shipping_holidays::table).values(rows).execute(tx).await?;
    feed::tell(tx, Subject::Rates, None).await
}

/// Adds a profile (`id` is `None`) or renames it.
pub async fn save_profile(
    tx: &mut Conn,
    id: Option<ShippingProfileId>,
    name: &str,
) -> Result<ShippingProfileId, Failed<ShippingRefused>> {
    let name = name.trim();
    if name.is_empty() {
        return Err(ShippingRefused::Unnamed.into());
    }
    let kept: Vec<(ShippingProfileId, String)> = shipping_profiles::table
        .order(shipping_profiles::id)
        .select((shipping_profiles::id, shipping_profiles::name))
        .for_update()
        .load(tx)
        .await?;
    if kept.iter().any(|profile| profile.1 == name && Some(profile.0) != id) {
        return Err(ShippingRefused::ProfileTaken.into());
    }
    match id {
        None => {
            let row = (shipping_profiles::name.eq(name), shipping_profiles::position.eq(kept.len() as i32));
            Ok(diesel::insert_into(shipping_profiles::table).values(row).returning(shipping_profiles::id).get_result(tx).await?)
        }
        Some(id) => {
            let row = diesel::update(shipping_profiles::table.find(id)).set(shipping_profiles::name.eq(name));
            if row.execute(tx).await? == 0 { Err(ShippingRefused::Gone.into()) } else { Ok(id) }
        }
    }
}

/// Removes a profile with its methods; its products are sent as most are.
pub async fn remove_profile(tx: &mut Conn, id: ShippingProfileId) -> QueryResult<()> {
    diesel::delete(shipping_profiles::table.find(id)).execute(tx).await?;
    feed::tell(tx, Subject::Rates, None).await
}

/// Puts a product into a profile, or among those that are sent as most are.
///
/// # Errors
/// A profile that is gone.
pub async fn set_profile(
    tx: &mut Conn,
    product: ProductId,
    profile: Option<ShippingProfileId>,
) -> Result<(), Failed<ShippingRefused>> {
    use shipping_profile_products as rows;
    diesel::delete(rows::table.find(product.0)).execute(tx).await?;
    if let Some(profile) = profile {
        let known = shipping_profiles::table.find(profile).select(shipping_profiles::id).for_key_share();
        known.first::<i64>(tx).await.optional()?.ok_or(ShippingRefused::Gone)?;
        diesel::insert_into(rows::table)
            .values((rows::product_id.eq(product.0), rows::profile_id.eq(profile)))
            .execute(tx)
            .await?;
    }
    feed::tell(tx, Subject::Product, Some(product.0)).await?;
    Ok(())
}
