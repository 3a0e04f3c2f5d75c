//! Migrations at start, one process at a time: whoever comes second waits and finds nothing to do.

use anyhow::{Context, anyhow};
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
/// Any number nobody else locks by: "barrow" on a phone's keys.
const LOCK: i64 = 227_769;

/// Brings the schema up to date; returns the names of the migrations that ran.
///
/// # Errors
/// An unreachable database, or a migration that fails (nothing of it stays).
pub async fn migrate(url: &str) -> anyhow::Result<Vec<String>> {
    let mut conn = super::connect::establish(url.to_owned()).await.context("cannot connect for the migrations")?;
    diesel::sql_query(format!("select pg_advisory_lock({LOCK})")).execute(&mut conn).await?;
    let (mut conn, ran) = tokio::task::spawn_blocking(move || run(conn)).await??;
    diesel::sql_query(format!("select pg_advisory_unlock({LOCK})")).execute(&mut conn).await?;
    Ok(ran)
}

fn run(conn: AsyncPgConnection) -> anyhow::Result<(AsyncPgConnection, Vec<String>)> {
    let mut harness = AsyncMigrationHarness::new(conn);
    let ran = harness.run_pending_migrations(MIGRATIONS).map_err(|error| anyhow!("a migration failed: {error}"))?;
    let ran = ran.iter().map(ToString::to_string).collect();
    Ok((harness.into_inner(), ran))
}
