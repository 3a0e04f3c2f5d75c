//! The process: the real binary with a private database of its own, started, killed, stopped, backed up and examined.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use diesel_async::AsyncConnection;
use diesel_migrations::MigrationHarness;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::world::TestShop;

mod caller;
mod elsewhere;
mod fakes;
mod front;
mod letters;
mod opening;
mod payments;

/// A folder for one shop, and how to call Barrow in it.
struct Place {
    folder: tempfile::TempDir,
    port: u16,
    /// What its environment says beside the usual.
    environment: Vec<(&'static str, String)>,
}

/// A shop that is open; killed when dropped.
struct Open {
    child: Child,
    port: u16,
}

impl Place {
    fn new() -> Place {
        // In memory where there is room, since a new cluster is written through to the disk.
        let roomy = rustix::fs::statvfs("/dev/shm").is_ok_and(|room| room.f_bavail * room.f_frsize > 1_000_000_000);
        let base = if roomy { PathBuf::from("/dev/shm") } else { std::env::temp_dir() };
        let folder = tempfile::Builder::new().prefix("barrow-process-").tempdir_in(base).expect("a folder");
        // The account `postgres` walks through here when the tests run as root.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).expect("opened");
        Place { folder, port: free_port(), environment: Vec::new() }
    }

    fn set(&mut self, name: &'static str, value: String) {
        self.unset(name);
        self.environment.push((name, value));
    }

    fn unset(&mut self, name: &'static str) {
        self.environment.retain(|(known, _)| *known != name);
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn barrow(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_barrow"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["DATABASE_URL", "DATABASE_DIRECT_URL", "SMTP_URL", "BARROW_S3_URL", "BARROW_PUBLIC_URL"] {
            command.env_remove(name);
        }
        command.env("BARROW_DATA", self.data()).env("BARROW_ADDRESS", format!("127.0.0.1:{}", self.port));
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.barrow(arguments).output().expect("barrow runs")
    }

    /// Runs a command that must succeed; what it printed.
    #[track_caller]
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}{}", text(&output.stdout), text(&output.stderr));
        text(&output.stdout)
    }

    /// An owner who may sign in.
    #[track_caller]
    fn add_owner(&self, email: &str, password: &str) {
        let mut command = self.barrow(&["staff", "add", email, "--role", "owner", "--password-stdin"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("starts");
        child.stdin.take().expect("piped").write_all(format!("{password}\n").as_bytes()).expect("written");
        assert!(child.wait().expect("ends").success());
    }

    #[track_caller]
    fn serve(&self) -> Open {
        self.serve_at(self.port)
    }

    #[track_caller]
    fn serve_at(&self, port: u16) -> Open {
        let mut command = self.barrow(&["serve"]);
        let child = command.env("BARROW_ADDRESS", format!("127.0.0.1:{port}")).spawn().expect("barrow starts");
        let mut open = Open { child, port };
        eventually("the shop opens", || {
            assert!(open.child.try_wait().expect("asked").is_none(), "the shop closed at once");
            status(port) == Some(200)
        });
        open
    }

    fn postmaster(&self) -> Option<Pid> {
        let text = std::fs::read_to_string(self.data().join("postgres/postmaster.pid")).ok()?;
        let pid = Pid::from_raw(text.lines().next()?.trim().parse().ok()?)?;
        test_kill_process(pid).ok().map(|()| pid)
    }

    /// Runs statements in the private database, which must be up.
    fn sql(&self, statements: &str) -> String {
        let output = self.psql(statements).expect("it runs");
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).trim().to_owned()
    }

    /// What psql says to statements; `None` while there is no socket to ask at.
    fn psql(&self, statements: &str) -> Option<std::process::Output> {
        let known = std::fs::read_to_string(self.data().join("postgres/postmaster.pid")).ok()?;
        let sockets = known.lines().nth(4)?.to_owned();
        let mut psql = Command::new(binary("psql"));
        psql.args(["-qAt", "-v", "ON_ERROR_STOP=1", "-h", &sockets, "-U", "barrow", "-d", "barrow", "-c", statements]);
        Some(psql.output().expect("psql runs"))
    }

    /// Whether the database takes statements: a new postmaster may still be recovering while an old backend answers the shop.
    fn takes_statements(&self) -> bool {
        self.psql("select 1").is_some_and(|output| output.status.success())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        eventually("nothing is left running", || self.postmaster().is_none());
    }
}

