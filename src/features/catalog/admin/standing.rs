//! Whether a product is there: copied, archived, brought back, deleted.

use rocket::form::{Contextual, Form, FromForm};
use rocket::{Route, post, routes};

use super::editing::surroundings_of;
use crate::features::catalog::commands;
use crate::features::catalog::queries;
use crate::features::catalog::views::{ProductFormPage, filled};
use crate::platform::access::{ManageProducts, Staff};
use crate::platform::base::{Line, OrBreak, ProductId};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub(super) fn routes() -> Vec<Route> {
    routes![copy, archive, bring_back, delete]
}

type Answer = web::Result<Option<Posted<ProductFormPage>>>;

/// The mark of the form: sent twice, it makes one copy.
#[derive(FromForm)]
struct CopyForm {
    key: Line<64>,
}

/// Makes a draft like this product and opens it.
#[post("/admin/products/<id>/copy", data = "<form>")]
async fn copy(staff: Staff<ManageProducts>, page: Page, id: ProductId, db: Db, form: Form<Contextual<'_, CopyForm>>) -> Answer {
    let mut conn = db.get().await?;
    let Some(product) = queries::editable(&mut conn, id).await? else { return Ok(None) };
    let key = form.value.as_ref().map(|form| form.key.clone()).unwrap_or_default();
    let title: String = page.named("catalog-copy-title", &product.title).chars().take(255).collect();
    let Ok(title) = title.parse() else { return Ok(None) };
    Ok(Some(match commands::duplicate(&mut conn, &staff, &product, &title, &key, page.now).await.or_break()? {
        Ok(copy) => Posted::done(paths::admin_product(copy), "catalog-copied"),
        Err(_) => Posted::to(paths::admin_product(id)),
    }))
}

#[post("/admin/products/<id>/archiving")]
async fn archive(staff: Staff<ManageProducts>, page: Page, id: ProductId, db: Db) -> Answer {
    let mut conn = db.get().await?;
    if queries::editable(&mut conn, id).await?.is_none() {
        return Ok(None);
    }
    let archived = commands::archive(&mut conn, &staff, id, page.now).await;
    archived.or_break()?.unwrap_or_else(|never| match never {});
    Ok(Some(Posted::to(paths::admin_product(id))))
}

/// Makes an archived product what it was before.
#[post("/admin/products/<id>/return")]
async fn bring_back(staff: Staff<ManageProducts>, page: Page, id: ProductId, db: Db) -> Answer {
    let mut conn = db.get().await?;
    if queries::editable(&mut conn, id).await?.is_none() {
        return Ok(None);
    }
    let back = commands::unarchive(&mut conn, &staff, id, page.now).await;
    back.or_break()?.unwrap_or_else(|never| match never {});
    Ok(Some(Posted::done(paths::admin_product(id), "catalog-brought-back")))
}

/// Deletes a draft that nobody bought.
#[post("/admin/products/<id>/deletion")]
async fn delete(staff: Staff<ManageProducts>, page: Page, id: ProductId, db: Db) -> Answer {
    let mut conn = db.get().await?;
    let Some(product) = queries::editable(&mut conn, id).await? else { return Ok(None) };
    Ok(Some(match commands::delete(&mut conn, &staff, id).await.or_break()? {
        Ok(()) => Posted::done(paths::admin_products(), "catalog-deleted"),
        Err(why) => {
            let form = FormView::filled(filled(&page, &product).iter().map(|(name, value)| (name.as_str(), value.clone())));
            let form = form.refused(page.words, "", &why);
            let around = surroundings_of(&mut conn, &product).await?;
            Posted::again(ProductFormPage::new(page, &product, &around, form))
        }
    }))
}
