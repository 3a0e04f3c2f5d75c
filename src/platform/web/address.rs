//! Where a request comes from: the peer, whom our own gate let in, or whom a trusted proxy names.

use std::convert::Infallible;
use std::net::IpAddr;

use rocket::request::{FromRequest, Outcome, Request};

use super::gate::Visitors;
use crate::platform::config::Config;

/// The visitor's address; `None` in tests without a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub Option<IpAddr>);

impl ClientAddress {
    pub fn of(request: &Request<'_>) -> ClientAddress {
        let Some(remote) = request.remote() else { return ClientAddress(None) };
        let peer = remote.ip().to_canonical();
        let visitors = request.rocket().state::<Visitors>().filter(|_| peer.is_loopback());
        let peer = visitors.and_then(|visitors| visitors.behind(remote.port())).unwrap_or(peer);
        let proxies = request.rocket().state::<Config>().map_or(&[][..], |config| &config.proxies);
        let forwarded: Vec<&str> = request.headers().get("X-Forwarded-For").collect();
        ClientAddress(Some(client(peer, &forwarded.join(","), proxies)))
    }
}

impl std::fmt::Display for ClientAddress {
    /// The address, or nothing.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.map_or(Ok(()), |address| address.fmt(f))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for ClientAddress {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(ClientAddress::of(request))
    }
}

/// Goes back from the peer as long as the speaker is one of our proxies; what visitors write into the header themselves stands
/// further to the left and is never reached.
fn client(peer: IpAddr, forwarded: &str, proxies: &[IpAddr]) -> IpAddr {
    let mut speaker = peer;
    for named in forwarded.rsplit(',').map(str::trim) {
        if !proxies.contains(&speaker) {
            break;
        }
        match named.parse::<IpAddr>() {
            Ok(address) => speaker = address.to_canonical(),
            Err(_) => break,
        }
    }
    speaker
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn only_proxies_may_name_somebody_else() {
        let proxies = [ip("10.0.0.1"), ip("10.0.0.2")];
        assert_eq!(client(ip("203.0.113.7"), "198.51.100.1", &proxies), ip("203.0.113.7"));
        assert_eq!(client(ip("10.0.0.1"), "198.51.100.1", &proxies), ip("198.51.100.1"));
        assert_eq!(client(ip("10.0.0.1"), "1.2.3.4, 198.51.100.1, 10.0.0.2", &proxies), ip("198.51.100.1"));
        assert_eq!(client(ip("10.0.0.1"), "rubbish", &proxies), ip("10.0.0.1"));
        assert_eq!(client(ip("10.0.0.1"), "", &proxies), ip("10.0.0.1"));
    }
}
