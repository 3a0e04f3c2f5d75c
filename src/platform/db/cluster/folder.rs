//! Barrow's own folder: the private cluster, pictures, secrets and search indexes, where nothing else lives.

use std::fs::{self, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::platform::config::Config;

/// What Barrow itself puts into the folder.
const OURS: [&str; 10] = [
    "cluster.lock",
    "start.lock",
    "postgres",
    "postgres.new",
    "files",
    "files.old",
    "secrets",
    "secrets.old",
    "search",
    "restore.new",
];

/// The folder of one shop on this machine (`BARROW_DATA`).
#[derive(Clone, Debug)]
pub struct PrivateFolder {
    root: PathBuf,
}

impl PrivateFolder {
    /// Opens the folder, making it where it is missing.
    ///
    /// # Errors
    /// It cannot be made or written, or holds something that is not Barrow's.
    pub fn open(config: &Config) -> Result<PrivateFolder> {
        let wish = config.data.clone().map_or_else(usual, Ok)?;
        make(&wish, 0o711)?;
        let root = wish.canonicalize().with_context(|| format!("{} cannot be opened", wish.display()))?;
        let folder = PrivateFolder { root };
        folder.is_ours()?;
        folder.open_lock("cluster.lock")?;
        for part in [folder.files(), folder.secrets(), folder.search()] {
            make(&part, 0o700)?;
        }
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Pictures, when they are not on S3.
    pub fn files(&self) -> PathBuf {
        self.root.join("files")
    }

    /// What must never leave this machine but in a backup.
    pub fn secrets(&self) -> PathBuf {
        self.root.join("secrets")
    }

    /// Search indexes; can be made again from the database.
    pub fn search(&self) -> PathBuf {
        self.root.join("search")
    }

    /// The private cluster's data.
    pub fn postgres(&self) -> PathBuf {
        self.root.join("postgres")
    }

    /// Eight hex digits that stand for this folder where a path must be short.
    pub(super) fn short_name(&self) -> String {
        short_hash(&self.root)
    }

    pub(super) fn open_lock(&self, name: &str) -> Result<File> {
        let path = self.root.join(name);
        let opened = File::options().create(true).truncate(false).read(true).write(true).open(&path);
        opened.with_context(|| format!("the data folder {} cannot be written; BARROW_DATA names another", self.root.display()))
    }

    fn is_ours(&self) -> Result<()> {
        let shown = self.root.display();
        if self.root.join("PG_VERSION").exists() {
            bail!("{shown} is the data folder of a PostgreSQL server itself: name an empty folder in BARROW_DATA");
        }
        let entries = fs::read_dir(&self.root).with_context(|| format!("the data folder {shown} cannot be read"))?;
        let names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        let foreign = names.iter().find(|name| !OURS.contains(&name.as_str()) && !name.starts_with('.') && *name != "lost+found");
        match foreign {
            Some(foreign) if !names.iter().any(|name| name == "cluster.lock") => {
                bail!("{shown} holds something that is not Barrow's ({foreign}): name an empty folder in BARROW_DATA")
            }
            _ => Ok(()),
        }
    }
}

/// The folder of those who name none: one for each folder that Barrow is started in.
fn usual() -> Result<PathBuf> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).context("the current folder cannot be read")?;
    let name = short_hash(&here);
    if rustix::process::geteuid().is_root() {
        return Ok(Path::new("/var/lib/barrow").join(name));
    }
    let from = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let shared = from("XDG_DATA_HOME").or_else(|| Some(from("HOME")?.join(".local/share")));
    let shared = shared.context("there is no home folder to keep the shop in: name a folder in BARROW_DATA")?;
    Ok(shared.join("barrow").join(name))
}

fn make(folder: &Path, mode: u32) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above).with_context(|| cannot_make(folder))?;
    }
    match fs::DirBuilder::new().mode(mode).create(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists || !folder.is_dir() => {
            Err(error).with_context(|| cannot_make(folder))
        }
        _ => Ok(()),
    }
}

fn cannot_make(folder: &Path) -> String {
    format!("the data folder {} cannot be created; BARROW_DATA names another", folder.display())
}

fn short_hash(path: &Path) -> String {
    let hash = Sha256::digest(path.as_os_str().as_encoded_bytes());
    hex::encode(&hash[..4])
}
