//! Changes of transfers, each with its line in the audit trail.

use serde_json::{Value, json};

use crate::engines::inventory::moving;
use crate::engines::inventory::transfers::{NewTransfer, Receipt, TransferRefused};
use crate::platform::access::{self, Person};
use crate::platform::base::{Failed, Moment, TransferId, VariantId};
use crate::platform::db::{self, Conn};

async fn note(
    tx: &mut Conn,
    staff: &Person,
    act: &'static str,
    id: TransferId,
    after: Value,
) -> Result<(), Failed<TransferRefused>> {
    Ok(access::audit(tx, staff, act, "transfer", Some(id.0), None, Some(after)).await?)
}

/// Begins a transfer.
pub async fn draft(conn: &mut Conn, staff: &Person, new: &NewTransfer<'_>) -> Result<TransferId, Failed<TransferRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let id = moving::draft(tx, new).await?;
        let after = json!({ "from": new.from, "to": new.to, "supplier": new.supplier, "note": new.note });
        note(tx, staff, "transfer.drafted", id, after).await?;
        Ok(id)
    })
    .await
}

/// Puts so many of a variant into a draft.
pub async fn put_line(
    conn: &mut Conn,
    staff: &Person,
    id: TransferId,
    variant: VariantId,
    quantity: i32,
) -> Result<(), Failed<TransferRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        moving::put_line(tx, id, variant, quantity).await?;
        note(tx, staff, "transfer.filled", id, json!({ "variant": variant, "quantity": quantity })).await
    })
    .await
}

/// Throws a draft away.
pub async fn discard(conn: &mut Conn, staff: &Person, id: TransferId) -> Result<(), Failed<TransferRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        moving::discard(tx, id).await?;
        note(tx, staff, "transfer.discarded", id, json!({})).await
    })
    .await
}

/// Sends what is in a draft.
pub async fn send(conn: &mut Conn, staff: &Person, id: TransferId, now: Moment) -> Result<(), Failed<TransferRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        moving::send(tx, id, staff.id, now).await?;
        note(tx, staff, "transfer.sent", id, json!({})).await
    })
    .await
}

/// Books what arrived. The same form sent again changes nothing.
pub async fn receive(
    conn: &mut Conn,
    staff: &Person,
    id: TransferId,
    receipt: &Receipt<'_>,
    now: Moment,
) -> Result<(), Failed<TransferRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        if !moving::receive(tx, id, receipt, staff.id, now).await? {
            return Ok(());
        }
        let counted: Vec<_> = receipt.lines.iter().map(|line| [line.line, line.received.into(), line.lost.into()]).collect();
        note(tx, staff, "transfer.received", id, json!({ "lines": counted, "reason": receipt.reason })).await
    })
    .await
}

/// Takes back what is on its way.
pub async fn recall(conn: &mut Conn, staff: &Person, id: TransferId, now: Moment) -> Result<(), Failed<TransferRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        moving::recall(tx, id, staff.id, now).await?;
        note(tx, staff, "transfer.recalled", id, json!({})).await
    })
    .await
}
