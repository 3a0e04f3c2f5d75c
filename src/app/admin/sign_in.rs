//! Signing in and out, and what people see who are not signed in or lack a right.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::request::{FromRequest, Request};
use rocket::response::Redirect;
use rocket::time::Duration;
use rocket::{Catcher, FromForm, Route, State, catch, catchers, get, post, routes};

use crate::platform::access::commands::{self, Admitted};
use crate::platform::access::{Origin, Password, SignInRefused, Stopped};
use crate::platform::base::{Clock, Email, OrBreak, Token};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Named, Posted, SignInFirst, SitePath, TryLater, Unwell};

#[derive(Template, WebTemplate)]
#[template(path = "admin/sign_in_page.html")]
struct SignInPage {
    page: Page,
    form: FormView,
    /// Where signing in leads, as a path of this site; empty: the management home.
    next: String,
}

impl SignInPage {
    /// Whether the shop waits to be opened by its one-time link.
    fn unopened(&self) -> bool {
        self.page.shop().opened_at.is_none() && !self.page.shop().demo
    }
}

#[derive(FromForm)]
struct Credentials {
    email: Email,
    password: Password,
    next: Option<SitePath>,
}

/// Where to go after signing in; never the sign-in page itself.
pub(super) fn after(next: Option<&SitePath>) -> String {
    let next = next.map(ToString::to_string).unwrap_or_default();
    if next.is_empty() || next.starts_with(&paths::admin_sign_in()) || next == paths::admin_sign_out() {
        paths::admin()
    } else {
        next
    }
}

#[get("/admin/sign-in?<next>")]
fn show(page: Page, next: Option<SitePath>) -> Result<SignInPage, Redirect> {
    if page.staff.is_some() {
        return Err(Redirect::to(after(next.as_ref())));
    }
    let next = next.map(String::from).unwrap_or_default();
    Ok(SignInPage { page, form: FormView::empty(), next })
}

/// Lets staff in under a new token; a session that this browser had before ends.
#[post("/admin/sign-in", data = "<form>")]
async fn sign_in(
    page: Page,
    db: Db,
    clock: &State<Clock>,
    origin: Origin,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, Credentials>>,
) -> web::Result<Result<Posted<SignInPage>, TryLater<SignInPage>>> {
    let refill = FormView::of(page.words, &form.context);
    let next = form.context.field_value("next").and_then(|next| next.parse::<SitePath>().ok());
    let again = |form| SignInPage { form, next: next.clone().map(String::from).unwrap_or_default(), page: page.clone() };
    let Some(input) = &form.value else { return Ok(Ok(Posted::again(again(refill)))) };
    match commands::sign_in(&db, &input.email, &input.password, &origin, clock.now()).await.or_break()? {
        Ok(Admitted::Whole(token)) => {
            seat(&db, &cookies, &token).await?;
            Ok(Ok(Posted::to(after(input.next.as_ref()))))
        }
        Ok(Admitted::Half(token)) => {
            cookies.set(Named::StaffHalf, token.to_string(), Duration::minutes(10));
            let next = input.next.clone().map(String::from).unwrap_or_default();
            Ok(Ok(Posted::to(paths::admin_second_step(&next))))
        }
        Err(why) => {
            let refill = refill.refused(page.words, "", &why);
            match why {
                SignInRefused::Throttled(why) => Ok(Err(TryLater(again(refill), why.wait))),
                _ => Ok(Ok(Posted::again(again(refill)))),
            }
        }
    }
}

/// Gives this browser its new session; one that it had before ends.
pub(super) async fn seat(db: &Db, cookies: &Cookies<'_>, token: &Token) -> web::Result<()> {
    end_own(db, cookies).await?;
    cookies.remove(Named::StaffHalf);
    cookies.set(Named::Staff, token.to_string(), Duration::days(14));
    Ok(())
}

/// Ends the session of this browser, if it has one.
async fn end_own(db: &Db, cookies: &Cookies<'_>) -> web::Result<()> {
    if let Some(token) = cookies.get(Named::Staff).and_then(|token| token.parse::<Token>().ok()) {
        commands::sign_out(&mut *db.get().await?, &token).await?;
    }
    Ok(())
}

/// Ends this session; also when it has ended already.
#[post("/admin/sign-out")]
async fn sign_out(db: Db, cookies: Cookies<'_>) -> web::Result<Posted<SignInPage>> {
    end_own(&db, &cookies).await?;
    cookies.remove(Named::Staff);
    cookies.remove(Named::StaffHalf);
    Ok(Posted::done(paths::admin_sign_in(), "admin-signed-out"))
}

/// What somebody sees who lacks a right.
#[derive(Template, WebTemplate)]
#[template(path = "admin/forbidden_page.html")]
struct ForbiddenPage {
    page: Page,
}

/// The management page that a request asked for or was sent from.
fn back(request: &Request<'_>) -> String {
    let from = SignInFirst::back_from(request).map(String::from).filter(|path| path.starts_with("/admin"));
    from.unwrap_or_else(paths::admin)
}

#[catch(401)]
fn sign_in_first(request: &Request<'_>) -> SignInFirst {
    SignInFirst(paths::admin_sign_in_then(&back(request)))
}

/// Who lacks no right, but must do something first, is led there; a form is not sent again by itself afterwards.
#[catch(403)]
async fn forbidden(request: &Request<'_>) -> Result<Result<Unwell<ForbiddenPage>, SignInFirst>, Status> {
    match Stopped::of(request) {
        Some(Stopped::SetUp) => return Ok(Err(SignInFirst(paths::admin_security()))),
        Some(Stopped::Prove) => return Ok(Err(SignInFirst(paths::admin_proof(&back(request))))),
        None => {}
    }
    match Page::from_request(request).await.succeeded() {
        Some(page) => Ok(Ok(Unwell(Status::Forbidden, ForbiddenPage { page }))),
        None => Err(Status::Forbidden),
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "admin/lost_page.html")]
struct LostPage {
    page: Page,
}

/// What is not there; who is not signed in learns no more than that there is a door.
#[catch(404)]
async fn lost(request: &Request<'_>) -> Result<Unwell<LostPage>, SignInFirst> {
    match Page::from_request(request).await.succeeded().filter(|page| page.staff.is_some()) {
        Some(page) => Ok(Unwell(Status::NotFound, LostPage { page })),
        None => Err(sign_in_first(request)),
    }
}

/// Rocket says 422 where a part of an address is no id or number: such a thing does not exist.
#[catch(422)]
async fn unreadable(request: &Request<'_>) -> Result<Unwell<LostPage>, SignInFirst> {
    lost(request).await
}

/// To be registered at "/admin".
pub fn catchers() -> Vec<Catcher> {
    catchers![sign_in_first, forbidden, lost, unreadable]
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, sign_in, sign_out]
}
