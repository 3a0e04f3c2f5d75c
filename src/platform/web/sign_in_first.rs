//! What a page answers that is for people who are signed in only.

use rocket::http::{Header, Method, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};

use super::site_path::SitePath;

/// Sends on to a sign-in page, whose address it holds.
pub struct SignInFirst(pub String);

/// That a guard asked for a customer: what else answers 401, like a webhook's bad signature, is no reason to sign in.
struct Wanted(bool);

impl SignInFirst {
    /// Notes that this request is for customers only and came without one.
    pub fn want(request: &Request<'_>) {
        request.local_cache(|| Wanted(true));
    }

    pub fn is_wanted(request: &Request<'_>) -> bool {
        request.local_cache(|| Wanted(false)).0
    }

    /// The page that was asked for, or from which a form was sent.
    pub fn back_from(request: &Request<'_>) -> Option<SitePath> {
        let asked = if request.method() == Method::Get && !request.headers().contains("HX-Request") {
            Some(request.uri().to_string())
        } else {
            let from = request.headers().get_one("Referer").and_then(|from| url::Url::parse(from).ok());
            from.map(|url| url[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
        };
        asked.and_then(|path| path.parse().ok())
    }
}

impl<'r> Responder<'r, 'static> for SignInFirst {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match request.headers().contains("HX-Request") {
            true => Response::build().status(Status::Unauthorized).header(Header::new("HX-Redirect", self.0)).ok(),
            false => Response::build().status(Status::SeeOther).header(Header::new("Location", self.0)).ok(),
        }
    }
}
