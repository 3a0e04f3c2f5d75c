//! What is kept of one customer, for staff: a copy of it, or being forgotten, on their behalf.

use rocket::form::{Contextual, Form};
use rocket::{Route, State, get, post, routes};

use super::copy::DataCopy;
use super::forms::Erase;
use super::sections::SECTIONS;
use super::views::{CustomerPage, kinds};
use super::{commands, emails, queries};
use crate::features::customers::queries::account_of;
use crate::platform::access::{Fresh, ManageCustomers, Right, Staff, ViewCustomers};
use crate::platform::base::{CustomerId, OrBreak};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![show, copy, erase]
}

async fn read(id: CustomerId, page: Page, db: &Db, form: FormView) -> web::Result<Option<CustomerPage>> {
    let mut conn = db.get().await?;
    let (Some(account), Some(whose)) = (account_of(&mut conn, id).await?, queries::whose(&mut conn, id).await?) else {
        return Ok(None);
    };
    let counts = queries::counts(&mut conn, SECTIONS, &whose).await?;
    Ok(Some(CustomerPage {
        id: id.0,
        name: if account.name.is_empty() { account.email.clone() } else { account.name },
        email: account.email,
        kinds: kinds(&page, &counts),
        may_manage: page.may(Right::ManageCustomers),
        form,
        page,
    }))
}

#[get("/admin/customers/<id>/privacy")]
async fn show(id: CustomerId, page: Page, _staff: Staff<ViewCustomers>, db: Db) -> web::Result<Option<CustomerPage>> {
    read(id, page, &db, FormView::empty()).await
}

/// Takes a copy out on behalf of a customer; the one place where staff take personal data out of the shop.
#[post("/admin/customers/<id>/privacy/copy")]
async fn copy(id: CustomerId, staff: Fresh<ManageCustomers>, page: Page, db: Db) -> web::Result<Option<DataCopy>> {
    let whose = commands::hand_out_copy(&mut *db.get().await?, id, &staff).await.or_break()?;
    Ok(whose.ok().map(|whose| DataCopy::of(&db, whose, page.words, page.now)))
}

/// Forgets a customer who asked for it; the typed address keeps a slip from doing it.
#[post("/admin/customers/<id>/privacy/erasure", data = "<form>")]
async fn erase(
    id: CustomerId,
    staff: Fresh<ManageCustomers>,
    page: Page,
    db: Db,
    config: &State<Config>,
    vault: &State<Vault>,
    form: Form<Contextual<'_, Erase>>,
) -> web::Result<Option<Posted<CustomerPage>>> {
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        let mut conn = db.get().await?;
        let Some(account) = account_of(&mut conn, id).await? else { return Ok(None) };
        if *input.email == *account.email {
            let letter = emails::erased(&account.email, account.locale, page.shop(), config)?;
            let erased = commands::erase_for(&mut conn, vault, id, &letter, &staff, page.now).await.or_break()?;
            return Ok(erased.ok().map(|()| Posted::done(paths::admin_customers(), "privacy-erased")));
        }
        sent = sent.with_error("email", page.t("privacy-erase-other"));
    }
    Ok(read(id, page, &db, sent).await?.map(Posted::again))
}
