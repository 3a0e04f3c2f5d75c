//! Sending a mail of an order again.

use serde_json::json;

use crate::features::orders::queries::Order;
use crate::platform::access::{Person, audit};
use crate::platform::base::{Failed, Never};
use crate::platform::db::{self, Conn};
use crate::platform::mail::{self, Draft};

/// Queues a mail that was written again, and writes down who sent it.
pub async fn send_letter(conn: &mut Conn, order: &Order, draft: &Draft, staff: &Person) -> Result<(), Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let after = json!({ "kind": draft.kind });
        let queued = mail::commands::queue(tx, draft).await?;
        if queued.is_some() {
            audit(tx, staff, "order.mail_again", "order", Some(order.id.0), None, Some(after)).await?;
        }
        Ok(())
    })
    .await
}
