//! Answers: a page, a redirect after success, the same page again after a refusal, or breakage.

use askama::Template;
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};

use super::cookies::{Cookies, Named};
use crate::platform::base::Broke;
use crate::platform::db;

/// What handlers return: breakage leaves by `?`.
pub type Result<T> = std::result::Result<T, Broke>;

impl Broke {
    /// Tells staff in the log what broke; returns the status the person sees.
    pub fn log(&self, request: &Request<'_>) -> Status {
        let status = match db::is_away(&self.0) {
            true => Status::ServiceUnavailable,
            false => Status::InternalServerError,
        };
        tracing::error!(route = request.route().and_then(|route| route.name.as_deref()), "{status}: {:#}", self.0);
        status
    }
}

impl<'r> Responder<'r, 'static> for Broke {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        Err(self.log(request))
    }
}

/// A page whose status is not 200.
pub struct Unwell<T>(pub Status, pub T);

impl<'r, T: Template> Responder<'r, 'static> for Unwell<T> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let body = self.1.render().map_err(|error| {
            tracing::error!(route = ?request.route().and_then(|route| route.name.as_deref()), "a page failed to render: {error}");
            Status::InternalServerError
        })?;
        Response::build_from((ContentType::HTML, body).respond_to(request)?).status(self.0).ok()
    }
}

/// Too many attempts: the page in words, 429, and when to come back.
pub struct TryLater<T>(pub T, pub chrono::Duration);

impl<'r, T: Template> Responder<'r, 'static> for TryLater<T> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let page = Unwell(Status::TooManyRequests, self.0).respond_to(request)?;
        let seconds = self.1.num_seconds().max(1).to_string();
        Response::build_from(page).header(Header::new("Retry-After", seconds)).ok()
    }
}

/// A short message that the next page shows once, named by its key in `locales/`.
pub type Notice = &'static str;

/// What a POST answers: go there (303), or here is the page again with what was typed and what is wrong (422).
pub enum Posted<T> {
    Done { to: String, notice: Option<Notice> },
    Again(T),
}

impl<T> Posted<T> {
    /// Success: go there and say this.
    pub fn done(to: impl Into<String>, notice: Notice) -> Posted<T> {
        Posted::Done { to: to.into(), notice: Some(notice) }
    }

    /// Success: go there.
    pub fn to(to: impl Into<String>) -> Posted<T> {
        Posted::Done { to: to.into(), notice: None }
    }

    /// Refused: the same page, refilled.
    pub fn again(page: T) -> Posted<T> {
        Posted::Again(page)
    }
}

impl<'r, T: Template> Responder<'r, 'static> for Posted<T> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self {
            Posted::Again(page) => Unwell(Status::UnprocessableEntity, page).respond_to(request),
            Posted::Done { to, notice } => {
                if let Some(notice) = notice {
                    Cookies::of(request).set_for_session(Named::Notice, notice);
                }
                Response::build().status(Status::SeeOther).header(Header::new("Location", to)).ok()
            }
        }
    }
}
