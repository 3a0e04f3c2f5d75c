//! Acts on the table of rates.

use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;

use super::model::{RateDraft, RatesRefused, check};
use crate::platform::base::Failed;
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::schema::tax_rates;

/// Makes this the table of rates: what is not in it goes. Orders that are placed keep the rates they were placed with.
pub async fn save_rates(tx: &mut Conn, table: &[RateDraft]) -> Result<(), Failed<RatesRefused>> {
    check(table)?;
    let kept: Vec<&str> = table.iter().map(|draft| draft.country.code()).collect();
    diesel::delete(tax_rates::table.filter(tax_rates::country.ne_all(kept))).execute(tx).await?;
    let rows: Vec<_> = table
        .iter()
        .map(|draft| {
            (
                tax_rates::country.eq(draft.country.code()),
                tax_rates::name.eq(draft.name.trim()),
                tax_rates::rate_millionths.eq(draft.rate.0),
                tax_rates::source.eq(&draft.source),
                tax_rates::valid_from.eq(draft.valid_from),
            )
        })
        .collect();
    diesel::insert_into(tax_rates::table)
        .values(rows)
        .on_conflict(tax_rates::country)
        .do_update()
        .set((
            tax_rates::name.eq(excluded(tax_rates::name)),
            tax_rates::rate_millionths.eq(excluded(tax_rates::rate_millionths)),
            tax_rates::source.eq(excluded(tax_rates::source)),
            tax_rates::valid_from.eq(excluded(tax_rates::valid_from)),
        ))
        .execute(tx)
        .await?;
    feed::tell(tx, Subject::Rates, None).await?;
    Ok(())
}
