//! Whose conversation it is: a guest's joins the account that proved its address, two accounts become one, somebody is forgotten.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::{Held, REMOVE_FILES, lock};
use crate::features::messages::model::Status;
use crate::platform::base::{ConversationId, CustomerId, Moment};
use crate::platform::db::Conn;
use crate::platform::jobs::{self, Job};
use crate::platform::schema::{conversations, customers, message_files, messages};

/// What somebody said as a guest under this customer's proved address is theirs from now on.
pub async fn adopt(tx: &mut Conn, customer: CustomerId) -> QueryResult<()> {
    let proved = customers::email_verified_at.is_not_null().and(customers::closed_at.is_null());
    let email = customers::table.find(customer).filter(proved).select(customers::email);
    let Some(email) = email.first::<String>(tx).await.optional()? else { return Ok(()) };
    let guest = conversations::customer_id.is_null().and(conversations::email.eq(email));
    let guest = conversations::table.filter(guest).select(conversations::id);
    let Some(guest) = guest.first::<ConversationId>(tx).await.optional()? else { return Ok(()) };
    give(tx, guest, customer).await
}

/// The conversation of one customer is another's from now on.
pub async fn hand_over(tx: &mut Conn, from: CustomerId, into: CustomerId) -> QueryResult<()> {
    let theirs = conversations::table.filter(conversations::customer_id.eq(from)).select(conversations::id);
    match theirs.first::<ConversationId>(tx).await.optional()? {
        Some(theirs) => give(tx, theirs, into).await,
        None => Ok(()),
    }
}

/// Gives a conversation to a customer, joined with the one that they have.
async fn give(tx: &mut Conn, given: ConversationId, to: CustomerId) -> QueryResult<()> {
    let own = conversations::table.filter(conversations::customer_id.eq(to)).select(conversations::id);
    let Some(own) = own.first::<ConversationId>(tx).await.optional()? else {
        diesel::update(conversations::table.find(given)).set(conversations::customer_id.eq(to)).execute(tx).await?;
        return Ok(());
    };
    // In id order: two that join the same must not wait for each other.
    let first = lock(tx, own.min(given)).await?;
    let second = lock(tx, own.max(given)).await?;
    let (Some(first), Some(second)) = (first, second) else { return Ok(()) };
    let (given, own) = if first.id == given { (first, second) } else { (second, first) };
    join(tx, &given, &own).await
}

async fn join(tx: &mut Conn, from: &Held, into: &Held) -> QueryResult<()> {
    let theirs = messages::table.filter(messages::conversation_id.eq(from.id));
    diesel::update(theirs).set(messages::conversation_id.eq(into.id)).execute(tx).await?;
    let open = from.status == Status::Open || into.status == Status::Open;
    let waits = [from.waiting_since, into.waiting_since].into_iter().flatten().min();
    let newest = if from.newest_id > into.newest_id { from } else { into };
    diesel::update(conversations::table.find(into.id))
        .set((
            conversations::waiting_since.eq(waits),
            conversations::staff_unread.eq(from.staff_unread + into.staff_unread),
            conversations::customer_unread.eq(from.customer_unread + into.customer_unread),
            conversations::newest_id.eq(newest.newest_id),
            conversations::newest_at.eq(newest.newest_at),
        ))
        .execute(tx)
        .await?;
    if open {
        let stands = (conversations::status.eq(Status::Open), conversations::snoozed_until.eq(None::<Moment>));
        diesel::update(conversations::table.find(into.id)).set(stands).execute(tx).await?;
    }
    diesel::delete(conversations::table.find(from.id)).execute(tx).await?;
    Ok(())
}

/// Deletes what a customer wrote, what was answered and noted, with all files. Call it last in the transaction.
pub async fn forget(tx: &mut Conn, customer: CustomerId) -> QueryResult<()> {
    let theirs = conversations::table.filter(conversations::customer_id.eq(customer)).select(conversations::id);
    let theirs: Option<ConversationId> = theirs.first(tx).await.optional()?;
    forget_conversation(tx, theirs).await
}

/// The same for whoever wrote as a guest from this address.
pub async fn forget_address(tx: &mut Conn, email: &str) -> QueryResult<()> {
    let theirs = conversations::customer_id.is_null().and(conversations::email.eq(email));
    let theirs = conversations::table.filter(theirs).select(conversations::id);
    let theirs: Option<ConversationId> = theirs.first(tx).await.optional()?;
    forget_conversation(tx, theirs).await
}

/// The same for a conversation in which nobody has said anything since a moment.
pub async fn forget_ended(tx: &mut Conn, id: ConversationId, before: Moment) -> QueryResult<()> {
    match lock(tx, id).await? {
        Some(held) if held.newest_at < before => forget_conversation(tx, Some(id)).await,
        _ => Ok(()),
    }
}

async fn forget_conversation(tx: &mut Conn, id: Option<ConversationId>) -> QueryResult<()> {
    let Some(id) = id else { return Ok(()) };
    lock(tx, id).await?;
    let places = message_files::table.inner_join(messages::table.on(messages::id.eq(message_files::message_id)));
    let places = places.filter(messages::conversation_id.eq(id)).select(message_files::place);
    let places: Vec<String> = places.load(tx).await?;
    diesel::delete(conversations::table.find(id)).execute(tx).await?;
    if places.is_empty() {
        return Ok(());
    }
    jobs::add(tx, Job::now(REMOVE_FILES, json!({ "places": places }))).await
}
