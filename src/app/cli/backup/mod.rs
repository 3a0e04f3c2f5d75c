//! `backup` and `restore`: the whole shop in one tar file.

mod packing;
mod postgres;
mod restoring;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, ensure};
use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};

use super::open;

/// Raised when the layout of the file changes.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const DUMP: &str = "database.dump";
/// Pictures, wherever they lie.
const FILES: &str = "files";
/// Folders that go into the file beside the database.
const FOLDERS: [&str; 2] = [FILES, "secrets"];

#[derive(clap::Args)]
pub struct BackupArguments {
    /// The file to write; must not exist yet.
    file: PathBuf,
}

#[derive(clap::Args)]
pub struct RestoreArguments {
    /// A file that `backup` wrote.
    file: PathBuf,
    /// Throw away the shop that is there.
    #[arg(long)]
    replace: bool,
}

/// What a backup says about itself; its first entry.
#[derive(Serialize, Deserialize)]
struct Manifest {
    format: u32,
    barrow: String,
    postgres: u32,
    made_at: chrono::DateTime<chrono::Utc>,
    migrations: Vec<String>,
}

/// Writes the shop into one file; the shop may be open meanwhile.
pub async fn backup(arguments: BackupArguments) -> Result<()> {
    let target = arguments.file;
    ensure!(!target.exists(), "{} exists already: name another file", target.display());
    let opened = open::open().await?;
    let written = packing::write(&opened, &target).await;
    opened.close().await?;
    let size = written?;
    println!("{} holds the whole shop ({}).", target.display(), indicatif::HumanBytes(size));
    Ok(())
}

/// Brings a shop back; either all of the database comes back or nothing changes.
pub async fn restore(arguments: RestoreArguments) -> Result<()> {
    let opened = open::open().await?;
    let restored = restoring::bring_back(&opened, &arguments).await;
    opened.close().await?;
    let manifest = restored?;
    println!("The shop is as it was on {} (Barrow {}).", manifest.made_at.format("%Y-%m-%d at %H:%M UTC"), manifest.barrow);
    Ok(())
}

fn beside(target: &Path, extension: &str) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

/// Moves on a terminal, says nothing anywhere else.
fn spinner(message: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(message);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// Files and folders that go when this does.
struct Swept(Vec<PathBuf>);

impl Drop for Swept {
    fn drop(&mut self) {
        for path in &self.0 {
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
    }
}
