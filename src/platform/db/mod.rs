//! The database: a handle on the pool, one way to open a transaction, migrations, and the private cluster.

pub mod cluster;
mod connect;
mod count;
mod listen;
mod migrate;
mod statement;
mod transaction;

use std::sync::Arc;
use std::time::Duration;

use diesel_async::pooled_connection::deadpool::{Object, Pool};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};

use super::base::Broke;

pub use connect::{SETTINGS, connect, target};
pub use listen::{Listening, listen};
pub use migrate::{migrate, migrations, pending};
pub use statement::{Statement, sql};
pub use transaction::{dated, in_transaction, transaction};

/// One connection to PostgreSQL, in or outside a transaction.
pub type Conn = AsyncPgConnection;
/// A connection lent by the pool; goes back when dropped.
pub type Lent = Object<Conn>;

/// The database cannot be reached, or all connections are busy for too long: the page says 503.
#[derive(Debug, thiserror::Error)]
#[error("the database cannot be reached: {0}")]
pub struct Unreachable(String);

/// Whether something failed because the database is away or went away meanwhile, so that trying later helps.
pub fn is_away(error: &anyhow::Error) -> bool {
    use diesel::result::DatabaseErrorKind::{ClosedConnection, UnableToSendCommand};
    use diesel::result::Error::{BrokenTransactionManager, DatabaseError};
    error.chain().any(|cause| match cause.downcast_ref::<diesel::result::Error>() {
        Some(DatabaseError(ClosedConnection | UnableToSendCommand, _) | BrokenTransactionManager) => true,
        // 57P01 and 57P02: diesel keeps the words but not the code.
        Some(DatabaseError(_, info)) => info.message().starts_with("terminating connection"),
        _ => cause.is::<Unreachable>(),
    })
}

/// A handle on the pool. A handler takes its connection in its body, after the form is read.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Conn>,
    url: Arc<str>,
    counter: count::Counter,
}

impl Db {
    /// Opens a pool; connections are made when they are needed, so this does not fail on a database that is down.
    pub fn open(url: &str, size: usize) -> anyhow::Result<Db> {
        let mut config = ManagerConfig::default();
        let counter = count::Counter::default();
        let watch = counter.clone();
        config.custom_setup = Box::new(move |url| {
            let (url, counter) = (url.to_owned(), watch.clone());
            Box::pin(async move {
                let mut conn = connect::establish(url).await?;
                conn.set_instrumentation(counter);
                Ok(conn)
            })
        });
        config.recycling_method = RecyclingMethod::Fast;
        let manager = AsyncDieselConnectionManager::new_with_config(url, config);
        let pool = Pool::builder(manager)
            .max_size(size)
            // Busy is not away: whoever stands in line gets their turn. A database that is away is known when a connection is made.
            .wait_timeout(Some(Duration::from_secs(15)))
            .create_timeout(Some(Duration::from_secs(5)))
            .recycle_timeout(Some(Duration::from_secs(5)))
            .runtime(deadpool::Runtime::Tokio1)
            .build()?;
        Ok(Db { pool, url: url.into(), counter })
    }

    /// Lends a connection.
    pub async fn get(&self) -> Result<Lent, Broke> {
        self.pool.get().await.map_err(|error| Unreachable(error.to_string()).into())
    }

    /// How many queries went over the pool so far.
    pub fn queries(&self) -> u64 {
        self.counter.total()
    }

    /// The address of the database, for those who need a connection of their own (LISTEN, jobs).
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Closes the pool; called when the server has stopped.
    pub fn close(&self) {
        self.pool.close();
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Db {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.rocket().state::<Db>() {
            Some(db) => Outcome::Success(db.clone()),
            None => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}
