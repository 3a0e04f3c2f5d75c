//! The products of a category for staff: which stand in it, and in which order.

use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::commands;
use super::forms_categories::{Looked, PlaceForm, PutInForm};
use super::queries;
use super::views::ArrangingPage;
use crate::platform::access::{ManageProducts, Staff, ViewProducts};
use crate::platform::base::{CategoryId, OrBreak, ProductId};
use crate::platform::db::Db;
use crate::platform::media;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Posted};

/// Products shown; whoever has more arranges the first ones.
const SHOWN: i64 = 300;
/// Products offered to be put in.
const OFFERED: i64 = 20;

pub(super) fn routes() -> Vec<Route> {
    routes![show, add, place, take_out, forget]
}

#[get("/admin/categories/<id>/products?<looked..>")]
async fn show(
    _staff: Staff<ViewProducts>,
    page: Page,
    id: CategoryId,
    looked: Looked,
    db: Db,
) -> web::Result<Option<ArrangingPage>> {
    let words = looked.q.unwrap_or_default();
    let mut conn = db.get().await?;
    let Some(category) = queries::editable_category(&mut conn, id).await? else { return Ok(None) };
    let rows = queries::shelved(&mut conn, id, SHOWN + 1).await?;
    let offered = match words.is_empty() {
        true => Vec::new(),
        false => queries::not_shelved(&mut conn, id, &words, OFFERED).await?,
    };
    let ids: Vec<_> = rows.iter().chain(&offered).filter_map(|row| row.media).collect();
    let pictures = media::queries::pictures_by_ids(&mut conn, &ids).await?;
    Ok(Some(ArrangingPage::new(page, &category, &rows, SHOWN as usize, &words, &offered, &pictures)))
}

type Answer = web::Result<Posted<ArrangingPage>>;

/// Puts a product in.
#[post("/admin/categories/<id>/products", data = "<form>")]
async fn add(staff: Staff<ManageProducts>, page: Page, id: CategoryId, db: Db, form: Form<Contextual<'_, PutInForm>>) -> Answer {
    if let Some(typed) = &form.value {
        let put = commands::put_in(&mut *db.get().await?, &staff, id, typed.product, page.now).await.or_break()?;
        if put.is_ok() {
            return Ok(Posted::done(paths::admin_category_products(id), "shelving-product-added"));
        }
    }
    Ok(Posted::to(paths::admin_category_products(id)))
}

#[post("/admin/categories/<id>/products/<product>/place", data = "<form>")]
async fn place(
    staff: Staff<ManageProducts>,
    id: CategoryId,
    product: ProductId,
    db: Db,
    form: Form<Contextual<'_, PlaceForm>>,
) -> Answer {
    if let Some(typed) = &form.value {
        _ = commands::arrange(&mut *db.get().await?, &staff, id, product, typed.to).await.or_break()?;
    }
    Ok(Posted::to(format!("{}#product-{product}", paths::admin_category_products(id))))
}

#[post("/admin/categories/<id>/products/<product>/removal")]
async fn take_out(staff: Staff<ManageProducts>, page: Page, id: CategoryId, product: ProductId, db: Db) -> Answer {
    _ = commands::take_out(&mut *db.get().await?, &staff, id, product, page.now).await.or_break()?;
    Ok(Posted::done(paths::admin_category_products(id), "shelving-product-removed"))
}

/// Shows the newest first again.
#[post("/admin/categories/<id>/order/removal")]
async fn forget(staff: Staff<ManageProducts>, id: CategoryId, db: Db) -> Answer {
    _ = commands::forget_order(&mut *db.get().await?, &staff, id).await.or_break()?;
    Ok(Posted::done(paths::admin_category_products(id), "shelving-order-forgotten"))
}
