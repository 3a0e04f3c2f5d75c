//! Asking for an account, and for a new password: both answer the same whether there is an account or not.

use rocket::form::{Contextual, Form};
use rocket::response::Redirect;
use rocket::{Route, State, get, post, routes};

use super::commands::{self, NewAccount};
use super::forms::{AskReset, Register, RegisterPlainly};
use super::model::{AccountRefused, Caller};
use super::views::{MailSentPage, Offer, RegisterPage, ResetPage, Turned, turned};
use crate::features::customers::Known;
use crate::features::orders;
use crate::platform::base::{Name, OrBreak, text_enum};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![show, register, register_plainly, mail_sent, show_reset, ask_reset]
}

async fn page_of(page: Page, db: &Db, config: &Config, cookies: &Cookies<'_>, form: FormView) -> web::Result<RegisterPage> {
    let offer = Offer::read(&page, db, config, cookies).await?;
    Ok(RegisterPage { page, form, offer })
}

/// The form; for a guest's order it begins with the order's address and name.
#[get("/account/register?<order>")]
async fn show(
    page: Page,
    known: Known,
    db: Db,
    config: &State<Config>,
    cookies: Cookies<'_>,
    order: Option<Name<100>>,
) -> web::Result<Result<RegisterPage, Redirect>> {
    if known.0.is_some() {
        return Ok(Err(Redirect::to(paths::account())));
    }
    let order = match order {
        Some(token) => orders::queries::order_by_token(&mut *db.get().await?, &token).await?,
        None => None,
    };
    let known = order.map(|order| [("email", order.email), ("name", order.billing_address.name)]);
    let form = FormView::filled(known.into_iter().flatten());
    Ok(Ok(page_of(page, &db, config, &cookies, form).await?))
}

#[post("/account/register", data = "<form>")]
async fn register(
    page: Page,
    db: Db,
    config: &State<Config>,
    cookies: Cookies<'_>,
    caller: Caller,
    form: Form<Contextual<'_, Register>>,
) -> web::Result<Turned<RegisterPage>> {
    let refill = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else { return Ok(Ok(Posted::again(page_of(page, &db, config, &cookies, refill).await?))) };
    let (email, password) = (input.email.clone(), Some(input.password.clone()));
    let new = NewAccount { email, name: input.name.to_string(), password, locale: page.words.locale };
    match commands::register(&db, &new, &caller.origin.address, caller.now).await.or_break()? {
        Ok(()) => Ok(Ok(Posted::to(paths::account_mail_sent("register")))),
        Err(why) => {
            let field = if matches!(why, AccountRefused::Password(_)) { "password" } else { "" };
            let form = refill.refused(page.words, field, &why);
            Ok(turned(page_of(page, &db, config, &cookies, form).await?, &why))
        }
    }
}

/// The same without a password: how they sign in is chosen when the link is followed.
#[post("/account/register/without-password", data = "<form>")]
async fn register_plainly(
    page: Page,
    db: Db,
    config: &State<Config>,
    cookies: Cookies<'_>,
    caller: Caller,
    form: Form<Contextual<'_, RegisterPlainly>>,
) -> web::Result<Turned<RegisterPage>> {
    let refill = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else { return Ok(Ok(Posted::again(page_of(page, &db, config, &cookies, refill).await?))) };
    let (email, name) = (input.email.clone(), input.name.to_string());
    let new = NewAccount { email, name, password: None, locale: page.words.locale };
    match commands::register(&db, &new, &caller.origin.address, caller.now).await.or_break()? {
        Ok(()) => Ok(Ok(Posted::to(paths::account_mail_sent("register")))),
        Err(why) => {
            let form = refill.refused(page.words, "", &why);
            Ok(turned(page_of(page, &db, config, &cookies, form).await?, &why))
        }
    }
}

text_enum! {
    /// What a mail was sent for.
    Sent { Register = "register", Password = "password", Address = "address" }
}

impl<'a> rocket::request::FromParam<'a> for Sent {
    type Error = &'a str;
    fn from_param(param: &'a str) -> Result<Self, &'a str> {
        param.parse().map_err(|_| param)
    }
}

#[get("/account/mail-sent/<what>")]
fn mail_sent(page: Page, what: Sent) -> MailSentPage {
    let (heading, text) = (page.t("account-sent-heading"), page.t(&format!("account-sent-{what}")));
    MailSentPage { page, heading, text }
}

#[get("/account/password-reset")]
fn show_reset(page: Page) -> ResetPage {
    ResetPage { page, form: FormView::empty() }
}

#[post("/account/password-reset", data = "<form>")]
async fn ask_reset(page: Page, db: Db, caller: Caller, form: Form<Contextual<'_, AskReset>>) -> web::Result<Turned<ResetPage>> {
    let refill = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else { return Ok(Ok(Posted::again(ResetPage { page, form: refill }))) };
    let locale = page.words.locale;
    match commands::ask_reset(&db, &input.email, locale, &caller.origin.address, caller.now).await.or_break()? {
        Ok(()) => Ok(Ok(Posted::to(paths::account_mail_sent("password")))),
        Err(why) => {
            let form = refill.refused(page.words, "", &why);
            Ok(turned(ResetPage { page, form }, &why))
        }
    }
}
