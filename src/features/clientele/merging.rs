//! Making one customer of two: a look at what will happen, then the act.

use rocket::form::{Contextual, Form};
use rocket::{Either, Route, State, get, post, routes};

use super::admin::page_of;
use super::forms::{MergeForm, OtherForm};
use super::model::ClientRefused;
use super::views::{CustomerPage, MergePage, Sent, row_of};
use super::{commands, queries};
use crate::features::customers::queries::addresses_of;
use crate::platform::access::{ManageCustomers, Staff};
use crate::platform::base::{CustomerId, OrBreak};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::vault::Vault;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![look_for, look, merge]
}

/// Finds the other by their address, and leads to the look.
#[post("/admin/customers/<id>/other", data = "<form>")]
async fn look_for(
    id: CustomerId,
    _staff: Staff<ManageCustomers>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, OtherForm>>,
) -> web::Result<Option<Posted<CustomerPage>>> {
    let mut conn = db.get().await?;
    let mut merge = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        let why = match queries::by_email(&mut conn, &input.email).await? {
            Some(other) if other.id != id => return Ok(Some(Posted::to(paths::admin_customer_merge(id, other.id)))),
            Some(_) => ClientRefused::Same,
            None => ClientRefused::Nobody,
        };
        merge = merge.refused(page.words, "email", &why);
    }
    Ok(page_of(&mut conn, id, page, Sent { merge, ..Sent::default() }).await?.map(Posted::again))
}

async fn page_for(
    conn: &mut Conn,
    into: CustomerId,
    from: CustomerId,
    page: Page,
    form: FormView,
) -> web::Result<Option<MergePage>> {
    let (Some(stays), Some(goes)) = (queries::one(conn, into).await?, queries::one(conn, from).await?) else { return Ok(None) };
    if into == from {
        return Ok(None);
    }
    Ok(Some(MergePage {
        into: row_of(&page, &stays),
        action: paths::admin_customer_merging(into),
        from: row_of(&page, &goes),
        from_id: from.0,
        addresses: addresses_of(conn, from).await?.len(),
        form,
        page,
    }))
}

#[get("/admin/customers/<id>/merge?<other>")]
async fn look(
    id: CustomerId,
    _staff: Staff<ManageCustomers>,
    page: Page,
    db: Db,
    other: Option<CustomerId>,
) -> web::Result<Option<MergePage>> {
    let Some(other) = other else { return Ok(None) };
    page_for(&mut *db.get().await?, id, other, page, FormView::empty()).await
}

#[post("/admin/customers/<id>/merge", data = "<form>")]
async fn merge(
    id: CustomerId,
    staff: Staff<ManageCustomers>,
    page: Page,
    db: Db,
    vault: &State<Vault>,
    form: Form<Contextual<'_, MergeForm>>,
) -> web::Result<Option<Either<Posted<MergePage>, Posted<CustomerPage>>>> {
    let mut conn = db.get().await?;
    let Some(input) = &form.value else {
        let merge = FormView::of(page.words, &form.context);
        return Ok(page_of(&mut conn, id, page, Sent { merge, ..Sent::default() }).await?.map(Posted::again).map(Either::Right));
    };
    match commands::merge(&mut conn, vault, input.other, id, &staff, page.now).await.or_break()? {
        Ok(()) => Ok(Some(Either::Right(Posted::done(paths::admin_customer(id), "clientele-merged")))),
        Err(ClientRefused::Gone) => Ok(None),
        Err(why) => {
            let form = FormView::empty().refused(page.words, "", &why);
            Ok(page_for(&mut conn, id, input.other, page, form).await?.map(Posted::again).map(Either::Left))
        }
    }
}
