//! Bringing a shop back from a backup.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use futures::{StreamExt, TryStreamExt, stream};

use super::postgres::{self, Facts};
use super::{DUMP, FILES, FOLDERS, FORMAT, MANIFEST, Manifest, RestoreArguments, Swept, spinner};
use crate::app::cli::open::Opened;
use crate::platform::db;
use crate::platform::media::Store;

/// Pictures on their way to S3 at a time.
const AT_ONCE: usize = 8;
/// Empties what belongs to the shop, and nothing else: the database may have things of its host in it, such as extensions.
const CLEAR: &str = include_str!("clear.sql");

pub(super) async fn bring_back(opened: &Opened, arguments: &RestoreArguments) -> Result<Manifest> {
    let stage = opened.folder.path().join("restore.new");
    let _ = fs::remove_dir_all(&stage);
    let _swept = Swept(vec![stage.clone()]);
    let bar = spinner("reading the backup");
    let (file, into) = (arguments.file.clone(), stage.clone());
    let manifest = tokio::task::spawn_blocking(move || unpack(&file, &into)).await??;
    let facts = Facts::alone(&opened.direct_url).await?;
    let known = db::migrations();
    if let Some(strange) = manifest.migrations.iter().find(|version| !known.contains(version)) {
        bail!("this backup was made by a newer Barrow ({}, migration {strange}): restore it with that version", manifest.barrow);
    }
    ensure!(
        facts.postgres >= manifest.postgres,
        "this backup was made on PostgreSQL {}, which is newer than the {} here",
        manifest.postgres,
        facts.postgres
    );
    ensure!(!facts.has_shop || arguments.replace, "there is a shop here already: --replace throws it away");
    ensure!(facts.others == 0, "the shop is open ({} other connections to its database): stop it first", facts.others);
    if opened.config.s3_url.is_some() {
        // First, since they are named by their content: they harm nobody should the rest fail.
        bar.set_message("restoring pictures");
        store(&Store::open(&opened.config, &opened.folder.files())?, &stage.join(FILES)).await?;
    }
    bar.set_message("restoring the database");
    restore_database(opened, &stage, facts.postgres)?;
    for name in FOLDERS.iter().filter(|name| **name != FILES || opened.config.s3_url.is_none()) {
        put_in_place(&stage.join(name), &opened.folder.path().join(name))?;
    }
    opened.migrate().await?;
    bar.finish_and_clear();
    Ok(manifest)
}

/// Unpacks a backup, believing nothing about its names.
fn unpack(file: &Path, stage: &Path) -> Result<Manifest> {
    let shown = file.display();
    let file = File::open(file).with_context(|| format!("{shown} cannot be read"))?;
    let mut manifest: Option<Manifest> = None;
    fs::create_dir_all(stage).with_context(|| format!("{} cannot be written", stage.display()))?;
    let no_backup = || format!("{shown} is no backup of Barrow, or is damaged");
    let mut tar = tar::Archive::new(file);
    for entry in tar.entries().with_context(no_backup)? {
        let mut entry = entry.with_context(no_backup)?;
        let path = entry.path().with_context(no_backup)?.into_owned();
        ensure!(entry.header().entry_type().is_file(), no_backup());
        if manifest.is_none() {
            ensure!(path == Path::new(MANIFEST), no_backup());
            let read: Manifest = serde_json::from_reader(&mut entry).with_context(no_backup)?;
            ensure!(read.format == FORMAT, "{shown} was written by a newer Barrow ({})", read.barrow);
            manifest = Some(read);
            continue;
        }
        let ours = path == Path::new(DUMP) || FOLDERS.iter().any(|folder| path.starts_with(folder));
        ensure!(ours, no_backup());
        entry.set_preserve_mtime(false);
        ensure!(entry.unpack_in(stage).with_context(|| format!("{shown} cannot be unpacked"))?, no_backup());
    }
    let manifest = manifest.with_context(no_backup)?;
    ensure!(stage.join(DUMP).is_file(), no_backup());
    Ok(manifest)
}

/// Puts the unpacked pictures into the store, wherever it is.
async fn store(store: &Store, files: &Path) -> Result<()> {
    let mut paths = Vec::new();
    walk(files, &mut paths)?;
    let names = stream::iter(paths).map(|path| async move {
        let name = path.strip_prefix(files)?.to_str().context("a picture's name is no text")?.to_owned();
        store.write(&name, tokio::fs::read(&path).await?.into()).await
    });
    names.buffer_unordered(AT_ONCE).try_collect().await
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { walk(&path, paths)? } else { paths.push(path) }
    }
    Ok(())
}

/// Replaces all tables in one transaction, so that a restore that fails leaves the old shop as it was.
fn restore_database(opened: &Opened, stage: &Path, server: u32) -> Result<()> {
    let mut reader = postgres::program("pg_restore", opened, server)?;
    // The comment on an extension may be written by its owner alone, who need not be us.
    reader.args(["--file=-", "--no-owner", "--no-privileges", "--no-comments"]).arg(stage.join(DUMP)).stdout(Stdio::piped());
    let mut reader = reader.spawn().context("pg_restore cannot be run")?;
    let mut writer = postgres::client("psql", opened, server)?;
    writer.args(["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--command", CLEAR, "--file=-"]);
    let script = reader.stdout.take().context("pg_restore has no output")?;
    let writer = writer.stdin(script).stdout(Stdio::null()).spawn().context("psql cannot be run")?;
    let written = postgres::finish("psql", writer);
    let read = postgres::finish("pg_restore", reader);
    written.and(read).context("the old shop is untouched")
}

/// Puts a restored folder where the old one was.
fn put_in_place(new: &Path, place: &Path) -> Result<()> {
    fs::create_dir_all(new)?;
    let old = place.with_extension("old");
    let said = || format!("{} cannot be put in place", place.display());
    let _ = fs::remove_dir_all(&old);
    if place.exists() {
        fs::rename(place, &old).with_context(said)?;
    }
    fs::set_permissions(new, fs::Permissions::from_mode(0o700)).with_context(said)?;
    fs::rename(new, place).with_context(said)?;
    let _ = fs::remove_dir_all(&old);
    Ok(())
}
