//! Corrections of the stock, each with its line in the audit trail.

use serde_json::{Value, json};

use crate::engines::inventory::ahead::{self, Ahead};
use crate::engines::inventory::routing::Site;
use crate::engines::inventory::{AdjustRefused, AheadRefused, Correction, LocationRefused, counting};
use crate::platform::access::{self, Person};
use crate::platform::base::{Broke, Day, Failed, LocationId, Moment, Move, Name, OrBreak, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::settings::{self, StockRules};

/// Corrects what lies at one place. The same form sent again changes nothing.
pub async fn correct(conn: &mut Conn, staff: &Person, wish: &Correction<'_>) -> Result<(), Failed<AdjustRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let Some((was, is)) = counting::correct(tx, wish, Some(staff.id)).await? else { return Ok(()) };
        let before = json!({ "on_hand": was });
        let after = json!({ "on_hand": is, "location": wish.location, "reason": wish.reason, "note": wish.note });
        access::audit(tx, staff, "stock.corrected", "variant", Some(wish.variant.0), Some(before), Some(after)).await?;
        Ok(())
    })
    .await
}

/// Says what of a shelf is sold before it is there.
pub async fn sell_ahead(
    conn: &mut Conn,
    staff: &Person,
    variant: VariantId,
    location: LocationId,
    ahead: &Ahead,
) -> Result<(), Failed<AheadRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let before = ahead::sell_ahead(tx, variant, location, ahead).await?;
        if before != *ahead {
            let (was, is) = (told(&before, location), told(ahead, location));
            access::audit(tx, staff, "stock.ahead", "variant", Some(variant.0), Some(was), Some(is)).await?;
        }
        Ok(())
    })
    .await
}

fn told(ahead: &Ahead, location: LocationId) -> Value {
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let (limit, release) = ahead.pre_order.map(|pre_order| (pre_order.limit, pre_order.release)).unzip();
    json!({
        "location": location, "back_orders": ahead.back_orders, "ships_on": day(ahead.ships_on),
        "pre_orders": limit, "release_on": day(release), "low_at": ahead.low_at,
    })
}

/// Says when something runs low, and by which rules orders are sent.
pub async fn set_rules(conn: &mut Conn, staff: &Person, rules: &StockRules, now: Moment) -> Result<(), Broke> {
    let set = db::transaction(conn, async |tx: &mut Conn| settings::commands::set_stock_rules(tx, staff, rules, now).await);
    set.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

/// Says where a place is.
pub async fn place_location(conn: &mut Conn, staff: &Person, site: &Site) -> Result<(), Failed<LocationRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        counting::place_location(tx, site).await?;
        let country = site.country.map(|country| country.to_string());
        let after = json!({ "country": country, "region": site.region, "postal_code": site.postal_code });
        access::audit(tx, staff, "location.placed", "location", Some(site.id.0), None, Some(after)).await?;
        Ok(())
    })
    .await
}

/// Adds a place where goods lie.
pub async fn add_location(conn: &mut Conn, staff: &Person, name: &Name<80>) -> Result<(), Failed<LocationRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let id = counting::add_location(tx, name).await?;
        let after = json!({ "name": &**name });
        access::audit(tx, staff, "location.added", "location", Some(id.0), None, Some(after)).await?;
        Ok(())
    })
    .await
}

/// Gives a place another name.
pub async fn rename_location(
    conn: &mut Conn,
    staff: &Person,
    id: LocationId,
    name: &Name<80>,
) -> Result<(), Failed<LocationRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let old = counting::rename_location(tx, id, name).await?;
        let (before, after) = (json!({ "name": old }), json!({ "name": &**name }));
        access::audit(tx, staff, "location.renamed", "location", Some(id.0), Some(before), Some(after)).await?;
        Ok(())
    })
    .await
}

/// Moves a place in the order in which goods are taken from them.
pub async fn move_location(conn: &mut Conn, staff: &Person, id: LocationId, to: Move) -> Result<(), Failed<LocationRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        counting::move_location(tx, id, to).await?;
        access::audit(tx, staff, "location.moved", "location", Some(id.0), None, None).await?;
        Ok(())
    })
    .await
}
