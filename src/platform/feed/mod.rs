//! The change feed: a write to anything a shopper can see says what changed; every process reads it and drops its caches.
//! Owns: change_feed

mod kept;
mod tail;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::base::{Moment, text_enum};
use super::db::Conn;
use super::schema::change_feed;

pub use kept::{Kept, MadeOf, News, Seen};
pub use tail::{Place, spawn};

text_enum! {
    /// What kind of thing changed.
    Subject {
        Product = "product", Category = "category", Stock = "stock", Settings = "settings",
        Rates = "rates", Content = "content", Media = "media", Everything = "everything",
    }
}

/// A row of the feed: what changed, never how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable)]
pub struct Change {
    pub subject: Subject,
    /// The row's id; for stock the product's id; `None`: any of them.
    pub id: Option<i64>,
}

/// Tells all processes that something changed; call it inside the transaction that changes it.
pub async fn tell(tx: &mut Conn, subject: Subject, id: Option<i64>) -> QueryResult<()> {
    tell_all(tx, &[Change { subject, id }]).await
}

/// Tells of several changes in one statement.
pub async fn tell_all(tx: &mut Conn, changes: &[Change]) -> QueryResult<()> {
    let rows: Vec<_> =
        changes.iter().map(|change| (change_feed::subject.eq(change.subject), change_feed::subject_id.eq(change.id))).collect();
    diesel::insert_into(change_feed::table).values(rows).execute(tx).await?;
    Ok(())
}

/// Something kept in memory that must be dropped when what it was made of changes.
pub trait Listener: Send + Sync + 'static {
    fn hear(&self, change: &Change);
}

/// How long a row of the feed is kept; a reader that was away for half of it takes everything as changed.
const KEPT: chrono::Duration = chrono::Duration::hours(1);

/// Removes the rows that every reader has seen long ago; returns how many.
pub async fn prune(conn: &mut Conn, now: Moment) -> QueryResult<usize> {
    diesel::delete(change_feed::table.filter(change_feed::at.lt(now - KEPT))).execute(conn).await
}
