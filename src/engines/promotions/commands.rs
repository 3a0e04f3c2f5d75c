//! Acts on promotions and lanes, for staff. Who did it and why is the caller's to write down.

use diesel::dsl::max;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use super::model::{Promotion, PromotionDraft, Status};
use super::queries;
use super::refusals::SaveRefused;
use crate::platform::base::{Broke, Failed, Moment, Move, PromotionId, PromotionLaneId, moved};
use crate::platform::db::Conn;
use crate::platform::i18n::Translations;
use crate::platform::schema::{promotion_lanes, promotions};

fn json(value: &impl serde::Serialize) -> Result<Value, Broke> {
    Ok(serde_json::to_value(value)?)
}

/// Adds a promotion (`old` is `None`) or changes it, as it was seen in that version.
///
/// # Errors
/// A draft that is not whole; somebody else's change meanwhile.
pub async fn save(
    tx: &mut Conn,
    old: Option<(PromotionId, i32)>,
    draft: &PromotionDraft,
    now: Moment,
) -> Result<PromotionId, Failed<SaveRefused>> {
    draft.check()?;
    let lane = promotion_lanes::table.find(draft.lane).select(promotion_lanes::id).for_key_share();
    let lane: Option<PromotionLaneId> = lane.first(tx).await.optional()?;
    let lane = lane.ok_or(SaveRefused::Gone)?;
    let values = (
        promotions::name.eq(draft.name.trim()),
        promotions::translations.eq(Translations::of([("name", draft.names.clone())])),
        promotions::lane_id.eq(lane),
        promotions::status.eq(draft.status),
        promotions::coded.eq(draft.coded),
        (promotions::starts_at.eq(draft.starts_at), promotions::ends_at.eq(draft.ends_at)),
        promotions::match_all.eq(draft.match_all),
        (promotions::conditions.eq(json(&draft.conditions)?), promotions::benefits.eq(json(&draft.benefits)?)),
        promotions::most_uses.eq(draft.limits.overall),
        promotions::most_uses_per_code.eq(draft.limits.per_code),
        promotions::most_uses_per_customer.eq(draft.limits.per_customer),
        promotions::updated_at.eq(now),
    );
    let Some((id, version)) = old else {
        let row = (values, promotions::created_at.eq(now));
        return Ok(diesel::insert_into(promotions::table).values(row).returning(promotions::id).get_result(tx).await?);
    };
    hold(tx, id, version).await?;
    diesel::update(promotions::table.find(id)).set((values, promotions::version.eq(version + 1))).execute(tx).await?;
    Ok(id)
}

/// Locks a promotion as it was seen.
async fn hold(tx: &mut Conn, id: PromotionId, version: i32) -> Result<(), Failed<SaveRefused>> {
    let row = promotions::table.find(id).select(promotions::version).for_no_key_update();
    match row.first::<i32>(tx).await.optional()? {
        None => Err(SaveRefused::Gone.into()),
        Some(is) if is != version => Err(SaveRefused::Changed.into()),
        Some(_) => Ok(()),
    }
}

/// Lets a promotion run or rest; says how it stood before. Doing it twice is fine.
///
/// # Errors
/// It is not there.
pub async fn set_status(tx: &mut Conn, id: PromotionId, status: Status, now: Moment) -> Result<Status, Failed<SaveRefused>> {
    let row = promotions::table.find(id).select(promotions::status).for_no_key_update();
    let before: Status = row.first(tx).await.optional()?.ok_or(SaveRefused::Gone)?;
    let set = (promotions::status.eq(status), promotions::updated_at.eq(now), promotions::version.eq(promotions::version + 1));
    diesel::update(promotions::table.find(id)).set(set).execute(tx).await?;
    Ok(before)
}

/// Ends a promotion now: its codes say that it is over.
///
/// # Errors
/// It is not there.
pub async fn end(tx: &mut Conn, id: PromotionId, now: Moment) -> Result<(), Failed<SaveRefused>> {
    let row = promotions::table.find(id).select((promotions::starts_at, promotions::ends_at)).for_no_key_update();
    let (starts, ends): (Option<Moment>, Option<Moment>) = row.first(tx).await.optional()?.ok_or(SaveRefused::Gone)?;
    if ends.is_some_and(|until| until <= now) {
        return Ok(());
    }
    let starts = starts.filter(|from| *from < now);
    let dates = (promotions::starts_at.eq(starts), promotions::ends_at.eq(now));
    let set = (dates, promotions::updated_at.eq(now), promotions::version.eq(promotions::version + 1));
    diesel::update(promotions::table.find(id)).set(set).execute(tx).await?;
    Ok(())
}

/// A copy as a draft, without codes and uses.
///
/// # Errors
/// It is not there.
pub async fn copy(tx: &mut Conn, id: PromotionId, name: &str, now: Moment) -> Result<PromotionId, Failed<SaveRefused>> {
    let Promotion { draft, .. } = queries::promotion(tx, id).await?.ok_or(SaveRefused::Gone)?;
    let draft = PromotionDraft { name: name.to_owned(), status: Status::Draft, ..draft };
    save(tx, None, &draft, now).await
}

/// Adds a lane after the others (`id` is `None`), or gives one another name.
///
/// # Errors
/// It is not there.
pub async fn save_lane(tx: &mut Conn, id: Option<PromotionLaneId>, name: &str) -> Result<PromotionLaneId, Failed<SaveRefused>> {
    if let Some(id) = id {
        let named = diesel::update(promotion_lanes::table.find(id)).set(promotion_lanes::name.eq(name));
        let named: Option<PromotionLaneId> = named.returning(promotion_lanes::id).get_result(tx).await.optional()?;
        return named.ok_or_else(|| SaveRefused::Gone.into());
    }
    let last: Option<i32> = promotion_lanes::table.select(max(promotion_lanes::position)).first(tx).await?;
    let row = (promotion_lanes::name.eq(name), promotion_lanes::position.eq(last.map_or(0, |last| last + 1)));
    Ok(diesel::insert_into(promotion_lanes::table).values(row).returning(promotion_lanes::id).get_result(tx).await?)
}

async fn lanes_held(tx: &mut Conn) -> QueryResult<Vec<i64>> {
    let lanes = promotion_lanes::table.order((promotion_lanes::position, promotion_lanes::id)).select(promotion_lanes::id);
    lanes.for_no_key_update().load(tx).await
}

/// Moves a lane among the others.
pub async fn move_lane(tx: &mut Conn, id: PromotionLaneId, to: Move) -> QueryResult<()> {
    let lanes = lanes_held(tx).await?;
    for (position, lane) in moved(&lanes, id.0, to).unwrap_or_default().into_iter().enumerate() {
        let place = promotion_lanes::position.eq(position as i32);
        diesel::update(promotion_lanes::table.find(lane)).set(place).execute(tx).await?;
    }
    Ok(())
}

/// Removes an empty lane; the last one stays.
///
/// # Errors
/// Promotions stand in it, or it is the only one.
pub async fn remove_lane(tx: &mut Conn, id: PromotionLaneId) -> Result<(), Failed<SaveRefused>> {
    let lanes: Vec<i64> =
        promotion_lanes::table.order(promotion_lanes::id).select(promotion_lanes::id).for_update().load(tx).await?;
    let used = promotions::table.filter(promotions::lane_id.eq(id)).count().get_result::<i64>(tx).await? > 0;
    if used || lanes.len() < 2 {
        return Err(SaveRefused::LaneInUse.into());
    }
    diesel::delete(promotion_lanes::table.find(id)).execute(tx).await?;
    Ok(())
}
