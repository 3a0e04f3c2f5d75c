//! Showing once more who one is: asked for before what opens the account is changed.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::serde::json::{Json, Value};
use rocket::{Route, State, get, post, routes};

use super::commands;
use super::forms::{Depart, Proof};
use super::model::{AccountRefused, Caller};
use super::second_step::asked;
use super::sign_in::end_own;
use super::views::{Turned, turned};
use crate::features::customers::SignedIn;
use crate::features::customers::queries::account_of;
use crate::platform::base::OrBreak;
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::factors::{self, PasskeyForm, Relying};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, Cookies, FormView, Named, Posted, SitePath};

pub fn routes() -> Vec<Route> {
    routes![show, by_password, ask, by_passkey, again]
}

#[derive(Template, WebTemplate)]
#[template(path = "account/proof_page.html")]
struct ProofPage {
    page: Page,
    form: FormView,
    email: String,
    next: String,
    has_password: bool,
    /// Whether a code is asked for with the password.
    code: bool,
    passkeys: bool,
}

impl ProofPage {
    async fn read(page: Page, customer: &SignedIn, db: &Db, config: &Config, form: FormView) -> web::Result<ProofPage> {
        let mut conn = db.get().await?;
        let held = factors::queries::held(&mut conn, factors::Account::customer(customer.id.0)).await?;
        let account = account_of(&mut conn, customer.id).await?;
        Ok(ProofPage {
            next: onward(form.value("next")),
            has_password: account.is_some_and(|account| account.password_hash.is_some()),
            code: held.any(),
            passkeys: !held.passkeys.is_empty() && Relying::of(config, &page.shop().name).is_ok(),
            email: customer.email.clone(),
            page,
            form,
        })
    }
}

/// Where it leads: a page of the account.
fn onward(next: &str) -> String {
    let own =
        next.parse::<SitePath>().is_ok() && next.starts_with(&paths::account()) && !next.starts_with(&paths::account_proof());
    if own { next.to_owned() } else { paths::account_security() }
}

#[get("/account/proof?<next>")]
async fn show(customer: SignedIn, page: Page, db: Db, config: &State<Config>, next: Option<SitePath>) -> web::Result<ProofPage> {
    let form = FormView::filled(next.map(|next| ("next", String::from(next))));
    ProofPage::read(page, &customer, &db, config, form).await
}

#[post("/account/proof", data = "<form>")]
async fn by_password(
    customer: SignedIn,
    page: Page,
    db: Db,
    vault: &State<Vault>,
    config: &State<Config>,
    caller: Caller,
    form: Form<Contextual<'_, Proof>>,
) -> web::Result<Turned<ProofPage>> {
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else {
        return Ok(Ok(Posted::again(ProofPage::read(page, &customer, &db, config, sent).await?)));
    };
    let typed = (Some(&input.password), &*input.code);
    match commands::show_by_password(&db, vault, &customer, typed, &caller.origin, caller.now).await.or_break()? {
        Ok(()) => Ok(Ok(Posted::to(onward(sent.value("next"))))),
        Err(why) => {
            let field = if matches!(why, AccountRefused::Factor(_)) { "code" } else { "password" };
            let sent = sent.refused(page.words, field, &why);
            Ok(turned(ProofPage::read(page, &customer, &db, config, sent).await?, &why))
        }
    }
}

#[post("/account/proof/passkey/question")]
async fn ask(customer: SignedIn, page: Page, db: Db, config: &State<Config>) -> web::Result<Option<Json<Value>>> {
    let Ok(relying) = Relying::of(config, &page.shop().name) else { return Ok(None) };
    Ok(asked(commands::ask_own(&db, &relying, &customer, page.now).await.or_break()?))
}

#[post("/account/proof/passkey", data = "<form>")]
async fn by_passkey(
    customer: SignedIn,
    page: Page,
    db: Db,
    config: &State<Config>,
    form: Form<Contextual<'_, PasskeyForm>>,
) -> web::Result<Turned<ProofPage>> {
    let sent = FormView::of(page.words, &form.context);
    let (Some(input), Ok(relying)) = (&form.value, Relying::of(config, &page.shop().name)) else {
        return Ok(Ok(Posted::again(ProofPage::read(page, &customer, &db, config, sent).await?)));
    };
    match commands::show_by_passkey(&db, &relying, &customer, input, page.now).await.or_break()? {
        Ok(()) => Ok(Ok(Posted::to(onward(sent.value("next"))))),
        Err(why) => {
            let sent = sent.without_errors().refused(page.words, "", &why);
            Ok(turned(ProofPage::read(page, &customer, &db, config, sent).await?, &why))
        }
    }
}

/// Signs out, to sign in again: for who has neither password nor passkey.
#[post("/account/proof/again", data = "<form>")]
async fn again(
    _customer: SignedIn,
    db: Db,
    cookies: Cookies<'_>,
    form: Form<Contextual<'_, Depart>>,
) -> web::Result<Posted<ProofPage>> {
    end_own(&db, &cookies).await?;
    cookies.remove(Named::Customer);
    let next = form.value.as_ref().and_then(|input| input.next.clone()).map(String::from).unwrap_or_default();
    Ok(Posted::to(paths::sign_in_then(&onward(&next))))
}