impl Open {
    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).expect("signalled");
    }

    /// Stops it as Ctrl-C does; it must end well.
    #[track_caller]
    fn stop(mut self) {
        self.signal(Signal::INT);
        assert!(self.child.wait().expect("it ends").success());
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port below those that the system gives to outgoing connections; another one at each call.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let begin = 10_000 + (std::process::id() % 2_000) as u16 * 10;
    let mut ports = std::iter::repeat_with(|| begin + NEXT.fetch_add(1, Ordering::Relaxed));
    ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "not within a minute: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What `/health` says, which asks the database; `None` when nobody answers.
fn status(port: u16) -> Option<u16> {
    call(port, "GET", "/health")
}

/// The status that a request without a body gets; `None` when nobody answers.
fn call(port: u16, method: &str, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.split(' ').nth(1)?.parse().ok()
}

fn binary(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed");
    let mut found: Vec<PathBuf> = versions.map(|version| version.expect("a folder").path().join("bin").join(name)).collect();
    found.retain(|path| path.exists());
    found.sort();
    found.pop().expect("PostgreSQL is installed")
}

/// One sentence on standard error, exit code 1, and no panic.
#[track_caller]
fn refuses(output: &Output, sentence: &str) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(sentence), "{said:?} lacks {sentence:?}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn the_first_start_makes_everything_and_ctrl_c_leaves_nothing_running() {
    let place = Place::new();
    let shop = place.serve();
    assert!(place.postmaster().is_some());
    shop.stop();
    assert!(place.postmaster().is_none());
    let sockets: Vec<_> = std::fs::read_dir(place.data()).expect("there").flatten().map(|entry| entry.file_name()).collect();
    assert!(sockets.iter().any(|name| name == "postgres") && sockets.iter().any(|name| name == "files"));
}

#[test]
fn a_second_process_shares_the_database_and_the_last_one_stops_it() {
    let place = Place::new();
    let first = place.serve();
    let server = place.postmaster();
    let second = place.serve_at(free_port());
    assert_eq!(place.postmaster(), server);
    first.stop();
    assert_eq!(place.postmaster(), server);
    assert_eq!(status(second.port), Some(200));
    second.stop();
    assert!(place.postmaster().is_none());
}

#[test]
fn a_killed_shop_leaves_no_database_behind_and_starts_again() {
    let place = Place::new();
    let shop = place.serve();
    place.sql("update settings set shop_name = 'Kept'");
    shop.signal(Signal::KILL);
    drop(shop);
    eventually("the guard stops the database", || place.postmaster().is_none());
    let shop = place.serve();
    assert_eq!(place.sql("select shop_name from settings"), "Kept");
    // And at once, while the guard of the killed one may still be at work.
    shop.signal(Signal::KILL);
    drop(shop);
    place.serve().stop();
}

#[test]
fn a_killed_database_is_started_again_while_the_shop_runs() {
    let place = Place::new();
    let shop = place.serve();
    place.sql("update settings set shop_name = 'Kept'");
    let dead = place.postmaster().expect("it runs");
    kill_process(dead, Signal::KILL).expect("killed");
    let mut seen = Vec::new();
    eventually("the shop answers again", || {
        let status = status(shop.port).expect("the shop itself stays");
        seen.push(status);
        place.postmaster().is_some_and(|pid| pid != dead) && place.takes_statements() && status == 200
    });
    assert!(seen.iter().all(|status| [200, 503].contains(status)), "{seen:?}");
    assert_eq!(place.sql("select shop_name from settings"), "Kept");
    shop.stop();
}

