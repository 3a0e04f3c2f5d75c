//! The second step of signing in: a code of the app, a recovery code or a passkey, after the password was right.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::serde::json::Json;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::Value;

use super::keyring::Keyring;
use super::sign_in::{after, seat};
use crate::platform::access::queries::{self, HalfSignedIn};
use crate::platform::access::{Origin, SignInRefused, commands};
use crate::platform::base::{Failed, Line, OrBreak, Token};
use crate::platform::factors::{self, Account, PasskeyForm};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Cookies, FormView, Named, Posted, SitePath, TryLater};

#[derive(Template, WebTemplate)]
#[template(path = "admin/second_step_page.html")]
struct SecondStepPage {
    page: Page,
    form: FormView,
    /// Where signing in leads; empty: the management home.
    next: String,
    email: String,
    /// Whether they have an app, and a passkey that can be asked for here.
    app: bool,
    passkey: bool,
}

impl SecondStepPage {
    async fn read(
        page: Page,
        keys: &Keyring<'_>,
        who: HalfSignedIn,
        next: String,
        form: FormView,
    ) -> web::Result<SecondStepPage> {
        let held = factors::queries::held(&mut *keys.db.get().await?, Account::staff(who.id)).await?;
        let passkey = !held.passkeys.is_empty() && keys.relying(&page).is_ok();
        Ok(SecondStepPage { page, form, next, email: who.email, app: held.totp.is_some(), passkey })
    }
}

type Stepped = Result<Posted<SecondStepPage>, TryLater<SecondStepPage>>;

/// The token of the half that this browser has behind it.
fn half_token(cookies: &Cookies<'_>) -> Option<Token> {
    cookies.get(Named::StaffHalf).and_then(|token| token.parse().ok())
}

async fn half(keys: &Keyring<'_>, cookies: &Cookies<'_>, page: &Page) -> web::Result<Option<HalfSignedIn>> {
    let Some(token) = half_token(cookies) else { return Ok(None) };
    Ok(queries::half_by_token(&mut *keys.db.get().await?, &token.hash(), page.now).await?)
}

/// Begins anew at the password.
fn anew(cookies: &Cookies<'_>, next: &str) -> Posted<SecondStepPage> {
    cookies.remove(Named::StaffHalf);
    let to = if next.is_empty() { paths::admin_sign_in() } else { paths::admin_sign_in_then(next) };
    Posted::done(to, "access-too-late")
}

#[get("/admin/sign-in/second-step?<next>")]
async fn show(
    page: Page,
    keys: Keyring<'_>,
    cookies: Cookies<'_>,
    next: Option<SitePath>,
) -> web::Result<Result<SecondStepPage, Redirect>> {
    if page.staff.is_some() {
        return Ok(Err(Redirect::to(after(next.as_ref()))));
    }
    match half(&keys, &cookies, &page).await? {
        Some(who) => {
            let next = next.map(String::from).unwrap_or_default();
            Ok(Ok(SecondStepPage::read(page, &keys, who, next, FormView::empty()).await?))
        }
        None => Ok(Err(Redirect::to(paths::admin_sign_in_then(&after(next.as_ref()))))),
    }
}

/// What became of the step: in, or the page again.
async fn stepped(
    page: Page,
    keys: &Keyring<'_>,
    cookies: &Cookies<'_>,
    next: Option<SitePath>,
    (entered, form): (Result<Token, Failed<SignInRefused>>, FormView),
) -> web::Result<Stepped> {
    let why = match entered.or_break()? {
        Ok(token) => {
            seat(&keys.db, cookies, &token).await?;
            return Ok(Ok(Posted::to(after(next.as_ref()))));
        }
        Err(why) => why,
    };
    let next = next.map(String::from).unwrap_or_default();
    let Some(who) = half(keys, cookies, &page).await? else { return Ok(Ok(anew(cookies, &next))) };
    let field = if matches!(why, SignInRefused::Factor(_)) { "code" } else { "" };
    let form = form.refused(page.words, field, &why);
    let page = SecondStepPage::read(page, keys, who, next, form).await?;
    match why {
        SignInRefused::Throttled(why) => Ok(Err(TryLater(page, why.wait))),
        _ => Ok(Ok(Posted::again(page))),
    }
}

#[derive(FromForm)]
struct SecondStep {
    code: Line<60>,
}

/// Takes the step by a code; right, the session begins.
#[post("/admin/sign-in/second-step?<next>", data = "<form>")]
async fn by_code(
    page: Page,
    keys: Keyring<'_>,
    origin: Origin,
    cookies: Cookies<'_>,
    next: Option<SitePath>,
    form: Form<Contextual<'_, SecondStep>>,
) -> web::Result<Stepped> {
    let typed = form.value.as_ref().map(|input| input.code.to_string()).unwrap_or_default();
    let Some(token) = half_token(&cookies) else {
        return Ok(Ok(anew(&cookies, &next.map(String::from).unwrap_or_default())));
    };
    let entered = commands::second_step_by_code(&keys.db, keys.vault, &token, &typed, &origin, page.now).await;
    stepped(page, &keys, &cookies, next, (entered, FormView::empty())).await
}

/// The question that a passkey is to answer.
#[post("/admin/sign-in/second-step/question")]
async fn question(page: Page, keys: Keyring<'_>, cookies: Cookies<'_>) -> web::Result<Result<Json<Value>, Status>> {
    let (Some(token), Ok(relying)) = (half_token(&cookies), keys.relying(&page)) else { return Ok(Err(Status::NotFound)) };
    let asked = commands::ask_passkey(&keys.db, &relying, &token, page.now).await.or_break()?;
    Ok(asked.map(|question| Json(question.into_json())).map_err(|_| Status::NotFound))
}

/// Takes the step by a passkey.
#[post("/admin/sign-in/second-step/passkey?<next>", data = "<form>")]
async fn by_passkey(
    page: Page,
    keys: Keyring<'_>,
    origin: Origin,
    cookies: Cookies<'_>,
    next: Option<SitePath>,
    form: Form<Contextual<'_, PasskeyForm>>,
) -> web::Result<Stepped> {
    let (Some(token), Some(input), Ok(relying)) = (half_token(&cookies), &form.value, keys.relying(&page)) else {
        return Ok(Ok(anew(&cookies, &next.map(String::from).unwrap_or_default())));
    };
    let answer = factors::passkeys::answered(&mut *keys.db.get().await?, input, page.now).await.or_break()?;
    let entered = match answer {
        Ok(answer) => commands::second_step_by_passkey(&keys.db, &relying, &token, &answer, &origin, page.now).await,
        Err(why) => Err(SignInRefused::from(why).into()),
    };
    stepped(page, &keys, &cookies, next, (entered, FormView::empty())).await
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, by_code, question, by_passkey]
}
