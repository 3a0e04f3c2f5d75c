//! Acts on zones and methods, for the settings.

use diesel::dsl::max;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{MethodDraft, ShippingRefused};
use crate::platform::base::{Country, Failed, ShippingMethodId, ShippingZoneId};
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::i18n::Translations;
use crate::platform::schema::{shipping_methods, shipping_zone_countries, shipping_zones};

/// Adds a zone (`id` is `None`) or changes its name and countries.
pub async fn save_zone(
    tx: &mut Conn,
    id: Option<ShippingZoneId>,
    name: &str,
    countries: &[Country],
) -> Result<ShippingZoneId, Failed<ShippingRefused>> {
    let name = name.trim();
    if name.is_empty() {
        return Err(ShippingRefused::Unnamed.into());
    }
    let zones: Vec<(ShippingZoneId, String)> = shipping_zones::table
        .order(shipping_zones::id)
        .select((shipping_zones::id, shipping_zones::name))
        .for_update()
        .load(tx)
        .await?;
    if zones.iter().any(|zone| zone.1 == name && Some(zone.0) != id) {
        return Err(ShippingRefused::NameTaken.into());
    }
    let codes: Vec<&str> = countries.iter().map(Country::code).collect();
    let taken: Vec<(String, ShippingZoneId)> = shipping_zone_countries::table
        .filter(shipping_zone_countries::country.eq_any(&codes))
        .select((shipping_zone_countries::country, shipping_zone_countries::zone_id))
        .load(tx)
        .await?;
    if let Some((code, other)) = taken.into_iter().find(|row| Some(row.1) != id) {
        let zone = zones.iter().find(|zone| zone.0 == other).map(|zone| zone.1.clone()).unwrap_or_default();
        let country = code.parse().map_err(anyhow::Error::from)?;
        return Err(ShippingRefused::CountryTaken { country, zone }.into());
    }
    let zone = match id {
        None => {
            diesel::insert_into(shipping_zones::table)
                .values((shipping_zones::name.eq(name), shipping_zones::position.eq(zones.len() as i32)))
                .returning(shipping_zones::id)
                .get_result(tx)
                .await?
        }
        Some(id) if zones.iter().any(|zone| zone.0 == id) => {
            diesel::update(shipping_zones::table.find(id)).set(shipping_zones::name.eq(name)).execute(tx).await?;
            id
        }
        Some(_) => return Err(ShippingRefused::Gone.into()),
    };
    set_countries(tx, zone, &codes).await?;
    feed::tell(tx, Subject::Rates, None).await?;
    Ok(zone)
}

async fn set_countries(tx: &mut Conn, zone: ShippingZoneId, codes: &[&str]) -> QueryResult<()> {
    diesel::delete(shipping_zone_countries::table.filter(shipping_zone_countries::zone_id.eq(zone))).execute(tx).await?;
    let rows: Vec<_> = codes
        .iter()
        .map(|code| (shipping_zone_countries::country.eq(*code), shipping_zone_countries::zone_id.eq(zone)))
        .collect();
    diesel::insert_into(shipping_zone_countries::table).values(rows).on_conflict_do_nothing().execute(tx).await?;
    Ok(())
}

/// Removes a zone with its methods; nothing is sent to its countries any more.
pub async fn remove_zone(tx: &mut Conn, id: ShippingZoneId) -> QueryResult<()> {
    diesel::delete(shipping_zones::table.find(id)).execute(tx).await?;
    feed::tell(tx, Subject::Rates, None).await
}

/// Adds a method to a zone (`id` is `None`) or changes it.
pub async fn save_method(
    tx: &mut Conn,
    zone: ShippingZoneId,
    id: Option<ShippingMethodId>,
    draft: &MethodDraft,
) -> Result<ShippingMethodId, Failed<ShippingRefused>> {
    draft.check()?;
    let known: Option<ShippingZoneId> =
        shipping_zones::table.find(zone).select(shipping_zones::id).for_update().first(tx).await.optional()?;
    if known.is_none() {
        return Err(ShippingRefused::Gone.into());
    }
    let values = (
        shipping_methods::name.eq(draft.name.main().trim()),
        shipping_methods::translations.eq(Translations::of([("name", draft.name.others().clone())])),
        shipping_methods::price.eq(draft.price),
        shipping_methods::free_from.eq(draft.free_from),
        shipping_methods::days_min.eq(draft.days.0),
        shipping_methods::days_max.eq(draft.days.1),
        shipping_methods::active.eq(draft.active),
    );
    let of_zone = shipping_methods::table.filter(shipping_methods::zone_id.eq(zone));
    let saved: Option<ShippingMethodId> = match id {
        Some(id) => diesel::update(of_zone.filter(shipping_methods::id.eq(id)))
            .set(values)
            .returning(shipping_methods::id)
            .get_result(tx)
            .await
            .optional()?,
        None => {
            let last: Option<i32> = of_zone.select(max(shipping_methods::position)).first(tx).await?;
            let place = (shipping_methods::zone_id.eq(zone), shipping_methods::position.eq(last.map_or(0, |last| last + 1)));
            let insert = diesel::insert_into(shipping_methods::table).values((values, place));
            Some(insert.returning(shipping_methods::id).get_result(tx).await?)
        }
    };
    feed::tell(tx, Subject::Rates, None).await?;
    saved.ok_or_else(|| ShippingRefused::Gone.into())
}

/// Removes a method; checkouts that had chosen it ask again.
pub async fn remove_method(tx: &mut Conn, id: ShippingMethodId) -> QueryResult<()> {
    diesel::delete(shipping_methods::table.find(id)).execute(tx).await?;
    feed::tell(tx, Subject::Rates, None).await
}
