//! Fetches a file from an address somebody typed: from public addresses only, following nobody elsewhere, never more than the limit.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::LOCATION;
use url::{Host, Url};

use super::model::MAX_BYTES;
use crate::platform::base::{Message, Refusal};
use crate::platform::outbound::is_public;

/// Characters of an address that leads elsewhere that are told at most.
const LONGEST_TOLD: usize = 500;

/// Why a file could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchFailed {
    #[error("only http and https addresses without a password and with the usual ports are fetched")]
    Address,
    #[error("{0} leads to {1}, which is no public address")]
    NotPublic(String, IpAddr),
    #[error("it leads on to {0}")]
    Redirected(String),
    #[error("the file is larger than {} MB", MAX_BYTES / 1024 / 1024)]
    TooLarge,
    #[error("the server answers {0}")]
    Status(u16),
    #[error("{0} cannot be reached: {1}")]
    Unreachable(String, String),
}

impl Refusal for FetchFailed {
    fn message(&self) -> Message {
        match self {
            FetchFailed::Address => Message::new("media-fetch-address"),
            FetchFailed::NotPublic(host, ip) => {
                Message::new("media-fetch-not-public").text("name", host).text("address", ip.to_string())
            }
            FetchFailed::Redirected(to) => Message::new("media-fetch-redirected").text("address", to),
            FetchFailed::TooLarge => Message::new("media-too-large").count("megabytes", (MAX_BYTES / 1024 / 1024) as i64),
            FetchFailed::Status(status) => Message::new("media-fetch-status").text("status", status.to_string()),
            FetchFailed::Unreachable(host, _) => Message::new("media-fetch-unreachable").text("name", host),
        }
    }
}

impl FetchFailed {
    /// Whether trying again later may help.
    pub fn may_pass(&self) -> bool {
        match self {
            FetchFailed::Unreachable(..) => true,
            FetchFailed::Status(status) => *status == 408 || *status == 429 || *status >= 500,
            _ => false,
        }
    }
}

/// Fetches files; what it may reach is decided by the address it connects to, not by the name.
#[derive(Clone, Copy, Debug)]
pub struct Fetcher {
    allowed: fn(&SocketAddr) -> bool,
    timeout: Duration,
}

impl Default for Fetcher {
    fn default() -> Self {
        Fetcher {
            allowed: |address| is_public(address.ip()) && matches!(address.port(), 80 | 443),
            timeout: Duration::from_secs(30),
        }
    }
}

impl Fetcher {
    /// Fetches one file, at most [`MAX_BYTES`] long. A server that leads elsewhere is not followed; where to is said.
    pub async fn fetch(&self, url: &Url) -> Result<Bytes, FetchFailed> {
        let addresses = self.resolve(url).await?;
        read(url, self.ask(url, &addresses).await?).await
    }

    /// The addresses of the host, resolved once; one that is not public refuses them all.
    async fn resolve(&self, url: &Url) -> Result<Vec<SocketAddr>, FetchFailed> {
        let plain = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        let port = url.port_or_known_default().filter(|_| plain).ok_or(FetchFailed::Address)?;
        let addresses: Vec<SocketAddr> = match url.host().ok_or(FetchFailed::Address)? {
            Host::Ipv4(ip) => vec![SocketAddr::new(ip.into(), port)],
            Host::Ipv6(ip) => vec![SocketAddr::new(ip.into(), port)],
            Host::Domain(name) => {
                let found = tokio::time::timeout(Duration::from_secs(5), tokio::net::lookup_host((name, port))).await;
                let found = found.map_err(|_| unreachable(url, "its name is not resolved in time"))?;
                found.map_err(|error| unreachable(url, error))?.collect()
            }
        };
        match addresses.iter().find(|address| !(self.allowed)(address)) {
            Some(bad) if is_public(bad.ip()) => Err(FetchFailed::Address),
            Some(bad) => Err(FetchFailed::NotPublic(host(url), bad.ip())),
            None if addresses.is_empty() => Err(unreachable(url, "its name has no address")),
            None => Ok(addresses),
        }
    }

