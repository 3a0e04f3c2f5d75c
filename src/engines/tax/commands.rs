//! Acts on rates and on the rules of the shop. Placed orders keep the rates they were placed with.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{RateDraft, RatesRefused, TaxRate, Terms, check, placed};
use super::queries;
use super::zones::whole_country;
use crate::platform::base::{Failed, TaxClassId, TaxRateId, TaxZoneId};
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{tax_classes, tax_rates, tax_rules};
use crate::platform::settings::TaxRules;

/// The class of goods that say nothing else.
pub(super) async fn usual_class(tx: &mut Conn) -> QueryResult<TaxClassId> {
    tax_classes::table.filter(tax_classes::is_default).select(tax_classes::id).first(tx).await
}

/// Makes this the short table from today on: what whole countries take of the usual class. What is another rate or is not in it any more
/// ends yesterday and stays to be read.
pub async fn save_rates(tx: &mut Conn, table: &[RateDraft], today: NaiveDate) -> Result<(), Failed<RatesRefused>> {
    check(table)?;
    let usual = usual_class(tx).await?;
    for (country, kept) in queries::usual(tx, today).await? {
        if !table.iter().any(|draft| draft.country == country) {
            end(tx, &kept, today).await?;
        }
    }
    for draft in table {
        let zone = whole_country(tx, draft.country).await?;
        let mut kept = queries::rates(tx, Some(zone)).await?;
        kept.retain(|rate| rate.class == usual);
        set(tx, (zone, usual), draft, &kept, today).await?;
    }
    feed::tell(tx, Subject::Rates, None).await?;
    Ok(())
}

/// A country's row of the short table beside what is kept of its zone and class.
async fn set(
    tx: &mut Conn,
    (zone, class): (TaxZoneId, TaxClassId),
    draft: &RateDraft,
    kept: &[TaxRate],
    today: NaiveDate,
) -> QueryResult<()> {
    let name = draft.name.trim();
    let now = kept.iter().find(|rate| rate.holds_on(today));
    match now {
        Some(rate) if rate.rate == draft.rate && rate.name == name => return Ok(()),
        // The name on the bill is no other rate.
        Some(rate) if rate.rate == draft.rate || rate.from == Some(today) => {
            let values = (tax_rates::name.eq(name), tax_rates::rate_millionths.eq(draft.rate.0), tax_rates::from_set.eq(false));
            diesel::update(tax_rates::table.find(rate.id)).set(values).execute(tx).await?;
            return Ok(());
        }
        Some(rate) => end(tx, rate, today).await?,
        None => {}
    }
    // What is dated for later stays, and what was before too.
    let next = kept.iter().filter_map(|rate| rate.from).filter(|from| *from > today).min();
    let place = (tax_rates::zone_id.eq(zone), tax_rates::class_id.eq(class), tax_rates::source.eq(&draft.source));
    let terms = (
        tax_rates::name.eq(name),
        tax_rates::rate_millionths.eq(draft.rate.0),
        tax_rates::valid_from.eq((!kept.is_empty()).then_some(today)),
        tax_rates::valid_to.eq(now.and_then(|rate| rate.to).or(next.and_then(|next| next.pred_opt()))),
    );
    diesel::insert_into(tax_rates::table).values((place, terms)).execute(tx).await?;
    Ok(())
}

/// A rate holds no more from this day on; one that would not have held a day is gone.
async fn end(tx: &mut Conn, rate: &TaxRate, day: NaiveDate) -> QueryResult<()> {
    let last = day.pred_opt().unwrap_or(day);
    let kept = tax_rates::table.find(rate.id);
    match rate.from.is_some_and(|from| from > last) {
        true => diesel::delete(kept).execute(tx).await?,
        false => diesel::update(kept).set(tax_rates::valid_to.eq(last)).execute(tx).await?,
    };
    Ok(())
}

