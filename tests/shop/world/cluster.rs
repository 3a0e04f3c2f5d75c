//! One throw-away cluster (fsync off) for all tests of this checkout, one migrated template, one clone per shop.
//!
//! Whoever comes first starts it; a watchdog stops it when no test has begun for a minute and none is running.
//! Both take `start.lock` before `use.lock`: a test that begins while the cluster is being stopped waits and starts another.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

/// Held as long as this process runs, so that the watchdog waits.
static IN_USE: OnceLock<File> = OnceLock::new();
static COUNT: AtomicU32 = AtomicU32::new(0);

/// A database of its own, cloned from the migrated template; its URL.
pub async fn fresh_database() -> String {
    let folder = rocket::tokio::task::spawn_blocking(start).await.expect("the test cluster starts");
    let template = template(&folder).await;
    let name = format!("t_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut conn = AsyncPgConnection::establish(&url(&folder, "postgres")).await.expect("the test cluster answers");
    sweep(&mut conn, &name).await;
    conn.batch_execute(&format!("create database {name} template {template}")).await.expect("clones");
    url(&folder, &name)
}

#[derive(diesel::QueryableByName)]
struct Database {
    #[diesel(sql_type = diesel::sql_types::Text)]
    datname: String,
}

/// Drops the databases of tests that have ended, and one of this name: files that are gone before the disk has seen them cost nothing.
async fn sweep(conn: &mut AsyncPgConnection, mine: &str) {
    let all = diesel::sql_query("select datname::text from pg_database where datname like 't\\_%'");
    let all: Vec<Database> = all.load(conn).await.expect("the databases");
    for Database { datname } in all {
        let process = datname.split('_').nth(1).expect("t_<process>_<count>");
        if datname == mine || !Path::new("/proc").join(process).exists() {
            // Another test may be dropping it too.
            let _ = conn.batch_execute(&format!("drop database if exists {datname} with (force)")).await;
        }
    }
}

fn url(folder: &Path, database: &str) -> String {
    format!("postgresql://postgres@/{database}?host={}", folder.join("s").display().to_string().replace('/', "%2F"))
}

/// The folder of this checkout's cluster: short, since sockets lie in it.
fn folder() -> PathBuf {
    use sha2::{Digest, Sha256};
    let hash = Sha256::digest(env!("CARGO_MANIFEST_DIR"));
    let user = std::env::var("USER").unwrap_or_else(|_| "user".into());
    PathBuf::from(format!("/tmp/barrow-test-{user}-{}", hex::encode(&hash[..4])))
}

fn start() -> PathBuf {
    let folder = folder();
    std::fs::create_dir_all(&folder).expect("a folder in /tmp");
    let lock = File::create(folder.join("start.lock")).expect("a lock");
    lock.lock().expect("the lock");
    IN_USE.get_or_init(|| {
        let used = File::create(folder.join("use.lock")).expect("a lock");
        used.lock_shared().expect("the lock");
        used
    });
    let bin = binaries();
    if !run(&bin, "pg_ctl", &["status", "-D", &path(&folder, "data")]) {
        if !folder.join("data/PG_VERSION").exists() {
            // What a stop that was cut short has left.
            let _ = std::fs::remove_dir_all(folder.join("data"));
            own(&folder);
            assert!(
                run(
                    &bin,
                    "initdb",
                    &[
                        "-D",
                        &path(&folder, "data"),
                        "-U",
                        "postgres",
                        "-A",
                        "trust",
                        "--locale=C.UTF-8",
                        "-E",
                        "UTF8",
                        "--no-sync"
                    ]
                ),
                "initdb"
            );
        }
        let options = format!(
            "-k {} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400 -c shared_buffers=256MB -c autovacuum=off",
            path(&folder, "s")
        );
        assert!(
            run(&bin, "pg_ctl", &["-D", &path(&folder, "data"), "-o", &options, "-l", &path(&folder, "log"), "-w", "start"]),
            "pg_ctl start"
        );
        watch(&bin, &folder);
    }
    folder
}

/// Stops the cluster when nobody uses it. The folder is moved away in one step, so that no later start finds half of it.
fn watch(bin: &Path, folder: &Path) {
    let stop = format!(
        "test -n \"$(find use.lock -mmin +1)\" && flock -n -x use.lock sh -c '{}/pg_ctl -D data -m immediate stop; mv data old; rm -rf old'",
        bin.display()
    );
    let script = format!("cd {} && until flock -x start.lock sh -c \"$0\"; do sleep 10; done", folder.display());
    let mut command = Command::new("setsid");
    command
        .args(["sh", "-c", &script, &stop])
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    as_postgres(&mut command);
    let mut watchdog = command.spawn().expect("a watchdog");
    std::thread::spawn(move || watchdog.wait());
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

fn binaries() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|dir| {
            dir.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).filter(|bin| bin.join("initdb").exists()).collect()
        })
        .unwrap_or_default();
    found.sort();
    found.pop().expect("PostgreSQL is installed: apt-get install postgresql")
}

fn run(bin: &Path, program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(bin.join(program));
    command.args(arguments).current_dir("/tmp").stdin(std::process::Stdio::null()).stdout(std::process::Stdio::null());
    as_postgres(&mut command);
    command.status().is_ok_and(|status| status.success())
}

/// PostgreSQL refuses to run as root.
pub fn as_postgres(command: &mut Command) {
    if let Some((uid, gid)) = postgres_if_root() {
        command.uid(uid).gid(gid);
    }
}

/// Gives a file or folder to the account that PostgreSQL runs under.
pub fn lend_to_postgres(path: &Path) {
    if let Some((uid, gid)) = postgres_if_root() {
        std::os::unix::fs::chown(path, Some(uid), Some(gid)).expect("chown");
    }
}

fn postgres_if_root() -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;
    if std::fs::metadata("/proc/self").ok()?.uid() != 0 {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    let line = users.lines().find(|line| line.starts_with("postgres:"))?;
    let mut parts = line.split(':').skip(2);
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

fn own(folder: &Path) {
    for name in ["", "s"] {
        let _ = std::fs::create_dir_all(folder.join(name));
        lend_to_postgres(&folder.join(name));
    }
}

/// The migrated template for this build's migrations; made once.
async fn template(folder: &Path) -> String {
    let name = format!("template_{}", migrations_hash());
    let done = folder.join("data").join(&name);
    if done.exists() {
        return name;
    }
    let lock_path = folder.join("template.lock");
    let lock = File::create(&lock_path).expect("a lock");
    let lock = rocket::tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await.expect("joins").expect("the lock");
    if !done.exists() {
        let mut conn = AsyncPgConnection::establish(&url(folder, "postgres")).await.expect("the test cluster answers");
        diesel::sql_query(format!("drop database if exists {name}")).execute(&mut conn).await.expect("drops");
        diesel::sql_query(format!("create database {name}")).execute(&mut conn).await.expect("creates");
        barrow::app::migrate(&url(folder, &name)).await.expect("migrates");
        File::create(&done).expect("a mark");
    }
    drop(lock);
    name
}

fn migrations_hash() -> String {
    use sha2::{Digest, Sha256};
    let mut files: Vec<PathBuf> = walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations"));
    files.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"));
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(std::fs::read(file).expect("a migration"));
    }
    hex::encode(&hash.finalize()[..6])
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
