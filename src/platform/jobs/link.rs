//! How the job runner reaches PostgreSQL: through Barrow's own TLS, and with a listener that comes back after a loss.

use std::any::Any;
use std::time::Duration;

use anyhow::Context;
use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use graphile_worker::tokio_postgres::TokioPostgresDatabase;
use graphile_worker::{
    BoxFuture, Database, DatabaseDriver, DbError, DbExecutor, DbParams, DbRow, DbTransaction, Notification, NotificationStream,
    WorkerOptions,
};

use super::rows;
use crate::platform::db;

/// Any number nobody else locks by: "jobs" on a phone's keys.
const LOCK: i64 = 5_627;
/// Only receipts are written here, and a job whose receipt is lost in a crash is done again as after any loss: no need to wait for the disk.
const RECEIPTS: &str = "set synchronous_commit = off";
const PATIENCE: Option<Duration> = Some(Duration::from_secs(5));

/// Brings the tables of the queue up to date, one process at a time.
///
/// # Errors
/// An unreachable database, or a migration that fails.
pub async fn migrate(url: &str) -> anyhow::Result<()> {
    let (client, driver) = db::connect(url).await.context("cannot connect for the migrations of the job queue")?;
    let driver = tokio::spawn(driver);
    client.execute("select pg_advisory_lock($1)", &[&LOCK]).await?;
    WorkerOptions::default().database(database(url)?).init().await.context("the migrations of the job queue failed")?;
    // The lock goes with the connection.
    drop(client);
    driver
        .await
        .context("the connection's driver panicked")?
        .or_else(|error| if error.is_closed() { Ok(()) } else { Err(error.into()) })
}

/// A small pool of its own for fetching and finishing jobs.
pub(super) fn database(url: &str) -> anyhow::Result<Database> {
    let (config, tls) = db::target(url)?;
    let manager = Manager::from_config(config, tls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
    let pool = Pool::builder(manager)
        .max_size(4)
        .wait_timeout(PATIENCE)
        .create_timeout(PATIENCE)
        .recycle_timeout(PATIENCE)
        .runtime(Runtime::Tokio1)
        .post_create(Hook::async_fn(|client, _| {
            Box::pin(async move {
                let settings = format!("{}; {RECEIPTS}", db::SETTINGS);
                client.batch_execute(&settings).await.map_err(HookError::Backend)
            })
        }))
        .build()?;
    Ok(Database::new(Link { pool: TokioPostgresDatabase::new(pool), url: url.to_owned() }))
}

#[derive(Debug)]
struct Link {
    pool: TokioPostgresDatabase,
    url: String,
}

/// The runner's few statements stay prepared; the driver's own executor has each one parsed and planned at every look for work.
impl DbExecutor for Link {
    fn execute<'a>(&'a self, sql: &'a str, params: DbParams) -> BoxFuture<'a, Result<u64, DbError>> {
        Box::pin(async move {
            let client = self.pool.pool().get().await?;
            let statement = client.prepare_cached(sql).await?;
            Ok(client.execute(&statement, &rows::values(&params)).await?)
        })
    }

    fn fetch_all<'a>(&'a self, sql: &'a str, params: DbParams) -> BoxFuture<'a, Result<Vec<DbRow>, DbError>> {
        Box::pin(async move {
            let client = self.pool.pool().get().await?;
            let statement = client.prepare_cached(sql).await?;
            client.query(&statement, &rows::values(&params)).await?.iter().map(rows::row).collect()
        })
    }
}

impl DatabaseDriver for Link {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn begin<'a>(&'a self) -> BoxFuture<'a, Result<DbTransaction, DbError>> {
        self.pool.begin()
    }

    fn listen<'a>(&'a self, channel: &'a str) -> BoxFuture<'a, Result<Option<NotificationStream>, DbError>> {
        let (url, channel) = (self.url.clone(), channel.to_owned());
        let stream = futures::stream::unfold(None, move |listening| {
            let (url, channel) = (url.clone(), channel.clone());
            async move { Some(notification(&url, channel, listening).await) }
        });
        Box::pin(async move { Ok(Some(Box::pin(stream) as NotificationStream)) })
    }
}

type Heard = (Result<Notification, DbError>, Option<db::Listening>);

/// Waits for the next notification; connects (again) first where it must. The poll goes on meanwhile.
async fn notification(url: &str, channel: String, mut listening: Option<db::Listening>) -> Heard {
    loop {
        let Some(connection) = &mut listening else {
            match db::listen(url, &channel).await {
                Ok(connection) => listening = Some(connection),
                Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
            }
            continue;
        };
        if connection.heard().await.is_some() {
            return (Ok(Notification { channel, payload: String::new() }), listening);
        }
        listening = None;
    }
}
