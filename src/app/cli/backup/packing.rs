//! Writing a backup: the dump, the pictures from wherever they lie, the secrets.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use futures::TryStreamExt;
use indicatif::ProgressBar;
use tokio::sync::mpsc::{self, Receiver, Sender};

use super::postgres::{self, Facts};
use super::{DUMP, FILES, FOLDERS, FORMAT, MANIFEST, Manifest, Swept, beside, spinner};
use crate::app::cli::open::Opened;
use crate::platform::media::Store;

/// A picture file on its way from S3 into the backup; a failure spoils the whole, since half of the pictures is no backup.
type Copied = Result<(String, Bytes)>;

/// What is packed.
struct Cargo {
    manifest: Manifest,
    dump: PathBuf,
    folder: PathBuf,
    folders: Vec<&'static str>,
    /// Picture files that do not lie in the folder.
    copies: Receiver<Copied>,
}

pub(super) async fn write(opened: &Opened, target: &Path) -> Result<u64> {
    let facts = Facts::read(&opened.direct_url).await?;
    ensure!(!facts.migrations.is_empty(), "there is no shop in this database yet");
    let elsewhere = opened.config.s3_url.as_ref().map(|_| Store::open(&opened.config, &opened.folder.files())).transpose()?;
    let (part, dump) = (beside(target, "part"), beside(target, "dump"));
    let _both_go = Swept(vec![part.clone(), dump.clone()]);
    let out = new_file(&part)?;
    let bar = spinner("dumping the database");
    dump_database(opened, facts.postgres, new_file(&dump)?)?;
    bar.set_message("writing pictures");
    let manifest = Manifest {
        format: FORMAT,
        barrow: env!("CARGO_PKG_VERSION").into(),
        postgres: facts.postgres,
        made_at: chrono::Utc::now(),
        migrations: facts.migrations,
    };
    let (sender, copies) = mpsc::channel(4);
    let folders = FOLDERS.into_iter().filter(|name| elsewhere.is_none() || *name != FILES).collect();
    let cargo = Cargo { manifest, dump, folder: opened.folder.path().to_owned(), folders, copies };
    let (target, moving) = (target.to_owned(), bar.clone());
    let packing = tokio::task::spawn_blocking(move || -> Result<u64> {
        let out = pack(out, cargo, &moving).context("the backup cannot be written")?;
        out.sync_all()?;
        fs::rename(&part, &target)?;
        Ok(out.metadata()?.len())
    });
    if let Some(store) = &elsewhere
        && let Err(error) = copy(store, &sender).await
    {
        let _ = sender.send(Err(error)).await;
    }
    drop(sender);
    let size = packing.await??;
    bar.finish_and_clear();
    Ok(size)
}

/// A file that nobody else may read: it holds everything. Whatever lay there, a half-written one or somebody's link to a file of theirs,
/// goes first.
fn new_file(path: &Path) -> Result<File> {
    let _ = fs::remove_file(path);
    let opened = File::options().create_new(true).write(true).mode(0o600).open(path);
    opened.with_context(|| format!("{} cannot be written", path.display()))
}

fn dump_database(opened: &Opened, server: u32, into: File) -> Result<()> {
    let mut command = postgres::client("pg_dump", opened, server)?;
    command.args(["--format=custom", "--no-owner", "--no-privileges"]).stdout(into);
    postgres::finish("pg_dump", command.spawn().context("pg_dump cannot be run")?)
}

/// Sends every picture file, one after the other; stops when nobody takes them any more.
async fn copy(store: &Store, to: &Sender<Copied>) -> Result<()> {
    let mut names = store.names();
    while let Some(name) = names.try_next().await? {
        let Some(bytes) = store.read(&name).await? else { continue };
        if to.send(Ok((name, bytes))).await.is_err() {
            break;
        }
    }
    Ok(())
}

fn pack(out: File, mut cargo: Cargo, bar: &ProgressBar) -> Result<File> {
    let mut tar = tar::Builder::new(out);
    tar.follow_symlinks(false);
    append(&mut tar, Path::new(MANIFEST), &serde_json::to_vec_pretty(&cargo.manifest)?)?;
    tar.append_path_with_name(&cargo.dump, DUMP)?;
    for name in &cargo.folders {
        append_folder(&mut tar, &cargo.folder.join(name), Path::new(name), bar)?;
    }
    while let Some(copied) = cargo.copies.blocking_recv() {
        let (name, bytes) = copied?;
        append(&mut tar, &Path::new(FILES).join(name), &bytes)?;
        bar.inc(1);
    }
    Ok(tar.into_inner()?)
}

fn append(tar: &mut tar::Builder<File>, name: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    tar.append_data(&mut header, name, bytes)
}

/// Adds the regular files of a folder; one that vanishes meanwhile is left out.
fn append_folder(tar: &mut tar::Builder<File>, folder: &Path, name: &Path, bar: &ProgressBar) -> io::Result<()> {
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

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::unix::fs::{MetadataExt, symlink};

    use super::*;

    #[test]
    fn a_backup_is_written_into_nobody_elses_file() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (part, theirs) = (folder.path().join("shop.tar.part"), folder.path().join("theirs"));
        fs::write(&theirs, "")?;
        symlink(&theirs, &part)?;
        new_file(&part).map_err(io::Error::other)?.write_all(b"everything")?;
        assert_eq!(fs::read(&theirs)?, b"");
        assert_eq!((fs::read(&part)?.as_slice(), fs::symlink_metadata(&part)?.mode() & 0o777), (&b"everything"[..], 0o600));
        Ok(())
    }
}
