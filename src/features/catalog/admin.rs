//! Products for staff: the index, the form of a new one, and the editor.

mod editing;
mod images;
mod prices;
mod standing;

use rocket::form::FromForm;
use rocket::{Route, get, post, routes};

use super::commands;
use super::forms::NewProductForm;
use super::model::ProductStatus;
use super::queries::{self, Narrow, Side};
use super::views::{NewProductPage, ProductsPage};
use crate::platform::access::{ManageProducts, Staff, ViewProducts};
use crate::platform::base::{Line, MediaId, OrBreak, ProductId, text_enum};
use crate::platform::db::{Conn, Db};
use crate::platform::media::{self, Sent};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

/// Products on a page of the index.
const ROWS: i64 = 50;

pub(super) fn routes() -> Vec<Route> {
    [routes![index, new, add], editing::routes(), images::routes(), prices::routes(), standing::routes()].concat()
}

text_enum! {
    /// How much there is of a product.
    Stock { Low = "low" }
}

/// What of the index is wished for; what cannot be read is as if it were not said.
#[derive(FromForm)]
struct Wish {
    q: Option<Line<100>>,
    status: Option<ProductStatus>,
    stock: Option<Stock>,
    after: Option<ProductId>,
    before: Option<ProductId>,
}

#[get("/admin/products?<wish..>")]
async fn index(_staff: Staff<ViewProducts>, page: Page, wish: Wish, db: Db) -> web::Result<ProductsPage> {
    let words = wish.q.unwrap_or_default();
    let side = wish.after.map(Side::After).or(wish.before.map(Side::Before)).unwrap_or(Side::First);
    let mut conn = db.get().await?;
    let narrow = Narrow { status: wish.status, low: wish.stock == Some(Stock::Low) };
    let index = queries::index(&mut conn, &words, narrow, side, ROWS).await?;
    let low = queries::low_count(&mut conn).await?;
    let counts = queries::status_counts(&mut conn).await?;
    let ids: Vec<_> = index.rows.iter().filter_map(|row| row.media).collect();
    let pictures = media::queries::pictures_by_ids(&mut conn, &ids).await?;
    let lost = queries::lost_pictures(&mut conn).await?;
    Ok(ProductsPage::new(page, &words, narrow, &index, (&counts, low), &pictures).with_lost_pictures(lost))
}

#[get("/admin/products/new", rank = 1)]
async fn new(_staff: Staff<ManageProducts>, page: Page, db: Db) -> web::Result<NewProductPage> {
    let form = FormView::filled([("status", "draft".to_owned()), ("count", "0".to_owned())]);
    let around = editing::surroundings(&mut *db.get().await?, &[]).await?;
    Ok(NewProductPage::new(page, form, &around, &[], Vec::new()))
}

/// Adds a product with its pictures; those of a refused form are kept for the next try.
#[post("/admin/products", data = "<sent>")]
async fn add(staff: Staff<ManageProducts>, page: Page, db: Db, sent: Sent) -> web::Result<Posted<NewProductPage>> {
    let read = sent.read::<NewProductForm>();
    let mut refill = FormView::of(page.words, &read.context);
    let mut conn = db.get().await?;
    let pictures = pictures_of(&mut conn, &sent).await?;
    if let Some(typed) = &read.value {
        match typed.read(editing::reading(&page), pictures.clone()) {
            Err(wrong) => refill = editing::with_errors(refill, page.words, wrong),
            Ok(new) => match commands::create(&mut conn, &staff, &new, page.now).await.or_break()? {
                Ok(id) => return Ok(Posted::done(paths::admin_product(id), "catalog-added")),
                Err(why) => refill = refill.refused(page.words, &editing::field_of(&why, None), &why),
            },
        }
    }
    let around = editing::surroundings(&mut conn, &pictures).await?;
    let refused = editing::refused_files(&page, &sent);
    Ok(Posted::again(NewProductPage::new(page, refill, &around, &pictures, refused)))
}

/// The pictures of a form: those that it names and those that came with it, each once.
async fn pictures_of(conn: &mut Conn, sent: &Sent) -> web::Result<Vec<MediaId>> {
    let named = sent.fields.iter().filter(|(name, _)| name == "pictures").filter_map(|(_, id)| id.parse().ok().map(MediaId));
    let named: Vec<MediaId> = named.take(100).collect();
    let known = media::queries::pictures_by_ids(conn, &named).await?;
    let mut ids: Vec<MediaId> = named.into_iter().filter(|id| known.contains_key(id)).collect();
    for file in sent.files.iter().filter_map(|file| file.kept.as_ref().ok()) {
        let id = media::commands::record(conn, file).await?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}
