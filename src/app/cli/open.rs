//! What every command needs first: the configuration, the folder, and a database that answers.

use std::io::Read;
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use crate::platform::config::Config;
use crate::platform::db::cluster::{Cluster, PrivateFolder};
use crate::platform::db::{self, Db};

/// A shop's folder and database, as one command holds them.
pub struct Opened {
    /// `data` and `database_url` are filled in, whoever named them.
    pub config: Config,
    pub folder: PrivateFolder,
    pub db: Db,
    /// Past a pooler: for migrations, LISTEN, jobs and dumps.
    pub direct_url: String,
    /// Barrow's own PostgreSQL, when `DATABASE_URL` names none.
    cluster: Option<Cluster>,
}

/// Opens folder and database as the environment says.
///
/// # Errors
/// One sentence for people.
pub async fn open() -> Result<Opened> {
    let mut config = Config::from_env()?;
    let (folder, cluster) = match &config.database_url {
        Some(_) => (PrivateFolder::open(&config)?, None),
        None => {
            let cluster = Cluster::open(&config).await?;
            let mut guard = Command::new(std::env::current_exe().context("Barrow's own file cannot be found")?);
            guard.arg("guard");
            cluster.guard(guard)?;
            (cluster.folder().clone(), Some(cluster))
        }
    };
    let url = match (&cluster, &config.database_url) {
        (Some(cluster), _) => cluster.url(),
        (None, url) => url.clone().unwrap_or_default(),
    };
    let direct_url = match (&cluster, &config.database_direct_url) {
        (None, Some(direct)) => direct.clone(),
        _ => url.clone(),
    };
    if cluster.is_none() {
        look(&url, "DATABASE_URL").await?;
        if direct_url != url {
            look(&direct_url, "DATABASE_DIRECT_URL").await?;
        }
    }
    config.data = Some(folder.path().to_owned());
    config.database_url = Some(url.clone());
    config.database_direct_url = Some(direct_url.clone());
    let db = Db::open(&url, config.pool_size)?;
    Ok(Opened { config, folder, db, direct_url, cluster })
}

impl Opened {
    /// Brings the database up to date; says what ran.
    pub async fn migrate(&self) -> Result<Vec<String>> {
        crate::app::migrate(&self.direct_url).await
    }

    /// Starts a private PostgreSQL again should it die.
    pub fn watch(&self) {
        if let Some(cluster) = &self.cluster {
            cluster.watch();
        }
    }

    /// Whether PostgreSQL is Barrow's own.
    pub fn is_private(&self) -> bool {
        self.cluster.is_some()
    }

    /// Closes the pool and lets go of the private cluster.
    pub async fn close(self) -> Result<()> {
        self.db.close();
        match self.cluster {
            Some(cluster) => tokio::task::spawn_blocking(move || cluster.release()).await?,
            None => Ok(()),
        }
    }
}

/// Connects once, so that a wrong address is said in words before anything else happens.
async fn look(url: &str, variable: &str) -> Result<()> {
    let (client, driver) = db::connect(url).await.map_err(|error| explain(variable, &error))?;
    let driver = tokio::spawn(driver);
    let number = client.simple_query("show server_version_num").await.map_err(|error| explain(variable, &error.into()))?;
    driver.abort();
    let number = number.iter().find_map(|message| match message {
        tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0)?.parse::<u32>().ok(),
        _ => None,
    });
    match number {
        Some(number) if number < 140_000 => {
            bail!("{variable} leads to PostgreSQL {}, which is too old: Barrow needs 14 or newer", number / 10_000)
        }
        _ => Ok(()),
    }
}

fn explain(variable: &str, error: &anyhow::Error) -> anyhow::Error {
    let driver = error.downcast_ref::<tokio_postgres::Error>();
    if let Some(said) = driver.and_then(tokio_postgres::Error::as_db_error) {
        return anyhow!("the database that {variable} names refuses us: {}", said.message());
    }
    let reason = error.root_cause().to_string();
    match driver.map(ToString::to_string) {
        Some(said) if said.starts_with("invalid con") => anyhow!("{variable} is no address of a PostgreSQL database: {reason}"),
        _ => anyhow!("the database that {variable} names cannot be reached: {reason}"),
    }
}

/// Waits until the shop at the other end of standard input is gone, then stops its private cluster if nobody else needs it.
pub fn guard() -> Result<()> {
    let mut nothing = Vec::new();
    let _ = std::io::stdin().read_to_end(&mut nothing);
    Cluster::stop_if_unused(&Config::from_env()?)
}
