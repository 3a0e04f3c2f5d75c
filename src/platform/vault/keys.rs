//! The keyring: where the keys lie, how they are read, made, added and dropped.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, ensure};

/// 256 random bits that seal secrets; never printed.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key(pub(super) [u8; 32]);

impl Key {
    /// # Panics
    /// When the operating system has no randomness to give, which leaves nothing safe to do.
    pub(super) fn random() -> Key {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Key(bytes)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// A fresh key as `BARROW_KEYS` takes it: "3:9f86d0…".
pub fn fresh_line(id: i32) -> String {
    line(id, &Key::random())
}

fn line(id: i32, key: &Key) -> String {
    format!("{id}:{}", hex::encode(key.0))
}

/// Numbered keys; the highest number is the newest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Keyring(pub(super) BTreeMap<i32, Key>);

impl Keyring {
    pub(super) fn newest(&self) -> Option<(i32, &Key)> {
        self.0.last_key_value().map(|(id, key)| (*id, key))
    }
}

impl FromStr for Keyring {
    type Err = anyhow::Error;

    /// Keys like `1:<64 hex digits>`, apart by commas, spaces or lines; lines that begin with # are remarks.
    fn from_str(text: &str) -> Result<Keyring> {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        let parts = lines.flat_map(|line| line.split([',', ' '])).map(str::trim).filter(|part| !part.is_empty());
        let mut keys = BTreeMap::new();
        for part in parts {
            let (id, key) = part.split_once(':').context("a key is written as its number, a colon and 64 hex digits")?;
            let id: i32 = id.parse().ok().filter(|id| *id > 0).context("the number of a key is 1 or more")?;
            let mut bytes = [0; 32];
            hex::decode_to_slice(key, &mut bytes).ok().with_context(|| format!("key {id} is not 64 hex digits"))?;
            ensure!(keys.insert(id, Key(bytes)).is_none(), "key {id} stands there twice");
        }
        ensure!(!keys.is_empty(), "there is no key");
        Ok(Keyring(keys))
    }
}

/// Where the keys come from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    File(PathBuf),
    /// `BARROW_KEYS`, which only whoever starts the shop can change.
    Environment(Keyring),
}

impl Source {
    /// The keys as they are now; a first one is made where there is no file yet.
    pub(super) fn read(&self) -> Result<Keyring> {
        let path = match self {
            Source::Environment(keys) => return Ok(keys.clone()),
            Source::File(path) => path,
        };
        if !path.exists() {
            write(path, &Keyring(BTreeMap::from([(1, Key::random())])), true)?;
        }
        let text = fs::read_to_string(path).with_context(|| format!("the keys in {} cannot be read", path.display()))?;
        text.parse().with_context(|| format!("{} is damaged: put it back from a backup", path.display()))
    }

    /// Replaces the file; the environment is not ours to change.
    pub(super) fn write(&self, keys: &Keyring) -> Result<()> {
        match self {
            Source::File(path) => write(path, keys, false),
            Source::Environment(_) => Ok(()),
        }
    }

    /// Holds the file against another rotation on this machine; `None`: one is going on.
    pub(super) fn hold(&self) -> Result<Option<File>> {
        let path = match self {
            Source::File(path) => path.with_extension("lock"),
            Source::Environment(_) => return Ok(Some(File::open("/dev/null")?)),
        };
        let lock = File::options().create(true).truncate(false).write(true).mode(0o600).open(&path);
        let lock = lock.with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(lock.try_lock().is_ok().then_some(lock))
    }

    /// Who else may read the file, as its mode; 0 when nobody.
    pub(super) fn open_to_others(&self) -> u32 {
        match self {
            Source::File(path) => fs::metadata(path).map_or(0, |about| about.mode() & 0o077),
            Source::Environment(_) => 0,
        }
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Source::File(path) => path.display().fmt(f),
            Source::Environment(_) => f.write_str("BARROW_KEYS"),
        }
    }
}

/// Writes beside and puts in place, so that nobody ever sees half a file; `first`: whoever comes second leaves it as it is.
fn write(path: &Path, keys: &Keyring, first: bool) -> Result<()> {
    let cannot = || format!("the keys in {} cannot be written", path.display());
    if let Some(folder) = path.parent().filter(|folder| !folder.exists()) {
        fs::DirBuilder::new().mode(0o700).recursive(true).create(folder).with_context(cannot)?;
    }
    let beside = path.with_extension(format!("{}.new", fresh_suffix()));
    let mut file: File = File::options().create_new(true).write(true).mode(0o600).open(&beside).with_context(cannot)?;
    let lines: String = keys.0.iter().map(|(id, key)| line(*id, key) + "\n").collect();
    let text = format!("# The keys that open this shop's sealed secrets: keep them, and keep them to yourself.\n{lines}");
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).with_context(cannot)?;
    let placed = match first {
        true => fs::hard_link(&beside, path).or_else(|error| if path.exists() { Ok(()) } else { Err(error) }),
        false => fs::rename(&beside, path),
    };
    let _ = fs::remove_file(&beside);
    placed.with_context(cannot)?;
    if let Some(folder) = path.parent() {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

/// Two processes, or two threads, never write to one file.
fn fresh_suffix() -> String {
    hex::encode(&Key::random().0[..6])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_or_the_line_that_cannot_be_is_named() {
        let (first, second) = (fresh_line(1), fresh_line(2));
        let ring: Keyring = format!("# mine\n{first}\n{second}\n").parse().expect("two keys");
        assert_eq!(ring, format!("{second}, {first}").parse().expect("the same"));
        assert_eq!(ring.newest().map(|(id, _)| id), Some(2));
        for bad in ["", "1", "1:abc", "0:00", &format!("{first},{first}"), &format!("-{first}")] {
            assert!(bad.parse::<Keyring>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_first_key_is_made_once_and_for_the_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secrets/keys");
        let made: Vec<Keyring> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| Source::File(path.clone()).read().expect("read"))).collect();
            threads.into_iter().map(|thread| thread.join().expect("read")).collect()
        });
        assert!(made.windows(2).all(|two| two[0] == two[1]), "all have the same key");
        let source = Source::File(path.clone());
        assert_eq!(fs::metadata(&path).expect("a file").mode() & 0o777, 0o600);
        assert_eq!(source.open_to_others(), 0);
        assert_eq!(fs::read_dir(folder.path().join("secrets")).expect("a folder").count(), 1);
        fs::write(&path, "nonsense").expect("written");
        assert!(source.read().is_err(), "a damaged file is not replaced");
    }
}
