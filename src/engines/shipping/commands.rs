//! Acts on zones and methods, for the settings.

use diesel::dsl::max;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{Area, MethodDraft, ShippingRefused, Spot, ZoneDraft};
use super::queries;
use crate::platform::base::{Country, Failed, ShippingMethodId, ShippingZoneId};
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::i18n::Translations;
use crate::platform::schema::{
    locations, shipping_methods, shipping_profiles, shipping_rates, shipping_zone_countries, shipping_zone_parts, shipping_zones,
};

/// Adds a zone (`id` is `None`) or changes its name and where it delivers.
pub async fn save_zone(
    tx: &mut Conn,
    id: Option<ShippingZoneId>,
    draft: &ZoneDraft,
) -> Result<ShippingZoneId, Failed<ShippingRefused>> {
    let name = draft.name.trim();
    if name.is_empty() {
        return Err(ShippingRefused::Unnamed.into());
    }
    // One editor of zones at a time: what is compared below is all zones.
    let locked = shipping_zones::table.order(shipping_zones::id).select(shipping_zones::id).for_update();
    let count = locked.load::<ShippingZoneId>(tx).await?.len();
    let zones = queries::zones(tx).await?;
    for zone in zones.iter().filter(|zone| Some(zone.id) != id) {
        if zone.name == name {
            return Err(ShippingRefused::NameTaken.into());
        }
        if zone.rest && draft.rest {
            return Err(ShippingRefused::RestTaken { zone: zone.name.clone() }.into());
        }
        if let Some(country) = draft.countries.iter().find(|country| zone.countries.contains(country)) {
            return Err(ShippingRefused::CountryTaken { country: *country, zone: zone.name.clone() }.into());
        }
        let mut pairs = draft.spots.iter().flat_map(|spot| zone.spots.iter().map(move |other| (spot, other)));
        pairs.try_for_each(|(spot, other)| spot.beside(other, &zone.name))?;
    }
    let values = (shipping_zones::name.eq(name), shipping_zones::rest.eq(draft.rest));
    let zone = match id {
        None => {
            let insert = diesel::insert_into(shipping_zones::table).values((values, shipping_zones::position.eq(count as i32)));
            insert.returning(shipping_zones::id).get_result(tx).await?
        }
        Some(id) if zones.iter().any(|zone| zone.id == id) => {
            diesel::update(shipping_zones::table.find(id)).set(values).execute(tx).await?;
            id
        }
        Some(_) => return Err(ShippingRefused::Gone.into()),
    };
    set_countries(tx, zone, &draft.countries).await?;
    set_spots(tx, zone, &draft.spots).await?;
    feed::tell(tx, Subject::Rates, None).await?;
    Ok(zone)
}

async fn set_countries(tx: &mut Conn, zone: ShippingZoneId, countries: &[Country]) -> QueryResult<()> {
    diesel::delete(shipping_zone_countries::table.filter(shipping_zone_countries::zone_id.eq(zone))).execute(tx).await?;
    let rows: Vec<_> = countries
        .iter()
        .map(|country| (shipping_zone_countries::country.eq(country.code()), shipping_zone_countries::zone_id.eq(zone)))
        .collect();
    diesel::insert_into(shipping_zone_countries::table).values(rows).on_conflict_do_nothing().execute(tx).await?;
    Ok(())
}

async fn set_spots(tx: &mut Conn, zone: ShippingZoneId, spots: &[Spot]) -> QueryResult<()> {
    use shipping_zone_parts as parts;
    diesel::delete(parts::table.filter(parts::zone_id.eq(zone))).execute(tx).await?;
    let ends = |spot: &Spot| match &spot.area {
        Area::Region(region) => (region.clone(), String::new(), String::new()),
        Area::Codes { first, last } => (String::new(), first.clone(), last.clone()),
    };
    let row = |spot: &Spot| {
        let (region, first, last) = ends(spot);
        let codes = (parts::first_code.eq(first), parts::last_code.eq(last));
        (parts::zone_id.eq(zone), parts::country.eq(spot.country.code().to_owned()), parts::region.eq(region), codes)
    };
    let rows: Vec<_> = spots.iter().map(row).collect();
    diesel::insert_into(parts::table).values(rows).on_conflict_do_nothing().execute(tx).await?;
    Ok(())
}

/// Removes a zone with its methods; nothing is sent to its countries any more, unless another zone is the rest of the world.
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
    check_references(tx, draft).await?;
    let has_steps = draft.kind.has_steps();
    let words = [("name", draft.name.others().clone()), ("note", draft.note.others().clone())];
    let values = (
        (shipping_methods::name.eq(draft.name.main().trim()), shipping_methods::translations.eq(Translations::of(words))),
        shipping_methods::price.eq(if has_steps { 0 } else { draft.price }),
        shipping_methods::free_from.eq(draft.free_from),
        (shipping_methods::days_min.eq(draft.days.0), shipping_methods::days_max.eq(draft.days.1)),
        shipping_methods::active.eq(draft.active),
        (shipping_methods::kind.eq(draft.kind), shipping_methods::up_to.eq(draft.up_to.filter(|_| has_steps))),
        shipping_methods::profile_id.eq(draft.profile),
        (shipping_methods::location_id.eq(draft.location), shipping_methods::note.eq(draft.note.main())),
        shipping_methods::starts_on.eq(draft.season.0.map(|day| day.date())),
        shipping_methods::ends_on.eq(draft.season.1.map(|day| day.date())),
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
    let saved = saved.ok_or(ShippingRefused::Gone)?;
    set_steps(tx, saved, draft).await?;
    feed::tell(tx, Subject::Rates, None).await?;
    Ok(saved)
}

/// The profile and the place that a draft names must be there, and stay until it is kept.
async fn check_references(tx: &mut Conn, draft: &MethodDraft) -> Result<(), Failed<ShippingRefused>> {
    let mut known = true;
    if let Some(profile) = draft.profile {
        let row = shipping_profiles::table.find(profile).select(shipping_profiles::id).for_key_share();
        known &= row.first::<i64>(tx).await.optional()?.is_some();
    }
    if let Some(location) = draft.location {
        let row = locations::table.find(location).filter(locations::active).select(locations::id).for_key_share();
        known &= row.first::<i64>(tx).await.optional()?.is_some();
    }
    if known { Ok(()) } else { Err(ShippingRefused::Unknown.into()) }
}

async fn set_steps(tx: &mut Conn, method: ShippingMethodId, draft: &MethodDraft) -> QueryResult<()> {
    diesel::delete(shipping_rates::table.filter(shipping_rates::method_id.eq(method))).execute(tx).await?;
    let steps = draft.steps.iter().filter(|_| draft.kind.has_steps());
    let rows: Vec<_> = steps
        .map(|step| {
            let extra = (shipping_rates::extra.eq(step.extra), shipping_rates::every.eq(step.every));
            let price = (shipping_rates::at_least.eq(step.from), shipping_rates::price.eq(step.price));
            (shipping_rates::method_id.eq(method), price, extra)
        })
        .collect();
    diesel::insert_into(shipping_rates::table).values(rows).execute(tx).await?;
    Ok(())
}

/// Removes a method; checkouts that had chosen it ask again.
pub async fn remove_method(tx: &mut Conn, id: ShippingMethodId) -> QueryResult<()> {
    diesel::delete(shipping_methods::table.find(id)).execute(tx).await?;
    feed::tell(tx, Subject::Rates, None).await
}
