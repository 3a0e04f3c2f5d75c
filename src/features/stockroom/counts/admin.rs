//! Counts for staff: the list, the sheet on the screen, on paper and as a file, and what came of it.

use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::forms::{FileForm, NewForm, SheetForm, Wish};
use super::views::{CountPage, ListPage, PrintPage};
use super::{commands, queries};
use crate::engines::inventory;
use crate::platform::access::{ManageProducts, Staff, ViewProducts};
use crate::platform::base::{OrBreak, StocktakeId};
use crate::platform::db::{Conn, Db};
use crate::platform::media::bytes_of;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, CsvFile, FormView, Posted};

/// Lines on a page of the sheet, and on all of them.
const ROWS: i64 = 50;
const ALL: i64 = 100_000;

pub(in crate::features::stockroom) fn routes() -> Vec<Route> {
    routes![list, begin, show, enter, upload, print, file, close, drop_count]
}

#[get("/admin/inventory/counts", rank = 1)]
async fn list(_staff: Staff<ViewProducts>, page: Page, db: Db) -> web::Result<ListPage> {
    list_page(&mut *db.get().await?, page, FormView::empty()).await
}

async fn list_page(conn: &mut Conn, page: Page, form: FormView) -> web::Result<ListPage> {
    let rows = queries::list(conn).await?;
    let places = inventory::queries::locations(conn).await?;
    let categories = queries::choices(conn).await?;
    Ok(ListPage::new(page, &rows, &places, &categories, form))
}

/// Begins to count.
#[post("/admin/inventory/counts", data = "<form>")]
async fn begin(
    staff: Staff<ManageProducts>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, NewForm>>,
) -> web::Result<Posted<ListPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let NewForm { location, category, note } = typed;
        match commands::begin(&mut conn, &staff, *location, category.0, note, page.now).await.or_break()? {
            Ok(id) => return Ok(Posted::done(paths::admin_count(id), "stockroom-count-begun")),
            Err(why) => refill = refill.refused(page.words, "location", &why),
        }
    }
    Ok(Posted::again(list_page(&mut conn, page, refill).await?))
}

#[get("/admin/inventory/counts/<id>?<wish..>")]
async fn show(_staff: Staff<ViewProducts>, page: Page, id: StocktakeId, wish: Wish, db: Db) -> web::Result<Option<CountPage>> {
    let at = wish.page.map_or(1, |page| i64::from(page.0));
    count_page(&mut *db.get().await?, page, id, at, None).await
}

async fn count_page(
    conn: &mut Conn,
    page: Page,
    id: StocktakeId,
    at: i64,
    form: Option<FormView>,
) -> web::Result<Option<CountPage>> {
    let Some(count) = queries::count(conn, id).await? else { return Ok(None) };
    let lines = queries::lines(conn, id, (at - 1) * ROWS, ROWS).await?;
    Ok(Some(CountPage::new(page, &count, &lines, at, ROWS, form)))
}

type Answer = web::Result<Option<Posted<CountPage>>>;

/// Notes what was counted on a page of the sheet.
#[post("/admin/inventory/counts/<id>/lines?<wish..>", data = "<form>")]
async fn enter(
    staff: Staff<ManageProducts>,
    page: Page,
    id: StocktakeId,
    wish: Wish,
    db: Db,
    form: Form<Contextual<'_, SheetForm>>,
) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let at = wish.page.map_or(1, |page| i64::from(page.0));
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let entered = typed.entered();
        match commands::enter(&mut conn, &staff, id, &entered, page.now).await.or_break()? {
            Ok(_) => return Ok(Some(Posted::done(paths::admin_count_page(id, at), "stockroom-count-saved"))),
            Err(why) => refill = refill.refused(page.words, "", &why),
        }
    }
    Ok(count_page(&mut conn, page, id, at, Some(refill)).await?.map(Posted::again))
}

/// Notes what a file says.
#[post("/admin/inventory/counts/<id>/file", data = "<form>")]
async fn upload(
    staff: Staff<ManageProducts>,
    page: Page,
    id: StocktakeId,
    db: Db,
    form: Form<Contextual<'_, FileForm<'_>>>,
) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    if let Some(typed) = &form.value {
        let bytes = bytes_of(&typed.file).await?.unwrap_or_default();
        let mut conn = db.get().await?;
        let lines = queries::lines(&mut conn, id, 0, ALL).await?;
        let entered = match commands::read(&bytes, &lines) {
            Ok(counted) => commands::enter(&mut conn, &staff, id, &counted, page.now).await.or_break()?.map(drop),
            Err(why) => Err(why),
        };
        match entered {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_count(id), "stockroom-count-saved"))),
            Err(why) => refill = refill.refused(page.words, "file", &why),
        }
    }
    Ok(count_page(&mut *db.get().await?, page, id, 1, Some(refill)).await?.map(Posted::again))
}

/// The sheet on paper.
#[get("/admin/inventory/counts/<id>/sheet")]
async fn print(_staff: Staff<ViewProducts>, page: Page, id: StocktakeId, db: Db) -> web::Result<Option<PrintPage>> {
    let mut conn = db.get().await?;
    let Some(count) = queries::count(&mut conn, id).await? else { return Ok(None) };
    let lines = queries::lines(&mut conn, id, 0, ALL).await?;
    Ok(Some(PrintPage::new(page, &count, &lines)))
}

/// The sheet as a file to fill in.
#[get("/admin/inventory/counts/<id>/sheet.csv")]
async fn file(_staff: Staff<ViewProducts>, id: StocktakeId, db: Db) -> web::Result<Option<CsvFile>> {
    let mut conn = db.get().await?;
    if queries::count(&mut conn, id).await?.is_none() {
        return Ok(None);
    }
    let lines = queries::lines(&mut conn, id, 0, ALL).await?;
    let number = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
    let row = |line: &queries::Line| {
        let (product, title) = (line.product.clone(), line.title.clone());
        [line.sku.clone(), line.barcode.clone(), product, title, number(line.counted), number(line.on_hand), number(line.booked)]
    };
    let rows: Vec<[String; 7]> = lines.iter().map(row).collect();
    let titles = ["sku", "barcode", "product", "variant", "counted", "on_hand_then", "booked"];
    Ok(Some(CsvFile::new(&format!("count-{id}"), &titles, rows.iter().map(|row| row.iter().map(String::as_str)))?))
}

/// Books what differs.
#[post("/admin/inventory/counts/<id>/closing")]
async fn close(staff: Staff<ManageProducts>, page: Page, id: StocktakeId, db: Db) -> Answer {
    let mut conn = db.get().await?;
    match commands::close(&mut conn, &staff, id, page.now).await.or_break()? {
        Ok(_) => Ok(Some(Posted::done(paths::admin_count(id), "stockroom-count-closed"))),
        Err(why) => {
            let form = FormView::empty().with_error("", page.refusal(&why));
            Ok(count_page(&mut conn, page, id, 1, Some(form)).await?.map(Posted::again))
        }
    }
}

/// Ends a count without booking anything.
#[post("/admin/inventory/counts/<id>/removal")]
async fn drop_count(staff: Staff<ManageProducts>, page: Page, id: StocktakeId, db: Db) -> Answer {
    let mut conn = db.get().await?;
    match commands::drop_count(&mut conn, &staff, id, page.now).await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_counts(), "stockroom-count-dropped"))),
        Err(why) => {
            let form = FormView::empty().with_error("", page.refusal(&why));
            Ok(count_page(&mut conn, page, id, 1, Some(form)).await?.map(Posted::again))
        }
    }
}
