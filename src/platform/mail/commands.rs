//! Queueing, sending and sending again.

use chrono::Utc;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use lettre::Address;
use lettre::message::Mailbox;
use serde::{Deserialize, Serialize};

use super::model::{Draft, MailState, NOBODY};
use super::post::{Letterbox, Post};
use super::queries;
use crate::platform::base::{Broke, MailId, Moment};
use crate::platform::db::{self, Conn, Db};
use crate::platform::jobs::{self, Job, Work};
use crate::platform::schema::{mails, settings};

/// Kinds of letters with a link that opens an account or shows a gift card: once they are sent, nobody in the house can read them.
const SECRET: [&str; 7] = [
    "customer_register",
    "customer_reset",
    "customer_change",
    "customer_verify",
    "privacy_request",
    "gift_card",
    super::INVITATION,
];

/// Whether a letter of this kind has a link that opens an account.
pub fn is_secret(kind: &str) -> bool {
    SECRET.contains(&kind)
}

/// The last letters to people who are forgotten: once they are out, they are forgotten, too.
const LAST: [&str; 2] = ["customer_closed", "privacy_erased"];
/// How long a last letter that did not go out is kept.
const LAST_FOR: chrono::Duration = chrono::Duration::days(7);

/// The job that sends a mail; idempotent, since a mail that was sent or kept is left alone.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    pub mail: MailId,
}

/// What sending needs; the state that the app's jobs share gives it.
pub trait Sends: Clone + Send + Sync + 'static {
    fn db(&self) -> &Db;
    fn post(&self) -> &Post;
}

impl<S: Sends> Work<S> for SendMail {
    const NAME: &'static str = "send_mail";

    async fn run(self, shared: S) -> Result<(), Broke> {
        send(shared.db(), shared.post(), self.mail).await
    }
}

/// Queues a mail from the shop's sender address; it goes out if and only if the transaction commits.
/// `None` when a mail for the same cause is queued already, or there is nobody to write to. Call it last in the transaction.
pub async fn queue(tx: &mut Conn, draft: &Draft) -> Result<Option<MailId>, Broke> {
    Ok(queue_all(tx, std::slice::from_ref(draft)).await?.pop())
}

/// Queues several as [`queue`] does; those that are new.
pub async fn queue_all(tx: &mut Conn, drafts: &[Draft]) -> Result<Vec<MailId>, Broke> {
    let (name, address): (String, String) =
        settings::table.select((settings::shop_name, settings::sender_email)).first(tx).await?;
    let sender = match address.parse::<Address>() {
        Ok(address) => Mailbox::new(Some(name), address).to_string(),
        Err(_) => address,
    };
    let mut queued = Vec::new();
    for draft in drafts.iter().filter(|draft| draft.recipient != NOBODY) {
        queued.extend(insert(tx, draft, &sender).await?);
    }
    jobs::add_all(tx, queued.iter().copied().map(job).collect()).await?;
    Ok(queued)
}

async fn insert(tx: &mut Conn, draft: &Draft, sender: &str) -> QueryResult<Option<MailId>> {
    let row = (
        mails::kind.eq(draft.kind),
        mails::sender.eq(sender),
        mails::recipient.eq(&draft.recipient),
        mails::subject.eq(&draft.subject),
        mails::html.eq(&draft.html),
        mails::body_text.eq(&draft.text),
        mails::order_id.eq(draft.order.map(|order| order.0)),
        mails::dedupe_key.eq(&draft.dedupe_key),
        (mails::message_id.eq(&draft.thread.message_id), mails::reply_to.eq(&draft.thread.reply_to)),
        (mails::in_reply_to.eq(&draft.thread.in_reply_to), mails::reference_ids.eq(draft.thread.references.join(" "))),
    );
    let new = diesel::insert_into(mails::table).values(row).on_conflict(mails::dedupe_key).do_nothing();
    new.returning(mails::id).get_result(tx).await.optional()
}

/// Keeps all that waits, so that none of it goes out; for the demo's past.
pub async fn keep_waiting(tx: &mut Conn) -> QueryResult<()> {
    let waiting = mails::table.filter(mails::state.eq(MailState::Waiting.as_str()));
    diesel::update(waiting).set(mails::state.eq(MailState::Kept.as_str())).execute(tx).await?;
    Ok(())
}

/// Sends a mail again, whatever became of it; false when there is no such mail.
pub async fn send_again(tx: &mut Conn, mail: MailId) -> Result<bool, Broke> {
    let waiting = (mails::state.eq(MailState::Waiting.as_str()), mails::failure.eq(None::<String>));
    // A letter that was forgotten cannot be sent again.
    let known = mails::table.filter(mails::id.eq(mail.0)).filter(mails::html.ne(""));
    let found = diesel::update(known).set(waiting).execute(tx).await?;
    if found > 0 {
        jobs::add(tx, job(mail).keyed(format!("send_mail:{mail}"))).await?;
    }
    Ok(found > 0)
}

