//! What opens an account: password, address, sessions; and closing it for good.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{FromForm, Route, State, get, post, routes};

use super::commands;
use super::emails::Desk;
use super::model::{AccountRefused, Caller};
use super::views::{Turned, turned};
use crate::features::customers::queries::{Session, account_of, sessions_of};
use crate::features::customers::{Customer, SignedIn, commands as customers};
use crate::platform::access::Password;
use crate::platform::base::{CustomerSessionId, Email, Moment, OrBreak};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, Cookies, FormView, Named, Posted};

pub fn routes() -> Vec<Route> {
    routes![show, change_password, change_email, end, end_others, show_closing, close]
}

#[derive(Template, WebTemplate)]
#[template(path = "account/security_page.html")]
struct SecurityPage {
    page: Page,
    me: Customer,
    has_password: bool,
    sessions: Vec<Session>,
    password: FormView,
    email: FormView,
}

impl SecurityPage {
    async fn read(page: Page, customer: &SignedIn, db: &Db, password: FormView, email: FormView) -> web::Result<SecurityPage> {
        let mut conn = db.get().await?;
        let sessions = sessions_of(&mut conn, customer.id, page.now).await?;
        let account = account_of(&mut conn, customer.id).await?;
        let has_password = account.is_some_and(|account| account.password_hash.is_some());
        Ok(SecurityPage { page, me: (**customer).clone(), has_password, sessions, password, email })
    }

    fn at(&self, moment: &Moment) -> String {
        self.page.minute(*moment, self.page.zone)
    }

    fn has_others(&self) -> bool {
        self.sessions.iter().any(|session| session.id != self.me.session)
    }
}

#[get("/account/security")]
async fn show(customer: SignedIn, page: Page, db: Db) -> web::Result<SecurityPage> {
    SecurityPage::read(page, &customer, &db, FormView::empty(), FormView::empty()).await
}

#[derive(FromForm)]
struct NewPassword {
    current: Password,
    new: Password,
}

/// Changes the password; everything else is signed out.
#[post("/account/password", data = "<form>")]
async fn change_password(
    customer: SignedIn,
    page: Page,
    db: Db,
    caller: Caller,
    config: &State<Config>,
    form: Form<Contextual<'_, NewPassword>>,
) -> web::Result<Turned<SecurityPage>> {
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else {
        return Ok(Ok(Posted::again(SecurityPage::read(page, &customer, &db, sent, FormView::empty()).await?)));
    };
    let desk = Desk { words: page.words, shop: page.shop(), config };
    let (origin, now) = (&caller.origin, caller.now);
    match commands::change_password(&db, &customer, &input.current, &input.new, origin, &desk, now).await.or_break()? {
        Ok(()) => Ok(Ok(Posted::done(paths::account_security(), "account-password-changed"))),
        Err(why) => {
            let field = if matches!(why, AccountRefused::Password(_)) { "new" } else { "current" };
            let sent = sent.refused(page.words, field, &why);
            Ok(turned(SecurityPage::read(page, &customer, &db, sent, FormView::empty()).await?, &why))
        }
    }
}

#[derive(FromForm)]
struct NewEmail {
    email: Email,
    password: Password,
}

/// Asks the new address whether it is one's own; until then the account keeps the old one.
#[post("/account/email", data = "<form>")]
async fn change_email(
    customer: SignedIn,
    page: Page,
    db: Db,
    caller: Caller,
    form: Form<Contextual<'_, NewEmail>>,
) -> web::Result<Turned<SecurityPage>> {
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else {
        return Ok(Ok(Posted::again(SecurityPage::read(page, &customer, &db, FormView::empty(), sent).await?)));
    };
    let asked = commands::change_email(&db, &customer, &input.email, &input.password, &caller.origin, caller.now).await;
    match asked.or_break()? {
        Ok(()) => Ok(Ok(Posted::done(paths::account_security(), "account-email-asked"))),
        Err(why) => {
            let field = if matches!(why, AccountRefused::SameAddress) { "email" } else { "password" };
            let sent = sent.refused(page.words, field, &why);
            Ok(turned(SecurityPage::read(page, &customer, &db, FormView::empty(), sent).await?, &why))
        }
    }
}

/// Ends one of one's own sessions; ending this one signs out.
#[post("/account/sessions/<id>/ending")]
async fn end(
    customer: SignedIn,
    id: CustomerSessionId,
    db: Db,
    cookies: Cookies<'_>,
) -> web::Result<Option<Posted<SecurityPage>>> {
    if !customers::end_session(&mut *db.get().await?, customer.id, id).await? {
        return Ok(None);
    }
    if id == customer.session {
        cookies.remove(Named::Customer);
        return Ok(Some(Posted::done(paths::sign_in(), "account-signed-out")));
    }
    Ok(Some(Posted::done(paths::account_security(), "account-session-ended")))
}

#[post("/account/sessions/others/ending")]
async fn end_others(customer: SignedIn, db: Db) -> web::Result<Posted<SecurityPage>> {
    customers::end_sessions(&mut *db.get().await?, customer.id, Some(customer.session)).await?;
    Ok(Posted::done(paths::account_security(), "account-sessions-ended"))
}

#[derive(Template, WebTemplate)]
#[template(path = "account/closing_page.html")]
struct ClosingPage {
    page: Page,
    form: FormView,
    email: String,
}

#[get("/account/closing")]
fn show_closing(customer: SignedIn, page: Page) -> ClosingPage {
    ClosingPage { email: customer.email.clone(), form: FormView::empty(), page }
}

#[derive(FromForm)]
struct Closing {
    password: Password,
}

/// Closes the account for good.
#[post("/account/closing", data = "<form>")]
async fn close(
    customer: SignedIn,
    page: Page,
    db: Db,
    caller: Caller,
    cookies: Cookies<'_>,
    config: &State<Config>,
    vault: &State<Vault>,
    form: Form<Contextual<'_, Closing>>,
) -> web::Result<Turned<ClosingPage>> {
    let (sent, email) = (FormView::of(page.words, &form.context), customer.email.clone());
    let Some(input) = &form.value else { return Ok(Ok(Posted::again(ClosingPage { page, form: sent, email }))) };
    let desk = Desk { words: page.words, shop: page.shop(), config };
    match commands::close(&db, &customer, &input.password, &caller.origin, &desk, vault, caller.now).await.or_break()? {
        Ok(()) => {
            cookies.remove(Named::Customer);
            Ok(Ok(Posted::done(paths::home(), "account-closed")))
        }
        Err(why) => {
            let form = sent.refused(page.words, "password", &why);
            Ok(turned(ClosingPage { page, form, email }, &why))
        }
    }
}
