//! Acts on discounts, each with its line in the audit trail.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use super::forms::To;
use crate::engines::promotions::{self, PromotionDraft, SaveRefused, Status, lots};
use crate::platform::access::{Person, audit};
use crate::platform::base::{Failed, Moment, Move, Name, PromotionCodeId, PromotionId, PromotionLaneId};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};
use crate::platform::schema::promotions as table;

/// Codes that are made while their page is waited for; it takes milliseconds.
const FEW: i32 = 1_000;

fn told(draft: &PromotionDraft) -> Value {
    let limits = &draft.limits;
    json!({
        "name": draft.name, "names": draft.names, "lane": draft.lane, "status": draft.status, "coded": draft.coded, "starts_at": draft.starts_at,
        "ends_at": draft.ends_at, "match_all": draft.match_all, "conditions": draft.conditions, "benefits": draft.benefits,
        "most_uses": limits.overall, "most_uses_per_code": limits.per_code, "most_uses_per_customer": limits.per_customer,
    })
}

/// Adds a discount with its first code (empty: none), or changes one as it was seen in that version.
pub async fn save(
    conn: &mut Conn,
    old: Option<(PromotionId, i32)>,
    draft: &PromotionDraft,
    code: &str,
    staff: &Person,
    now: Moment,
) -> Result<PromotionId, Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let before = match old {
            Some((id, _)) => promotions::queries::promotion(tx, id).await?.map(|promotion| told(&promotion.draft)),
            None => None,
        };
        let id = promotions::commands::save(tx, old, draft, now).await?;
        let action = if old.is_some() { "promotion.changed" } else { "promotion.added" };
        audit(tx, staff, action, "promotion", Some(id.0), before, Some(told(draft))).await?;
        if old.is_none() && draft.coded && !code.is_empty() {
            let code = promotions::codes::add(tx, id, code).await?;
            audit(tx, staff, "promotion.code_added", "promotion", Some(id.0), None, Some(json!({ "code": code }))).await?;
        }
        Ok(id)
    })
    .await
}

/// Lets a discount run, rest, or end.
pub async fn set_state(conn: &mut Conn, id: PromotionId, to: To, staff: &Person, now: Moment) -> Result<(), Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let status = match to {
            To::Active => Status::Active,
            To::Paused => Status::Paused,
            To::Ended => {
                promotions::commands::end(tx, id, now).await?;
                audit(tx, staff, "promotion.ended", "promotion", Some(id.0), None, None).await?;
                return Ok(());
            }
        };
        let before = promotions::commands::set_status(tx, id, status, now).await?;
        let (before, after) = (json!({ "status": before }), json!({ "status": status }));
        audit(tx, staff, "promotion.status_set", "promotion", Some(id.0), Some(before), Some(after)).await?;
        Ok(())
    })
    .await
}

/// A copy as a draft.
pub async fn copy(
    conn: &mut Conn,
    id: PromotionId,
    name: &str,
    staff: &Person,
    now: Moment,
) -> Result<PromotionId, Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let copied = promotions::commands::copy(tx, id, name, now).await?;
        audit(tx, staff, "promotion.copied", "promotion", Some(copied.0), None, Some(json!({ "of": id }))).await?;
        Ok(copied)
    })
    .await
}

/// Adds a code as typed.
pub async fn add_code(conn: &mut Conn, id: PromotionId, typed: &str, staff: &Person) -> Result<(), Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let code = promotions::codes::add(tx, id, typed).await?;
        audit(tx, staff, "promotion.code_added", "promotion", Some(id.0), None, Some(json!({ "code": code }))).await?;
        Ok(())
    })
    .await
}

/// Asks for many codes. `have`: how many there were when the page was shown; a form that is sent twice makes one lot. A few are made at
/// once, more by a job. Returns whether they are there.
pub async fn make_codes(
    conn: &mut Conn,
    id: PromotionId,
    begins: &str,
    (many, have): (i32, i64),
    staff: &Person,
    now: Moment,
) -> Result<bool, Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let held: Option<PromotionId> = table::table.find(id).select(table::id).for_no_key_update().first(tx).await.optional()?;
        held.ok_or(SaveRefused::Gone)?;
        if promotions::queries::count_codes(tx, id).await? != have {
            return Err(SaveRefused::Changed.into());
        }
        let lot = lots::ask(tx, id, begins, many, now).await?;
        let after = json!({ "begins": begins, "codes": many });
        audit(tx, staff, "promotion.codes_made", "promotion", Some(id.0), None, Some(after)).await?;
        if many > FEW {
            events::record(tx, Event::CodesAsked { lot }).await?;
            return Ok(false);
        }
        while lots::go_on(tx, lot, now).await? {}
        Ok(true)
    })
    .await
}

/// Removes a code; one that is gone is gone anyway.
pub async fn remove_code(
    conn: &mut Conn,
    id: PromotionId,
    code: PromotionCodeId,
    staff: &Person,
) -> Result<(), Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        if let Some(code) = promotions::codes::remove(tx, id, code).await? {
            audit(tx, staff, "promotion.code_removed", "promotion", Some(id.0), Some(json!({ "code": code })), None).await?;
        }
        Ok(())
    })
    .await
}

/// Adds a lane or gives one another name.
pub async fn save_lane(
    conn: &mut Conn,
    id: Option<PromotionLaneId>,
    name: &Name<80>,
    staff: &Person,
) -> Result<(), Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let action = if id.is_some() { "promotion_lane.renamed" } else { "promotion_lane.added" };
        let id = promotions::commands::save_lane(tx, id, name).await?;
        audit(tx, staff, action, "promotion_lane", Some(id.0), None, Some(json!({ "name": &**name }))).await?;
        Ok(())
    })
    .await
}

/// Moves a lane among the others.
pub async fn move_lane(conn: &mut Conn, id: PromotionLaneId, to: Move, staff: &Person) -> Result<(), Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        promotions::commands::move_lane(tx, id, to).await?;
        audit(tx, staff, "promotion_lane.moved", "promotion_lane", Some(id.0), None, None).await?;
        Ok(())
    })
    .await
}

/// Removes an empty lane.
pub async fn remove_lane(conn: &mut Conn, id: PromotionLaneId, staff: &Person) -> Result<(), Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        promotions::commands::remove_lane(tx, id).await?;
        audit(tx, staff, "promotion_lane.removed", "promotion_lane", Some(id.0), None, None).await?;
        Ok(())
    })
    .await
}
