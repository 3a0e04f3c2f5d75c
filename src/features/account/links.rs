//! What stands behind the links of mails. Opening one only shows a form: mail programs look at links by themselves.

use askama::Template;
use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder};
use rocket::{Route, State, get, post, routes};

use super::commands;
use super::emails::Desk;
use super::forms::{Confirm, NewPassword};
use super::model::{AccountRefused, Caller};
use super::sign_in::{end_own, entered};
use super::views::{ConfirmPage, LinkGonePage, NewEmailPage, NewPasswordPage, Turned, turned};
use crate::features::customers::model::LinkKind;
use crate::features::customers::queries;
use crate::platform::base::{Name, OrBreak, Token};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Posted, Unwell};

pub fn routes() -> Vec<Route> {
    routes![show_confirm, confirm, show_password, choose_password, show_email, confirm_email]
}

/// What stands behind a link: its form, what the form answers, or that the link is good no more.
enum Behind<T> {
    Page(Box<T>),
    Answer(Turned<T>),
    Gone(Box<Unwell<LinkGonePage>>),
}

impl<'r, T: Template + Responder<'r, 'static>> Responder<'r, 'static> for Behind<T> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self {
            Behind::Page(page) => page.respond_to(request),
            Behind::Answer(answer) => answer.respond_to(request),
            Behind::Gone(page) => page.respond_to(request),
        }
    }
}

/// Where another link is asked for, and what that button says.
fn gone<T>(page: Page, kind: LinkKind) -> Behind<T> {
    let (again, key) = match kind {
        LinkKind::Register | LinkKind::Verify => (paths::register(), "account-again-register"),
        LinkKind::Reset => (paths::password_reset(), "account-again-reset"),
        LinkKind::Change => (paths::account_security(), "account-again-change"),
    };
    let label = page.t(key);
    Behind::Gone(Box::new(Unwell(Status::Gone, LinkGonePage { page, again, label })))
}

/// The address a good link is for.
async fn found(db: &Db, kind: LinkKind, token: &str, page: &Page) -> web::Result<Option<(Token, String)>> {
    let Ok(token) = token.parse::<Token>() else { return Ok(None) };
    let link = queries::link_by_token(&mut *db.get().await?, kind, &token.hash(), page.now).await?;
    Ok(link.map(|link| (token, link.email)))
}

#[get("/account/confirmation/<token>")]
async fn show_confirm(token: Name<100>, page: Page, db: Db) -> web::Result<Behind<ConfirmPage>> {
    let Some((token, email)) = found(&db, LinkKind::Register, &token, &page).await? else {
        return Ok(gone(page, LinkKind::Register));
    };
    let action = paths::account_confirmation(token);
    Ok(Behind::Page(Box::new(ConfirmPage { page, form: FormView::empty(), email, action })))
}

#[post("/account/confirmation/<token>", data = "<form>")]
async fn confirm(
    token: Name<100>,
    page: Page,
    db: Db,
    caller: Caller,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, Confirm>>,
) -> web::Result<Behind<ConfirmPage>> {
    let Some((token, email)) = found(&db, LinkKind::Register, &token, &page).await? else {
        return Ok(gone(page, LinkKind::Register));
    };
    let refill = FormView::of(page.words, &form.context);
    let action = paths::account_confirmation(&token);
    let Some(input) = &form.value else {
        return Ok(Behind::Answer(Ok(Posted::again(ConfirmPage { page, form: refill, email, action }))));
    };
    let caller = Caller { stay: input.stay.is_some(), ..caller };
    match commands::confirm(&db, &token, &input.password, &caller).await.or_break()? {
        Ok(let_in) => {
            end_own(&db, &cookies).await?;
            let to = entered(&cookies, &caller, let_in, None);
            Ok(Behind::Answer(Ok(Posted::done(to, "account-opened"))))
        }
        Err(AccountRefused::LinkGone | AccountRefused::Taken) => Ok(gone(page, LinkKind::Register)),
        Err(why) => {
            let text = if why.wait().is_some() { page.refusal(&why) } else { page.t("account-confirm-wrong") };
            let form = refill.with_error("password", text);
            Ok(Behind::Answer(turned(ConfirmPage { page, form, email, action }, &why)))
        }
    }
}

#[get("/account/password-reset/<token>")]
async fn show_password(token: Name<100>, page: Page, db: Db) -> web::Result<Behind<NewPasswordPage>> {
    let Some((token, email)) = found(&db, LinkKind::Reset, &token, &page).await? else {
        return Ok(gone(page, LinkKind::Reset));
    };
    let action = paths::password_reset_link(token);
    Ok(Behind::Page(Box::new(NewPasswordPage { page, form: FormView::empty(), email, action })))
}

#[post("/account/password-reset/<token>", data = "<form>")]
async fn choose_password(
    token: Name<100>,
    page: Page,
    db: Db,
    caller: Caller,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, NewPassword>>,
) -> web::Result<Behind<NewPasswordPage>> {
    let Some((token, email)) = found(&db, LinkKind::Reset, &token, &page).await? else {
        return Ok(gone(page, LinkKind::Reset));
    };
    let refill = FormView::of(page.words, &form.context);
    let action = paths::password_reset_link(&token);
    let Some(input) = &form.value else {
        return Ok(Behind::Answer(Ok(Posted::again(NewPasswordPage { page, form: refill, email, action }))));
    };
    let caller = Caller { stay: input.stay.is_some(), ..caller };
    match commands::choose_password(&db, &token, &input.new, &caller).await.or_break()? {
        Ok(let_in) => {
            let to = entered(&cookies, &caller, let_in, None);
            Ok(Behind::Answer(Ok(Posted::done(to, "account-password-chosen"))))
        }
        Err(AccountRefused::LinkGone) => Ok(gone(page, LinkKind::Reset)),
        Err(why) => {
            let form = refill.refused(page.words, "new", &why);
            Ok(Behind::Answer(turned(NewPasswordPage { page, form, email, action }, &why)))
        }
    }
}

#[get("/account/email/<token>")]
async fn show_email(token: Name<100>, page: Page, db: Db) -> web::Result<Behind<NewEmailPage>> {
    let Some((token, email)) = found(&db, LinkKind::Change, &token, &page).await? else {
        return Ok(gone(page, LinkKind::Change));
    };
    let action = paths::account_email_link(token);
    Ok(Behind::Page(Box::new(NewEmailPage { page, form: FormView::empty(), email, action })))
}

#[post("/account/email/<token>")]
async fn confirm_email(token: Name<100>, page: Page, db: Db, config: &State<Config>) -> web::Result<Behind<NewEmailPage>> {
    let Some((token, email)) = found(&db, LinkKind::Change, &token, &page).await? else {
        return Ok(gone(page, LinkKind::Change));
    };
    let desk = Desk { words: page.words, shop: page.shop(), config };
    match commands::confirm_email(&db, &token, &desk, page.now).await.or_break()? {
        Ok(()) => Ok(Behind::Answer(Ok(Posted::done(paths::account_security(), "account-email-changed")))),
        Err(AccountRefused::LinkGone) => Ok(gone(page, LinkKind::Change)),
        Err(why) => {
            let action = paths::account_email_link(&token);
            let form = FormView::empty().refused(page.words, "", &why);
            Ok(Behind::Answer(turned(NewEmailPage { page, form, email, action }, &why)))
        }
    }
}
