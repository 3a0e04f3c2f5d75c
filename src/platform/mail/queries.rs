//! Reads of the mails.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::MailState;
use super::post::Letterbox;
use crate::platform::base::{Broke, MailId, Moment, OrderId};
use crate::platform::db::Conn;
use crate::platform::schema::mails;

/// A mail as the list of staff shows it.
#[derive(Clone, Debug, Queryable)]
pub struct MailRow {
    pub id: MailId,
    pub kind: String,
    pub recipient: String,
    pub subject: String,
    pub state: MailState,
    pub failure: Option<String>,
    pub created_at: Moment,
    pub sent_at: Option<Moment>,
}

/// A mail with its text.
#[derive(Clone, Debug, Queryable)]
pub struct Mail {
    pub id: MailId,
    pub kind: String,
    pub sender: String,
    pub recipient: String,
    pub subject: String,
    pub html: String,
    pub text: String,
    pub order: Option<OrderId>,
    pub state: MailState,
    pub failure: Option<String>,
    pub created_at: Moment,
    pub sent_at: Option<Moment>,
}

/// Which part of the list is asked for.
#[derive(Clone, Copy, Debug)]
pub enum Span {
    Newest,
    /// Older than this mail.
    Before(MailId),
    /// Newer than this mail.
    After(MailId),
}

/// A part of the list, newest first.
pub struct Mails {
    pub mails: Vec<MailRow>,
    /// Whether there are newer ones than these.
    pub newer: bool,
    pub older: bool,
}

/// At most `limit` mails of a part of the list, in one state or in any; words are searched in recipient and subject.
pub async fn mails(conn: &mut Conn, words: &str, state: Option<MailState>, span: Span, limit: usize) -> Result<Mails, Broke> {
    let mut query = mails::table.into_boxed();
    if !words.is_empty() {
        let like = format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        query = query.filter(mails::recipient.ilike(like.clone()).or(mails::subject.ilike(like)));
    }
    if let Some(state) = state {
        query = query.filter(mails::state.eq(state.as_str()));
    }
    query = match span {
        Span::Newest => query.order(mails::id.desc()),
        Span::Before(id) => query.filter(mails::id.lt(id.0)).order(mails::id.desc()),
        Span::After(id) => query.filter(mails::id.gt(id.0)).order(mails::id.asc()),
    };
    let columns = (
        mails::id,
        mails::kind,
        mails::recipient,
        mails::subject,
        mails::state,
        mails::failure,
        mails::created_at,
        mails::sent_at,
    );
    let mut found: Vec<MailRow> = query.select(columns).limit(limit as i64 + 1).load(conn).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    Ok(match span {
        Span::Newest => Mails { mails: found, newer: false, older: more },
        Span::Before(_) => Mails { mails: found, newer: true, older: more },
        Span::After(_) => {
            found.reverse();
            Mails { mails: found, newer: more, older: true }
        }
    })
}

/// One mail.
pub async fn mail(conn: &mut Conn, id: MailId) -> Result<Option<Mail>, Broke> {
    let columns = (
        mails::id,
        mails::kind,
        mails::sender,
        mails::recipient,
        mails::subject,
        mails::html,
        mails::body_text,
        mails::order_id,
        mails::state,
        mails::failure,
        mails::created_at,
        mails::sent_at,
    );
    Ok(mails::table.find(id.0).select(columns).first(conn).await.optional()?)
}

/// A mail that waits to be sent (or failed before); `None` when it is sent, kept or gone.
pub(super) async fn letterbox(conn: &mut Conn, id: MailId) -> Result<Option<Letterbox>, Broke> {
    let open = [MailState::Waiting.as_str(), MailState::Failed.as_str()];
    let thread = (mails::message_id, mails::reply_to, mails::in_reply_to, mails::reference_ids);
    let columns = (mails::sender, mails::recipient, mails::subject, mails::html, mails::body_text, thread);
    Ok(mails::table.find(id.0).filter(mails::state.eq_any(open)).select(columns).first(conn).await.optional()?)
}
