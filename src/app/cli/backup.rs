//! `backup` and `restore`: the whole shop in one tar file.

use std::fs::{self, File};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};
use url::Url;

use super::open::{self, Opened};
use crate::platform::db;
use crate::platform::db::cluster::Binaries;

/// Raised when the layout of the file changes.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const DUMP: &str = "database.dump";
/// Folders that go into the file beside the database.
const FOLDERS: [&str; 2] = ["files", "secrets"];

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
    let written = write(&opened, &target).await;
    opened.close().await?;
    let size = written?;
    println!("{} holds the whole shop ({}).", target.display(), indicatif::HumanBytes(size));
    Ok(())
}

async fn write(opened: &Opened, target: &Path) -> Result<u64> {
    let facts = Facts::read(&opened.direct_url).await?;
    ensure!(!facts.migrations.is_empty(), "there is no shop in this database yet");
    let part = beside(target, "part");
    let dump = beside(target, "dump");
    let _both_go = Swept(vec![part.clone(), dump.clone()]);
    let mut new = File::options();
    new.create(true).write(true).truncate(true).mode(0o600);
    let out = new.open(&part).with_context(|| format!("{} cannot be written", part.display()))?;
    let bar = spinner("dumping the database");
    let dump_file = new.open(&dump).with_context(|| format!("{} cannot be written", dump.display()))?;
    let mut command = client("pg_dump", opened, facts.postgres)?;
    command.args(["--format=custom", "--no-owner", "--no-privileges"]).stdout(dump_file);
    finish("pg_dump", command.spawn().context("pg_dump cannot be run")?)?;
    bar.set_message("writing pictures");
    let manifest = Manifest {
        format: FORMAT,
        barrow: env!("CARGO_PKG_VERSION").into(),
        postgres: facts.postgres,
        made_at: chrono::Utc::now(),
        migrations: facts.migrations,
    };
    let folder = opened.folder.path().to_owned();
    let (target, bar_there) = (target.to_owned(), bar.clone());
    let size = tokio::task::spawn_blocking(move || -> Result<u64> {
        let out = pack(out, &manifest, &dump, &folder, &bar_there).context("the backup cannot be written")?;
        out.sync_all()?;
        fs::rename(&part, &target)?;
        Ok(out.metadata()?.len())
    })
    .await??;
    bar.finish_and_clear();
    if opened.config.s3_url.is_some() {
        println!("Pictures lie on S3 and are not in this file.");
    }
    Ok(size)
}

fn pack(out: File, manifest: &Manifest, dump: &Path, folder: &Path, bar: &ProgressBar) -> std::io::Result<File> {
    let mut tar = tar::Builder::new(out);
    tar.follow_symlinks(false);
    let text = serde_json::to_vec_pretty(manifest)?;
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    tar.append_data(&mut header, MANIFEST, text.as_slice())?;
    tar.append_path_with_name(dump, DUMP)?;
    for name in FOLDERS {
        append_folder(&mut tar, &folder.join(name), Path::new(name), bar)?;
    }
    tar.into_inner()
}

/// Adds the regular files of a folder; one that vanishes meanwhile is left out.
fn append_folder(tar: &mut tar::Builder<File>, folder: &Path, name: &Path, bar: &ProgressBar) -> std::io::Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    let mut entries: Vec<_> = entries.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), name.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            append_folder(tar, &path, &name, bar)?;
        } else if kind.is_file()
            && let Ok(mut file) = File::open(&path)
        {
            tar.append_file(name, &mut file)?;
            bar.inc(1);
        }
    }
    Ok(())
}

/// Brings a shop back; either all of the database comes back or nothing changes.
pub async fn restore(arguments: RestoreArguments) -> Result<()> {
    let opened = open::open().await?;
    let restored = bring_back(&opened, &arguments).await;
    opened.close().await?;
    let manifest = restored?;
    println!("The shop is as it was on {} (Barrow {}).", manifest.made_at.format("%Y-%m-%d at %H:%M UTC"), manifest.barrow);
    Ok(())
}

async fn bring_back(opened: &Opened, arguments: &RestoreArguments) -> Result<Manifest> {
    let stage = opened.folder.path().join("restore.new");
    let _ = fs::remove_dir_all(&stage);
    let _swept = Swept(vec![stage.clone()]);
    let bar = spinner("reading the backup");
    let (file, into) = (arguments.file.clone(), stage.clone());
    let manifest = tokio::task::spawn_blocking(move || unpack(&file, &into)).await??;
    let facts = Facts::read(&opened.direct_url).await?;
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
    bar.set_message("restoring the database");
    restore_database(opened, &stage, facts.postgres)?;
    bar.set_message("restoring pictures");
    for name in FOLDERS {
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

/// Replaces all tables in one transaction, so that a restore that fails leaves the old shop as it was.
fn restore_database(opened: &Opened, stage: &Path, server: u32) -> Result<()> {
    const CLEAR: &str =
        "drop schema if exists graphile_worker cascade; drop schema if exists public cascade; create schema public;";
    let mut reader = program("pg_restore", opened, server)?;
    reader.args(["--file=-", "--no-owner", "--no-privileges"]).arg(stage.join(DUMP)).stdout(Stdio::piped());
    let mut reader = reader.spawn().context("pg_restore cannot be run")?;
    let mut writer = client("psql", opened, server)?;
    writer.args(["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--command", CLEAR, "--file=-"]);
    let script = reader.stdout.take().context("pg_restore has no output")?;
    let writer = writer.stdin(script).stdout(Stdio::null()).spawn().context("psql cannot be run")?;
    let written = finish("psql", writer);
    let read = finish("pg_restore", reader);
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

/// What the database says about itself.
struct Facts {
    postgres: u32,
    migrations: Vec<String>,
    has_shop: bool,
    /// Connections to it beside our own.
    others: i64,
}

impl Facts {
    async fn read(url: &str) -> Result<Facts> {
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
fn program(name: &str, opened: &Opened, server: u32) -> Result<Command> {
    let found = Binaries::client(opened.config.postgres.as_deref(), name, server);
    let found = found.with_context(|| {
        format!("{name} of PostgreSQL {server} or newer is not installed here: on Debian or Ubuntu run `apt install postgresql-client-{server}`")
    })?;
    let mut command = Command::new(found);
    command.stdin(Stdio::null()).stderr(Stdio::piped()).env("LC_ALL", "C");
    Ok(command)
}

/// The same, told which database; the password goes by the environment, where other accounts cannot read it.
fn client(name: &str, opened: &Opened, server: u32) -> Result<Command> {
    let mut command = program(name, opened, server)?;
    let mut address = opened.direct_url.clone();
    if let Ok(mut url) = Url::parse(&address)
        && let Some(password) = url.password()
    {
        command.env("PGPASSWORD", percent_encoding::percent_decode_str(password).decode_utf8_lossy().as_ref());
        let _ = url.set_password(None);
        address = url.into();
    }
    command.arg("--dbname").arg(address);
    Ok(command)
}

/// Waits for a program; what it complained about is the error.
fn finish(name: &str, child: std::process::Child) -> Result<()> {
    let output = child.wait_with_output().with_context(|| format!("{name} cannot be run"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = said.lines().find(|line| line.contains("rror")).or(said.lines().last()).unwrap_or("it gave no reason");
    bail!("{name} failed: {}", line.trim())
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
