//! Corrections of the stock, each with its line in the audit trail.

use serde_json::json;

use crate::engines::inventory::{AdjustRefused, Correction, LocationRefused, counting};
use crate::platform::access::{self, Person};
use crate::platform::base::{Failed, LocationId, Move, Name};
use crate::platform::db::{self, Conn};

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
