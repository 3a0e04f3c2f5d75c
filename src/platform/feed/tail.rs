//! How a process reads the feed: from the oldest transaction that was still open when it last looked, so that nothing that
//! commits late is missed. LISTEN only hastens it.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::Context;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_postgres::Client;

use super::{Change, Listener, Subject};
use crate::platform::db::{self, Listening};

/// How long a change may stay unread when no notification comes.
const POLL: Duration = Duration::from_millis(500);
/// A database that does not answer for this long is lost.
const PATIENCE: Duration = Duration::from_secs(10);
/// Rows are kept for an hour; who slept for half of it cannot be sure to have seen all.
const TOO_LONG_AWAY: Duration = Duration::from_secs(30 * 60);
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Reads the feed in a task of its own until `shutdown` is true, and tells every listener.
/// `url` leads past a pooler. A lost database is tried again for ever; after it everything counts as changed.
pub fn spawn(url: String, listeners: Vec<Arc<dyn Listener>>, mut shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        tokio::select! {
            () = for_ever(&url, &listeners) => {}
            // A dropped sender means that the process ends, too.
            _ = shutdown.wait_for(|stop| *stop) => {}
        }
    })
}

async fn for_ever(url: &str, listeners: &[Arc<dyn Listener>]) {
    let mut pause = FIRST_PAUSE;
    loop {
        let Err(error) = follow(url, listeners, &mut pause).await;
        tracing::warn!("the change feed is lost, trying again in {pause:?}: {error:#}");
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Follows the feed over one connection for as long as it holds.
async fn follow(url: &str, listeners: &[Arc<dyn Listener>], pause: &mut Duration) -> anyhow::Result<std::convert::Infallible> {
    let mut connection = db::listen(url, "barrow_feed").await?;
    let mut place = Place::now(&connection.client).await?;
    tell(listeners, &[Change { subject: Subject::Everything, id: None }]);
    *pause = FIRST_PAUSE;
    loop {
        next(&mut connection).await?;
        let away = place.read_at.elapsed().unwrap_or(TOO_LONG_AWAY);
        let mut changes = place.read(&connection.client).await?;
        if away >= TOO_LONG_AWAY {
            changes.push(Change { subject: Subject::Everything, id: None });
        }
        tell(listeners, &changes);
    }
}

/// Waits for a notification, but never longer than the poll.
async fn next(connection: &mut Listening) -> anyhow::Result<()> {
    tokio::select! {
        heard = connection.heard() => heard.context("the connection is closed"),
        () = sleep(POLL) => Ok(()),
    }
}

fn tell(listeners: &[Arc<dyn Listener>], changes: &[Change]) {
    for listener in listeners {
        for change in changes {
            if catch_unwind(AssertUnwindSafe(|| listener.hear(change))).is_err() {
                tracing::error!(?change, "a listener of the change feed panicked");
            }
        }
    }
}

/// How far the feed has been read.
pub struct Place {
    /// The oldest transaction that was open at the last reading: all rows of older ones have been seen.
    horizon: i64,
    /// Rows seen of transactions at or after the horizon, with their transaction.
    seen: HashMap<i64, i64>,
    read_at: SystemTime,
}

impl Place {
    /// The place of one who knows everything that is committed now.
    pub async fn now(client: &Client) -> anyhow::Result<Place> {
        let row =
            timeout(PATIENCE, client.query_one("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint", &[])).await??;
        Ok(Place { horizon: row.get(0), seen: HashMap::new(), read_at: SystemTime::now() })
    }

    /// Reads what was committed since the last call, each change once.
    pub async fn read(&mut self, client: &Client) -> anyhow::Result<Vec<Change>> {
        let rows = timeout(PATIENCE, client.query(READ, &[&self.horizon.to_string()])).await??;
        let mut told = HashSet::new();
        let mut changes = Vec::new();
        for row in &rows {
            let Some(id) = row.get::<_, Option<i64>>("id") else { continue };
            if self.seen.insert(id, row.get("xid")).is_some() {
                continue;
            }
            // A word of a newer version of Barrow: all that can be said is that something changed.
            let subject = row.get::<_, &str>("subject").parse().unwrap_or(Subject::Everything);
            let change = Change { subject, id: row.get("subject_id") };
            if told.insert((change.subject, change.id)) {
                changes.push(change);
            }
        }
        self.horizon = rows.first().map_or(self.horizon, |row| row.get("horizon"));
        self.seen.retain(|_, xid| *xid >= self.horizon);
        self.read_at = SystemTime::now();
        Ok(changes)
    }
}

/// One statement, hence one snapshot for the rows and for the horizon; at least one row.
const READ: &str = "
    select s.horizon::text::bigint as horizon, f.id, f.xid::text::bigint as xid, f.subject, f.subject_id
      from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) s
      left join change_feed f on f.xid >= $1::text::xid8
     order by f.id";
