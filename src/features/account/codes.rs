//! Codes of an app and recovery codes: set up, taken away, made anew. Works without scripts.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, State, get, post, routes};

use super::commands;
use super::emails::Desk;
use super::forms::Code;
use super::model::AccountRefused;
use super::views::{CodesPage, Turned, turned};
use crate::features::customers::SignedIn;
use crate::platform::base::OrBreak;
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::factors::{self, FactorRefused, TotpSetup};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, FormView, Posted, Unwell};

pub fn routes() -> Vec<Route> {
    routes![begin, show, confirm, remove, renew]
}

#[derive(Template, WebTemplate)]
#[template(path = "account/app_page.html")]
struct AppPage {
    page: Page,
    form: FormView,
    setup: TotpSetup,
}

/// What to show while an app is being set up; `None`: nothing was begun, or too long ago.
async fn setup(customer: &SignedIn, page: &Page, db: &Db, vault: &Vault) -> web::Result<Option<TotpSetup>> {
    let of = factors::Account::customer(customer.id.0);
    let called = (page.shop().name.as_str(), customer.email.as_str());
    factors::commands::totp_setup(&mut *db.get().await?, vault, of, called, page.now).await
}

/// Where a refusal leads that has no form to be shown in.
fn back<T>(why: &AccountRefused) -> Posted<T> {
    match why {
        AccountRefused::NotFresh => Posted::to(paths::account_proof()),
        AccountRefused::Factor(FactorRefused::HasTotp) => Posted::done(paths::account_security(), "factors-has-totp"),
        _ => Posted::done(paths::account_security(), "factors-nothing-begun"),
    }
}

#[post("/account/security/app")]
async fn begin(customer: SignedIn, page: Page, db: Db, vault: &State<Vault>) -> web::Result<Posted<AppPage>> {
    Ok(match commands::begin_app(&db, vault, &customer, page.now).await.or_break()? {
        Ok(()) => Posted::to(paths::account_app()),
        Err(why) => back(&why),
    })
}

#[get("/account/security/app")]
async fn show(customer: SignedIn, page: Page, db: Db, vault: &State<Vault>) -> web::Result<Result<AppPage, Redirect>> {
    if !customer.is_fresh(page.now) {
        return Ok(Err(Redirect::to(paths::account_proof_then(&paths::account_app()))));
    }
    Ok(match setup(&customer, &page, &db, vault).await? {
        Some(setup) => Ok(AppPage { page, form: FormView::empty(), setup }),
        None => Err(Redirect::to(paths::account_security())),
    })
}

/// Done, or the page again: what is shown once stays in the answer itself.
type Shown = web::Result<Result<Unwell<CodesPage>, Turned<AppPage>>>;

/// The recovery codes, or straight back where there are none to be shown.
fn shown(page: Page, codes: Vec<String>, done: &str) -> Result<Unwell<CodesPage>, Turned<AppPage>> {
    if codes.is_empty() {
        return Err(Ok(Posted::done(paths::account_security(), "account-app-added")));
    }
    let done = page.t(done);
    Ok(Unwell(Status::Ok, CodesPage { page, codes, done, next: paths::account_security() }))
}

/// Takes the first code of the app, from which on it counts.
#[post("/account/security/app/confirmation", data = "<form>")]
async fn confirm(
    customer: SignedIn,
    page: Page,
    db: Db,
    vault: &State<Vault>,
    config: &State<Config>,
    form: Form<Contextual<'_, Code>>,
) -> Shown {
    let mut sent = FormView::of(page.words, &form.context);
    let desk = Desk { words: page.words, shop: page.shop(), config };
    let typed = form.value.as_ref().map_or("", |input| &*input.code);
    match commands::confirm_app(&db, vault, &customer, typed, &desk, page.now).await.or_break()? {
        Ok(codes) => Ok(shown(page, codes, "account-app-added")),
        Err(why @ AccountRefused::Factor(FactorRefused::WrongCode)) => {
            if sent.is_ok() {
                sent = sent.refused(page.words, "code", &why);
            }
            match setup(&customer, &page, &db, vault).await? {
                Some(setup) => Ok(Err(turned(AppPage { page, form: sent, setup }, &why))),
                None => Ok(Err(Ok(back(&why)))),
            }
        }
        Err(why) => Ok(Err(Ok(back(&why)))),
    }
}

#[post("/account/security/app/removal")]
async fn remove(
    customer: SignedIn,
    page: Page,
    db: Db,
    vault: &State<Vault>,
    config: &State<Config>,
) -> web::Result<Posted<AppPage>> {
    let desk = Desk { words: page.words, shop: page.shop(), config };
    Ok(match commands::remove_app(&db, vault, &customer, &desk, page.now).await.or_break()? {
        Ok(()) => Posted::done(paths::account_security(), "account-app-removed"),
        Err(why) => back(&why),
    })
}

/// Ten new recovery codes; the old ones no longer count.
#[post("/account/security/recovery-codes")]
async fn renew(customer: SignedIn, page: Page, db: Db, config: &State<Config>) -> Shown {
    let desk = Desk { words: page.words, shop: page.shop(), config };
    Ok(match commands::renew_codes(&db, &customer, &desk, page.now).await.or_break()? {
        Ok(codes) => shown(page, codes, "account-codes-renewed"),
        Err(why) => Err(Ok(back(&why))),
    })
}
