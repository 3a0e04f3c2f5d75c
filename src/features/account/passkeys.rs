//! Passkeys of an account, and the sites that are connected with it: added and taken away on the security page.

use rocket::form::{Contextual, Form};
use rocket::http::Status;
use rocket::serde::json::{Json, Value};
use rocket::{Route, State, post, routes};

use super::commands;
use super::emails::Desk;
use super::model::{AccountRefused, Caller};
use super::second_step::asked;
use super::views::CodesPage;
use crate::features::customers::SignedIn;
use crate::features::customers::model::IdentityRefused;
use crate::platform::base::{CustomerIdentityId, Name, OrBreak, PasskeyId, Refusal};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::factors::{PasskeyForm, Relying};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Posted, Unwell};

pub fn routes() -> Vec<Route> {
    routes![ask, add, remove, disconnect]
}

/// Back to the security page, where a refusal is said as a notice.
fn back<T>(why: &AccountRefused) -> Posted<T> {
    match why {
        AccountRefused::NotFresh => Posted::to(paths::account_proof()),
        why => Posted::done(paths::account_security(), why.message().key),
    }
}

/// The name that a passkey has in its list where none was typed: the device that it was made with.
pub(super) fn name_of(typed: Option<&str>, caller: &Caller) -> Name<60> {
    let device = || caller.origin.device.chars().take(60).collect::<String>().parse().ok();
    typed.and_then(|typed| typed.parse().ok()).or_else(device).unwrap_or_else(|| "Passkey".parse().unwrap_or_default())
}

#[post("/account/security/passkeys/question")]
async fn ask(customer: SignedIn, page: Page, db: Db, config: &State<Config>) -> web::Result<Option<Json<Value>>> {
    let Ok(relying) = Relying::of(config, &page.shop().name) else { return Ok(None) };
    Ok(asked(commands::ask_new(&db, &relying, &customer, page.now).await.or_break()?))
}

/// Adds the passkey that answered; the first factor comes with recovery codes.
#[post("/account/security/passkeys", data = "<form>")]
async fn add(
    customer: SignedIn,
    page: Page,
    db: Db,
    config: &State<Config>,
    caller: Caller,
    form: Form<Contextual<'_, PasskeyForm>>,
) -> web::Result<Result<Unwell<CodesPage>, Posted<CodesPage>>> {
    let (Some(input), Ok(relying)) = (&form.value, Relying::of(config, &page.shop().name)) else {
        return Ok(Err(Posted::done(paths::account_security(), "error-passkey")));
    };
    let name = name_of(form.context.field_value("name"), &caller);
    let desk = Desk { words: page.words, shop: page.shop(), config };
    match commands::add_passkey(&db, &relying, &customer, (input, &name), &desk, page.now).await.or_break()? {
        Ok(codes) if codes.is_empty() => Ok(Err(Posted::done(paths::account_security(), "account-passkey-added"))),
        Ok(codes) => {
            let done = page.t("account-passkey-added");
            Ok(Ok(Unwell(Status::Ok, CodesPage { page, codes, done, next: paths::account_security() })))
        }
        Err(why) => Ok(Err(back(&why))),
    }
}

/// Takes one of one's own passkeys away, never the last way in.
#[post("/account/security/passkeys/<id>/removal")]
async fn remove(
    customer: SignedIn,
    id: PasskeyId,
    page: Page,
    db: Db,
    config: &State<Config>,
) -> web::Result<Option<Posted<CodesPage>>> {
    let desk = Desk { words: page.words, shop: page.shop(), config };
    Ok(match commands::remove_passkey(&db, &customer, id, &desk, page.now).await.or_break()? {
        Ok(true) => Some(Posted::done(paths::account_security(), "account-passkey-removed")),
        Ok(false) => None,
        Err(why) => Some(back(&why)),
    })
}

/// Takes one of one's own sites away, never the last way in.
#[post("/account/security/sites/<id>/removal")]
async fn disconnect(
    customer: SignedIn,
    id: CustomerIdentityId,
    page: Page,
    db: Db,
    config: &State<Config>,
) -> web::Result<Option<Posted<CodesPage>>> {
    let desk = Desk { words: page.words, shop: page.shop(), config };
    Ok(match commands::disconnect(&db, &customer, id, &desk, page.now).await.or_break()? {
        Ok(()) => Some(Posted::done(paths::account_security(), "account-site-removed")),
        Err(AccountRefused::Identity(IdentityRefused::Gone)) => None,
        Err(why) => Some(back(&why)),
    })
}
