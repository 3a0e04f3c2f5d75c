//! The lanes in which discounts stand: their names and their order.

use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::commands;
use super::forms::{LaneForm, MoveForm};
use super::views::LanesPage;
use crate::engines::promotions::{SaveRefused, queries};
use crate::platform::access::{ManageProducts, Right, Staff, ViewProducts};
use crate::platform::base::{OrBreak, PromotionLaneId};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub(super) fn routes() -> Vec<Route> {
    routes![list, add, rename, place, remove]
}

#[get("/admin/discounts/lanes")]
async fn list(_staff: Staff<ViewProducts>, page: Page, db: Db) -> web::Result<LanesPage> {
    lanes_page(&mut *db.get().await?, page, None, FormView::empty()).await
}

async fn lanes_page(conn: &mut Conn, page: Page, of: Option<PromotionLaneId>, form: FormView) -> web::Result<LanesPage> {
    let lanes = queries::lanes(conn).await?;
    Ok(LanesPage { may_manage: page.may(Right::ManageProducts), page, lanes, of, form })
}

type Answer = web::Result<Option<Posted<LanesPage>>>;

#[post("/admin/discounts/lanes", data = "<form>")]
async fn add(staff: Staff<ManageProducts>, page: Page, db: Db, form: Form<Contextual<'_, LaneForm>>) -> Answer {
    keep(staff, page, &mut *db.get().await?, None, form).await
}

#[post("/admin/discounts/lanes/<id>", data = "<form>", rank = 3)]
async fn rename(
    id: PromotionLaneId,
    staff: Staff<ManageProducts>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, LaneForm>>,
) -> Answer {
    keep(staff, page, &mut *db.get().await?, Some(id), form).await
}

async fn keep(
    staff: Staff<ManageProducts>,
    page: Page,
    conn: &mut Conn,
    id: Option<PromotionLaneId>,
    form: Form<Contextual<'_, LaneForm>>,
) -> Answer {
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::save_lane(conn, id, &input.name, &staff).await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_promotion_lanes(), "discounts-lane-saved"))),
            Err(SaveRefused::Gone) => return Ok(None),
            Err(why) => sent = sent.refused(page.words, "name", &why),
        }
    }
    Ok(Some(Posted::again(lanes_page(conn, page, id, sent).await?)))
}

/// Moves a lane among the others.
#[post("/admin/discounts/lanes/<id>/place", data = "<form>")]
async fn place(
    id: PromotionLaneId,
    staff: Staff<ManageProducts>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, MoveForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    let Some(input) = &form.value else {
        let sent = FormView::of(page.words, &form.context);
        return Ok(Some(Posted::again(lanes_page(&mut conn, page, None, sent).await?)));
    };
    _ = commands::move_lane(&mut conn, id, input.to, &staff).await.or_break()?;
    Ok(Some(Posted::to(format!("{}#lane-{id}", paths::admin_promotion_lanes()))))
}

/// Removes an empty lane.
#[post("/admin/discounts/lanes/<id>/removal")]
async fn remove(id: PromotionLaneId, staff: Staff<ManageProducts>, page: Page, db: Db) -> Answer {
    let mut conn = db.get().await?;
    match commands::remove_lane(&mut conn, id, &staff).await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_promotion_lanes(), "discounts-lane-removed"))),
        Err(why) => {
            let sent = FormView::empty().refused(page.words, "", &why);
            Ok(Some(Posted::again(lanes_page(&mut conn, page, None, sent).await?)))
        }
    }
}
