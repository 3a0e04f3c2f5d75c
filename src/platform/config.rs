//! What the environment says: where things are and how they are reached. What a merchant decides is in the settings instead.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context, Result};
use url::Url;

/// Configuration of one process, read once at start from `BARROW_*`, `DATABASE_*` and `SMTP_URL`.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server listens (`BARROW_ADDRESS`, default 127.0.0.1:8000).
    pub listen: SocketAddr,
    /// The address that shoppers type (`BARROW_PUBLIC_URL`, default `http://<listen>`); https turns on Secure cookies.
    pub public_url: Url,
    /// `DATABASE_URL`; without it Barrow keeps a private cluster.
    pub database_url: Option<String>,
    /// `DATABASE_DIRECT_URL`: past a pooler, for migrations, LISTEN and jobs.
    pub database_direct_url: Option<String>,
    /// Connections in the pool (`BARROW_DATABASE_POOL`, default 16).
    pub pool_size: usize,
    /// `BARROW_DATA`: the folder for the private cluster, pictures and secrets; see `db::cluster` for the default.
    pub data: Option<PathBuf>,
    /// `BARROW_POSTGRES_BIN`: the folder of PostgreSQL's programs, when they are not where they usually are.
    pub postgres: Option<PathBuf>,
    /// `SMTP_URL` (`smtps://user:password@host:465`); without it mail is kept and shown to staff.
    pub smtp_url: Option<String>,
    /// `BARROW_PROXIES`: addresses whose `X-Forwarded-For` is believed, comma-separated.
    pub proxies: Vec<IpAddr>,
    /// `BARROW_WRITES_PER_MINUTE`: forms that one address may send (default 120, half of it at once; 0: no limit).
    pub writes_per_minute: u32,
    /// `BARROW_CONNECTIONS_PER_ADDRESS`: connections that one address may have at once where no proxy counts them (default 100; 0: no limit).
    pub connections_per_address: usize,
    /// `BARROW_S3_URL` (`s3://bucket/prefix`, keys from `AWS_*`); without it pictures lie in the data folder.
    pub s3_url: Option<String>,
    /// `BARROW_KEYS` (`1:<64 hex digits>`, comma-separated): the keys that open sealed secrets; without it they lie in the data folder.
    pub keys: Option<Undisclosed>,
    /// `BARROW_OUTBOUND_LOOPBACK=yes`: what the shop asks of other sites may be asked of this machine; for development and tests.
    pub outbound_loopback: bool,
    /// `BARROW_REPLY_ADDRESS` (`reply@in.example.org`): where answers to the shop's messages come in; each mail says `reply+<tag>@…`.
    pub reply_address: Option<ReplyAddress>,
    /// `BARROW_MAIL_SECRET`: what whoever brings mail to `/webhooks/mail` must know.
    pub mail_secret: Option<Undisclosed>,
    /// `BARROW_SCANNER` (`/run/clamav/clamd.ctl` or `127.0.0.1:3310`): the clamd that looks at files of strangers before they are kept.
    pub scanner: Option<Scanner>,
}

/// The address that replies come in at, in its two halves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyAddress {
    pub local: String,
    pub domain: String,
}

impl ReplyAddress {
    /// The address of one reply: "reply+1f-…@in.example.org".
    pub fn with(&self, tag: &str) -> String {
        format!("{}+{tag}@{}", self.local, self.domain)
    }

    /// The tag in an address of ours.
    pub fn tag_in<'a>(&self, address: &'a str) -> Option<&'a str> {
        let (local, domain) = address.rsplit_once('@')?;
        let (own, tag) = local.split_once('+')?;
        (domain.eq_ignore_ascii_case(&self.domain) && own.eq_ignore_ascii_case(&self.local)).then_some(tag)
    }

    fn read(text: &str) -> Result<ReplyAddress> {
        let said = "BARROW_REPLY_ADDRESS must be an address like reply@in.example.org";
        let (local, domain) = text.trim().split_once('@').context(said)?;
        let plain =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
        // The local part of an address has 64 characters, of which a tag takes up to 49.
        anyhow::ensure!(plain(local) && plain(domain) && local.len() <= 14, said);
        Ok(ReplyAddress { local: local.to_lowercase(), domain: domain.to_lowercase() })
    }
}

