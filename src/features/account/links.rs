//! What stands behind the links of mails. Opening one only shows a form: mail programs look at links by themselves.

use askama::Template;
use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder};
use rocket::serde::json::{Json, Value};
use rocket::{Route, State, get, post, routes};

use super::commands;
use super::emails::Desk;
use super::forms::{Confirm, NewPassword};
use super::model::{AccountRefused, Caller, Entered};
use super::passkeys::name_of;
use super::second_step::asked;
use super::sign_in::{end_own, entered, passed};
use super::views::{CodesPage, ConfirmPage, LinkGonePage, NewEmailPage, NewPasswordPage, Turned, turned};
use crate::features::customers::model::{Link, LinkKind};
use crate::features::customers::{Known, queries};
use crate::platform::access::SignInRefused;
use crate::platform::base::{Name, OrBreak, Token};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::factors::{PasskeyForm, Relying};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Notice, Posted, Unwell};

pub fn routes() -> Vec<Route> {
    routes![
        show_confirm,
        confirm,
        ask_first,
        confirm_by_passkey,
        show_password,
        choose_password,
        show_email,
        confirm_email,
        show_verification,
        verify
    ]
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
        LinkKind::Register => (paths::register(), "account-again-register"),
        LinkKind::Reset => (paths::password_reset(), "account-again-reset"),
        LinkKind::Change | LinkKind::Verify => (paths::account_security(), "account-again-change"),
    };
    let label = page.t(key);
    Behind::Gone(Box::new(Unwell(Status::Gone, LinkGonePage { page, again, label })))
}

/// What a good link is for.
async fn found(db: &Db, kind: LinkKind, token: &str, page: &Page) -> web::Result<Option<(Token, Link)>> {
    let Ok(token) = token.parse::<Token>() else { return Ok(None) };
    let link = queries::link_by_token(&mut *db.get().await?, kind, &token.hash(), page.now).await?;
    Ok(link.map(|link| (token, link)))
}

/// The page that opens an account: with the password that was chosen, or with one, or a passkey, that is chosen now.
fn opening(page: Page, config: &Config, (token, link): (&Token, &Link), form: FormView) -> ConfirmPage {
    let chosen = link.password_hash.is_some();
    let passkey = (!chosen && Relying::of(config, &page.shop().name).is_ok()).then(|| paths::account_confirmation_passkey(token));
    ConfirmPage { page, form, email: link.email.clone(), action: paths::account_confirmation(token), chosen, passkey }
}

#[get("/account/confirmation/<token>")]
async fn show_confirm(token: Name<100>, page: Page, db: Db, config: &State<Config>) -> web::Result<Behind<ConfirmPage>> {
    let Some((token, link)) = found(&db, LinkKind::Register, &token, &page).await? else {
        return Ok(gone(page, LinkKind::Register));
    };
    Ok(Behind::Page(Box::new(opening(page, config, (&token, &link), FormView::empty()))))
}

#[post("/account/confirmation/<token>", data = "<form>")]
async fn confirm(
    token: Name<100>,
    page: Page,
    db: Db,
    config: &State<Config>,
    caller: Caller,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, Confirm>>,
) -> web::Result<Behind<ConfirmPage>> {
    let Some((token, link)) = found(&db, LinkKind::Register, &token, &page).await? else {
        return Ok(gone(page, LinkKind::Register));
    };
    let refill = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else {
        return Ok(Behind::Answer(Ok(Posted::again(opening(page, config, (&token, &link), refill)))));
    };
    let caller = Caller { stay: input.stay.is_some(), ..caller };
    match commands::confirm(&db, &token, &input.password, &caller).await.or_break()? {
        Ok(let_in) => {
            end_own(&db, &cookies).await?;
            Ok(Behind::Answer(Ok(Posted::done(entered(&cookies, let_in).0, "account-opened"))))
        }
        Err(AccountRefused::LinkGone | AccountRefused::Taken) => Ok(gone(page, LinkKind::Register)),
        Err(why) => {
            let wrong = matches!(why, AccountRefused::SignIn(SignInRefused::Wrong));
            let text = if wrong { page.t("account-confirm-wrong") } else { page.refusal(&why) };
            let form = refill.with_error("password", text);
            Ok(Behind::Answer(turned(opening(page, config, (&token, &link), form), &why)))
        }
    }
}

/// Asks a device for the passkey that an account is to be opened with.
#[post("/account/confirmation/<token>/passkey/question")]
async fn ask_first(token: Name<100>, page: Page, db: Db, config: &State<Config>) -> web::Result<Option<Json<Value>>> {
    let (Ok(token), Ok(relying)) = (token.parse::<Token>(), Relying::of(config, &page.shop().name)) else { return Ok(None) };
    Ok(asked(commands::ask_first(&db, &relying, &token, page.now).await.or_break()?))
}

/// Opens an account with a passkey as its only credential; the recovery codes are shown once.
#[post("/account/confirmation/<token>/passkey", data = "<form>")]
async fn confirm_by_passkey(
    token: Name<100>,
    page: Page,
    db: Db,
    config: &State<Config>,
    caller: Caller,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, PasskeyForm>>,
) -> web::Result<Result<Unwell<CodesPage>, Behind<ConfirmPage>>> {
    let (Some((token, link)), Ok(relying)) =
        (found(&db, LinkKind::Register, &token, &page).await?, Relying::of(config, &page.shop().name))
    else {
        return Ok(Err(gone(page, LinkKind::Register)));
    };
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else {
        return Ok(Err(Behind::Answer(Ok(Posted::again(opening(page, config, (&token, &link), sent))))));
    };
    let name = name_of(None, &caller);
    match commands::confirm_by_passkey(&db, &relying, &token, (input, &name), &caller).await.or_break()? {
        Ok((let_in, codes)) => Ok(Ok(opened(page, &db, &cookies, let_in, codes).await?)),
        Err(AccountRefused::LinkGone | AccountRefused::Taken) => Ok(Err(gone(page, LinkKind::Register))),
        Err(why) => {
            let form = FormView::empty().refused(page.words, "", &why);
            Ok(Err(Behind::Answer(turned(opening(page, config, (&token, &link), form), &why))))
        }
    }
}

