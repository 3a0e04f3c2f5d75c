//! Where PostgreSQL's programs are: the newest that will do, or those that made an existing data folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

/// The oldest PostgreSQL that Barrow runs on.
pub const OLDEST: u32 = 14;

/// A folder with `initdb`, `pg_ctl` and `postgres`, all of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binaries {
    folder: PathBuf,
    /// 15, 16, 17, …
    pub major: u32,
}

impl Binaries {
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Finds the programs of version `wanted`, else the newest; `only` is the one folder to look into, if there is such a wish.
    ///
    /// # Errors
    /// There are none that will do; says what to install.
    pub fn find(only: Option<&Path>, wanted: Option<u32>) -> Result<Binaries> {
        let folders = only.map_or_else(places, |only| vec![only.to_owned()]);
        let mut found: Vec<Binaries> = folders.into_iter().filter_map(look_into).collect();
        found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
        choose(&found, wanted)
    }

    /// Finds a program of PostgreSQL's client side (`pg_dump`, `psql`) of the server's version, else the next newer.
    pub fn client(only: Option<&Path>, program: &str, server: u32) -> Option<PathBuf> {
        let folders = only.map_or_else(places, |only| vec![only.to_owned()]);
        let found = folders.into_iter().map(|folder| folder.join(program)).filter(|path| path.is_file());
        let versions = found.filter_map(|path| version_of(&path).map(|major| (major, path)));
        versions.filter(|(major, _)| *major >= server).min().map(|(_, path)| path)
    }
}

fn choose(found: &[Binaries], wanted: Option<u32>) -> Result<Binaries> {
    let versions: Vec<String> = found.iter().map(|binaries| binaries.major.to_string()).collect();
    if let Some(wanted) = wanted {
        let Some(binaries) = found.iter().find(|binaries| binaries.major == wanted) else {
            let have = if versions.is_empty() { "none".to_owned() } else { versions.join(", ") };
            bail!(
                "the data folder was made by PostgreSQL {wanted}, which is not installed here (found: {have}): \
                 on Debian or Ubuntu run `apt install postgresql-{wanted}`"
            );
        };
        return Ok(binaries.clone());
    }
    match found.first() {
        Some(newest) if newest.major >= OLDEST => Ok(newest.clone()),
        Some(newest) => bail!(
            "PostgreSQL {} is too old, Barrow needs {OLDEST} or newer: install a newer one, or set DATABASE_URL to a database elsewhere",
            newest.major
        ),
        None => bail!(
            "PostgreSQL {OLDEST} or newer is not installed here: on Debian or Ubuntu run `apt install postgresql`, \
             or set DATABASE_URL to a database elsewhere"
        ),
    }
}

/// Folders where PostgreSQL's programs may be.
fn places() -> Vec<PathBuf> {
    let mut places = Vec::new();
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        places.extend(versions.flatten().map(|version| version.path().join("bin")));
    }
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        places.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    places.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    places
}

fn look_into(folder: PathBuf) -> Option<Binaries> {
    let whole = ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).is_file());
    let major = if whole { version_of(&folder.join("postgres"))? } else { return None };
    Some(Binaries { folder, major })
}

/// The major version that a program says it has: 15 for "postgres (PostgreSQL) 15.14 (Debian 15.14-0)".
fn version_of(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let number = said.split("(PostgreSQL) ").nth(1)?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(majors: &[u32]) -> Vec<Binaries> {
        majors.iter().map(|major| Binaries { folder: PathBuf::from("/pg"), major: *major }).collect()
    }

    #[test]
    fn an_existing_folder_gets_the_version_that_made_it_and_a_new_one_the_newest() {
        assert_eq!(choose(&some(&[17, 15]), Some(15)).expect("there").major, 15);
        assert_eq!(choose(&some(&[17, 15]), None).expect("there").major, 17);
    }

    #[test]
    fn what_is_missing_is_named() {
        let says = |found: &[u32], wanted| choose(&some(found), wanted).expect_err("nothing fits").to_string();
        assert!(says(&[], None).contains("apt install postgresql`"));
        assert!(says(&[13], None).contains("13 is too old"));
        assert!(says(&[15], Some(18)).contains("apt install postgresql-18"));
    }
}
