//! Acts on conversations. Each locks its conversation first, so that of two at once the second sees what the first did.

mod answering;
mod desk;
mod joining;
mod replies;
mod saying;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{Filed, Status, Whose};
use crate::features::customers::queries::{account_by_email, account_of};
use crate::platform::base::{ConversationId, CustomerId, MessageId, Moment, Token};
use crate::platform::db::Conn;
use crate::platform::i18n::Locale;
use crate::platform::schema::{conversations, message_files};

pub use answering::{begin, write};
pub use desk::{assign, close, mark_read, mark_unread, read_by_customer, reopen, snooze, wake_due};
pub use joining::{adopt, forget, forget_address, forget_ended, hand_over};
pub use replies::{add_reply, change_reply, remove_reply};
pub use saying::{say, say_in};

/// The job that wakes what was put off; see [`wake_due`].
pub const WAKE: &str = "wake_conversations";
/// The job that removes files of messages that are gone from the store; its payload is their places.
pub const REMOVE_FILES: &str = "remove_message_files";
/// The job that writes the mail of an answer.
pub const WRITE_ANSWER: &str = "write_answer";

/// A conversation under its lock.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = conversations)]
pub(super) struct Held {
    pub id: ConversationId,
    pub status: Status,
    pub waiting_since: Option<Moment>,
    pub staff_unread: i32,
    pub customer_unread: i32,
    pub newest_id: MessageId,
    pub newest_at: Moment,
}

/// Locks a conversation until the end of the transaction.
pub(super) async fn lock(tx: &mut Conn, id: ConversationId) -> QueryResult<Option<Held>> {
    conversations::table.find(id).select(Held::as_select()).for_update().first(tx).await.optional()
}

/// The conversation of somebody, under its lock, begun where there is none; `None`: there is no such customer or conversation.
pub(super) async fn find_or_begin(tx: &mut Conn, whose: &Whose, now: Moment) -> QueryResult<Option<Held>> {
    match whose {
        Whose::Known(id) => lock(tx, *id).await,
        Whose::Customer(customer) => of_customer(tx, *customer, now).await,
        Whose::Address { email, name, locale } => match account_by_email(tx, email).await? {
            Some(account) => of_customer(tx, account.id, now).await,
            None => of_guest(tx, email, name, *locale, now).await,
        },
    }
}

async fn of_customer(tx: &mut Conn, customer: CustomerId, now: Moment) -> QueryResult<Option<Held>> {
    let Some(account) = account_of(tx, customer).await? else { return Ok(None) };
    let own = conversations::table.filter(conversations::customer_id.eq(customer)).select(Held::as_select()).for_update();
    if let Some(held) = own.first(tx).await.optional()? {
        return Ok(Some(held));
    }
    insert(tx, Some(customer), &account.email, &account.name, account.locale, now).await?;
    let own = conversations::table.filter(conversations::customer_id.eq(customer)).select(Held::as_select()).for_update();
    own.first(tx).await.optional()
}

async fn of_guest(tx: &mut Conn, email: &str, name: &str, locale: Locale, now: Moment) -> QueryResult<Option<Held>> {
    let theirs = conversations::email.eq(email).and(conversations::customer_id.is_null());
    let found = || conversations::table.filter(theirs).select(Held::as_select()).for_update();
    let mut held: Option<Held> = found().first(tx).await.optional()?;
    if held.is_none() {
        insert(tx, None, email, name, locale, now).await?;
        held = found().first(tx).await.optional()?;
    }
    if let Some(held) = held.as_ref().filter(|_| !name.is_empty()) {
        let nameless = conversations::table.find(held.id).filter(conversations::name.eq(""));
        diesel::update(nameless).set(conversations::name.eq(name)).execute(tx).await?;
    }
    Ok(held)
}

/// Begins a conversation; one that somebody else begins at the same moment is waited for.
async fn insert(
    tx: &mut Conn,
    customer: Option<CustomerId>,
    email: &str,
    name: &str,
    locale: Locale,
    now: Moment,
) -> QueryResult<()> {
    let secret = Token::random().hash().as_bytes().to_vec();
    diesel::insert_into(conversations::table)
        .values((
            conversations::customer_id.eq(customer),
            conversations::email.eq(email),
            conversations::name.eq(name),
            conversations::locale.eq(locale),
            conversations::secret.eq(secret),
            conversations::newest_at.eq(now),
            conversations::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(tx)
        .await
        .map(drop)
}

/// Lays files beside a message.
pub(super) async fn attach(tx: &mut Conn, message: MessageId, files: &[Filed]) -> QueryResult<()> {
    let row = |file: &Filed| {
        (
            message_files::message_id.eq(message),
            message_files::name.eq(file.name.clone()),
            message_files::mime.eq(file.mime),
            message_files::bytes.eq(file.bytes),
            message_files::width.eq(file.size.map(|size| size.0)),
            message_files::height.eq(file.size.map(|size| size.1)),
            message_files::place.eq(file.place.clone()),
        )
    };
    let rows: Vec<_> = files.iter().map(row).collect();
    if !rows.is_empty() {
        diesel::insert_into(message_files::table).values(rows).execute(tx).await?;
    }
    Ok(())
}
