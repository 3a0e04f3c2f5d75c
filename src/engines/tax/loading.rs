//! Loading a set of rates into the shop's own, as it was shown before.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{RatesRefused, TaxRate};
use super::sets::{self, Change, Kept, Set, SetRow};
use super::{classes, queries, zones};
use crate::platform::base::{Failed, TaxClassId, TaxZoneId};
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{tax_classes, tax_rates};

/// What loading a set does now.
pub async fn difference(
    conn: &mut Conn,
    set: Set,
    today: NaiveDate,
) -> Result<Vec<(&'static SetRow, Change)>, crate::platform::base::Broke> {
    let (zones, classes, rates) = (queries::zones(conn).await?, queries::classes(conn).await?, queries::rates(conn, None).await?);
    Ok(sets::difference(sets::rows(set), &Kept { zones: &zones, classes: &classes, rates: &rates }, today))
}

/// Does what was shown: `seen` is the mark of it. Returns how many rates were added.
///
/// # Errors
/// Something changed since it was shown.
pub async fn load(tx: &mut Conn, set: Set, seen: &str, today: NaiveDate) -> Result<usize, Failed<RatesRefused>> {
    let changes = difference(tx, set, today).await?;
    if sets::mark(&changes) != seen {
        return Err(RatesRefused::Gone.into());
    }
    let mut done = 0;
    let rows: Vec<&SetRow> = changes.iter().map(|(row, _)| *row).collect();
    for (row, change) in changes.iter().filter(|(_, change)| change.does_something()) {
        add(tx, row, change, sets::is_one_of_several(row, &rows), today).await?;
        done += 1;
    }
    feed::tell(tx, Subject::Rates, None).await?;
    Ok(done)
}

/// The class that a set calls so; made where the shop has none.
async fn class(tx: &mut Conn, code: &str) -> QueryResult<TaxClassId> {
    let kept = tax_classes::table.filter(tax_classes::code.eq(code)).select(tax_classes::id).first(tx).await.optional()?;
    if let Some(kept) = kept {
        return Ok(kept);
    }
    let name = sets::CLASSES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| *name);
    let taken = queries::classes(tx).await?.iter().any(|class| class.name.to_lowercase() == name.to_lowercase());
    let name = if taken { format!("{name} ({code})") } else { name.to_owned() };
    classes::add(tx, Some(code), &name).await
}

async fn add(tx: &mut Conn, row: &SetRow, change: &Change, several: bool, today: NaiveDate) -> Result<(), Failed<RatesRefused>> {
    let class = class(tx, &row.class).await?;
    let zone = zones::place(tx, row.country, &row.region, &row.postcodes.to_string(), &row.zone).await?;
    let mut kept = queries::rates(tx, Some(zone)).await?;
    kept.retain(|rate| rate.class == class && (!several || rate.name.to_lowercase() == row.name.to_lowercase()));
    let from = begins(row, &kept, today);
    if let Change::Follows { rate, .. } = change {
        let first = from.unwrap_or(today);
        let old = kept.iter().find(|one| one.id == *rate).is_some_and(|one| one.from.is_none_or(|began| began < first));
        let one = tax_rates::table.find(*rate);
        match old {
            true => diesel::update(one).set(tax_rates::valid_to.eq(first.pred_opt())).execute(tx).await?,
            false => diesel::delete(one).execute(tx).await?,
        };
    }
    insert(tx, zone, class, row, from).await?;
    Ok(())
}

/// Since when the row holds here: since its own day, but never on days on which another one was taken.
fn begins(row: &SetRow, kept: &[TaxRate], today: NaiveDate) -> Option<NaiveDate> {
    if kept.is_empty() {
        return row.from;
    }
    let after = |rate: &TaxRate| rate.to.or(rate.from);
    let last = kept.iter().filter_map(after).max();
    row.from.filter(|from| last.is_none_or(|last| *from > last)).or(Some(today))
}

async fn insert(tx: &mut Conn, zone: TaxZoneId, class: TaxClassId, row: &SetRow, from: Option<NaiveDate>) -> QueryResult<()> {
    let place = (tax_rates::zone_id.eq(zone), tax_rates::class_id.eq(class), tax_rates::from_set.eq(true));
    let terms = (tax_rates::name.eq(&row.name), tax_rates::rate_millionths.eq(row.rate.0), tax_rates::valid_from.eq(from));
    let source = (
        tax_rates::source.eq(&row.source.name),
        tax_rates::source_url.eq(&row.source.url),
        tax_rates::source_date.eq(row.source.date),
    );
    diesel::insert_into(tax_rates::table).values((place, terms, source)).execute(tx).await?;
    Ok(())
}
