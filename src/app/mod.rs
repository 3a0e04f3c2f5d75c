//! Sees all, imported by none below.

pub mod shop;
pub mod webhooks;
pub mod test_card;
pub mod books;
pub mod admin;
pub mod exchange;
pub mod inbox_jobs;
pub mod credit_jobs;
pub mod reactions;
pub mod jobs;
pub mod background;
pub mod health;
pub mod rocket;
pub mod cli;

/// Brings a database up to date: Barrow's tables, then those of the job queue. Safe to call from two processes at once.
pub async fn migrate(url: &str) -> anyhow::Result<Vec<String>> {
    let ran = crate::platform::db::migrate(url).await?;
    crate::platform::jobs::migrate(url).await?;
    Ok(ran)
}