/// Adds a rate to a zone (`id` is `None`) or changes it. A new one ends what was until further notice the day before it begins. One that
/// has held already can end and say another source; its rate stays as it was taken.
pub async fn save_rate(
    tx: &mut Conn,
    zone: TaxZoneId,
    id: Option<TaxRateId>,
    terms: &Terms,
    today: NaiveDate,
) -> Result<TaxRateId, Failed<RatesRefused>> {
    let all = queries::rates(tx, Some(zone)).await?;
    let before = id.map(|id| all.iter().find(|rate| rate.id == id).ok_or(RatesRefused::Gone)).transpose()?;
    if let Some(rate) = before
        && held(rate, today)
        && (rate.rate != terms.rate || rate.class != terms.class || rate.from != terms.from || ended_in_past(rate, terms, today))
    {
        return Err(RatesRefused::Held.into());
    }
    if let Some(ends) = placed(terms, id, &all)?
        && let (Some(rate), Some(from)) = (all.iter().find(|rate| rate.id == ends), terms.from)
    {
        end(tx, rate, from).await?;
    }
    let values = (
        tax_rates::class_id.eq(terms.class),
        tax_rates::name.eq(terms.name.trim()),
        tax_rates::rate_millionths.eq(terms.rate.0),
        (tax_rates::valid_from.eq(terms.from), tax_rates::valid_to.eq(terms.to)),
        (tax_rates::source.eq(&terms.source.name), tax_rates::source_url.eq(&terms.source.url)),
        (tax_rates::source_date.eq(terms.source.date), tax_rates::from_set.eq(false)),
    );
    let saved: TaxRateId = match id {
        Some(id) => diesel::update(tax_rates::table.find(id)).set(values).returning(tax_rates::id).get_result(tx).await?,
        None => {
            let insert = diesel::insert_into(tax_rates::table).values((tax_rates::zone_id.eq(zone), values));
            insert.returning(tax_rates::id).get_result(tx).await?
        }
    };
    feed::tell(tx, Subject::Rates, None).await?;
    Ok(saved)
}

/// Whether orders may have been placed with it.
fn held(rate: &TaxRate, today: NaiveDate) -> bool {
    rate.from.is_some_and(|from| from < today)
}

/// Whether a change would move its last day within days that are over.
fn ended_in_past(rate: &TaxRate, terms: &Terms, today: NaiveDate) -> bool {
    let yesterday = today.pred_opt().unwrap_or(today);
    rate.to != terms.to && (rate.is_past(today) || terms.to.is_some_and(|to| to < yesterday))
}

/// Removes a rate that has not begun; one that has begun ends yesterday and stays to be read.
pub async fn remove_rate(tx: &mut Conn, zone: TaxZoneId, id: TaxRateId, today: NaiveDate) -> Result<(), Failed<RatesRefused>> {
    let all = queries::rates(tx, Some(zone)).await?;
    let rate = all.iter().find(|rate| rate.id == id).ok_or(RatesRefused::Gone)?;
    if rate.is_past(today) {
        return Err(RatesRefused::Held.into());
    }
    end(tx, rate, today).await?;
    feed::tell(tx, Subject::Rates, None).await?;
    Ok(())
}

/// Keeps how the shop taxes.
pub async fn save_rules(tx: &mut Conn, rules: &TaxRules) -> Result<(), Failed<RatesRefused>> {
    if let Some(class) = rules.shipping_class {
        let known: Option<TaxClassId> =
            tax_classes::table.find(class).select(tax_classes::id).for_key_share().first(tx).await.optional()?;
        known.ok_or(RatesRefused::Gone)?;
    }
    diesel::update(tax_rules::table)
        .set((
            tax_rules::shipping_class_id.eq(rules.shipping_class),
            tax_rules::cross_border.eq(rules.cross_border),
            tax_rules::sells_to_businesses.eq(rules.sells_to_businesses),
            tax_rules::vat_id.eq(&rules.vat_id),
            tax_rules::register.eq(rules.register),
            tax_rules::unproved.eq(rules.unproved),
        ))
        .execute(tx)
        .await?;
    feed::tell(tx, Subject::Settings, None).await?;
    Ok(())
}