/// Where clamd listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanner {
    Socket(PathBuf),
    Tcp(SocketAddr),
}

impl Scanner {
    fn read(text: &str) -> Result<Scanner> {
        let text = text.trim();
        if text.starts_with('/') {
            return Ok(Scanner::Socket(text.into()));
        }
        let address =
            text.parse().context("BARROW_SCANNER must be a socket's path or an address and a port, like 127.0.0.1:3310")?;
        Ok(Scanner::Tcp(address))
    }
}

/// A value that must not get into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Undisclosed(String);

impl Undisclosed {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Undisclosed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl Config {
    /// Reads the process environment.
    ///
    /// # Errors
    /// One sentence naming the variable that cannot be read.
    pub fn from_env() -> Result<Config> {
        Config::read(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
    }

    /// Reads the configuration from a lookup by name; tests pass a map.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Config> {
        let listen: SocketAddr = get("BARROW_ADDRESS")
            .unwrap_or_else(|| "127.0.0.1:8000".into())
            .parse()
            .context("BARROW_ADDRESS must be an address and a port, like 127.0.0.1:8000")?;
        let public_url = get("BARROW_PUBLIC_URL").unwrap_or_else(|| format!("http://{listen}"));
        let public_url: Url = public_url.parse().context("BARROW_PUBLIC_URL must be a URL, like https://shop.example.org")?;
        anyhow::ensure!(
            matches!(public_url.scheme(), "http" | "https") && public_url.has_host(),
            "BARROW_PUBLIC_URL must begin with http:// or https://"
        );
        let pool_size = get("BARROW_DATABASE_POOL").unwrap_or_else(|| "16".into());
        let pool_size = pool_size.parse().ok().filter(|size| (2..=500).contains(size));
        let writes = get("BARROW_WRITES_PER_MINUTE").unwrap_or_else(|| "120".into());
        let connections = get("BARROW_CONNECTIONS_PER_ADDRESS").unwrap_or_else(|| "100".into());
        let proxies = get("BARROW_PROXIES").unwrap_or_default();
        let proxies: Result<Vec<IpAddr>, _> =
            proxies.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::parse).collect();
        Ok(Config {
            listen,
            public_url,
            database_url: get("DATABASE_URL"),
            database_direct_url: get("DATABASE_DIRECT_URL"),
            pool_size: pool_size.context("BARROW_DATABASE_POOL must be a number from 2 to 500")?,
            data: get("BARROW_DATA").map(PathBuf::from),
            postgres: get("BARROW_POSTGRES_BIN").map(PathBuf::from),
            smtp_url: get("SMTP_URL"),
            proxies: proxies.context("BARROW_PROXIES must be IP addresses, comma-separated")?,
            writes_per_minute: writes.parse().context("BARROW_WRITES_PER_MINUTE must be a number; 0 for no limit")?,
            connections_per_address: connections
                .parse()
                .context("BARROW_CONNECTIONS_PER_ADDRESS must be a number; 0 for no limit")?,
            s3_url: get("BARROW_S3_URL"),
            keys: get("BARROW_KEYS").map(Undisclosed),
            outbound_loopback: get("BARROW_OUTBOUND_LOOPBACK").as_deref() == Some("yes"),
            reply_address: get("BARROW_REPLY_ADDRESS").map(|address| ReplyAddress::read(&address)).transpose()?,
            mail_secret: get("BARROW_MAIL_SECRET").map(Undisclosed),
            scanner: get("BARROW_SCANNER").map(|address| Scanner::read(&address)).transpose()?,
        })
    }

    /// Whether shoppers reach the shop by https.
    pub fn secure(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// Whether strangers reach this process themselves, with no proxy on this machine between.
    pub fn exposed(&self) -> bool {
        !self.listen.ip().is_loopback()
    }

    /// The absolute address of a path of the shop: "https://shop.example.org/products/tea".
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }
}
