//! What customers see of what is kept of them.

use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::copy::DataCopy;
use super::forms::AskForCopy;
use super::sections::SECTIONS;
use super::views::{AccountPage, copy_view, kinds};
use super::{commands, queries};
use crate::features::customers::SignedIn;
use crate::features::customers::queries::account_of;
use crate::platform::access::Origin;
use crate::platform::base::{DataCopyId, OrBreak};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted, TryLater};

pub fn routes() -> Vec<Route> {
    routes![show, ask, fetch]
}

async fn read(page: Page, customer: &SignedIn, db: &Db, form: FormView) -> web::Result<AccountPage> {
    let mut conn = db.get().await?;
    let account = account_of(&mut conn, customer.id).await?;
    let counts = match queries::whose(&mut conn, customer.id).await? {
        Some(whose) => queries::counts(&mut conn, SECTIONS, &whose).await?,
        None => Vec::new(),
    };
    let copy = queries::copy_of(&mut conn, customer.id, page.now).await?;
    Ok(AccountPage {
        email: customer.email.clone(),
        has_password: account.is_some_and(|account| account.password_hash.is_some()),
        kinds: kinds(&page, &counts),
        copy: copy.map(|copy| copy_view(&page, &copy)),
        form,
        page,
    })
}

#[get("/account/privacy")]
async fn show(customer: SignedIn, page: Page, db: Db) -> web::Result<AccountPage> {
    read(page, &customer, &db, FormView::empty()).await
}

/// Lets a customer who has shown that it is them fetch a copy.
#[post("/account/privacy/copies", data = "<form>")]
async fn ask(
    customer: SignedIn,
    page: Page,
    db: Db,
    origin: Origin,
    form: Form<Contextual<'_, AskForCopy>>,
) -> web::Result<Result<Posted<AccountPage>, TryLater<AccountPage>>> {
    let sent = FormView::of(page.words, &form.context);
    let Some(input) = &form.value else { return Ok(Ok(Posted::again(read(page, &customer, &db, sent).await?))) };
    match commands::ask_for_copy(&db, &customer, input.password.as_ref(), &origin, page.now).await.or_break()? {
        Ok(()) => Ok(Ok(Posted::done(paths::account_privacy(), "privacy-copy-asked"))),
        Err(why) => {
            let page = read(page.clone(), &customer, &db, sent.refused(page.words, "password", &why)).await?;
            Ok(match why.wait() {
                Some(wait) => Err(TryLater(page, wait)),
                None => Ok(Posted::again(page)),
            })
        }
    }
}

/// One's own copy while it may be fetched; anybody else's does not exist.
#[get("/account/privacy/copies/<id>")]
async fn fetch(customer: SignedIn, id: DataCopyId, page: Page, db: Db) -> web::Result<Option<DataCopy>> {
    let whose = {
        let mut conn = db.get().await?;
        if !queries::may_fetch(&mut conn, customer.id, id, page.now).await? {
            return Ok(None);
        }
        commands::note_fetched(&mut conn, id, page.now).await?;
        queries::whose(&mut conn, customer.id).await?
    };
    Ok(whose.map(|whose| DataCopy::of(&db, whose, page.words, page.now)))
}