/// Lets them in, with their recovery codes.
async fn opened(
    page: Page,
    db: &Db,
    cookies: &Cookies<'_>,
    let_in: Entered,
    codes: Vec<String>,
) -> web::Result<Unwell<CodesPage>> {
    end_own(db, cookies).await?;
    let (next, _) = entered(cookies, let_in);
    let done = page.t("account-opened");
    Ok(Unwell(Status::Ok, CodesPage { page, codes, done, next }))
}

#[get("/account/password-reset/<token>")]
async fn show_password(token: Name<100>, page: Page, db: Db) -> web::Result<Behind<NewPasswordPage>> {
    let Some((token, Link { email, .. })) = found(&db, LinkKind::Reset, &token, &page).await? else {
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
    let Some((token, Link { email, .. })) = found(&db, LinkKind::Reset, &token, &page).await? else {
        return Ok(gone(page, LinkKind::Reset));
    };
    let refill = FormView::of(page.words, &form.context);
    let action = paths::password_reset_link(&token);
    let Some(input) = &form.value else {
        return Ok(Behind::Answer(Ok(Posted::again(NewPasswordPage { page, form: refill, email, action }))));
    };
    let caller = Caller { stay: input.stay.is_some(), ..caller };
    match commands::choose_password(&db, &token, &input.new, &caller).await.or_break()? {
        Ok(entry) => {
            let (to, _) = passed(&cookies, entry);
            Ok(Behind::Answer(Ok(Posted::done(to, "account-password-chosen"))))
        }
        Err(AccountRefused::LinkGone) => Ok(gone(page, LinkKind::Reset)),
        Err(why) => {
            let form = refill.refused(page.words, "new", &why);
            Ok(Behind::Answer(turned(NewPasswordPage { page, form, email, action }, &why)))
        }
    }
}

/// The page behind a link to an address: another one of the account (`Change`), or its own (`Verify`).
fn proving(page: Page, kind: LinkKind, token: &Token, email: String, form: FormView) -> NewEmailPage {
    let own = kind == LinkKind::Verify;
    let action = if own { paths::account_verification_link(token) } else { paths::account_email_link(token) };
    NewEmailPage { page, form, email, action, own }
}

async fn show_proving(kind: LinkKind, token: &str, page: Page, db: &Db) -> web::Result<Behind<NewEmailPage>> {
    let Some((token, link)) = found(db, kind, token, &page).await? else { return Ok(gone(page, kind)) };
    Ok(Behind::Page(Box::new(proving(page, kind, &token, link.email, FormView::empty()))))
}

#[get("/account/email/<token>")]
async fn show_email(token: Name<100>, page: Page, db: Db) -> web::Result<Behind<NewEmailPage>> {
    show_proving(LinkKind::Change, &token, page, &db).await
}

#[get("/account/verification/<token>")]
async fn show_verification(token: Name<100>, page: Page, db: Db) -> web::Result<Behind<NewEmailPage>> {
    show_proving(LinkKind::Verify, &token, page, &db).await
}

/// Gives the account its new address; whoever else is signed in to it is so no more.
#[post("/account/email/<token>")]
async fn confirm_email(
    token: Name<100>,
    page: Page,
    known: Known,
    db: Db,
    config: &State<Config>,
) -> web::Result<Behind<NewEmailPage>> {
    let Some((token, link)) = found(&db, LinkKind::Change, &token, &page).await? else {
        return Ok(gone(page, LinkKind::Change));
    };
    let session = known.0.filter(|me| Some(me.id) == link.customer).map(|me| me.session);
    let desk = Desk { words: page.words, shop: page.shop(), config };
    let changed = commands::confirm_email(&db, &token, session, &desk, page.now).await.or_break()?;
    Ok(proved(changed, "account-email-changed", page, LinkKind::Change, (&token, link)))
}

/// Proves the account's own address: guest orders of it join.
#[post("/account/verification/<token>")]
async fn verify(token: Name<100>, page: Page, db: Db) -> web::Result<Behind<NewEmailPage>> {
    let Some((token, link)) = found(&db, LinkKind::Verify, &token, &page).await? else {
        return Ok(gone(page, LinkKind::Verify));
    };
    let done = commands::prove_email(&db, &token, page.now).await.or_break()?;
    Ok(proved(done, "account-email-proved", page, LinkKind::Verify, (&token, link)))
}

fn proved(
    done: Result<(), AccountRefused>,
    notice: Notice,
    page: Page,
    kind: LinkKind,
    (token, link): (&Token, Link),
) -> Behind<NewEmailPage> {
    match done {
        Ok(()) => Behind::Answer(Ok(Posted::done(paths::account_security(), notice))),
        Err(AccountRefused::LinkGone) => gone(page, kind),
        Err(why) => {
            let form = FormView::empty().refused(page.words, "", &why);
            Behind::Answer(turned(proving(page, kind, token, link.email, form), &why))
        }
    }
}
