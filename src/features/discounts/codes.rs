//! The codes of a discount: one by one, many at once, looked for, and as a file that is written while it is read.

use bytes::Bytes;
use rocket::form::{self, Contextual, Form};
use rocket::http::{ContentType, Header};
use rocket::request::Request;
use rocket::response::stream::ByteStream;
use rocket::response::{self, Responder, Response};
use rocket::{Route, get, post, routes};

use super::admin::ROWS;
use super::commands;
use super::forms::{CodeForm, ManyForm};
use super::views::{Codes, CodesPage};
use crate::engines::promotions::lots::{self, Lot};
use crate::engines::promotions::{SaveRefused, queries};
use crate::platform::access::{ManageProducts, Staff, ViewProducts};
use crate::platform::base::{Line, OrBreak, PromotionCodeId, PromotionId, PromotionLotId};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

/// Codes that are read at once for a file.
const AT_ONCE: i64 = 5000;
/// Lots that the page shows.
const LOTS: i64 = 10;

pub(super) fn routes() -> Vec<Route> {
    routes![list, add, make, remove, file, lot_file]
}

#[get("/admin/discounts/<id>/codes?<q>&<after>")]
async fn list(
    id: PromotionId,
    q: form::Result<'_, Line<40>>,
    after: form::Result<'_, PromotionCodeId>,
    _staff: Staff<ViewProducts>,
    page: Page,
    db: Db,
) -> web::Result<Option<CodesPage>> {
    let (words, forms) = (q.map(Line::into_string).unwrap_or_default(), (FormView::empty(), FormView::empty()));
    codes_page(&mut *db.get().await?, page, id, (words, after.ok()), forms).await
}

async fn codes_page(
    conn: &mut Conn,
    page: Page,
    id: PromotionId,
    (words, after): (String, Option<PromotionCodeId>),
    (one, many): (FormView, FormView),
) -> web::Result<Option<CodesPage>> {
    let Some(of) = queries::promotion(conn, id).await? else { return Ok(None) };
    let all = queries::count_codes(conn, id).await?;
    let found = queries::codes(conn, id, words.trim(), after, ROWS + 1).await?;
    let lots = lots::latest(conn, id, LOTS).await?;
    Ok(Some(CodesPage::new(page, &of, Codes { all, words, found, lots }, one, many)))
}

type Answer = web::Result<Option<Posted<CodesPage>>>;

#[post("/admin/discounts/<id>/codes", data = "<form>")]
async fn add(id: PromotionId, staff: Staff<ManageProducts>, page: Page, db: Db, form: Form<Contextual<'_, CodeForm>>) -> Answer {
    let mut conn = db.get().await?;
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::add_code(&mut conn, id, &input.code, &staff).await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_promotion_codes(id), "discounts-code-added"))),
            Err(SaveRefused::Gone) => return Ok(None),
            Err(why) => sent = sent.refused(page.words, "code", &why),
        }
    }
    let shown = codes_page(&mut conn, page, id, (String::new(), None), (sent, FormView::empty())).await?;
    Ok(shown.map(Posted::again))
}

/// Makes many codes: a few at once, more by a job whose page says how far it is.
#[post("/admin/discounts/<id>/codes/many", data = "<form>")]
async fn make(id: PromotionId, staff: Staff<ManageProducts>, page: Page, db: Db, form: Form<Contextual<'_, ManyForm>>) -> Answer {
    let mut conn = db.get().await?;
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        let (many, have) = (input.many.0, i64::from(input.have.0));
        match commands::make_codes(&mut conn, id, &input.begins, (many, have), &staff, page.now).await.or_break()? {
            Ok(true) => return Ok(Some(Posted::done(paths::admin_promotion_codes(id), "discounts-codes-made"))),
            Ok(false) => return Ok(Some(Posted::done(paths::admin_promotion_codes(id), "discounts-codes-asked"))),
            Err(SaveRefused::Gone) => return Ok(None),
            Err(why @ SaveRefused::Busy) => sent = sent.refused(page.words, "many", &why),
            Err(SaveRefused::Changed) => sent = sent.with_error("many", page.t("discounts-codes-changed")),
            Err(why) => sent = sent.refused(page.words, "begins", &why),
        }
    }
    let shown = codes_page(&mut conn, page, id, (String::new(), None), (FormView::empty(), sent)).await?;
    Ok(shown.map(Posted::again))
}

