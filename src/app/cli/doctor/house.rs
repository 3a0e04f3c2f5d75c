//! What the shop stands on: database, folders, addresses, mail, clock.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use tokio::net::TcpStream;
use url::{Host, Url};

use super::Report;
use crate::app::cli::open::Opened;
use crate::platform::config::Config;
use crate::platform::db::{self, Conn};
use crate::platform::mail::Post;
use crate::platform::media::Store;

/// Free space below which a shop will soon stop.
const SCARCE: u64 = 500_000_000;
/// Seconds by which this machine's clock and the database's may differ.
const DRIFT: i64 = 5;

#[derive(diesel::QueryableByName)]
struct About {
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = BigInt)]
    size: i64,
}

/// Says whether the tables are there, so that the books can be looked at.
pub async fn database(report: &mut Report, opened: &Opened) -> Result<bool> {
    let mut conn = opened.db.get().await.map_err(|broke| broke.0)?;
    let about = "select current_setting('server_version') as version, pg_database_size(current_database()) as size";
    let about: About = diesel::sql_query(about).get_result(&mut conn).await?;
    let whose = if opened.is_private() { "Barrow's own" } else { "named by DATABASE_URL" };
    let size = indicatif::HumanBytes(about.size.unsigned_abs());
    report.well(&format!("database: PostgreSQL {}, {whose}, {size}", about.version));
    match db::pending(&opened.direct_url).await {
        Ok(pending) if pending.is_empty() => report.well("tables: up to date"),
        Ok(pending) => {
            report.finding(
                &format!("{} migrations have not run ({} …)", pending.len(), pending[0]),
                "run `barrow migrate`, or start `barrow serve`",
            );
            return Ok(false);
        }
        Err(error) => {
            report.finding(&format!("{error:#}"), "use the version of Barrow that made these tables, or a newer one");
            return Ok(false);
        }
    }
    Ok(true)
}

pub fn folders(report: &mut Report, opened: &Opened) {
    let folder = &opened.folder;
    for part in [folder.files(), folder.secrets(), folder.search()] {
        let probe = part.join(".doctor");
        match File::create(&probe) {
            Ok(_) => drop(fs::remove_file(&probe)),
            Err(error) => {
                report.finding(
                    &format!("{} cannot be written: {error}", part.display()),
                    "give it to the account that Barrow runs under",
                );
            }
        }
    }
    if fs::metadata(folder.secrets()).is_ok_and(|about| about.mode() & 0o077 != 0) {
        let shown = folder.secrets().display().to_string();
        report.finding(&format!("{shown} can be read by other accounts"), &format!("run `chmod 700 {shown}`"));
    }
    report.well(&format!("folder: {}", folder.path().display()));
    disk(report, folder.path());
}

fn disk(report: &mut Report, folder: &Path) {
    let Ok(room) = rustix::fs::statvfs(folder) else { return };
    let free = room.f_bavail * room.f_frsize;
    let said = format!("disk: {} free", indicatif::HumanBytes(free));
    if free < SCARCE {
        report.finding(&said, "free some space: a full disk stops the database");
    } else {
        report.well(&said);
    }
}

pub fn addresses(report: &mut Report, config: &Config) {
    let url = &config.public_url;
    let private = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback() || ip.is_private(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    };
    if config.secure() {
        report.well(&format!("address: {url}, cookies are Secure"));
    } else if private {
        report.note(&format!("address: {url} is for trying out; set BARROW_PUBLIC_URL to the https address that shoppers type"));
    } else {
        report.finding(
            &format!("shoppers reach the shop by http ({url}), so that anybody between can read along"),
            "put a proxy with TLS in front and set BARROW_PUBLIC_URL to the https address",
        );
    }
}

pub async fn mail(report: &mut Report, config: &Config) {
    let Some(smtp) = &config.smtp_url else {
        report.note("mail: none is sent, it is kept under \"Sent mail\"; set SMTP_URL to send it");
        return;
    };
    let Some((host, port)) = Url::parse(smtp).ok().and_then(|url| Some((url.host_str()?.to_owned(), smtp_port(&url)))) else {
        report.finding("SMTP_URL is no address of a mail server", "write it like smtps://user:password@mail.example.org:465");
        return;
    };
    let connecting = TcpStream::connect((host.as_str(), port));
    let what = match tokio::time::timeout(Duration::from_secs(5), connecting).await {
        Ok(Ok(_)) => match Post::open(config).map(|post| async move { post.answers().await }) {
            Ok(asked) => match asked.await {
                Ok(true) => return report.well(&format!("mail: {host}:{port} takes our letters")),
                Ok(false) => "answers, but will not talk".to_owned(),
                Err(error) => format!("answers, but does not let us in ({error:#})"),
            },
            Err(error) => format!("cannot be asked ({error:#})"),
        },
        Ok(Err(error)) => format!("does not answer ({error})"),
        Err(_) => "does not answer within 5 seconds".to_owned(),
    };
    report.finding(&format!("mail: {host}:{port} {what}"), "look at SMTP_URL, its user and password, and at firewalls");
}

/// Where pictures go, when that is not a folder here.
pub async fn pictures(report: &mut Report, opened: &Opened) {
    let Some(url) = &opened.config.s3_url else { return };
    let store = Store::open(&opened.config, &opened.folder.files());
    let probed = match store {
        Ok(store) => store.probe().await,
        Err(error) => Err(error),
    };
    match probed {
        Ok(()) => report.well(&format!("pictures: {url} can be written and read")),
        Err(error) => report.finding(
            &format!("pictures: {url} cannot be used ({error:#})"),
            "look at BARROW_S3_URL and AWS_*: the bucket must exist, and the key may list, read, write and delete in it",
        ),
    }
}

/// Who looks at files that strangers send.
pub async fn scanner(report: &mut Report, opened: &Opened) {
    if opened.config.scanner.is_none() {
        report.note("files beside messages: no virus scanner looks at them; set BARROW_SCANNER to a clamd");
        return;
    }
    let asked = match Store::open(&opened.config, &opened.folder.files()) {
        Ok(store) => store.is_harmless(b"Good morning").await,
        Err(error) => Err(error),
    };
    match asked {
        Ok(_) => report.well("files beside messages: the virus scanner answers"),
        Err(error) => report.finding(
            &format!("files beside messages are refused: {error:#}"),
            "look at BARROW_SCANNER and whether clamd runs and lets this account connect",
        ),
    }
}

fn smtp_port(url: &Url) -> u16 {
    url.port().unwrap_or(if url.scheme() == "smtps" { 465 } else { 587 })
}

#[derive(diesel::QueryableByName)]
struct Now {
    #[diesel(sql_type = Timestamptz)]
    now: DateTime<Utc>,
}

pub async fn clock(report: &mut Report, conn: &mut Conn) -> Result<()> {
    let before = Utc::now();
    let now: Now = diesel::sql_query("select clock_timestamp() as now").get_result(conn).await?;
    let apart = (now.now - before).num_seconds().abs();
    if apart > DRIFT {
        report.finding(
            &format!("this machine's clock and the database's are {apart} seconds apart"),
            "set both by NTP: reservations, sessions and due dates depend on it",
        );
    } else {
        report.well("clock: as the database's");
    }
    Ok(())
}