#[test]
fn a_number_that_went_to_another_process_does_not_keep_the_database_down() {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    let place = Place::new();
    place.done(&["migrate"]);
    let owner = std::fs::metadata(place.data().join("postgres")).expect("there");
    let mut stranger = Command::new("sleep");
    stranger.arg("60");
    if rustix::process::geteuid().is_root() {
        stranger.uid(owner.uid()).gid(owner.gid());
    }
    let mut stranger = stranger.spawn().expect("sleeps");
    let pid = place.data().join("postgres/postmaster.pid");
    std::fs::write(&pid, format!("{}\n{}\n", stranger.id(), place.data().display())).expect("written");
    let output = place.run(&["migrate"]);
    stranger.kill().expect("killed");
    stranger.wait().expect("gone");
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn what_cannot_work_is_said_in_one_sentence() {
    let place = Place::new();
    let with = |name: &str, value: &str| place.barrow(&["migrate"]).env(name, value).output().expect("runs");
    refuses(&with("BARROW_POSTGRES_BIN", "/nonexistent"), "apt install postgresql");
    refuses(&with("DATABASE_URL", "nonsense"), "DATABASE_URL is no address");
    refuses(
        &with("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/shop"),
        "the database that DATABASE_URL names cannot be reached",
    );
    refuses(&with("DATABASE_URL", "postgresql://nobody@nowhere.invalid/shop"), "cannot be reached");
    refuses(&with("BARROW_DATA", "/proc/barrow"), "cannot be created");
    refuses(&with("BARROW_ADDRESS", "nonsense"), "BARROW_ADDRESS must be");
}

#[test]
fn folders_that_are_not_ours_or_newer_are_left_alone() {
    let place = Place::new();
    let write = |path: &Path, text: &str| {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    write(&place.data().join("holiday.jpg"), "sun");
    refuses(&place.run(&["migrate"]), "holds something that is not Barrow's (holiday.jpg)");
    std::fs::remove_file(place.data().join("holiday.jpg")).expect("removed");
    write(&place.data().join("PG_VERSION"), "15\n");
    refuses(&place.run(&["migrate"]), "is the data folder of a PostgreSQL server itself");
    std::fs::remove_file(place.data().join("PG_VERSION")).expect("removed");
    write(&place.data().join("postgres/PG_VERSION"), "99\n");
    refuses(&place.run(&["migrate"]), "apt install postgresql-99");
    write(&place.data().join("postgres/PG_VERSION"), "9.6\n");
    refuses(&place.run(&["migrate"]), "PostgreSQL 9.6, which Barrow does not run on");
    std::fs::remove_file(place.data().join("postgres/PG_VERSION")).expect("removed");
    write(&place.data().join("postgres/notes.txt"), "mine");
    refuses(&place.run(&["migrate"]), "is no PostgreSQL data folder");
}

#[test]
fn a_full_disk_is_said_in_one_sentence() {
    let place = Place::new();
    std::fs::create_dir(place.data()).expect("made");
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=20m", "tmpfs"]).arg(place.data()).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: a small disk can only be mounted as root");
        return;
    }
    let output = place.run(&["migrate"]);
    assert!(Command::new("umount").arg(place.data()).status().expect("umount runs").success());
    refuses(&output, "is full");
}

#[test]
fn two_first_starts_at_once_make_one_shop() {
    let place = Place::new();
    let start = || place.barrow(&["migrate"]).stdout(Stdio::piped()).spawn().expect("starts");
    let both = [start(), start()];
    for child in both {
        assert!(child.wait_with_output().expect("ends").status.success());
    }
    assert!(place.done(&["migrate"]).contains("was up to date"));
}

#[test]
fn a_backup_brings_everything_back() {
    let place = Place::new();
    let picture = "files/originals/ab/abc.png";
    let backup = place.folder.path().join("shop.backup").display().to_string();
    place.done(&["staff", "add", "anna@example.org", "--role", "owner"]);
    std::fs::create_dir_all(place.data().join("files/originals/ab")).expect("made");
    std::fs::write(place.data().join(picture), "picture").expect("written");
    let shop = place.serve();
    place.sql(SHOP);
    let before = place.sql(CENSUS);
    place.done(&["backup", &backup]);
    refuses(&place.run(&["backup", &backup]), "exists already");
    refuses(&place.run(&["restore", &backup]), "--replace throws it away");
    refuses(&place.run(&["restore", "--replace", &backup]), "stop it first");
    shop.stop();

    std::fs::remove_dir_all(place.data()).expect("wiped");
    assert!(place.done(&["restore", &backup]).contains("The shop is as it was"));
    let shop = place.serve();
    assert_eq!(place.sql(CENSUS), before);
    assert_eq!(std::fs::read_to_string(place.data().join(picture)).expect("there"), "picture");
    place.sql("update settings set shop_name = 'Changed'");
    shop.stop();

    place.done(&["restore", "--replace", &backup]);
    let again = place.folder.path().join("again.backup").display().to_string();
    place.done(&["backup", &again]);
    place.done(&["restore", "--replace", &again]);
    let shop = place.serve();
    assert_eq!(place.sql(CENSUS), before);
    shop.stop();
    std::fs::write(&backup, "no tar at all").expect("written");
    refuses(&place.run(&["restore", "--replace", &backup]), "is no backup of Barrow");
    place.done(&["doctor"]);
}

