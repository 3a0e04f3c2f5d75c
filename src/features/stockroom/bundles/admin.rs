//! The parts of a bundle: a page beside the stock of each variant.

use rocket::form::{Contextual, Form, FromForm};
use rocket::{Route, get, post, routes};

use super::views::BundlePage;
use super::{commands, queries};
use crate::features::stockroom::queries::{found, goods};
use crate::platform::access::{ManageProducts, Staff, ViewProducts};
use crate::platform::base::{Line, OrBreak, VariantId};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Between, FormView, Posted};

pub(in crate::features::stockroom) fn routes() -> Vec<Route> {
    routes![show, put, remove]
}

/// So many of a part in one bundle.
#[derive(FromForm)]
struct PartForm {
    part: VariantId,
    quantity: Between<1, 1000>,
}

/// Which part goes.
#[derive(FromForm)]
struct RemovalForm {
    part: VariantId,
}

#[get("/admin/inventory/bundles/<variant>?<q>")]
async fn show(
    _staff: Staff<ViewProducts>,
    page: Page,
    variant: VariantId,
    q: Option<Line<100>>,
    db: Db,
) -> web::Result<Option<BundlePage>> {
    bundle_page(&mut *db.get().await?, page, variant, q.as_deref().unwrap_or_default(), FormView::empty()).await
}

/// Puts so many of a part into the bundle.
#[post("/admin/inventory/bundles/<variant>", data = "<form>")]
async fn put(
    staff: Staff<ManageProducts>,
    page: Page,
    variant: VariantId,
    db: Db,
    form: Form<Contextual<'_, PartForm>>,
) -> web::Result<Option<Posted<BundlePage>>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        match commands::put(&mut conn, &staff, variant, typed.part, typed.quantity.0).await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_bundle(variant), "stockroom-part-saved"))),
            Err(why) => refill = refill.refused(page.words, "quantity", &why),
        }
    }
    Ok(bundle_page(&mut conn, page, variant, "", refill).await?.map(Posted::again))
}

#[post("/admin/inventory/bundles/<variant>/removal", data = "<form>")]
async fn remove(
    staff: Staff<ManageProducts>,
    page: Page,
    variant: VariantId,
    db: Db,
    form: Form<Contextual<'_, RemovalForm>>,
) -> web::Result<Option<Posted<BundlePage>>> {
    let refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        commands::remove(&mut conn, &staff, variant, typed.part).await?;
        return Ok(Some(Posted::done(paths::admin_bundle(variant), "stockroom-part-removed")));
    }
    Ok(bundle_page(&mut conn, page, variant, "", refill).await?.map(Posted::again))
}

async fn bundle_page(
    conn: &mut Conn,
    page: Page,
    variant: VariantId,
    words: &str,
    form: FormView,
) -> web::Result<Option<BundlePage>> {
    let Some(goods) = goods(conn, variant).await? else { return Ok(None) };
    let parts = queries::parts(conn, variant, page.now).await?;
    let hits = if words.is_empty() { Vec::new() } else { found(conn, words).await? };
    Ok(Some(BundlePage::new(page, variant, &goods, &parts, words, &hits, form)))
}
