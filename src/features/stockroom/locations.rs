//! The places where goods lie, for staff: names and the order in which goods are taken from them.

use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::commands;
use super::forms::{LocationForm, MoveForm};
use super::views::LocationsPage;
use crate::engines::inventory;
use crate::platform::access::{ManageSettings, Staff};
use crate::platform::base::{LocationId, OrBreak};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub(super) fn routes() -> Vec<Route> {
    routes![list, add, rename, place]
}

#[get("/admin/inventory/locations", rank = 1)]
async fn list(_staff: Staff<ManageSettings>, page: Page, db: Db) -> web::Result<LocationsPage> {
    locations_page(&mut *db.get().await?, page, None, FormView::empty()).await
}

async fn locations_page(conn: &mut Conn, page: Page, of: Option<LocationId>, form: FormView) -> web::Result<LocationsPage> {
    let locations = inventory::queries::locations(conn).await?;
    Ok(LocationsPage { page, locations, of, form })
}

type Answer = web::Result<Posted<LocationsPage>>;

#[post("/admin/inventory/locations", data = "<form>")]
async fn add(staff: Staff<ManageSettings>, page: Page, db: Db, form: Form<Contextual<'_, LocationForm>>) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        match commands::add_location(&mut conn, &staff, &typed.name).await.or_break()? {
            Ok(()) => return Ok(Posted::done(paths::admin_locations(), "stockroom-location-added")),
            Err(why) => refill = refill.refused(page.words, "name", &why),
        }
    }
    Ok(Posted::again(locations_page(&mut conn, page, None, refill).await?))
}

#[post("/admin/inventory/locations/<id>", data = "<form>")]
async fn rename(
    staff: Staff<ManageSettings>,
    page: Page,
    id: LocationId,
    db: Db,
    form: Form<Contextual<'_, LocationForm>>,
) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        match commands::rename_location(&mut conn, &staff, id, &typed.name).await.or_break()? {
            Ok(()) => return Ok(Posted::done(paths::admin_locations(), "stockroom-location-renamed")),
            Err(why) => refill = refill.refused(page.words, "name", &why),
        }
    }
    Ok(Posted::again(locations_page(&mut conn, page, Some(id), refill).await?))
}

/// Moves a place in the order in which goods are taken from them.
#[post("/admin/inventory/locations/<id>/place", data = "<form>")]
async fn place(staff: Staff<ManageSettings>, page: Page, id: LocationId, db: Db, form: Form<Contextual<'_, MoveForm>>) -> Answer {
    let mut conn = db.get().await?;
    let refill = FormView::of(page.words, &form.context);
    let Some(typed) = &form.value else { return Ok(Posted::again(locations_page(&mut conn, page, None, refill).await?)) };
    _ = commands::move_location(&mut conn, &staff, id, typed.to).await.or_break()?;
    Ok(Posted::to(format!("{}#location-{id}", paths::admin_locations())))
}
