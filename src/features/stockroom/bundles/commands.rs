//! Changes of bundles, each with its line in the audit trail.

use serde_json::json;

use crate::engines::inventory::{BundleRefused, bundling};
use crate::platform::access::{self, Person};
use crate::platform::base::{Broke, Failed, Never, OrBreak, VariantId};
use crate::platform::db::{self, Conn};

/// Puts so many of a part into a bundle, instead of what was in it.
pub async fn put(
    conn: &mut Conn,
    staff: &Person,
    bundle: VariantId,
    part: VariantId,
    quantity: i32,
) -> Result<(), Failed<BundleRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let was = bundling::put_part(tx, bundle, part, quantity).await?;
        let (before, after) = (json!({ "part": part, "quantity": was }), json!({ "part": part, "quantity": quantity }));
        access::audit(tx, staff, "bundle.changed", "variant", Some(bundle.0), Some(before), Some(after)).await?;
        Ok(())
    })
    .await
}

/// Takes a part out; one that is not in it stays out.
pub async fn remove(conn: &mut Conn, staff: &Person, bundle: VariantId, part: VariantId) -> Result<(), Broke> {
    let removed = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        if let Some(was) = bundling::remove_part(tx, bundle, part).await? {
            let (before, after) = (json!({ "part": part, "quantity": was }), json!({ "part": part, "quantity": 0 }));
            access::audit(tx, staff, "bundle.changed", "variant", Some(bundle.0), Some(before), Some(after)).await?;
        }
        Ok(())
    });
    removed.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}
