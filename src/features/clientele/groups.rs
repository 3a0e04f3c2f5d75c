//! The groups that customers are put in.

use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::forms::GroupForm;
use super::views::GroupsPage;
use super::{commands, queries};
use crate::engines::tax::exemptions;
use crate::platform::access::{ManageCustomers, Right, Staff, ViewCustomers};
use crate::platform::base::{CustomerGroupId, OrBreak};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![list, add, remove]
}

#[get("/admin/customer-groups")]
async fn list(page: Page, _staff: Staff<ViewCustomers>, db: Db) -> web::Result<GroupsPage> {
    groups_page(&mut *db.get().await?, page, FormView::empty(), FormView::empty()).await
}

/// The groups, with the forms as they were sent: a new group, and a group that pays no tax.
pub(super) async fn groups_page(conn: &mut Conn, page: Page, form: FormView, exempt: FormView) -> web::Result<GroupsPage> {
    let groups = queries::groups(conn).await?;
    let exempted = exemptions::of_groups(conn).await?;
    Ok(GroupsPage { may_manage: page.may(Right::ManageCustomers), page, groups, exempted, form, exempt })
}

#[post("/admin/customer-groups", data = "<form>")]
async fn add(
    staff: Staff<ManageCustomers>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, GroupForm>>,
) -> web::Result<Posted<GroupsPage>> {
    let mut conn = db.get().await?;
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::add_group(&mut conn, &input.name, &staff, page.now).await.or_break()? {
            Ok(_) => return Ok(Posted::done(paths::admin_customer_groups(), "clientele-group-added")),
            Err(why) => sent = sent.refused(page.words, "name", &why),
        }
    }
    Ok(Posted::again(groups_page(&mut conn, page, sent, FormView::empty()).await?))
}

#[post("/admin/customer-groups/<id>/removal")]
async fn remove(id: CustomerGroupId, staff: Staff<ManageCustomers>, db: Db) -> web::Result<Option<Posted<GroupsPage>>> {
    match commands::remove_group(&mut *db.get().await?, id, &staff).await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_customer_groups(), "clientele-group-removed"))),
        Err(_) => Ok(None),
    }
}
