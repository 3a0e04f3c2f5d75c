//! The door: which requests a route gets to see at all. Everything that writes comes from our own pages, is asked for by a name of
//! ours, and not more often than a person can.

use rocket::data::Data;
use rocket::http::{Method, Status};
use rocket::request::Request;
use rocket::route::{Handler, Outcome, Route};
use url::Url;

use super::address::ClientAddress;
use super::pace::Pace;
use crate::platform::config::Config;

/// Puts the door before routes; the server mounts nothing else but [`ExternalRoutes`].
pub fn guarded(routes: Vec<Route>) -> Vec<Route> {
    routes.into_iter().map(|route| behind(route, Lets::OwnPages)).collect()
}

/// Routes that other sites and programs may post to, since they prove in another way who they are: webhooks with a signature,
/// returns from a payment page that read nothing but an unguessable `state`.
pub struct ExternalRoutes(Vec<Route>);

impl ExternalRoutes {
    pub fn new(routes: Vec<Route>) -> ExternalRoutes {
        ExternalRoutes(routes.into_iter().map(|route| behind(route, Lets::Anybody)).collect())
    }
}

impl From<ExternalRoutes> for Vec<Route> {
    fn from(routes: ExternalRoutes) -> Vec<Route> {
        routes.0
    }
}

fn behind(mut route: Route, lets: Lets) -> Route {
    route.handler = Box::new(Door { lets, handler: route.handler });
    route
}

/// Who may write through a door.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lets {
    OwnPages,
    Anybody,
}

#[derive(Clone)]
struct Door {
    lets: Lets,
    handler: Box<dyn Handler>,
}

#[rocket::async_trait]
impl Handler for Door {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        match Refused::of(request, self.lets) {
            Some(refused) => {
                // The route, not the address: that may have a secret in it.
                let route = request.route().map_or_else(String::new, |route| route.uri.to_string());
                tracing::info!(status = refused.status.code, "refused {} {route}: {}", request.method(), refused.why);
                Outcome::Error(refused.status)
            }
            None => self.handler.handle(request, data).await,
        }
    }
}

/// Why a request stays outside.
pub(super) struct Refused {
    status: Status,
    why: &'static str,
}

impl Refused {
    fn of(request: &Request<'_>, lets: Lets) -> Option<Refused> {
        let refuse = |status, why| Some(Refused { status, why });
        let config = request.rocket().state::<Config>()?;
        if !request.headers().get_one("Host").is_none_or(|host| is_ours(host, config)) {
            return refuse(Status::MisdirectedRequest, "asked for by a name that is not the shop's");
        }
        if matches!(request.method(), Method::Get | Method::Head | Method::Options) {
            return None;
        }
        if lets == Lets::OwnPages && !from_own_page(request, config) {
            return refuse(Status::Forbidden, "not sent by a page of the shop");
        }
        Refused::hurry(request).and(refuse(Status::TooManyRequests, "too many in a short time"))
    }

    /// The seconds to name in an answer of this status, if it is ours.
    pub(super) fn hurry_of(request: &Request<'_>, status: Status) -> Option<u64> {
        if status == Status::TooManyRequests { *Refused::hurry(request) } else { None }
    }

    /// How long this request's sender must wait, counted once however many routes look at it.
    fn hurry<'r>(request: &'r Request<'_>) -> &'r Option<u64> {
        request.local_cache(|| {
            let address = ClientAddress::of(request).0?;
            request.rocket().state::<Pace>()?.wait(address)
        })
    }
}

/// The shop's own name, or this machine's: a page of another site must not reach the shop under that site's name.
fn is_ours(host: &str, config: &Config) -> bool {
    let Ok(asked) = Url::parse(&format!("http://{host}")) else { return false };
    match asked.host() {
        Some(url::Host::Domain(name)) if name.eq_ignore_ascii_case("localhost") => true,
        Some(url::Host::Ipv4(ip)) if ip.is_loopback() || ip == config.listen.ip() => true,
        Some(url::Host::Ipv6(ip)) if ip.is_loopback() || ip == config.listen.ip() => true,
        name => name == config.public_url.host(),
    }
}

/// `Sec-Fetch-Site` is set by the browser and out of a page's reach; browsers without it send `Origin`. Neither: refused.
fn from_own_page(request: &Request<'_>, config: &Config) -> bool {
    if let Some(site) = request.headers().get_one("Sec-Fetch-Site") {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = request.headers().get_one("Origin").and_then(|origin| Url::parse(origin).ok()) else { return false };
    if config.secure() && origin.scheme() != "https" && !is_this_machine(&origin) {
        return false;
    }
    let host = request.headers().get_one("Host").and_then(|host| Url::parse(&format!("{}://{host}", origin.scheme())).ok());
    let same = |url: &Url| url.host() == origin.host() && url.port_or_known_default() == origin.port_or_known_default();
    host.is_some_and(|host| same(&host)) || (same(&config.public_url) && config.public_url.scheme() == origin.scheme())
}

/// Whether a page comes from this machine, where nobody stands between.
fn is_this_machine(origin: &Url) -> bool {
    match origin.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shop_answers_to_its_own_names_only() {
        let read = |name: &str| match name {
            "BARROW_PUBLIC_URL" => Some("https://tea.example.org".to_owned()),
            _ => None,
        };
        let config = Config::read(read).expect("a configuration");
        for ours in ["tea.example.org", "TEA.example.org:443", "localhost:8000", "127.0.0.1", "[::1]:8000", "127.0.0.53:1"] {
            assert!(is_ours(ours, &config), "{ours}");
        }
        for strange in ["evil.example", "tea.example.org.evil.example", "", "a b", "10.0.0.7", "localhost.evil.example"] {
            assert!(!is_ours(strange, &config), "{strange}");
        }
    }
}