fn job(mail: MailId) -> Job {
    Job::now("send_mail", serde_json::json!(SendMail { mail }))
}

/// Sends one mail over SMTP, or keeps it when there is no server. No connection is held while the server talks.
async fn send(db: &Db, post: &Post, mail: MailId) -> Result<(), Broke> {
    let Some(letter) = queries::letterbox(&mut *db.get().await?, mail).await? else { return Ok(()) };
    let (state, failure, again) = match deliver(post, mail, &letter).await {
        Ok(state) => (state, None, None),
        Err(why) => (MailState::Failed, Some(why.words), why.again),
    };
    let sent_at = (state == MailState::Sent).then(Utc::now);
    diesel::update(mails::table.find(mail.0))
        .set((mails::state.eq(state.as_str()), mails::failure.eq(failure), mails::sent_at.eq(sent_at)))
        .execute(&mut *db.get().await?)
        .await?;
    if state == MailState::Sent {
        let mut conn = db.get().await?;
        forget_secret(&mut conn, mail).await?;
        db::sql(format!("update mails set {EMPTIED} where id = $1 and kind = any($2)"))
            .bind::<BigInt, _>(mail)
            .bind::<Array<Text>, _>(LAST.to_vec())
            .execute(&mut conn)
            .await?;
    }
    again.map_or(Ok(()), |error| Err(Broke(error)))
}

/// What is left of a mail that is forgotten: that there was one, of which kind and for which cause, so that it is not written again.
/// It no longer goes out.
const EMPTIED: &str =
    "recipient = 'forgotten@account.invalid', subject = '', html = '', body_text = '', failure = null, reply_to = '',
                       state = case when state = 'sent' then 'sent' else 'kept' end";

/// Forgets the mails to somebody, those about their orders or written for these causes, and whatever names their addresses (in small
/// letters).
pub async fn forget(tx: &mut Conn, emails: &[String], orders: &[i64], causes: &[String]) -> QueryResult<usize> {
    let theirs = "lower(recipient) = any($1) or order_id = any($2) or dedupe_key = any($3)
                  or exists (select from unnest($1) email where strpos(lower(subject || ' ' || body_text), email) > 0)";
    db::sql(format!("update mails set {EMPTIED} where {theirs}"))
        .bind::<Array<Text>, _>(emails)
        .bind::<Array<BigInt>, _>(orders)
        .bind::<Array<Text>, _>(causes)
        .execute(tx)
        .await
}

/// Deletes mails from before a moment, and empties last letters that did not go out; run once in a while.
pub async fn sweep(conn: &mut Conn, before: Moment, now: Moment) -> QueryResult<usize> {
    let emptied = format!("update mails set {EMPTIED} where kind = any($1) and recipient <> '{NOBODY}' and created_at < $2");
    db::sql(emptied).bind::<Array<Text>, _>(LAST.to_vec()).bind::<Timestamptz, _>(now - LAST_FOR).execute(conn).await?;
    diesel::delete(mails::table.filter(mails::created_at.lt(before))).execute(conn).await
}

async fn forget_secret(conn: &mut Conn, mail: MailId) -> QueryResult<()> {
    let secret = mails::table.filter(mails::id.eq(mail.0)).filter(mails::kind.eq_any(SECRET));
    diesel::update(secret).set((mails::html.eq(""), mails::body_text.eq(""))).execute(conn).await?;
    Ok(())
}

/// Why a mail did not go out.
struct Undelivered {
    /// For staff, as the server said it.
    words: String,
    /// For the log, where it is worth trying again: without the server's words, which name the recipient.
    again: Option<anyhow::Error>,
}

async fn deliver(post: &Post, mail: MailId, letter: &Letterbox) -> Result<MailState, Undelivered> {
    let Some(transport) = post.transport() else { return Ok(MailState::Kept) };
    let message = letter.message(mail).map_err(|error| Undelivered { words: format!("{error:#}"), again: None })?;
    match lettre::AsyncTransport::send(transport, message).await {
        Ok(_) => Ok(MailState::Sent),
        Err(error) => {
            let for_good = error.is_permanent() && !is_about_us(&error);
            let again = (!for_good).then(|| match error.status() {
                Some(code) => anyhow::anyhow!("the mail server answers {code}; its words stand under “Sent mail”"),
                None => anyhow::anyhow!("the mail server cannot be reached: {error}"),
            });
            Err(Undelivered { words: format!("{:#}", anyhow::Error::from(error)), again })
        }
    }
}

/// Whether the server objects to our name or password and not to the letter: once that is mended, the letter can go
/// (530, 534, 535 and 538 of RFC 4954).
fn is_about_us(error: &lettre::transport::smtp::Error) -> bool {
    error.status().is_some_and(|code| [530, 534, 535, 538].contains(&u16::from(code)))
}
