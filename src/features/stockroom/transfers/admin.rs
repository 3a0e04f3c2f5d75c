//! Transfers for staff: the list, and one from its draft to its last piece.

use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::forms::{LineForm, NewForm, ReceiptForm, Wish};
use super::views::{ListPage, Refill, TransferPage};
use super::{commands, queries};
use crate::engines::inventory;
use crate::engines::inventory::transfers::{NewTransfer, Receipt};
use crate::features::stockroom::queries::found;
use crate::platform::access::{ManageProducts, Staff, ViewProducts};
use crate::platform::base::{Line, OrBreak, TransferId};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

/// Transfers on a page of the list.
const ROWS: i64 = 50;

pub(in crate::features::stockroom) fn routes() -> Vec<Route> {
    routes![list, begin, show, put, send, receive, recall, discard]
}

#[get("/admin/inventory/transfers?<wish..>", rank = 1)]
async fn list(_staff: Staff<ViewProducts>, page: Page, wish: Wish, db: Db) -> web::Result<ListPage> {
    list_page(&mut *db.get().await?, page, &wish, FormView::empty()).await
}

async fn list_page(conn: &mut Conn, page: Page, wish: &Wish, form: FormView) -> web::Result<ListPage> {
    let all = wish.all.unwrap_or(false);
    let rows = queries::list(conn, all, wish.before.map_or(0, |id| i64::from(id.0)), ROWS).await?;
    let places = inventory::queries::locations(conn).await?;
    Ok(ListPage::new(page, all, &rows, ROWS as usize, &places, form))
}

/// Begins a transfer.
#[post("/admin/inventory/transfers", data = "<form>")]
async fn begin(
    staff: Staff<ManageProducts>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, NewForm>>,
) -> web::Result<Posted<ListPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let NewForm { from, to, supplier, expected_on, note } = typed;
        let new = NewTransfer { from: from.0, to: *to, supplier, expected_on: expected_on.0, note };
        match commands::draft(&mut conn, &staff, &new).await.or_break()? {
            Ok(id) => return Ok(Posted::done(paths::admin_transfer(id), "stockroom-transfer-begun")),
            Err(why) => refill = refill.refused(page.words, "to", &why),
        }
    }
    let wish = Wish { all: None, before: None };
    Ok(Posted::again(list_page(&mut conn, page, &wish, refill).await?))
}

#[get("/admin/inventory/transfers/<id>?<q>")]
async fn show(
    _staff: Staff<ViewProducts>,
    page: Page,
    id: TransferId,
    q: Option<Line<100>>,
    db: Db,
) -> web::Result<Option<TransferPage>> {
    transfer_page(&mut *db.get().await?, page, id, q.as_deref().unwrap_or_default(), Refill::default()).await
}

type Answer = web::Result<Option<Posted<TransferPage>>>;

/// Puts so many of a variant into a draft; 0 takes it out.
#[post("/admin/inventory/transfers/<id>/lines", data = "<form>")]
async fn put(staff: Staff<ManageProducts>, page: Page, id: TransferId, db: Db, form: Form<Contextual<'_, LineForm>>) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        match commands::put_line(&mut conn, &staff, id, typed.variant, typed.quantity.0).await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_transfer(id), "stockroom-transfer-saved"))),
            Err(why) => refill = refill.refused(page.words, "quantity", &why),
        }
    }
    let refill = Refill { line: Some(refill), ..Refill::default() };
    Ok(transfer_page(&mut conn, page, id, "", refill).await?.map(Posted::again))
}

/// Sends what is in a draft.
#[post("/admin/inventory/transfers/<id>/dispatch")]
async fn send(staff: Staff<ManageProducts>, page: Page, id: TransferId, db: Db) -> Answer {
    let mut conn = db.get().await?;
    let sent = commands::send(&mut conn, &staff, id, page.now).await.or_break()?;
    match sent {
        Ok(()) => Ok(Some(Posted::done(paths::admin_transfer(id), "stockroom-transfer-sent"))),
        Err(why) => {
            let words = page.refusal(&why);
            let refill = Refill { line: Some(FormView::empty().with_error("quantity", words)), ..Refill::default() };
            Ok(transfer_page(&mut conn, page, id, "", refill).await?.map(Posted::again))
        }
    }
}

/// Books what arrived.
#[post("/admin/inventory/transfers/<id>/receipts", data = "<form>")]
async fn receive(
    staff: Staff<ManageProducts>,
    page: Page,
    id: TransferId,
    db: Db,
    form: Form<Contextual<'_, ReceiptForm>>,
) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let lines = typed.lines();
        let receipt = Receipt { lines: &lines, reason: typed.reason.0, form: &typed.form };
        match commands::receive(&mut conn, &staff, id, &receipt, page.now).await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_transfer(id), "stockroom-transfer-booked"))),
            Err(why) => refill = refill.refused(page.words, &super::views::field_of(&why), &why),
        }
    }
    let refill = Refill { receipt: Some(refill), ..Refill::default() };
    Ok(transfer_page(&mut conn, page, id, "", refill).await?.map(Posted::again))
}

/// Takes back what is on its way.
#[post("/admin/inventory/transfers/<id>/recall")]
async fn recall(staff: Staff<ManageProducts>, page: Page, id: TransferId, db: Db) -> Answer {
    let mut conn = db.get().await?;
    match commands::recall(&mut conn, &staff, id, page.now).await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_transfer(id), "stockroom-transfer-recalled"))),
        Err(why) => {
            let words = page.refusal(&why);
            let refill = Refill { line: Some(FormView::empty().with_error("quantity", words)), ..Refill::default() };
            Ok(transfer_page(&mut conn, page, id, "", refill).await?.map(Posted::again))
        }
    }
}

/// Throws a draft away.
#[post("/admin/inventory/transfers/<id>/removal")]
async fn discard(staff: Staff<ManageProducts>, page: Page, id: TransferId, db: Db) -> Answer {
    let mut conn = db.get().await?;
    match commands::discard(&mut conn, &staff, id).await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_transfers(), "stockroom-transfer-discarded"))),
        Err(why) => {
            let words = page.refusal(&why);
            let refill = Refill { line: Some(FormView::empty().with_error("quantity", words)), ..Refill::default() };
            Ok(transfer_page(&mut conn, page, id, "", refill).await?.map(Posted::again))
        }
    }
}

async fn transfer_page(
    conn: &mut Conn,
    page: Page,
    id: TransferId,
    words: &str,
    refill: Refill,
) -> web::Result<Option<TransferPage>> {
    let Some(transfer) = queries::transfer(conn, id).await? else { return Ok(None) };
    let lines = queries::lines(conn, id).await?;
    let receipts = queries::receipts(conn, id).await?;
    let hits = if words.is_empty() { Vec::new() } else { found(conn, words).await? };
    Ok(Some(TransferPage::new(page, &transfer, &lines, &receipts, words, &hits, refill)))
}
