//! PostgreSQL's own programs, and what the database says about itself.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use url::Url;

use crate::app::cli::open::Opened;
use crate::platform::db;
use crate::platform::db::cluster::Binaries;

/// Where Debian keeps the certificates that everybody trusts; PostgreSQL's programs do not look there by themselves.
const TRUSTED: &str = "/etc/ssl/certs/ca-certificates.crt";

/// What the database says about itself.
pub(super) struct Facts {
    pub postgres: u32,
    pub migrations: Vec<String>,
    pub has_shop: bool,
    /// Connections to it beside our own.
    pub others: i64,
}

impl Facts {
    /// The facts when nobody else is connected, or after waiting for those who are just leaving.
    pub async fn alone(url: &str) -> Result<Facts> {
        for _ in 0..10 {
            let facts = Facts::read(url).await?;
            if facts.others == 0 {
                return Ok(facts);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Facts::read(url).await
    }

    pub async fn read(url: &str) -> Result<Facts> {
        let (client, driver) = db::connect(url).await.context("the database cannot be reached")?;
        let driver = tokio::spawn(driver);
        let number: String = client.query_one("select current_setting('server_version_num')", &[]).await?.get(0);
        let migrated: bool =
            client.query_one("select to_regclass('public.__diesel_schema_migrations') is not null", &[]).await?.get(0);
        let (mut migrations, mut has_shop) = (Vec::new(), false);
        if migrated {
            let rows = client.query("select version::text from __diesel_schema_migrations order by 1", &[]).await?;
            migrations = rows.iter().map(|row| row.get(0)).collect();
        }
        if !migrations.is_empty() {
            let any = "select exists (select from orders) or exists (select from products) or exists (select from staff)";
            has_shop = client.query_one(any, &[]).await?.get(0);
        }
        let others = "select count(*) from pg_stat_activity \
                      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'";
        let others = client.query_one(others, &[]).await?.get(0);
        driver.abort();
        Ok(Facts { postgres: number.parse::<u32>()? / 10_000, migrations, has_shop, others })
    }
}

/// One of PostgreSQL's client programs, of the server's version or the next newer.
pub(super) fn program(name: &str, opened: &Opened, server: u32) -> Result<Command> {
    let found = Binaries::client(opened.config.postgres.as_deref(), name, server);
    let found = found.with_context(|| {
        format!("{name} of PostgreSQL {server} or newer is not installed here: on Debian or Ubuntu run `apt install postgresql-client-{server}`")
    })?;
    let mut command = Command::new(found);
    command.stdin(Stdio::null()).stderr(Stdio::piped()).env("LC_ALL", "C");
    Ok(command)
}

/// The same, told which database; the password goes by the environment, where other accounts cannot read it.
pub(super) fn client(name: &str, opened: &Opened, server: u32) -> Result<Command> {
    let mut command = program(name, opened, server)?;
    let mut address = opened.direct_url.clone();
    if let Ok(mut url) = Url::parse(&address)
        && let Some(password) = url.password()
    {
        command.env("PGPASSWORD", percent_encoding::percent_decode_str(password).decode_utf8_lossy().as_ref());
        let _ = url.set_password(None);
        address = url.into();
    }
    if std::env::var_os("PGSSLROOTCERT").is_none() {
        // The same as the shop itself trusts.
        let trusted = std::env::var("SSL_CERT_FILE").unwrap_or_else(|_| TRUSTED.into());
        if address.contains("sslmode=verify") && Path::new(&trusted).exists() {
            command.env("PGSSLROOTCERT", trusted);
        }
    }
    command.arg("--dbname").arg(address);
    Ok(command)
}

/// Waits for a program; what it complained about is the error.
pub(super) fn finish(name: &str, child: Child) -> Result<()> {
    let output = child.wait_with_output().with_context(|| format!("{name} cannot be run"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = said.lines().find(|line| line.contains("rror")).or(said.lines().last()).unwrap_or("it gave no reason");
    bail!("{name} failed: {}", line.trim())
}
