//! What every answer says to the browser: what a page may load, who may keep it, what it depends on.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{ContentType, Header, RawStr};
use rocket::response::{self, Responder};
use rocket::{Request, Response};

use super::door::Refused;
use crate::platform::base::Origin;
use crate::platform::config::Config;

/// Nothing but our own files; no inline styles or scripts, no frames, no plug-ins; forms lead nowhere else.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; \
                      form-action 'self'";
const PERMISSIONS: &str = "camera=(), microphone=(), geolocation=(), usb=(), browsing-topics=()";
/// Pages about one person: no copy stays anywhere.
const PRIVATE: [&str; 12] = [
    "account",
    "cart",
    "checkout",
    "orders",
    "messages",
    "admin",
    "first-run",
    "test-card",
    "privacy",
    "gift-card",
    "gift-cards",
    "back-in-stock",
];
/// What an HTML answer differs by.
const HTML_DIFFERS_BY: &[&str] = &["Cookie", "Accept-Language", "HX-Request", "HX-Request-Type"];

/// Adds the headers; what an answer has said itself stays.
pub struct Headers;

#[rocket::async_trait]
impl Fairing for Headers {
    fn info(&self) -> Info {
        Info { name: "headers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let mut say = |name: &'static str, value: &'static str| {
            if !response.headers().contains(name) {
                response.set_header(Header::new(name, value));
            }
        };
        say("X-Content-Type-Options", "nosniff");
        say("Referrer-Policy", "same-origin");
        say("Cross-Origin-Opener-Policy", "same-origin");
        say("Permissions-Policy", PERMISSIONS);
        if request.rocket().state::<Config>().is_some_and(Config::secure) {
            say("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        if !response.headers().contains("Content-Security-Policy") {
            response.set_header(Header::new("Content-Security-Policy", policy_for(request, response)));
        }
        keep(request, response);
        if let Some(wait) = Refused::hurry_of(request, response.status()) {
            response.set_header(Header::new("Retry-After", wait.to_string()));
        }
    }
}

/// Sites of other houses that this page lets in.
struct Opened(Vec<Origin>);

/// Lets scripts of these sites run on the page that is being answered, talk to them and show their pictures; the visitor has agreed.
pub fn open_policy(request: &Request<'_>, sites: Vec<Origin>) {
    if !sites.is_empty() {
        request.local_cache(|| Opened(sites));
    }
}

fn policy_for(request: &Request<'_>, response: &Response<'_>) -> String {
    let Opened(sites) = request.local_cache(|| Opened(Vec::new()));
    let html = response.content_type().is_some_and(|kind| kind == ContentType::HTML);
    if sites.is_empty() || !html {
        return POLICY.to_owned();
    }
    let sites = sites.iter().fold(String::new(), |all, site| format!("{all} {site}"));
    let pictures = format!("img-src 'self' data:{sites};");
    format!("{}; script-src 'self'{sites}; connect-src 'self'{sites}", POLICY.replace("img-src 'self' data:;", &pictures))
}

/// Whether the pages at this path are about one person; the path is read as the router reads it: "/%61ccount" is "/account".
pub fn is_private(path: &str) -> bool {
    let first = path.split('/').find(|part| !part.is_empty()).unwrap_or_default();
    PRIVATE.contains(&&*RawStr::new(first).percent_decode_lossy())
}

/// A page with a form that may end on other sites: the policy of this page, and of no other, lets it.
pub struct Leading<T>(pub T, pub Vec<Origin>);

impl<'r, 'o: 'r, T: Responder<'r, 'o>> Responder<'r, 'o> for Leading<T> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'o> {
        let mut response = self.0.respond_to(request)?;
        if !self.1.is_empty() && response.content_type().is_some_and(|kind| kind == ContentType::HTML) {
            let policy = self.1.iter().fold(POLICY.to_owned(), |policy, origin| format!("{policy} {origin}"));
            response.set_header(Header::new("Content-Security-Policy", policy));
        }
        Ok(response)
    }
}

/// Says who may keep the answer: nobody what is about one person, caches of many people only what is the same for all.
fn keep<'r>(request: &Request<'_>, response: &mut Response<'r>) {
    let html = response.content_type().is_some_and(|kind| kind == ContentType::HTML);
    if html {
        differs_by(response, HTML_DIFFERS_BY);
    }
    let private = is_private(request.uri().path().as_str());
    if private {
        response.set_header(Header::new("Cross-Origin-Resource-Policy", "same-origin"));
    }
    if private || response.headers().contains("Set-Cookie") {
        if response.headers().get_one("Cache-Control").is_none_or(|said| !said.contains("immutable")) {
            response.set_header(Header::new("Cache-Control", "no-store"));
        }
    } else if html && !response.headers().contains("Cache-Control") {
        let same_for_all = request.cookies().iter().next().is_none();
        response.set_header(Header::new("Cache-Control", if same_for_all { "no-cache" } else { "private, no-cache" }));
    }
}

/// Adds request headers to `Vary`, each once.
pub(super) fn differs_by(response: &mut Response<'_>, names: &[&str]) {
    let said: Vec<String> =
        response.headers().get("Vary").flat_map(|value| value.split(',')).map(|name| name.trim().to_owned()).collect();
    let new = names.iter().filter(|name| !said.iter().any(|known| known.eq_ignore_ascii_case(name))).map(ToString::to_string);
    let all: Vec<String> = said.iter().filter(|name| !name.is_empty()).cloned().chain(new).collect();
    response.set_header(Header::new("Vary", all.join(", ")));
}
