//! Migrations at start, one process at a time: whoever comes second waits and finds nothing to do.

use anyhow::{Context, Result, anyhow, bail};
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel::pg::Pg;
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
/// Any number nobody else locks by: "barrow" on a phone's keys.
const LOCK: i64 = 227_769;

/// Brings the schema up to date; returns the names of the migrations that ran.
///
/// # Errors
/// An unreachable database, one that a newer Barrow has migrated, or a migration that fails (nothing of it stays).
pub async fn migrate(url: &str) -> Result<Vec<String>> {
    let mut conn = super::connect::establish(url.to_owned()).await.context("cannot connect for the migrations")?;
    diesel::sql_query(format!("select pg_advisory_lock({LOCK})")).execute(&mut conn).await?;
    let (mut conn, ran) = tokio::task::spawn_blocking(move || run(conn)).await??;
    diesel::sql_query(format!("select pg_advisory_unlock({LOCK})")).execute(&mut conn).await?;
    Ok(ran)
}

/// The names of the migrations that this database still lacks.
///
/// # Errors
/// An unreachable database, or one that a newer Barrow has migrated.
pub async fn pending(url: &str) -> Result<Vec<String>> {
    let conn = super::connect::establish(url.to_owned()).await.context("cannot connect to look at the migrations")?;
    tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(conn);
        refuse_newer(&mut harness)?;
        let pending = harness.pending_migrations(MIGRATIONS).map_err(|error| anyhow!("{error}"))?;
        Ok(pending.iter().map(|migration| migration.name().to_string()).collect())
    })
    .await?
}

/// The versions of all migrations that this Barrow knows.
pub fn migrations() -> Vec<String> {
    let known: Vec<Box<dyn Migration<Pg>>> = MIGRATIONS.migrations().unwrap_or_default();
    known.iter().map(|migration| migration.name().version().to_string()).collect()
}

fn run(conn: AsyncPgConnection) -> Result<(AsyncPgConnection, Vec<String>)> {
    let mut harness = AsyncMigrationHarness::new(conn);
    refuse_newer(&mut harness)?;
    let ran = harness.run_pending_migrations(MIGRATIONS).map_err(|error| anyhow!("a migration failed: {error}"))?;
    let ran = ran.iter().map(ToString::to_string).collect();
    Ok((harness.into_inner(), ran))
}

/// An old binary must not write into tables that it does not know.
fn refuse_newer(harness: &mut AsyncMigrationHarness<AsyncPgConnection>) -> Result<()> {
    let known: Vec<Box<dyn Migration<Pg>>> = MIGRATIONS.migrations().map_err(|error| anyhow!("{error}"))?;
    let applied: Vec<MigrationVersion<'_>> = harness.applied_migrations().map_err(|error| anyhow!("{error}"))?;
    let strange = applied.iter().filter(|version| !known.iter().any(|migration| migration.name().version() == **version)).max();
    match strange {
        Some(strange) => {
            bail!("the database belongs to a newer Barrow (it has migration {strange}): start that version, or a newer one")
        }
        None => Ok(()),
    }
}
