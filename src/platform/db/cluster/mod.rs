//! The private cluster: a PostgreSQL that Barrow keeps for itself when `DATABASE_URL` names none.

mod account;
mod binaries;
mod folder;
mod server;

use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result};
use tokio_postgres::error::SqlState;

use crate::platform::config::Config;
use server::Server;

pub use binaries::Binaries;
pub use folder::PrivateFolder;

/// How often a running shop looks whether its database is still there.
const WATCH: Duration = Duration::from_millis(500);
/// How long a database that says it is just starting or stopping is waited for.
const SETTLING: Duration = Duration::from_secs(120);

/// This process's share in a private cluster; the last process to let go stops PostgreSQL.
pub struct Cluster {
    shared: Arc<Shared>,
}

struct Shared {
    folder: PrivateFolder,
    server: Server,
    /// Held shared while this process needs the cluster; who can make it exclusive is alone.
    lock: File,
    released: AtomicBool,
    guard: Mutex<Option<Child>>,
}

impl Cluster {
    /// Opens the cluster: makes it where there is none, starts it where nobody has.
    ///
    /// # Errors
    /// One sentence for people: missing programs, a foreign or newer folder, a full disk, a folder that cannot be written.
    pub async fn open(config: &Config) -> Result<Cluster> {
        let config = config.clone();
        let shared = tokio::task::spawn_blocking(move || {
            let folder = PrivateFolder::open(&config)?;
            let server = Server::of(&folder, config.postgres.as_deref())?;
            let lock = folder.open_lock("cluster.lock")?;
            lock.lock_shared().context("cluster.lock cannot be locked")?;
            let guard = Mutex::new(None);
            let shared = Shared { folder, server, lock, released: AtomicBool::new(false), guard };
            shared.up()?;
            anyhow::Ok(shared)
        });
        let cluster = Cluster { shared: Arc::new(shared.await??) };
        cluster.make_database().await?;
        Ok(cluster)
    }

    /// The address of the shop's database.
    pub fn url(&self) -> String {
        self.shared.server.url("barrow")
    }

    pub fn folder(&self) -> &PrivateFolder {
        &self.shared.folder
    }

    /// Watches the server from now on: one that died is started again.
    pub fn watch(&self) {
        let shared = self.shared.clone();
        tokio::spawn(async move {
            while !shared.released.load(Ordering::SeqCst) {
                tokio::time::sleep(WATCH).await;
                let looking = shared.clone();
                match tokio::task::spawn_blocking(move || looking.up()).await {
                    Ok(Ok(true)) => tracing::warn!("PostgreSQL had died; it is running again"),
                    Ok(Err(error)) => tracing::error!("PostgreSQL died and does not start again: {error:#}"),
                    Ok(Ok(false)) | Err(_) => {}
                }
            }
        });
    }

    /// Has another process stop the cluster should this one be killed: its input ends when we do, then it opens and releases the cluster.
    pub fn guard(&self, mut command: Command) -> Result<()> {
        use std::os::unix::process::CommandExt;
        let child = command
            .env("BARROW_DATA", self.shared.folder.path())
            .env_remove("DATABASE_URL")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .process_group(0)
            .current_dir("/")
            .spawn()
            .context("the guard of the private database cannot be started")?;
        *self.shared.guard.lock().expect("no panic while held") = Some(child);
        Ok(())
    }

    /// Lets go of the cluster; stops PostgreSQL when nobody else needs it. Doing so twice is harmless.
    pub fn release(&self) -> Result<()> {
        self.shared.release()
    }

    /// Stops the cluster of a folder if no process needs it; what the guard does when its shop is gone.
    pub fn stop_if_unused(config: &Config) -> Result<()> {
        let folder = PrivateFolder::open(config)?;
        let server = Server::of(&folder, config.postgres.as_deref())?;
        let lock = folder.open_lock("cluster.lock")?;
        if lock.try_lock().is_ok() {
            server.stop()?;
        }
        Ok(())
    }

    /// Makes the shop's database in a new cluster, and waits for one that is only just waking up.
    async fn make_database(&self) -> Result<()> {
        let server = &self.shared.server;
        let begun = tokio::time::Instant::now();
        loop {
            let error = match crate::platform::db::connect(&server.url("barrow")).await {
                Ok(_) => return Ok(()),
                Err(error) => error,
            };
            match error.downcast_ref::<tokio_postgres::Error>().and_then(tokio_postgres::Error::code) {
                Some(&SqlState::INVALID_CATALOG_NAME) => {
                    let (client, driver) = crate::platform::db::connect(&server.url("postgres")).await?;
                    let driver = tokio::spawn(driver);
                    match client.batch_execute("create database barrow").await {
                        Err(error) if !is_somebody_elses(&error) => {
                            return Err(error).context("the shop's database cannot be created");
                        }
                        _ => driver.abort(),
                    }
                }
                Some(&SqlState::CANNOT_CONNECT_NOW) | None if begun.elapsed() < SETTLING => {
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    let shared = self.shared.clone();
                    tokio::task::spawn_blocking(move || shared.up()).await??;
                }
                _ => return Err(error).context("the private database does not let us in"),
            }
        }
    }
}

/// Whether another process is making the same database right now.
fn is_somebody_elses(error: &tokio_postgres::Error) -> bool {
    let signs = [SqlState::DUPLICATE_DATABASE, SqlState::UNIQUE_VIOLATION, SqlState::OBJECT_IN_USE];
    error.code().is_some_and(|code| signs.contains(code))
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.shared.release() {
            tracing::error!("{error:#}");
        }
    }
}

impl Shared {
    /// Sees to it that the server runs; one process at a time. Says whether it had to be started.
    fn up(&self) -> Result<bool> {
        if self.server.answers() || self.released.load(Ordering::SeqCst) {
            return Ok(false);
        }
        let starting = self.folder.open_lock("start.lock")?;
        starting.lock().context("start.lock cannot be locked")?;
        if self.server.answers() || self.released.load(Ordering::SeqCst) {
            return Ok(false);
        }
        self.server.initialise()?;
        self.server.start()?;
        Ok(true)
    }

    fn release(&self) -> Result<()> {
        if self.released.swap(true, Ordering::SeqCst) {
            return Ok(());
        }
        // The watcher may be starting a dead server right now.
        let starting = self.folder.open_lock("start.lock")?;
        starting.lock().context("start.lock cannot be locked")?;
        self.lock.unlock().context("cluster.lock cannot be unlocked")?;
        let stopped = match self.lock.try_lock() {
            Ok(()) => self.server.stop(),
            Err(_) => Ok(()),
        };
        let _ = self.lock.unlock();
        if let Some(mut guard) = self.guard.lock().expect("no panic while held").take() {
            let _ = guard.kill();
            let _ = guard.wait();
        }
        stopped
    }
}
