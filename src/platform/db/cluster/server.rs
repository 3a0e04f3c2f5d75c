//! The PostgreSQL server of a private cluster: made, started and stopped by PostgreSQL's own programs.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::account::Account;
use super::binaries::{Binaries, OLDEST};
use super::folder::PrivateFolder;

/// How long starts are tried again after the server was killed: its last processes hold the memory for some seconds.
const PATIENCE: Duration = Duration::from_secs(40);
/// Free space without which a new cluster is not begun.
const ROOM: u64 = 150_000_000;
/// A log longer than this begins anew at the next start.
const LOG_LIMIT: u64 = 10_000_000;

/// Megabytes in which the server keeps pages of its tables: a sixteenth of the machine's memory, as `/proc/meminfo` tells it, but neither
/// less than PostgreSQL's own 128 nor more than 512.
fn buffers(memory: &str) -> u64 {
    let total = memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    (total.unwrap_or_default() / 1024 / 16).clamp(128, 512)
}

/// A server that may be running or not.
#[derive(Clone, Debug)]
pub(super) struct Server {
    binaries: Binaries,
    account: Account,
    data: PathBuf,
    /// The folder of its socket; short, because over 100 characters are fatal.
    sockets: PathBuf,
}

impl Server {
    /// Finds programs and account for the cluster of `folder`; `only` is the one folder to look for programs in.
    pub fn of(folder: &PrivateFolder, only: Option<&Path>) -> Result<Server> {
        let data = folder.postgres();
        let binaries = Binaries::find(only, version_of(&data)?)
            .with_context(|| format!("the private database in {} cannot be opened", folder.path().display()))?;
        let account = Account::choose()?;
        account.can_reach(folder.path())?;
        Ok(Server { binaries, account, data, sockets: socket_folder(account, &folder.short_name()) })
    }

    /// The address of a database of this server.
    pub fn url(&self, database: &str) -> String {
        let host = self.sockets.to_string_lossy().replace('/', "%2F");
        format!("postgresql://barrow@{host}/{database}")
    }

    /// Whether somebody listens on the socket.
    pub fn answers(&self) -> bool {
        UnixStream::connect(self.sockets.join(".s.PGSQL.5432")).is_ok()
    }

    /// Makes the cluster where there is none yet; half of one is never left standing.
    pub fn initialise(&self) -> Result<()> {
        if self.data.join("PG_VERSION").exists() {
            return Ok(());
        }
        let shown = self.data.display();
        if let Ok(room) = rustix::fs::statvfs(self.data.parent().unwrap_or(&self.data))
            && room.f_bavail * room.f_frsize < ROOM
        {
            bail!("the disk that holds {shown} is full: a new shop needs {} MB", ROOM / 1_000_000);
        }
        let fresh = self.data.with_extension("new");
        if fresh.exists() {
            fs::remove_dir_all(&fresh).with_context(|| format!("{} cannot be cleared", fresh.display()))?;
        }
        self.account.make_folder(&fresh)?;
        let output = self
            .account
            .command(&self.binaries.program("initdb"))
            .args(["--locale=C.UTF-8", "-E", "UTF8", "-k", "-U", "barrow", "-A", "trust", "-D"])
            .arg(&fresh)
            .output()
            .context("initdb cannot be run")?;
        if !output.status.success() {
            let _ = fs::remove_dir_all(&fresh);
            bail!("the private database in {shown} could not be made: {}", self.reason(&said(&output)));
        }
        fs::rename(&fresh, &self.data).with_context(|| format!("{shown} cannot be put in place"))
    }

    /// Starts the server and waits until it answers; tries again while the one before is still dying.
    pub fn start(&self) -> Result<()> {
        self.make_socket_folder()?;
        let begun = Instant::now();
        loop {
            self.forget_stranger();
            let log_before = self.shorten_log();
            let output = self.pg_ctl("start").arg("-l").arg(self.log()).arg("-o").arg(self.options()).output();
            let output = output.context("pg_ctl cannot be run")?;
            // A shop that was killed while it started the server leaves one that starts all the same: it is as good as ours.
            if output.status.success() || self.answers() {
                return Ok(());
            }
            let story = format!("{}\n{}", said(&output), self.log_since(log_before));
            let passes = ["shared memory block", "lock file \"postmaster.pid\" already exists", "is another postmaster"];
            if begun.elapsed() > PATIENCE || !passes.iter().any(|sign| story.contains(sign)) {
                bail!(
                    "the private database in {} could not be started: {} (its log is {})",
                    self.data.display(),
                    self.reason(&story),
                    self.log().display()
                );
            }
            std::thread::sleep(Duration::from_millis(300));
        }
    }

    /// After a power cut the number in postmaster.pid may belong to another process of the same account by now,
    /// which PostgreSQL takes for itself and then refuses to start for ever.
    fn forget_stranger(&self) {
        let path = self.data.join("postmaster.pid");
        let pid = fs::read_to_string(&path).ok().and_then(|text| text.lines().next()?.trim().parse::<u32>().ok());
        let command_line = pid.and_then(|pid| fs::read(format!("/proc/{pid}/cmdline")).ok());
        let ours = self.data.as_os_str().as_encoded_bytes();
        if command_line.is_some_and(|line| !line.is_empty() && !line.windows(ours.len()).any(|part| part == ours)) {
            tracing::warn!("postmaster.pid names a process that is no PostgreSQL of ours; forgetting it");
            let _ = fs::remove_file(path);
        }
    }

