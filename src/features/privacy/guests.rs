//! What guests see of what is kept of them: behind the link of an order, and behind the mail that proves their address.

use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder};
use rocket::{Route, get, post, routes};

use super::copy::DataCopy;
use super::forms::AskAsGuest;
use super::model::{Asks, Whose};
use super::sections::SECTIONS;
use super::views::{GonePage, GuestPage, RequestPage, kinds};
use super::{commands, queries};
use crate::features::customers::Known;
use crate::platform::access::Origin;
use crate::platform::base::{Name, OrBreak, Token};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted, TryLater, Unwell};

pub fn routes() -> Vec<Route> {
    routes![show, ask, show_request, grant]
}

/// The page of a guest's order. Whoever has its link sees how much is kept; what it is goes to the address alone.
async fn read(token: &str, page: Page, db: &Db, form: FormView) -> web::Result<Option<GuestPage>> {
    let mut conn = db.get().await?;
    let Some((_, email)) = queries::guest_order(&mut conn, token).await? else { return Ok(None) };
    let whose = Whose { customer: None, emails: vec![email.to_lowercase()] };
    let counts = queries::counts(&mut conn, SECTIONS, &whose).await?;
    Ok(Some(GuestPage {
        back: paths::order(token),
        action: paths::order_privacy(token),
        kinds: kinds(&page, &counts),
        form,
        page,
    }))
}

#[get("/orders/<token>/privacy")]
async fn show(token: Name<100>, page: Page, db: Db) -> web::Result<Option<GuestPage>> {
    read(&token, page, &db, FormView::empty()).await
}

/// Has a mail sent to the address of the order.
#[post("/orders/<token>/privacy", data = "<form>")]
async fn ask(
    token: Name<100>,
    _known: Known,
    page: Page,
    db: Db,
    origin: Origin,
    form: Form<Contextual<'_, AskAsGuest>>,
) -> web::Result<Option<Result<Posted<GuestPage>, TryLater<GuestPage>>>> {
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else { return Ok(read(&token, page, &db, sent).await?.map(Posted::again).map(Ok)) };
    let asked = {
        let mut conn = db.get().await?;
        let Some((order, email)) = queries::guest_order(&mut conn, &token).await? else { return Ok(None) };
        let (locale, now) = (page.words.locale, page.now);
        commands::ask_as_guest(&mut conn, (order, &email), input.asks, locale, &origin.address, now).await.or_break()?
    };
    let Err(why) = asked else { return Ok(Some(Ok(Posted::done(paths::order_privacy(&token), "privacy-guest-asked")))) };
    let again = read(&token, page.clone(), &db, sent.refused(page.words, "", &why)).await?;
    Ok(again.map(|again| match why.wait() {
        Some(wait) => Err(TryLater(again, wait)),
        None => Ok(Posted::again(again)),
    }))
}

/// What a granted request answers.
enum Granted {
    Copy(DataCopy),
    Done(Posted<RequestPage>),
    Gone(Box<Unwell<GonePage>>),
}

impl<'r> Responder<'r, 'r> for Granted {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'r> {
        match self {
            Granted::Copy(copy) => copy.respond_to(request),
            Granted::Done(done) => done.respond_to(request),
            Granted::Gone(page) => page.respond_to(request),
        }
    }
}

async fn found(token: &str, page: &Page, db: &Db) -> web::Result<Option<queries::Request>> {
    let Ok(token) = token.parse::<Token>() else { return Ok(None) };
    Ok(queries::request_by_token(&mut *db.get().await?, &token.hash(), page.now).await?)
}

fn gone(page: Page) -> Box<Unwell<GonePage>> {
    Box::new(Unwell(Status::Gone, GonePage { page }))
}

/// Behind the mail: only a form, since mail programs look at links by themselves.
#[get("/privacy/requests/<token>")]
async fn show_request(token: Name<100>, page: Page, db: Db) -> web::Result<Result<RequestPage, Box<Unwell<GonePage>>>> {
    Ok(match found(&token, &page, &db).await? {
        Some(request) => Ok(RequestPage::new(page, &request, paths::privacy_request(&token))),
        None => Err(gone(page)),
    })
}

/// Hands out the copy, or forgets.
#[post("/privacy/requests/<token>")]
async fn grant(token: Name<100>, page: Page, db: Db) -> web::Result<Granted> {
    let Some(request) = found(&token, &page, &db).await? else { return Ok(Granted::Gone(gone(page))) };
    match request.asks {
        Asks::Copy => {
            let whose = Whose { customer: None, emails: vec![request.email.to_lowercase()] };
            Ok(Granted::Copy(DataCopy::of(&db, whose, page.words, page.now)))
        }
        Asks::Erasure => {
            let erased = commands::erase_guest(&mut *db.get().await?, &request.email, page.now).await.or_break()?;
            let notice = erased.map_or("clientele-gone", |()| "privacy-guest-erased");
            Ok(Granted::Done(Posted::done(paths::home(), notice)))
        }
    }
}
