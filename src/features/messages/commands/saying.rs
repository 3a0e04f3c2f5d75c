//! What customers say: it wakes what was put off and opens again what was closed.

use chrono::Duration;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Held, attach, find_or_begin};
use crate::features::messages::model::{Heard, Kind, MOST_IN_AN_HOUR, SAME_WITHIN, Said, SayRefused, Status, Whose};
use crate::platform::base::{Failed, MessageId, Moment, OrderId, ProductId};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};
use crate::platform::schema::{conversations, message_files, messages};

/// Takes in what somebody says.
pub async fn say(conn: &mut Conn, whose: &Whose, said: &Said, now: Moment) -> Result<Heard, Failed<SayRefused>> {
    db::transaction(conn, async |tx: &mut Conn| say_in(tx, whose, said, now).await).await
}

/// The same within a transaction of the caller's.
pub async fn say_in(tx: &mut Conn, whose: &Whose, said: &Said, now: Moment) -> Result<Heard, Failed<SayRefused>> {
    if said.body.trim().is_empty() && said.quoted.is_empty() && said.files.is_empty() {
        return Err(SayRefused::Empty.into());
    }
    let held = find_or_begin(tx, whose, now).await?.ok_or(SayRefused::Gone)?;
    if is_there(tx, &held, said, now).await? {
        return Ok(Heard::Again(held.id));
    }
    if in_the_last_hour(tx, &held, now).await? >= MOST_IN_AN_HOUR {
        return Err(SayRefused::TooMany.into());
    }
    let row = (
        (messages::conversation_id.eq(held.id), messages::kind.eq(Kind::Question), messages::channel.eq(said.channel)),
        (messages::subject.eq(&said.subject), messages::body.eq(&said.body), messages::quoted.eq(&said.quoted)),
        (messages::order_id.eq(said.order), messages::product_id.eq(said.product)),
        (messages::sender.eq(&said.sender), messages::trust.eq(said.trust), messages::automatic.eq(said.automatic)),
        (messages::message_id.eq(&said.message_id), messages::at.eq(now)),
    );
    let added = diesel::insert_into(messages::table).values(row).on_conflict(messages::message_id).do_nothing();
    let Some(id) = added.returning(messages::id).get_result::<MessageId>(tx).await.optional()? else {
        return Ok(Heard::Again(held.id));
    };
    attach(tx, id, &said.files).await?;
    note(tx, &held, id, said.automatic, now).await?;
    if !said.automatic {
        events::record(tx, Event::MessageReceived { conversation: held.id, message: id }).await?;
    }
    Ok(Heard::New(held.id, id))
}

/// Writes on the conversation what came; what nobody wrote changes nothing but the list.
async fn note(tx: &mut Conn, held: &Held, id: MessageId, automatic: bool, now: Moment) -> QueryResult<()> {
    let newest = (conversations::newest_id.eq(id), conversations::newest_at.eq(now));
    let row = conversations::table.find(held.id);
    if automatic {
        return diesel::update(row).set(newest).execute(tx).await.map(drop);
    }
    let stands = (conversations::status.eq(Status::Open), conversations::snoozed_until.eq(None::<Moment>));
    let waits = conversations::waiting_since.eq(held.waiting_since.unwrap_or(now));
    let unread = conversations::staff_unread.eq(held.staff_unread + 1);
    diesel::update(row).set((newest, stands, waits, unread)).execute(tx).await.map(drop)
}

/// Whether this is the newest message once more: the same words about the same thing a moment ago, with as many files.
async fn is_there(tx: &mut Conn, held: &Held, said: &Said, now: Moment) -> QueryResult<bool> {
    if let Some(id) = &said.message_id {
        let known = messages::table.filter(messages::message_id.eq(id));
        return diesel::select(diesel::dsl::exists(known)).get_result(tx).await;
    }
    let newest = messages::table
        .filter(messages::conversation_id.eq(held.id).and(messages::kind.ne(Kind::Note)))
        .order(messages::id.desc())
        .select((messages::id, messages::kind, messages::body, messages::order_id, messages::product_id, messages::at));
    let newest: Option<(MessageId, Kind, String, Option<OrderId>, Option<ProductId>, Moment)> =
        newest.first(tx).await.optional()?;
    let Some((id, kind, body, order, product, at)) = newest else { return Ok(false) };
    if kind != Kind::Question || body != said.body || order != said.order || product != said.product || now - at > SAME_WITHIN {
        return Ok(false);
    }
    let files: i64 = message_files::table.filter(message_files::message_id.eq(id)).count().get_result(tx).await?;
    Ok(files == said.files.len() as i64)
}

async fn in_the_last_hour(tx: &mut Conn, held: &Held, now: Moment) -> QueryResult<i64> {
    let lately = messages::at.gt(now - Duration::hours(1)).and(messages::kind.eq(Kind::Question));
    messages::table.filter(messages::conversation_id.eq(held.id)).filter(lately).count().get_result(tx).await
}
