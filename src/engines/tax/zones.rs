//! Acts on zones.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{RatesRefused, Zone, ZoneDraft};
use super::queries;
use crate::platform::base::{Country, Failed, TaxZoneId};
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{tax_rates, tax_zones};

/// The zone of a whole country; made where there is none.
pub(super) async fn whole_country(tx: &mut Conn, country: Country) -> QueryResult<TaxZoneId> {
    place(tx, country, "", "", "").await
}

/// The zone of a place; made where there is none, under this name.
pub(super) async fn place(tx: &mut Conn, country: Country, region: &str, postcodes: &str, name: &str) -> QueryResult<TaxZoneId> {
    let row = (
        tax_zones::country.eq(country.code()),
        tax_zones::region.eq(region),
        tax_zones::postcodes.eq(postcodes),
        tax_zones::name.eq(name),
    );
    let made = diesel::insert_into(tax_zones::table).values(row).on_conflict_do_nothing().returning(tax_zones::id);
    if let Some(made) = made.get_result(tx).await.optional()? {
        return Ok(made);
    }
    let kept = tax_zones::table.filter(tax_zones::country.eq(country.code())).filter(tax_zones::postcodes.eq(postcodes));
    let kept: Vec<(TaxZoneId, String)> = kept.select((tax_zones::id, tax_zones::region)).load(tx).await?;
    let same = |(_, other): &&(TaxZoneId, String)| other.to_lowercase() == region.to_lowercase();
    kept.iter().find(same).map(|(id, _)| *id).ok_or(diesel::result::Error::NotFound)
}

/// Adds a zone (`id` is `None`) or changes it.
pub async fn save(tx: &mut Conn, id: Option<TaxZoneId>, draft: &ZoneDraft) -> Result<TaxZoneId, Failed<RatesRefused>> {
    let (region, postcodes) = (draft.region.trim(), draft.postcodes.to_string());
    let same = |zone: &Zone| {
        zone.country == draft.country && zone.region.to_lowercase() == region.to_lowercase() && zone.postcodes == draft.postcodes
    };
    let zones = queries::zones(tx).await?;
    if zones.iter().any(|zone| Some(zone.id) != id && same(zone)) {
        return Err(RatesRefused::PlaceTaken.into());
    }
    let values = (
        tax_zones::country.eq(draft.country.code()),
        tax_zones::region.eq(region),
        tax_zones::postcodes.eq(postcodes),
        tax_zones::name.eq(draft.name.trim()),
    );
    let saved: Option<TaxZoneId> = match id {
        Some(id) => {
            let kept = diesel::update(tax_zones::table.find(id)).set(values).returning(tax_zones::id);
            kept.get_result(tx).await.optional()?
        }
        None => Some(diesel::insert_into(tax_zones::table).values(values).returning(tax_zones::id).get_result(tx).await?),
    };
    feed::tell(tx, Subject::Rates, None).await?;
    saved.ok_or_else(|| RatesRefused::Gone.into())
}

/// Removes a zone in which no rate ever was; one with rates stays to be read, and its rates can end.
pub async fn remove(tx: &mut Conn, id: TaxZoneId) -> Result<(), Failed<RatesRefused>> {
    let rates = tax_rates::table.filter(tax_rates::zone_id.eq(id));
    if diesel::select(diesel::dsl::exists(rates)).get_result::<bool>(tx).await? {
        return Err(RatesRefused::InUse.into());
    }
    diesel::delete(tax_zones::table.find(id)).execute(tx).await?;
    feed::tell(tx, Subject::Rates, None).await?;
    Ok(())
}
