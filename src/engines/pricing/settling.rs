//! What one piece costs everybody now, where a list for everybody decides it: kept in step with every change. The database writes the
//! history of it.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

use super::lists::{Asked, Listed, Tariff, listed};
use super::queries;
use crate::platform::base::{Broke, Failed, Moment, Never, OrBreak, PriceListId, Rate, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{price_list_prices, price_lists, standing_prices, variants};

/// The name of the job that lets lists begin and end.
pub const CHANGE_PRICES: &str = "change_prices";

/// Lets nobody change a price list until the end of the transaction; call it before a variant's price is changed.
pub async fn begin(tx: &mut Conn) -> QueryResult<()> {
    db::sql("select pg_advisory_xact_lock_shared(hashtextextended('price lists', 0))").execute(tx).await.map(drop)
}

/// Lets nobody else change price lists or the prices of variants until the end of the transaction.
pub(super) async fn hold(tx: &mut Conn) -> QueryResult<()> {
    db::sql("select pg_advisory_xact_lock(hashtextextended('price lists', 0))").execute(tx).await.map(drop)
}

/// Settles what these variants cost everybody after their own prices changed.
pub async fn settle(tx: &mut Conn, changed: &[VariantId], now: Moment) -> Result<(), Broke> {
    change_at(tx, now).await?;
    let all = lists_for_all(tx, changed, now).await?;
    Ok(stand(tx, changed, &all, now).await?)
}

/// Settles what everything costs everybody after lists changed, began or ended.
pub(super) async fn settle_all(tx: &mut Conn, now: Moment) -> Result<(), Broke> {
    let named = price_list_prices::table.select(price_list_prices::variant_id).distinct();
    let mut concerned: Vec<VariantId> = named.load(tx).await?;
    concerned.extend(standing_prices::table.select(standing_prices::variant_id).load::<VariantId>(tx).await?);
    let mut all = lists_for_all(tx, &concerned, now).await?;
    if all.lists.iter().any(|list| list.off > Rate::ZERO) {
        concerned = variants::table.filter(variants::archived_at.is_null()).select(variants::id).load(tx).await?;
        all = lists_for_all(tx, &concerned, now).await?;
    }
    concerned.sort_unstable();
    concerned.dedup();
    change_at(tx, now).await?;
    stand(tx, &concerned, &all, now).await?;
    let runs = price_lists::active
        .and(price_lists::valid_from.is_null().or(price_lists::valid_from.le(now)))
        .and(price_lists::valid_until.is_null().or(price_lists::valid_until.gt(now)));
    diesel::update(price_lists::table).set(price_lists::in_force.eq(runs.is_not_distinct_from(true))).execute(tx).await?;
    Ok(())
}

/// The lists for everybody that run now, in the primary market.
async fn lists_for_all(tx: &mut Conn, variants: &[VariantId], now: Moment) -> Result<Tariff, Broke> {
    let mut tariff = queries::tariff(tx, variants, None, now).await?;
    tariff.lists.retain(|list| list.groups.is_none() && list.runs(now));
    Ok(tariff)
}

/// Writes which list says what of one piece of each, where that differs.
async fn stand(tx: &mut Conn, of: &[VariantId], all: &Tariff, now: Moment) -> QueryResult<()> {
    let usual: Vec<(VariantId, i64)> = variants::table
        .filter(variants::id.eq_any(of))
        .order(variants::id)
        .select((variants::id, variants::price))
        .load(tx)
        .await?;
    let kept: Vec<(VariantId, PriceListId, i64)> =
        standing_prices::table.filter(standing_prices::variant_id.eq_any(of)).load(tx).await?;
    let kept: HashMap<VariantId, Listed> =
        kept.into_iter().map(|(variant, list, amount)| (variant, Listed { list, amount })).collect();
    let (mut new, mut gone) = (Vec::new(), Vec::new());
    for (variant, usual) in usual {
        let says = listed(&all.lists, &Asked { variant, usual, quantity: 1, groups: &[], sale: all.sale, now });
        match (says, kept.get(&variant)) {
            (Some(says), kept) if kept != Some(&says) => new.push((variant, says)),
            (None, Some(_)) => gone.push(variant),
            _ => {}
        }
    }
    if !gone.is_empty() {
        diesel::delete(standing_prices::table.filter(standing_prices::variant_id.eq_any(gone))).execute(tx).await?;
    }
    let row = |(variant, says): &(VariantId, Listed)| {
        (
            standing_prices::variant_id.eq(*variant),
            standing_prices::price_list_id.eq(says.list),
            standing_prices::amount.eq(says.amount),
        )
    };
    for some in new.chunks(5000) {
        diesel::insert_into(standing_prices::table)
            .values(some.iter().map(row).collect::<Vec<_>>())
            .on_conflict(standing_prices::variant_id)
            .do_update()
            .set((
                standing_prices::price_list_id.eq(diesel::upsert::excluded(standing_prices::price_list_id)),
                standing_prices::amount.eq(diesel::upsert::excluded(standing_prices::amount)),
            ))
            .execute(tx)
            .await?;
    }
    Ok(())
}

/// Says when prices change in this transaction: at its end the database writes their history by itself (trigger `price_history_goes_on`).
async fn change_at(tx: &mut Conn, now: Moment) -> QueryResult<()> {
    let set = db::sql("select set_config('barrow.priced_at', $1, true)");
    set.bind::<Text, _>(now.to_rfc3339()).execute(tx).await.map(drop)
}

/// Lets lists begin and end whose moment has come; doing it again changes nothing.
pub async fn keep_time(conn: &mut Conn, now: Moment) -> Result<(), Broke> {
    let turned: Result<(), Failed<Never>> = db::transaction(conn, async |tx: &mut Conn| {
        let begins = price_lists::active
            .and(price_lists::in_force.eq(false))
            .and(price_lists::valid_from.le(now))
            .and(price_lists::valid_until.is_null().or(price_lists::valid_until.gt(now)));
        let ends = price_lists::in_force.and(price_lists::valid_until.le(now));
        let due = price_lists::table.filter(begins.or(ends));
        if !diesel::select(diesel::dsl::exists(due)).get_result::<bool>(tx).await? {
            return Ok(());
        }
        hold(tx).await?;
        settle_all(tx, now).await?;
        feed::tell(tx, Subject::Rates, None).await?;
        Ok(())
    })
    .await;
    turned.or_break()?.unwrap_or_else(|never| match never {});
    Ok(())
}
