//! Pages for what went wrong: in the shop's look, as JSON for programs, and also when the database is away.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::{Header, Method, Status};
use rocket::request::{FromRequest, Request};
use rocket::response::{self, Responder, Response};
use rocket::serde::json::Json;
use rocket::{Catcher, catch, catchers};

use super::page::Page;
use crate::platform::paths;
use crate::platform::web::SignInFirst;

/// What a person sees instead of the page they wanted.
#[derive(Template, WebTemplate)]
#[template(path = "shell/error_page.html")]
struct ErrorPage {
    page: Page,
    status: u16,
    /// Where trying again leads.
    again: String,
}

impl ErrorPage {
    fn name(&self) -> &'static str {
        match self.status {
            404 | 405 => "404",
            410 => "410",
            403 if self.page.viewed.is_some() => "viewing",
            401 | 403 => "403",
            413 => "413",
            429 => "429",
            503 => "503",
            status if status < 500 => "422",
            _ => "500",
        }
    }

    fn can_search(&self) -> bool {
        self.status < 500 && self.status != 429
    }

    fn title_key(&self) -> String {
        format!("shell-{}-title", self.name())
    }

    fn lede_key(&self) -> String {
        format!("shell-{}-lede", self.name())
    }
}

/// The same on the management pages, for whoever is signed in.
#[derive(Template, WebTemplate)]
#[template(path = "shell/desk_error_page.html")]
struct DeskErrorPage {
    inner: ErrorPage,
    page: Page,
}

impl DeskErrorPage {
    fn lede_key(&self) -> String {
        match self.inner.name() {
            name @ ("404" | "410" | "422") => format!("shell-desk-{name}-lede"),
            _ => self.inner.lede_key(),
        }
    }
}

/// The same in one line, for programs.
#[derive(serde::Serialize)]
struct ErrorLine {
    status: u16,
    error: String,
}

/// What an error answers with, by who asks.
enum Trouble {
    Line(Status, ErrorLine),
    SignIn(SignInFirst),
    Page(Status, Box<ErrorPage>),
    Desk(Status, Box<DeskErrorPage>),
}

impl<'r> Responder<'r, 'static> for Trouble {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let (status, inner) = match self {
            Trouble::Line(status, line) => (status, Json(line).respond_to(request)?),
            Trouble::SignIn(first) => return first.respond_to(request),
            Trouble::Page(status, page) => (status, page.respond_to(request)?),
            Trouble::Desk(status, page) => (status, page.respond_to(request)?),
        };
        let mut answer = Response::build_from(inner);
        answer.status(status).header(Header::new("Cache-Control", "no-store"));
        if status == Status::ServiceUnavailable {
            answer.header(Header::new("Retry-After", "5"));
        }
        answer.ok()
    }
}

/// Rocket says 422 where a part of an address is no id, handle or token: such a thing does not exist.
/// Refused forms answer their 422 themselves, but for the switch of theme and language.
fn meant(status: Status, request: &Request<'_>) -> Status {
    let unknown = status == Status::UnprocessableEntity && request.uri().path() != paths::preferences().as_str();
    if unknown { Status::NotFound } else { status }
}

/// Answers for every status that no page answers itself.
#[catch(default)]
async fn trouble(status: Status, request: &Request<'_>) -> Trouble {
    let status = meant(status, request);
    let wants_json = request.accept().is_some_and(|accept| accept.preferred().media_type().is_json());
    if wants_json {
        let error = status.reason_lossy().to_owned();
        return Trouble::Line(status, ErrorLine { status: status.code, error });
    }
    if status == Status::Unauthorized && SignInFirst::is_wanted(request) {
        let back = SignInFirst::back_from(request).map_or_else(paths::account, String::from);
        return Trouble::SignIn(SignInFirst(paths::sign_in_then(&back)));
    }
    // A page that broke must not ask the database again: it may be why.
    let page = match status.class().is_server_error() {
        true => Page::bare(request),
        false => Page::from_request(request).await.succeeded().unwrap_or_else(|| Page::bare(request)),
    };
    let again = asked(request).unwrap_or_else(paths::home);
    let signed_in = page.staff.is_some();
    let inner = ErrorPage { page: page.clone(), status: status.code, again };
    match signed_in {
        true => Trouble::Desk(status, Box::new(DeskErrorPage { inner, page })),
        false => Trouble::Page(status, Box::new(inner)),
    }
}

/// The page that was asked for, if it can be asked for again.
fn asked(request: &Request<'_>) -> Option<String> {
    (request.method() == Method::Get).then(|| request.uri().to_string())
}

/// The pages for everything that goes wrong.
pub fn catchers() -> Vec<Catcher> {
    catchers![trouble]
}