#[post("/admin/discounts/<id>/codes/<code>/removal")]
async fn remove(id: PromotionId, code: PromotionCodeId, staff: Staff<ManageProducts>, db: Db) -> Answer {
    _ = commands::remove_code(&mut *db.get().await?, id, code, &staff).await.or_break()?;
    Ok(Some(Posted::done(paths::admin_promotion_codes(id), "discounts-code-removed")))
}

/// All codes, one a line.
#[get("/admin/discounts/<id>/codes.csv")]
async fn file(id: PromotionId, _staff: Staff<ManageProducts>, db: Db) -> web::Result<Option<CodesFile>> {
    let known = queries::promotion(&mut *db.get().await?, id).await?;
    Ok(known.map(|_| CodesFile { db, of: Of::Promotion(id) }))
}

/// The codes of a lot, one a line, once all of them are made.
#[get("/admin/discounts/<id>/lots/<lot>/codes.csv")]
async fn lot_file(id: PromotionId, lot: PromotionLotId, _staff: Staff<ManageProducts>, db: Db) -> web::Result<Option<CodesFile>> {
    let known = lots::of_promotion(&mut *db.get().await?, id, lot).await?;
    Ok(known.filter(Lot::is_done).map(|_| CodesFile { db, of: Of::Lot(lot) }))
}

/// Whose codes a file has.
enum Of {
    Promotion(PromotionId),
    Lot(PromotionLotId),
}

/// A file on its way; no connection is held while its reader is waited for.
struct CodesFile {
    db: Db,
    of: Of,
}

impl CodesFile {
    /// The codes after one, as lines; `None` at the end, or when it breaks off.
    async fn lines(&self, after: Option<PromotionCodeId>) -> Option<(Bytes, PromotionCodeId)> {
        let read = async {
            let mut conn = self.db.get().await?;
            let rows = match self.of {
                Of::Promotion(promotion) => queries::codes(&mut conn, promotion, "", after, AT_ONCE).await?,
                Of::Lot(lot) => lots::codes(&mut conn, lot, after, AT_ONCE).await?,
            };
            Ok::<_, crate::platform::base::Broke>(rows)
        };
        let rows = read.await.inspect_err(|broke| tracing::error!("a file of codes broke off: {:#}", broke.0)).ok()?;
        let last = rows.last()?.0;
        let lines: String = rows.iter().map(|(_, code)| format!("{code}\r\n")).collect();
        Some((Bytes::from(lines), last))
    }
}

impl<'r> Responder<'r, 'r> for CodesFile {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'r> {
        let name = match self.of {
            Of::Promotion(promotion) => format!("codes-{promotion}.csv"),
            Of::Lot(lot) => format!("codes-lot-{lot}.csv"),
        };
        let begin = (self, None::<PromotionCodeId>, true);
        let stream = futures::stream::unfold(begin, |(file, after, head)| async move {
            if head {
                return Some((Bytes::from_static(b"code\r\n"), (file, after, false)));
            }
            let (lines, last) = file.lines(after).await?;
            Some((lines, (file, Some(last), false)))
        });
        Response::build_from(ByteStream::from(stream).respond_to(request)?)
            .header(ContentType::CSV)
            .header(Header::new("Content-Disposition", format!("attachment; filename=\"{name}\"")))
            .header(Header::new("Cache-Control", "no-store"))
            .ok()
    }
}
