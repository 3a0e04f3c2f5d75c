//! Customers, and groups of them, who pay no tax: staff say so and why.

use rocket::form::{Contextual, Form};
use rocket::{Route, post, routes};

use super::admin::page_of;
use super::commands;
use super::forms::{ExemptForm, ExemptGroupForm};
use super::groups::groups_page;
use super::views::{CustomerPage, GroupsPage, Sent};
use crate::engines::tax::exemptions::Exempt;
use crate::platform::access::{ManageCustomers, Staff};
use crate::platform::base::{CustomerGroupId, CustomerId, OrBreak};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![exempt, tax_again, exempt_group, tax_group_again]
}

#[post("/admin/customers/<id>/tax-exemption", data = "<form>")]
async fn exempt(
    id: CustomerId,
    staff: Staff<ManageCustomers>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, ExemptForm>>,
) -> web::Result<Option<Posted<CustomerPage>>> {
    let mut conn = db.get().await?;
    let sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        let exempted = commands::exempt(&mut conn, Exempt::Customer(id), &input.why, &staff, page.now).await.or_break()?;
        return Ok(exempted.ok().map(|()| Posted::done(paths::admin_customer(id), "clientele-exempted")));
    }
    Ok(page_of(&mut conn, id, page, Sent { exempt: sent, ..Sent::default() }).await?.map(Posted::again))
}

#[post("/admin/customers/<id>/tax-exemption/removal")]
async fn tax_again(id: CustomerId, staff: Staff<ManageCustomers>, db: Db) -> web::Result<Option<Posted<CustomerPage>>> {
    let lifted = commands::lift_exemption(&mut *db.get().await?, Exempt::Customer(id), &staff).await.or_break()?;
    Ok(lifted.ok().map(|()| Posted::done(paths::admin_customer(id), "clientele-exemption-lifted")))
}

#[post("/admin/customer-groups/tax-exemption", data = "<form>")]
async fn exempt_group(
    staff: Staff<ManageCustomers>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, ExemptGroupForm>>,
) -> web::Result<Posted<GroupsPage>> {
    let mut conn = db.get().await?;
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::exempt(&mut conn, Exempt::Group(input.group), &input.why, &staff, page.now).await.or_break()? {
            Ok(()) => return Ok(Posted::done(paths::admin_customer_groups(), "clientele-group-exempted")),
            Err(_) => sent = sent.with_error("group", page.t("error-choice")),
        }
    }
    Ok(Posted::again(groups_page(&mut conn, page, FormView::empty(), sent).await?))
}

#[post("/admin/customer-groups/<id>/tax-exemption/removal")]
async fn tax_group_again(id: CustomerGroupId, staff: Staff<ManageCustomers>, db: Db) -> web::Result<Option<Posted<GroupsPage>>> {
    let lifted = commands::lift_exemption(&mut *db.get().await?, Exempt::Group(id), &staff).await.or_break()?;
    Ok(lifted.ok().map(|()| Posted::done(paths::admin_customer_groups(), "clientele-exemption-lifted")))
}
