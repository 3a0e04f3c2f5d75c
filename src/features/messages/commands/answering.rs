//! What staff say and note.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::{Held, attach, find_or_begin, lock};
use crate::features::messages::model::{Channel, DeskRefused, Filed, Kind, SAME_WITHIN, Status, Whose, Written};
use crate::features::messages::queries;
use crate::platform::access::{Person, audit};
use crate::platform::base::{ConversationId, Failed, MessageId, Moment, OrderId, StaffId};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};
use crate::platform::schema::{conversations, messages};

/// An answer, which goes out by mail, or a note, which nobody but staff sees. Refused when something came that the writer has not
/// seen; the same words by the same person a moment ago are that message, and `false` says so.
pub async fn write(
    conn: &mut Conn,
    id: ConversationId,
    written: &Written,
    staff: &Person,
    now: Moment,
) -> Result<bool, Failed<DeskRefused>> {
    if written.body.trim().is_empty() && written.files.is_empty() {
        return Err(DeskRefused::Empty.into());
    }
    db::transaction(conn, async |tx: &mut Conn| {
        let held = lock(tx, id).await?.ok_or(DeskRefused::Gone)?;
        if held.newest_id > written.seen {
            return match is_own_again(tx, &held, written, staff.id, now).await? {
                true => Ok(false),
                false => Err(DeskRefused::NewerCame.into()),
            };
        }
        add(tx, &held, written, staff, now).await?;
        if written.close {
            let ended = (conversations::status.eq(Status::Closed), conversations::snoozed_until.eq(None::<Moment>));
            diesel::update(conversations::table.find(id)).set(ended).execute(tx).await?;
            audit(tx, staff, "message.closed", "conversation", Some(id.0), None, None).await?;
        }
        Ok(true)
    })
    .await
}

/// The first word is the shop's: a conversation with somebody who has an account or has ordered.
pub async fn begin(
    conn: &mut Conn,
    whose: &Whose,
    body: &str,
    order: Option<OrderId>,
    files: &[Filed],
    staff: &Person,
    now: Moment,
) -> Result<ConversationId, Failed<DeskRefused>> {
    if body.trim().is_empty() {
        return Err(DeskRefused::Empty.into());
    }
    db::transaction(conn, async |tx: &mut Conn| {
        let held = find_or_begin(tx, whose, now).await?.ok_or(DeskRefused::Gone)?;
        let written = Written {
            kind: Kind::Answer,
            body: body.to_owned(),
            order,
            seen: held.newest_id,
            files: files.to_vec(),
            close: false,
        };
        if !is_own_again(tx, &held, &written, staff.id, now).await? {
            add(tx, &held, &written, staff, now).await?;
        }
        Ok(held.id)
    })
    .await
}

async fn add(tx: &mut Conn, held: &Held, written: &Written, staff: &Person, now: Moment) -> Result<(), Failed<DeskRefused>> {
    if let Some(order) = written.order
        && !queries::is_order_of(tx, held.id, order).await?
    {
        return Err(DeskRefused::OtherOrder.into());
    }
    let row = (
        messages::conversation_id.eq(held.id),
        messages::kind.eq(written.kind),
        messages::channel.eq(Channel::Page),
        messages::body.eq(written.body.trim()),
        messages::order_id.eq(written.order),
        messages::staff_id.eq(staff.id),
        messages::at.eq(now),
    );
    let message: MessageId = diesel::insert_into(messages::table).values(row).returning(messages::id).get_result(tx).await?;
    attach(tx, message, &written.files).await?;
    let newest = (conversations::newest_id.eq(message), conversations::newest_at.eq(now));
    let row = conversations::table.find(held.id);
    let after = Some(json!({ "message": message }));
    if written.kind == Kind::Note {
        diesel::update(row).set(newest).execute(tx).await?;
        return Ok(audit(tx, staff, "message.noted", "conversation", Some(held.id.0), None, after).await?);
    }
    // Who answers what was put off or done has taken it up again.
    let stands = (conversations::status.eq(Status::Open), conversations::snoozed_until.eq(None::<Moment>));
    let told = (conversations::waiting_since.eq(None::<Moment>), conversations::staff_unread.eq(0));
    let unread = conversations::customer_unread.eq(held.customer_unread + 1);
    diesel::update(row).set((newest, stands, told, unread)).execute(tx).await?;
    audit(tx, staff, "message.answered", "conversation", Some(held.id.0), None, after).await?;
    Ok(events::record(tx, Event::MessageAnswered { message }).await?)
}

/// Whether the newest message is this one: a double click, a form that was sent again.
async fn is_own_again(tx: &mut Conn, held: &Held, written: &Written, staff: StaffId, now: Moment) -> QueryResult<bool> {
    let newest = messages::table.find(held.newest_id).filter(messages::staff_id.eq(staff));
    let newest = newest.select((messages::kind, messages::body, messages::order_id, messages::at));
    let newest: Option<(Kind, String, Option<OrderId>, Moment)> = newest.first(tx).await.optional()?;
    Ok(newest.is_some_and(|(kind, body, order, at)| {
        kind == written.kind && body == written.body.trim() && order == written.order && now - at <= SAME_WITHIN
    }))
}
