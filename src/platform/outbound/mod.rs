//! What the shop itself asks of other sites: public addresses only, resolved once and pinned, by https, no redirects, short answers.
//! Owns: nothing

mod public;

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use url::{Host, Url};

use super::config::Config;

pub use public::is_public;

/// Bytes of an answer that are read at most.
const LONGEST: usize = 1024 * 1024;

/// Why another site gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum OutboundFailed {
    #[error("{0} is no https address with the usual port")]
    Address(String),
    #[error("{0} is no public address")]
    NotPublic(String),
    #[error("{0} answers with more than is read")]
    TooLong(String),
    #[error("{0} cannot be reached: {1}")]
    Unreachable(String, String),
}

/// Asks other sites; what it may reach is decided by the address it connects to, not by the name.
#[derive(Clone, Copy, Debug)]
pub struct Outbound {
    loopback: bool,
}

impl Outbound {
    pub fn new(config: &Config) -> Outbound {
        Outbound { loopback: config.outbound_loopback }
    }

    /// Sends one request; redirects are answers like any other.
    ///
    /// # Errors
    /// An address that is not public, a site that is away, an answer that is too long.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, OutboundFailed> {
        let url: Url = request.uri().to_string().parse().map_err(|_| OutboundFailed::Address(request.uri().to_string()))?;
        let addresses = self.resolve(&url).await?;
        let away = |error: reqwest::Error| OutboundFailed::Unreachable(host(&url), error.without_url().to_string());
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .resolve_to_addrs(&host(&url), &addresses)
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(15))
            .user_agent(concat!("Barrow/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(away)?;
        let mut answer = client.execute(reqwest::Request::try_from(request).map_err(away)?).await.map_err(away)?;
        let mut response = HttpResponse::new(Vec::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        while let Some(chunk) = answer.chunk().await.map_err(away)? {
            if response.body().len() + chunk.len() > LONGEST {
                return Err(OutboundFailed::TooLong(host(&url)));
            }
            response.body_mut().extend_from_slice(&chunk);
        }
        Ok(response)
    }

    /// The addresses of the host, resolved once; one that is not public refuses them all.
    async fn resolve(&self, url: &Url) -> Result<Vec<SocketAddr>, OutboundFailed> {
        let plain = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        let wrong = || OutboundFailed::Address(host(url));
        let port = url.port_or_known_default().filter(|_| plain).ok_or_else(wrong)?;
        let addresses: Vec<SocketAddr> = match url.host().ok_or_else(wrong)? {
            Host::Ipv4(ip) => vec![SocketAddr::new(ip.into(), port)],
            Host::Ipv6(ip) => vec![SocketAddr::new(ip.into(), port)],
            Host::Domain(name) => {
                let found = tokio::time::timeout(Duration::from_secs(5), tokio::net::lookup_host((name, port))).await;
                let away = |why: String| OutboundFailed::Unreachable(host(url), why);
                let found = found.map_err(|_| away("its name is not resolved in time".into()))?;
                found.map_err(|error| away(error.to_string()))?.collect()
            }
        };
        if addresses.is_empty() {
            return Err(OutboundFailed::Unreachable(host(url), "its name has no address".into()));
        }
        if self.loopback && addresses.iter().all(|address| address.ip().is_loopback()) {
            return Ok(addresses);
        }
        if addresses.iter().any(|address| !is_public(address.ip())) {
            return Err(OutboundFailed::NotPublic(host(url)));
        }
        if url.scheme() != "https" || port != 443 {
            return Err(wrong());
        }
        Ok(addresses)
    }
}

impl<'c> AsyncHttpClient<'c> for Outbound {
    type Error = OutboundFailed;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, OutboundFailed>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn asked(loopback: bool, url: &str) -> Result<HttpResponse, OutboundFailed> {
        rustls::crypto::ring::default_provider().install_default().ok();
        let request = openidconnect::http::Request::get(url).body(Vec::new()).expect("a request");
        Outbound { loopback }.send(request).await
    }

    #[rocket::async_test]
    async fn only_the_open_internet_is_asked_and_by_https() {
        for own in ["https://127.0.0.1/", "https://localhost/", "https://10.0.0.7/", "https://[::1]/", "https://169.254.169.254/"]
        {
            assert!(matches!(asked(false, own).await, Err(OutboundFailed::NotPublic(_))), "{own}");
        }
        assert!(matches!(asked(true, "https://10.0.0.7/").await, Err(OutboundFailed::NotPublic(_))));
        for odd in ["http://1.1.1.1/", "https://1.1.1.1:22/", "https://user:secret@1.1.1.1/"] {
            assert!(matches!(asked(true, odd).await, Err(OutboundFailed::Address(_))), "{odd}");
        }
    }

    #[rocket::async_test]
    async fn this_machine_answers_where_development_says_so() {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("bound"));
        tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.expect("a connection");
            let _ = socket.read(&mut [0; 2048]).await;
            let _ = socket.write_all(b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.7/\r\nContent-Length: 2\r\n\r\nhi").await;
        });
        let answer = asked(true, &url).await.expect("an answer");
        assert_eq!((answer.status().as_u16(), answer.body().as_slice()), (302, &b"hi"[..]), "a redirect is not followed");
    }
}