    /// Asks with the checked addresses pinned, so that the name cannot lead elsewhere in the meantime.
    async fn ask(&self, url: &Url, addresses: &[SocketAddr]) -> Result<reqwest::Response, FetchFailed> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .resolve_to_addrs(&host(url), addresses)
            .connect_timeout(Duration::from_secs(5))
            .timeout(self.timeout)
            .user_agent(concat!("Barrow/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| unreachable(url, error))?;
        client.get(url.clone()).send().await.map_err(|error| unreachable(url, error))
    }
}

async fn read(url: &Url, mut answer: reqwest::Response) -> Result<Bytes, FetchFailed> {
    if answer.status().is_redirection()
        && let Some(to) = leads_to(url, &answer)
    {
        return Err(FetchFailed::Redirected(to));
    }
    if !answer.status().is_success() {
        return Err(FetchFailed::Status(answer.status().as_u16()));
    }
    if answer.content_length().is_some_and(|length| length > MAX_BYTES as u64) {
        return Err(FetchFailed::TooLarge);
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| unreachable(url, error))? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err(FetchFailed::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The whole address that a redirect names.
fn leads_to(url: &Url, answer: &reqwest::Response) -> Option<String> {
    let to = url.join(answer.headers().get(LOCATION)?.to_str().ok()?).ok()?;
    Some(to.as_str().chars().take(LONGEST_TOLD).collect())
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn unreachable(url: &Url, why: impl std::fmt::Display) -> FetchFailed {
    FetchFailed::Unreachable(host(url), why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    fn url(text: &str) -> Url {
        text.parse().expect("a URL")
    }

    /// A server on the loopback that gives each connection the next answer.
    async fn server(answers: Vec<String>) -> Url {
        rustls::crypto::ring::default_provider().install_default().ok();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("bound");
        tokio::spawn(async move {
            for answer in answers {
                let (mut socket, _) = listener.accept().await.expect("a connection");
                let mut asked = [0; 2048];
                let _ = socket.read(&mut asked).await;
                let _ = socket.write_all(answer.as_bytes()).await;
            }
        });
        url(&format!("http://{address}/picture.jpg"))
    }

    fn trusting() -> Fetcher {
        Fetcher { allowed: |address| address.ip().is_loopback(), timeout: Duration::from_secs(5) }
    }

    #[rocket::async_test]
    async fn addresses_of_this_machine_are_refused_however_they_are_written() {
        for bad in [
            "http://127.0.0.1/a",
            "http://2130706433/a",
            "http://0x7f.1/a",
            "http://[::1]/a",
            "http://localhost/a",
            "http://[::ffff:7f00:1]/a",
        ] {
            let failed = Fetcher::default().fetch(&url(bad)).await.expect_err(bad);
            assert!(matches!(failed, FetchFailed::NotPublic(..)), "{bad}: {failed}");
            assert!(!failed.may_pass());
        }
        for bad in ["file:///etc/passwd", "ftp://example.org/a", "http://user:secret@example.org/a", "http://1.1.1.1:22/a"] {
            let failed = Fetcher::default().fetch(&url(bad)).await.expect_err(bad);
            assert!(matches!(failed, FetchFailed::Address), "{bad}: {failed}");
        }
    }

    fn leading_to(place: &str) -> String {
        format!("HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    }

    #[rocket::async_test]
    async fn a_redirect_is_not_followed_wherever_it_leads() {
        let elsewhere = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        elsewhere.set_nonblocking(true).expect("it does not wait");
        let own = format!("http://{}/secret", elsewhere.local_addr().expect("bound"));
        for place in [own.as_str(), "http://10.0.0.7/secret", "https://1.1.1.1/picture.jpg"] {
            let failed = trusting().fetch(&server(vec![leading_to(place)]).await).await.expect_err(place);
            assert!(matches!(&failed, FetchFailed::Redirected(to) if to == place), "{place}: {failed}");
            assert!(!failed.may_pass(), "nothing changes by asking again");
        }
        assert!(elsewhere.accept().is_err(), "the other server saw somebody");

        // Two answers stand ready on the same server: the second is not asked for.
        let start = server(vec![leading_to("/next.jpg"), "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi".into()]).await;
        let failed = trusting().fetch(&start).await.expect_err("it leads on");
        assert!(matches!(&failed, FetchFailed::Redirected(to) if *to == start.join("/next.jpg").expect("a URL").to_string()));
        for nowhere in ["HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n".to_owned(), leading_to("http://[")] {
            assert!(matches!(trusting().fetch(&server(vec![nowhere]).await).await, Err(FetchFailed::Status(302))));
        }
    }

    #[rocket::async_test]
    async fn more_than_the_limit_is_not_read() {
        let start = server(vec![format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", MAX_BYTES + 1)]).await;
        assert!(matches!(trusting().fetch(&start).await, Err(FetchFailed::TooLarge)));
        let start = server(vec!["HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".into()]).await;
        assert!(matches!(trusting().fetch(&start).await, Err(FetchFailed::Status(404))));
    }
}