#[test]
fn the_doctor_finds_planted_drift() {
    let place = Place::new();
    let shop = place.serve();
    place.sql(SHOP);
    assert!(place.done(&["doctor"]).contains("All is well."));
    for (plant, finding) in [
        ("update stock set on_hand = on_hand + 1", "stock balances that are not the sum of their movements: 1 (TEA)"),
        ("update stock_allocations set quantity = 3", "promised pieces"),
        (
            "update orders set goods_total = goods_total + 5, total = total + 5",
            "totals are not the sums of their parts: 1 (order 1001)",
        ),
        ("update orders set payment_status = 'paid'", "statuses do not follow from what was paid and shipped: 1 (order 1001)"),
        (
            "insert into payment_captures (payment_id, amount, idempotency_key) select id, amount + 1, 'k' from payments",
            "more captured than authorised",
        ),
    ] {
        // Only a superuser can plant these: triggers are off.
        place.sql(&format!("set session_replication_role = replica; {plant}"));
        let output = place.run(&["doctor"]);
        assert_eq!(output.status.code(), Some(1), "{plant}");
        assert!(text(&output.stdout).contains(finding), "{plant}: {}", text(&output.stdout));
    }
    place.sql(
        "set session_replication_role = replica; insert into order_taxes (order_id, name, country, rate_millionths, included, amount) \
         select id, 'VAT', 'DE', 190000, true, 1 from orders",
    );
    assert!(!text(&place.run(&["doctor"]).stdout).contains("is not its rate"));
    assert!(
        text(&place.run(&["doctor", "--deep"]).stdout)
            .contains("orders with a tax that is not its rate of its amount: 1 (order 1001)")
    );
    let output = place.barrow(&["doctor"]).env("SMTP_URL", "smtp://127.0.0.1:1").output().expect("runs");
    assert!(text(&output.stdout).contains("127.0.0.1:1 does not answer"));
    shop.stop();
}

#[test]
fn a_new_shop_prints_a_link_that_opens_it_and_a_demo_needs_none() {
    let place = Place::new();
    let printed = |place: &Place| {
        let mut child = place.barrow(&["serve"]).stderr(Stdio::piped()).spawn().expect("starts");
        eventually("the shop opens", || status(place.port) == Some(200));
        kill_process(Pid::from_child(&child), Signal::INT).expect("signalled");
        let mut said = String::new();
        child.stderr.take().expect("piped").read_to_string(&mut said).expect("read");
        assert!(child.wait().expect("ends").success());
        said
    };
    assert!(printed(&place).contains(&format!("http://127.0.0.1:{}/first-run/", place.port)));
    let demo = place.done(&["demo", "--once"]);
    assert!(demo.contains("Sign in as owner@example.com with the password "), "{demo}");
    assert_eq!(place.done(&["demo", "--once"]), "");
    assert!(!place.done(&["demo"]).contains("password"));
    assert!(!printed(&place).contains("/first-run/"));
    let file = place.folder.path().join("goods.csv");
    std::fs::write(&file, "Handle,Title,Variant Price\ntea,Tea,9.00\n").expect("written");
    let file = file.display().to_string();
    assert!(!place.done(&["import", "shopify", &file, "--dry-run"]).is_empty());
    assert!(!place.done(&["import", "shopify", &file]).is_empty());
    refuses(&place.run(&["import", "shopify", "/nonexistent.csv"]), "/nonexistent.csv");
    assert!(place.done(&["doctor"]).contains("All is well."));
}

