//! The second step of signing in, and signing in by a passkey alone.

use rocket::form::{Contextual, Form};
use rocket::response::Redirect;
use rocket::serde::json::{Json, Value};
use rocket::{Route, State, get, post, routes};

use super::commands;
use super::forms::Code;
use super::model::{AccountRefused, Caller};
use super::sign_in::{end_own, entered, page_of};
use super::views::{SecondStepPage, SignInPage, Turned, turned};
use crate::platform::base::{OrBreak, Token};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::factors::{self, PasskeyForm, Question, Relying};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, Cookies, FormView, Named, Posted};

pub fn routes() -> Vec<Route> {
    routes![show, by_code, ask, by_passkey, ask_anybody, passkey_alone]
}

/// A question to a passkey, for `static/js/passkeys.js`; what cannot be asked is not there.
pub(super) fn asked<R>(question: Result<Question, R>) -> Option<Json<Value>> {
    question.ok().map(|question| Json(question.into_json()))
}

/// The first step that this browser carries.
fn carried(cookies: &Cookies<'_>) -> Option<Token> {
    cookies.get(Named::Step).and_then(|token| token.parse().ok())
}

/// The page of the step that waits; where none does, signing in begins anew.
async fn waiting(
    page: Page,
    db: &Db,
    config: &Config,
    (token, caller): (Option<&Token>, &Caller),
    form: FormView,
) -> web::Result<Option<SecondStepPage>> {
    let Some(token) = token else { return Ok(None) };
    let Ok(step) = commands::waiting(db, token, caller).await.or_break()? else { return Ok(None) };
    let held = factors::queries::held(&mut *db.get().await?, factors::Account::customer(step.customer.0)).await?;
    let passkeys = !held.passkeys.is_empty() && Relying::of(config, &page.shop().name).is_ok();
    Ok(Some(SecondStepPage { page, form, app: held.totp.is_some(), passkeys }))
}

/// The step is over: back to its beginning, and say why.
fn over<T>() -> Turned<T> {
    Ok(Posted::done(paths::sign_in(), "account-step-gone"))
}

#[get("/account/sign-in/second-step")]
async fn show(
    page: Page,
    db: Db,
    config: &State<Config>,
    caller: Caller,
    cookies: Cookies<'_>,
) -> web::Result<Result<SecondStepPage, Redirect>> {
    let token = carried(&cookies);
    let waits = waiting(page, &db, config, (token.as_ref(), &caller), FormView::empty()).await?;
    Ok(waits.ok_or_else(|| Redirect::to(paths::sign_in())))
}

/// The page again with what was wrong; where no step waits any more, back to the beginning.
async fn again(
    page: Page,
    db: &Db,
    config: &Config,
    (token, caller): (&Token, &Caller),
    (form, why): (FormView, Option<AccountRefused>),
) -> web::Result<Turned<SecondStepPage>> {
    let form = match &why {
        Some(AccountRefused::StepGone) => return Ok(over()),
        Some(why) => form.refused(page.words, "code", why),
        None => form,
    };
    let Some(page) = waiting(page, db, config, (Some(token), caller), form).await? else { return Ok(over()) };
    Ok(match why {
        Some(why) => turned(page, &why),
        None => Ok(Posted::again(page)),
    })
}

/// Takes a code of the app, or a recovery code.
#[post("/account/sign-in/second-step", data = "<form>")]
async fn by_code(
    page: Page,
    db: Db,
    config: &State<Config>,
    vault: &State<Vault>,
    caller: Caller,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, Code>>,
) -> web::Result<Turned<SecondStepPage>> {
    let Some(token) = carried(&cookies) else { return Ok(over()) };
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else { return again(page, &db, config, (&token, &caller), (sent, None)).await };
    match commands::second_by_code(&db, vault, &token, &input.code, &caller).await.or_break()? {
        Ok(let_in) => {
            end_own(&db, &cookies).await?;
            let (to, notice) = entered(&cookies, let_in);
            Ok(Ok(Posted::Done { to, notice }))
        }
        Err(why) => again(page, &db, config, (&token, &caller), (sent, Some(why))).await,
    }
}

/// Asks the passkeys of whoever waits.
#[post("/account/sign-in/second-step/passkey/question")]
async fn ask(
    page: Page,
    db: Db,
    config: &State<Config>,
    caller: Caller,
    cookies: Cookies<'_>,
) -> web::Result<Option<Json<Value>>> {
    let (Some(token), Ok(relying)) = (carried(&cookies), Relying::of(config, &page.shop().name)) else { return Ok(None) };
    Ok(asked(commands::ask_second(&db, &relying, &token, &caller).await.or_break()?))
}

/// Takes the answer of a passkey.
#[post("/account/sign-in/second-step/passkey", data = "<form>")]
async fn by_passkey(
    page: Page,
    db: Db,
    config: &State<Config>,
    caller: Caller,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, PasskeyForm>>,
) -> web::Result<Turned<SecondStepPage>> {
    let (Some(token), Ok(relying)) = (carried(&cookies), Relying::of(config, &page.shop().name)) else { return Ok(over()) };
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else { return again(page, &db, config, (&token, &caller), (sent, None)).await };
    match commands::second_by_passkey(&db, &relying, &token, input, &caller).await.or_break()? {
        Ok(let_in) => {
            end_own(&db, &cookies).await?;
            let (to, notice) = entered(&cookies, let_in);
            Ok(Ok(Posted::Done { to, notice }))
        }
        Err(why) => again(page, &db, config, (&token, &caller), (FormView::empty(), Some(why))).await,
    }
}

/// Asks whoever is there for a passkey.
#[post("/account/sign-in/passkey/question")]
async fn ask_anybody(page: Page, db: Db, config: &State<Config>, caller: Caller) -> web::Result<Option<Json<Value>>> {
    let Ok(relying) = Relying::of(config, &page.shop().name) else { return Ok(None) };
    Ok(Some(Json(commands::ask_anybody(&db, &relying, &caller).await?.into_json())))
}

/// Signs in by a passkey alone.
#[post("/account/sign-in/passkey", data = "<form>")]
async fn passkey_alone(
    page: Page,
    db: Db,
    config: &State<Config>,
    caller: Caller,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, PasskeyForm>>,
) -> web::Result<Turned<SignInPage>> {
    let sent = FormView::of(page.words, &form.context);
    let next = form.context.field_value("next").unwrap_or_default().to_owned();
    let stay = form.context.field_value("stay") == Some("yes");
    let caller = Caller { stay, next: next.clone(), ..caller };
    let (Some(input), Ok(relying)) = (&form.value, Relying::of(config, &page.shop().name)) else {
        return Ok(Ok(Posted::again(page_of(page, &db, config, &cookies, (sent, next)).await?)));
    };
    match commands::sign_in_by_passkey(&db, &relying, input, &caller).await.or_break()? {
        Ok(let_in) => {
            end_own(&db, &cookies).await?;
            let (to, notice) = entered(&cookies, let_in);
            Ok(Ok(Posted::Done { to, notice }))
        }
        Err(why) => {
            let form = FormView::empty().refused(page.words, "", &why);
            Ok(turned(page_of(page, &db, config, &cookies, (form, next)).await?, &why))
        }
    }
}