    /// Stops the server: what is committed is kept, whoever is still connected is cut off.
    pub fn stop(&self) -> Result<()> {
        if self.data.join("postmaster.pid").exists() {
            let output = self.pg_ctl("stop").args(["-m", "fast"]).output().context("pg_ctl cannot be run")?;
            if !output.status.success() && self.answers() {
                bail!("the private database in {} could not be stopped: {}", self.data.display(), said(&output).trim());
            }
        }
        let _ = fs::remove_dir(&self.sockets);
        Ok(())
    }

    fn pg_ctl(&self, act: &str) -> Command {
        let mut command = self.account.command(&self.binaries.program("pg_ctl"));
        command.args([act, "-w", "-t", "300", "-D"]).arg(&self.data);
        command
    }

    /// Passes a shell on its way: nothing in it comes from outside. Carts and jobs come and go by the second, so what they leave is swept
    /// more often than once a minute, and a day of many orders does not write every page to its log again and again.
    fn options(&self) -> String {
        format!(
            "-p 5432 -k {} -c listen_addresses='' -c unix_socket_permissions=0700 -c log_checkpoints=off -c shared_buffers={}MB \
             -c autovacuum_naptime=15s -c max_wal_size=2GB",
            self.sockets.display(),
            buffers(&fs::read_to_string("/proc/meminfo").unwrap_or_default())
        )
    }

    fn log(&self) -> PathBuf {
        self.data.join("server.log")
    }

    /// Puts a long log aside; returns how long the log is now.
    fn shorten_log(&self) -> u64 {
        let length = fs::metadata(self.log()).map_or(0, |about| about.len());
        if length > LOG_LIMIT && fs::rename(self.log(), self.data.join("server.log.old")).is_ok() {
            return 0;
        }
        length
    }

    fn log_since(&self, start: u64) -> String {
        let mut text = Vec::new();
        if let Ok(mut log) = File::open(self.log())
            && log.seek(SeekFrom::Start(start)).is_ok()
        {
            let _ = log.take(200_000).read_to_end(&mut text);
        }
        String::from_utf8_lossy(&text).into_owned()
    }

    /// The one line of a long story that says why.
    fn reason(&self, story: &str) -> String {
        if story.contains("No space left on device") || story.contains("Disk quota exceeded") {
            return "the disk is full; free some space and start again".into();
        }
        if story.contains("invalid locale") {
            return "this system has no locale C.UTF-8; install its locale data".into();
        }
        let telling = ["PANIC:", "FATAL:", "initdb: error:", "pg_ctl:", "ERROR:"];
        let line =
            telling.iter().find_map(|mark| Some(story.lines().rev().find(|line| line.contains(mark))?.split_once(mark)?.1));
        line.or_else(|| story.lines().rev().find(|line| !line.trim().is_empty())).unwrap_or("it gave no reason").trim().to_owned()
    }

    fn make_socket_folder(&self) -> Result<()> {
        let shown = self.sockets.display();
        match fs::symlink_metadata(&self.sockets) {
            Err(_) => self.account.make_folder(&self.sockets),
            Ok(about) if about.is_dir() && about.uid() == self.account.uid() && about.mode() & 0o077 == 0 => Ok(()),
            Ok(_) => bail!("{shown}, where the database's socket belongs, was made by somebody else: remove it"),
        }
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The version that made a data folder; `None` where there is nothing yet.
fn version_of(data: &Path) -> Result<Option<u32>> {
    let shown = data.display();
    let Ok(mut entries) = fs::read_dir(data) else {
        return match data.exists() {
            true => bail!("{shown} cannot be read: is it the folder of another account?"),
            false => Ok(None),
        };
    };
    let Ok(text) = fs::read_to_string(data.join("PG_VERSION")) else {
        return match entries.next() {
            Some(_) => bail!("{shown} is no PostgreSQL data folder (it has no PG_VERSION): move it away"),
            None => Ok(None),
        };
    };
    match text.trim().parse::<u32>() {
        Ok(major) if major >= OLDEST => Ok(Some(major)),
        _ => bail!("{shown} was made by PostgreSQL {}, which Barrow does not run on: it needs {OLDEST} or newer", text.trim()),
    }
}

fn socket_folder(account: Account, name: &str) -> PathBuf {
    match account {
        Account::Lent { .. } if Path::new("/run").is_dir() => PathBuf::from(format!("/run/barrow-{name}")),
        Account::Lent { .. } => PathBuf::from(format!("/tmp/barrow-0-{name}")),
        Account::Own { uid } => PathBuf::from(format!("/tmp/barrow-{uid}-{name}")),
    }
}

#[cfg(test)]
mod tests {
    use super::buffers;

    #[test]
    fn the_server_keeps_a_sixteenth_of_the_memory() {
        assert_eq!(buffers("MemTotal:        4096000 kB\nMemFree:  1 kB\n"), 250);
        assert_eq!((buffers("MemTotal:  1000000 kB"), buffers("MemTotal: 64000000 kB"), buffers("")), (128, 512, 128));
    }
}