#[test]
fn passwords_are_made_up_or_read_and_weak_ones_refused() {
    let place = Place::new();
    let said = place.done(&["staff", "add", "anna@example.org", "--role", "owner"]);
    assert!(said.contains("signs in with the password"), "{said}");
    refuses(&place.run(&["staff", "add", "anna@example.org", "--role", "owner"]), "is on the staff list already");
    let typed = |password: &str| {
        let mut command = place.barrow(&["staff", "password", "anna@example.org", "--password-stdin"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        child.stdin.take().expect("piped").write_all(password.as_bytes()).expect("written");
        child.wait_with_output().expect("ends")
    };
    assert_eq!(typed("short\n").status.code(), Some(1));
    assert!(typed("correct horse battery\n").status.success());
}

#[rocket::async_test]
async fn migrations_go_up_down_and_up_and_the_schema_is_what_they_make() {
    let shop = TestShop::open().await;
    let url = shop.shop.db.url().to_owned();
    let kept = include_str!("../../src/platform/schema.rs");
    assert_eq!(bare(&schema_of(&url)), bare(kept), "run bin/schema > src/platform/schema.rs");
    let conn = diesel_async::AsyncPgConnection::establish(&url).await.expect("connects");
    let down = rocket::tokio::task::spawn_blocking(move || {
        let mut harness = diesel_async::AsyncMigrationHarness::new(conn);
        harness.revert_all_migrations(MIGRATIONS).expect("each migration can be undone").len()
    });
    assert_eq!(down.await.expect("runs"), barrow::platform::db::migrations().len());
    assert!(!schema_of(&url).contains("diesel::table!"), "nothing is left");
    assert_eq!(barrow::app::migrate(&url).await.expect("up again").len(), barrow::platform::db::migrations().len());
    assert_eq!(bare(&schema_of(&url)), bare(kept));
    shop.sql("insert into __diesel_schema_migrations (version) values ('29991231235959')").await;
    let newer = barrow::app::migrate(&url).await.expect_err("refused").to_string();
    assert!(newer.contains("belongs to a newer Barrow"), "{newer}");
}

const MIGRATIONS: diesel_migrations::EmbeddedMigrations = diesel_migrations::embed_migrations!("migrations");

/// What bin/schema makes of a database.
fn schema_of(url: &str) -> String {
    let (address, host) = url.split_once("?host=").expect("a socket");
    let mut script = Command::new("python3");
    script.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/bin/schema")).env("PGUSER", "postgres");
    script.env("PGHOST", host.replace("%2F", "/")).env("PGDATABASE", address.rsplit('/').next().expect("a name"));
    let output = script.output().expect("bin/schema runs");
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// Without what a formatter changes.
fn bare(code: &str) -> String {
    code.split_whitespace().collect::<String>().replace(",)", ")")
}

/// A product, three pieces of it, and an order of two that waits for its money.
const SHOP: &str = "
    insert into products (handle, title, status) values ('tea', 'Tea', 'active');
    insert into variants (product_id, sku, price, position) select id, 'TEA', 900, 0 from products;
    insert into stock (variant_id, location_id) select v.id, l.id from variants v, locations l;
    insert into stock_movements (stock_id, kind, on_hand) select id, 'opening', 3 from stock;
    insert into stock_movements (stock_id, kind, allocated) select id, 'allocation', 2 from stock;
    begin;
    insert into orders (number, token, cart_id, email, locale, currency, tax_included, goods_total, shipping_total, tax_total, total,
                        status, payment_status, fulfilment_status, customer_name, shipping_address, billing_address,
                        shipping_method, payment_method)
    values (1001, 'abcdefghijklmnopqrstuvwxyz', 1, 'anna@example.org', 'en', 'USD', true, 1800, 0, 0, 1800,
            'open', 'unpaid', 'unfulfilled', 'Anna', '{}', '{}', 'Post', 'bank');
    insert into order_lines (order_id, title, sku, quantity, unit_price, total, position)
    select id, 'Tea', 'TEA', 2, 900, 1800, 0 from orders;
    insert into stock_allocations (order_line_id, stock_id, quantity) select l.id, s.id, 2 from order_lines l, stock s;
    insert into payments (order_id, gateway, reference, idempotency_key, currency, amount, state)
    select id, 'bank', 'R1', 'p1', 'USD', 1800, 'pending' from orders;
    commit;";

/// Everything that must come back, in one line.
const CENSUS: &str = "
    select (select string_agg(x::text, ';') from settings x), (select string_agg(x::text, ';') from orders x),
           (select string_agg(x::text, ';') from stock x), (select string_agg(x::text, ';') from staff x),
           (select string_agg(x::text, ';') from stock_movements x), (select count(*) from pg_trigger where not tgisinternal)";
