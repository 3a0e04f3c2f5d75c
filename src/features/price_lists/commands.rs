//! Changes of price lists, each with its line in the audit trail.

use serde_json::{Value, json};

use super::queries;
use crate::engines::pricing::commands as lists;
use crate::engines::pricing::{ListDraft, ListRefused};
use crate::platform::access::{self, Person};
use crate::platform::base::{Failed, Moment, Move, PriceListId, VariantId};
use crate::platform::db::{self, Conn};

/// Adds a list, or makes it as the draft says.
pub async fn save(
    conn: &mut Conn,
    staff: &Person,
    id: Option<PriceListId>,
    version: i32,
    draft: &ListDraft,
    now: Moment,
) -> Result<PriceListId, Failed<ListRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let before = match id {
            Some(id) => queries::list(tx, id).await?.map(|kept| {
                json!({
                    "name": kept.name, "active": kept.active, "groups": kept.groups, "from": kept.from, "until": kept.until,
                    "percent_off": kept.off.percent(), "from_quantity": kept.from_quantity, "rounding": kept.rounding,
                    "markets": kept.markets, "currency": kept.currency,
                })
            }),
            None => None,
        };
        let after = json!({
            "name": &*draft.name, "active": draft.active, "groups": draft.groups, "from": draft.from, "until": draft.until,
            "percent_off": draft.off.percent(), "from_quantity": draft.from_quantity, "rounding": draft.rounding,
            "markets": draft.markets, "currency": draft.currency,
        });
        let saved = lists::save_list(tx, id, version, draft, now).await?;
        access::audit(tx, staff, "price_list.saved", "price_list", Some(saved.0), before, Some(after)).await?;
        Ok(saved)
    })
    .await
}

/// Moves a list in the order in which they are asked.
pub async fn place(conn: &mut Conn, staff: &Person, id: PriceListId, to: Move, now: Moment) -> Result<(), Failed<ListRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        lists::move_list(tx, id, to, now).await?;
        Ok(access::audit(tx, staff, "price_list.moved", "price_list", Some(id.0), None, None).await?)
    })
    .await
}

/// Removes a list with its prices.
pub async fn remove(conn: &mut Conn, staff: &Person, id: PriceListId, now: Moment) -> Result<(), Failed<ListRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let before = queries::list(tx, id).await?.map(|kept| json!({ "name": kept.name }));
        lists::remove_list(tx, id, now).await?;
        Ok(access::audit(tx, staff, "price_list.removed", "price_list", Some(id.0), before, None).await?)
    })
    .await
}

/// Sets own prices of a list: of a variant from so many pieces; `None` takes one off.
pub async fn set_prices(
    conn: &mut Conn,
    staff: &Person,
    id: PriceListId,
    prices: &[(VariantId, i32, Option<i64>)],
    now: Moment,
) -> Result<(), Failed<ListRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        lists::set_prices(tx, id, prices, now).await?;
        let row = |(variant, from, amount): &(VariantId, i32, Option<i64>)| json!([variant, from, amount]);
        let after = json!({ "prices": prices.iter().map(row).collect::<Vec<Value>>() });
        Ok(access::audit(tx, staff, "price_list.prices_set", "price_list", Some(id.0), None, Some(after)).await?)
    })
    .await
}
