//! What staff do with a conversation beside answering: take it over, put it off, close it.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::{WAKE, lock};
use crate::features::messages::model::{DeskRefused, LONGEST_SNOOZE, Status};
use crate::features::messages::queries;
use crate::platform::access::{Person, audit};
use crate::platform::base::{ConversationId, Failed, Moment, StaffId};
use crate::platform::db::{self, Conn};
use crate::platform::jobs::{self, Job};
use crate::platform::schema::conversations;

/// Says who takes care of a conversation; `None`: nobody in particular.
pub async fn assign(conn: &mut Conn, id: ConversationId, to: Option<StaffId>, staff: &Person) -> Result<(), Failed<DeskRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        lock(tx, id).await?.ok_or(DeskRefused::Gone)?;
        if let Some(to) = to
            && !queries::answerers(tx).await?.iter().any(|one| one.id == to)
        {
            return Err(DeskRefused::NotStaff.into());
        }
        diesel::update(conversations::table.find(id)).set(conversations::staff_id.eq(to)).execute(tx).await?;
        Ok(audit(tx, staff, "message.assigned", "conversation", Some(id.0), None, Some(json!({ "to": to }))).await?)
    })
    .await
}

/// Puts a conversation off until a moment; then, or when its customer writes, it is open again.
pub async fn snooze(
    conn: &mut Conn,
    id: ConversationId,
    until: Moment,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<DeskRefused>> {
    if until <= now || until > now + LONGEST_SNOOZE {
        return Err(DeskRefused::BadMoment.into());
    }
    db::transaction(conn, async |tx: &mut Conn| {
        lock(tx, id).await?.ok_or(DeskRefused::Gone)?;
        let off = (conversations::status.eq(Status::Snoozed), conversations::snoozed_until.eq(until));
        diesel::update(conversations::table.find(id)).set(off).execute(tx).await?;
        audit(tx, staff, "message.snoozed", "conversation", Some(id.0), None, Some(json!({ "until": until }))).await?;
        let job = Job::now(WAKE, json!({})).at(until).keyed(format!("{WAKE}:{id}"));
        Ok(jobs::add(tx, job).await?)
    })
    .await
}

/// Opens what was put off until now; doing it again changes nothing.
pub async fn wake_due(conn: &mut Conn, now: Moment) -> QueryResult<usize> {
    let due = conversations::status.eq(Status::Snoozed).and(conversations::snoozed_until.le(now));
    let open = (conversations::status.eq(Status::Open), conversations::snoozed_until.eq(None::<Moment>));
    diesel::update(conversations::table.filter(due)).set(open).execute(conn).await
}

/// A conversation that needs nothing more; nobody waits in it.
pub async fn close(conn: &mut Conn, id: ConversationId, staff: &Person) -> Result<(), Failed<DeskRefused>> {
    turn(conn, id, Status::Closed, staff).await
}

/// A conversation that is looked after again.
pub async fn reopen(conn: &mut Conn, id: ConversationId, staff: &Person) -> Result<(), Failed<DeskRefused>> {
    turn(conn, id, Status::Open, staff).await
}

async fn turn(conn: &mut Conn, id: ConversationId, to: Status, staff: &Person) -> Result<(), Failed<DeskRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let held = lock(tx, id).await?.ok_or(DeskRefused::Gone)?;
        if held.status == to {
            return Ok(());
        }
        let set = (conversations::status.eq(to), conversations::snoozed_until.eq(None::<Moment>));
        diesel::update(conversations::table.find(id)).set(set).execute(tx).await?;
        if to == Status::Closed {
            let told = (conversations::waiting_since.eq(None::<Moment>), conversations::staff_unread.eq(0));
            diesel::update(conversations::table.find(id)).set(told).execute(tx).await?;
            return Ok(audit(tx, staff, "message.closed", "conversation", Some(id.0), None, None).await?);
        }
        Ok(audit(tx, staff, "message.reopened", "conversation", Some(id.0), None, None).await?)
    })
    .await
}

/// Somebody of the staff has read it.
pub async fn mark_read(conn: &mut Conn, id: ConversationId) -> QueryResult<()> {
    let unread = conversations::table.find(id).filter(conversations::staff_unread.gt(0));
    diesel::update(unread).set(conversations::staff_unread.eq(0)).execute(conn).await.map(drop)
}

/// Whoever opened it leaves it to others.
pub async fn mark_unread(conn: &mut Conn, id: ConversationId) -> Result<(), Failed<DeskRefused>> {
    let read = conversations::table.find(id);
    let done = diesel::update(read).set(conversations::staff_unread.eq(1)).execute(conn).await?;
    if done == 0 { Err(DeskRefused::Gone.into()) } else { Ok(()) }
}

/// The customer has read what was answered.
pub async fn read_by_customer(conn: &mut Conn, id: ConversationId) -> QueryResult<()> {
    let unread = conversations::table.find(id).filter(conversations::customer_unread.gt(0));
    diesel::update(unread).set(conversations::customer_unread.eq(0)).execute(conn).await.map(drop)
}
