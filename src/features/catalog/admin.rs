//! Products for staff: the index, a form, a form for a new one.

use rocket::form::{Contextual, Form, FromForm};
use rocket::{Route, get, post, routes};

use super::commands;
use super::forms::{NewProductForm, ProductForm, Wrong};
use super::model::{Edit, Editable, ProductStatus, SaveRefused};
use super::queries::{self, Side};
use super::views::{NewProductPage, ProductFormPage, ProductsPage};
use crate::platform::access::{ManageProducts, Staff, ViewProducts};
use crate::platform::base::{Line, OrBreak, ProductId};
use crate::platform::db::{Conn, Db};
use crate::platform::i18n::Words;
use crate::platform::media;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

/// Products on a page of the index.
const ROWS: i64 = 50;

pub(super) fn routes() -> Vec<Route> {
    routes![index, new, add, show, save]
}

/// What of the index is wished for; what cannot be read is as if it were not said.
#[derive(FromForm)]
struct Wish {
    q: Option<Line<100>>,
    status: Option<ProductStatus>,
    after: Option<ProductId>,
    before: Option<ProductId>,
}

#[get("/admin/products?<wish..>")]
async fn index(_staff: Staff<ViewProducts>, page: Page, wish: Wish, db: Db) -> web::Result<ProductsPage> {
    let words = wish.q.unwrap_or_default();
    let side = wish.after.map(Side::After).or(wish.before.map(Side::Before)).unwrap_or(Side::First);
    let mut conn = db.get().await?;
    let index = queries::index(&mut conn, &words, wish.status, side, ROWS).await?;
    let counts = queries::status_counts(&mut conn).await?;
    let ids: Vec<_> = index.rows.iter().filter_map(|row| row.media).collect();
    let pictures = media::queries::pictures_by_ids(&mut conn, &ids).await?;
    let lost = queries::lost_pictures(&mut conn).await?;
    Ok(ProductsPage::new(page, &words, wish.status, &index, &counts, &pictures).with_lost_pictures(lost))
}

#[get("/admin/products/new", rank = 1)]
async fn new(_staff: Staff<ManageProducts>, page: Page) -> NewProductPage {
    let form = FormView::filled([("status", "draft".to_owned()), ("count", "0".to_owned())]);
    NewProductPage::new(page, form)
}

#[post("/admin/products", data = "<form>")]
async fn add(
    staff: Staff<ManageProducts>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, NewProductForm>>,
) -> web::Result<Posted<NewProductPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    if let Some(typed) = &form.value {
        match typed.read(page.shop().currency) {
            Err(wrong) => refill = with_errors(refill, page.words, wrong),
            Ok(new) => match commands::create(&mut *db.get().await?, &staff, &new, page.now).await.or_break()? {
                Ok(id) => return Ok(Posted::done(paths::admin_product(id), "catalog-added")),
                Err(why) => refill = refill.refused(page.words, &field_of(&why), &why),
            },
        }
    }
    Ok(Posted::again(NewProductPage::new(page, refill)))
}

#[get("/admin/products/<id>", rank = 2)]
async fn show(_staff: Staff<ViewProducts>, page: Page, id: ProductId, db: Db) -> web::Result<Option<ProductFormPage>> {
    let mut conn = db.get().await?;
    let Some(product) = queries::editable(&mut conn, id).await? else { return Ok(None) };
    Ok(Some(form_page(&mut conn, page, &product, None).await?))
}

#[post("/admin/products/<id>", data = "<form>")]
async fn save(
    staff: Staff<ManageProducts>,
    page: Page,
    id: ProductId,
    db: Db,
    form: Form<Contextual<'_, ProductForm>>,
) -> web::Result<Option<Posted<ProductFormPage>>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let Some(product) = queries::editable(&mut conn, id).await? else { return Ok(None) };
    let mut clash: Option<Edit> = None;
    if let Some(typed) = &form.value {
        match typed.read(&product, page.shop().currency) {
            Err(wrong) => refill = with_errors(refill, page.words, wrong),
            Ok(edit) => match commands::edit(&mut conn, &staff, id, &edit, page.now).await.or_break()? {
                Ok(_) => return Ok(Some(Posted::done(paths::admin_product(id), "catalog-saved"))),
                Err(SaveRefused::ChangedMeanwhile) => clash = Some(edit),
                Err(why) => refill = refill.refused(page.words, &field_of(&why), &why),
            },
        }
    }
    let mut again = form_page(&mut conn, page, &product, Some(refill)).await?;
    if let Some(edit) = clash {
        again = again.with_clash(&product, &edit, queries::last_saved_by(&mut conn, id).await?);
    }
    Ok(Some(Posted::again(again)))
}

async fn form_page(conn: &mut Conn, page: Page, product: &Editable, form: Option<FormView>) -> web::Result<ProductFormPage> {
    let pictures = media::queries::pictures_by_ids(conn, &product.media).await?;
    Ok(ProductFormPage::new(page, product, &pictures, form))
}

fn with_errors(form: FormView, words: Words, wrong: Vec<Wrong>) -> FormView {
    wrong.into_iter().fold(form, |form, (field, key)| form.with_error(&field, words.t(key)))
}

/// The field at which a refusal is shown.
fn field_of(why: &SaveRefused) -> String {
    match why {
        SaveRefused::HandleTaken { .. } => "handle".into(),
        SaveRefused::SkuTaken { .. } => "sku".into(),
        SaveRefused::CountChanged { variant, .. } => format!("variants[{variant}].count"),
        SaveRefused::Price => "price".into(),
        _ => "title".into(),
    }
}
