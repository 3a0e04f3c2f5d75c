//! Acts on classes.

use diesel::dsl::{exists, max};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::RatesRefused;
use super::queries;
use crate::platform::base::{Failed, TaxClassId};
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{tax_classes, tax_rates, tax_rules, variants};

/// Adds a class (`id` is `None`) or gives it another name.
pub async fn save(tx: &mut Conn, id: Option<TaxClassId>, name: &str) -> Result<TaxClassId, Failed<RatesRefused>> {
    let name = name.trim();
    let classes = queries::classes(tx).await?;
    if name.is_empty() {
        return Err(RatesRefused::NoName.into());
    }
    if classes.iter().any(|class| Some(class.id) != id && class.name.to_lowercase() == name.to_lowercase()) {
        return Err(RatesRefused::NameTaken.into());
    }
    let saved: Option<TaxClassId> = match id {
        Some(id) => {
            let kept = diesel::update(tax_classes::table.find(id)).set(tax_classes::name.eq(name)).returning(tax_classes::id);
            kept.get_result(tx).await.optional()?
        }
        None => Some(add(tx, None, name).await?),
    };
    feed::tell(tx, Subject::Rates, None).await?;
    saved.ok_or_else(|| RatesRefused::Gone.into())
}

/// Keeps these classes from being removed; whether all of them are there.
pub async fn hold(tx: &mut Conn, mut ids: Vec<TaxClassId>) -> QueryResult<bool> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(true);
    }
    let found = tax_classes::table.filter(tax_classes::id.eq_any(&ids)).order(tax_classes::id).select(tax_classes::id);
    let found: Vec<TaxClassId> = found.for_key_share().load(tx).await?;
    Ok(found.len() == ids.len())
}

/// Puts a class at the end.
pub(super) async fn add(tx: &mut Conn, code: Option<&str>, name: &str) -> QueryResult<TaxClassId> {
    let last: Option<i32> = tax_classes::table.select(max(tax_classes::position)).first(tx).await?;
    let row = (tax_classes::code.eq(code), tax_classes::name.eq(name), tax_classes::position.eq(last.map_or(0, |last| last + 1)));
    diesel::insert_into(tax_classes::table).values(row).returning(tax_classes::id).get_result(tx).await
}

/// Removes a class that nothing has: no goods, no rate, not delivery, and that is not the usual one.
pub async fn remove(tx: &mut Conn, id: TaxClassId) -> Result<(), Failed<RatesRefused>> {
    let of = tax_classes::table.find(id).select(tax_classes::is_default).for_update();
    let usual: Option<bool> = of.first(tx).await.optional()?;
    let usual = usual.ok_or(RatesRefused::Gone)?;
    let goods = exists(variants::table.filter(variants::tax_class_id.eq(id)).select(variants::id));
    let rates = exists(tax_rates::table.filter(tax_rates::class_id.eq(id)).select(tax_rates::id));
    let delivery = exists(tax_rules::table.filter(tax_rules::shipping_class_id.eq(id)).select(tax_rules::id));
    let used: bool = diesel::select(goods.or(rates).or(delivery)).get_result(tx).await?;
    if used || usual {
        return Err(RatesRefused::InUse.into());
    }
    diesel::delete(tax_classes::table.find(id)).execute(tx).await?;
    feed::tell(tx, Subject::Rates, None).await?;
    Ok(())
}
