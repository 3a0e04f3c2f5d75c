//! The stock room for staff: the index, and one variant with its ledger.

use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::forms::{AheadForm, At, CorrectionForm, Wish};
use super::views::{DemandPage, Forms, IndexPage, StockPage, WaitingPage};
use super::{commands, queries};
use crate::engines::inventory::{self, Correction};
use crate::platform::access::{ManageProducts, Staff, ViewOrders, ViewProducts};
use crate::platform::base::{Day, LocationId, OrBreak, VariantId};
use crate::platform::db::{Conn, Db};
use crate::platform::media;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

/// Variants on a page of the index, and rows of a ledger.
const ROWS: i64 = 50;

pub(super) fn routes() -> Vec<Route> {
    routes![index, show, correct, sell_ahead, waiting, demand]
}

#[get("/admin/inventory?<wish..>")]
async fn index(_staff: Staff<ViewProducts>, page: Page, wish: Wish, db: Db) -> web::Result<IndexPage> {
    let filter = wish.filter();
    let mut conn = db.get().await?;
    let locations = inventory::queries::locations(&mut conn).await?;
    let index = queries::index(&mut conn, &filter, wish.side(), ROWS, page.now).await?;
    let ids: Vec<_> = index.rows.iter().filter_map(|row| row.media).collect();
    let pictures = media::queries::pictures_by_ids(&mut conn, &ids).await?;
    Ok(IndexPage::new(page, &filter, &index, &locations, &pictures))
}

#[get("/admin/inventory/<variant>?<at..>", rank = 2)]
async fn show(_staff: Staff<ViewProducts>, page: Page, variant: VariantId, at: At, db: Db) -> web::Result<Option<StockPage>> {
    stock_page(&mut *db.get().await?, page, variant, &at, Forms::default()).await
}

/// Corrects a shelf; a refusal shows the page again with what was typed.
#[post("/admin/inventory/<variant>/locations/<location>/corrections", data = "<form>")]
async fn correct(
    staff: Staff<ManageProducts>,
    page: Page,
    variant: VariantId,
    location: LocationId,
    db: Db,
    form: Form<Contextual<'_, CorrectionForm>>,
) -> web::Result<Option<Posted<StockPage>>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let (recount, reason) = (typed.recount(), typed.reason);
        let wish = Correction { variant, location, recount, reason, note: &typed.note, form: &typed.form };
        match commands::correct(&mut conn, &staff, &wish).await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_stock_at(variant, location), "stockroom-corrected"))),
            Err(why) => refill = refill.refused(page.words, "amount", &why),
        }
    }
    let at = At { location: Some(location), before: None };
    let forms = Forms { correction: Some(refill), ahead: None };
    Ok(stock_page(&mut conn, page, variant, &at, forms).await?.map(Posted::again))
}

/// Says what of a shelf is sold before it is there.
#[post("/admin/inventory/<variant>/locations/<location>/ahead", data = "<form>")]
async fn sell_ahead(
    staff: Staff<ManageProducts>,
    page: Page,
    variant: VariantId,
    location: LocationId,
    db: Db,
    form: Form<Contextual<'_, AheadForm>>,
) -> web::Result<Option<Posted<StockPage>>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let saved = match typed.ahead(Day::of(page.now, page.shop().zone)) {
            Ok(ahead) => commands::sell_ahead(&mut conn, &staff, variant, location, &ahead).await.or_break()?,
            Err(why) => Err(why),
        };
        match saved {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_stock_at(variant, location), "stockroom-ahead-saved"))),
            Err(why) => refill = refill.refused(page.words, why.field(), &why),
        }
    }
    let at = At { location: Some(location), before: None };
    let forms = Forms { correction: None, ahead: Some(refill) };
    Ok(stock_page(&mut conn, page, variant, &at, forms).await?.map(Posted::again))
}

/// Which orders wait for what.
#[get("/admin/inventory/waiting", rank = 1)]
async fn waiting(_staff: Staff<ViewOrders>, page: Page, db: Db) -> web::Result<WaitingPage> {
    let mut conn = db.get().await?;
    let lines = queries::waiting(&mut conn).await?;
    let coming = queries::coming(&mut conn, VariantId(0)).await?;
    Ok(WaitingPage::new(page, &lines, &coming))
}

/// What shoppers asked to be told of.
#[get("/admin/inventory/demand", rank = 1)]
async fn demand(_staff: Staff<ViewProducts>, page: Page, db: Db) -> web::Result<DemandPage> {
    let rows = queries::demand(&mut *db.get().await?).await?;
    Ok(DemandPage::new(page, &rows))
}

async fn stock_page(conn: &mut Conn, page: Page, variant: VariantId, at: &At, forms: Forms) -> web::Result<Option<StockPage>> {
    let Some(goods) = queries::goods(conn, variant).await? else { return Ok(None) };
    let places = queries::places(conn, variant, page.now).await?;
    let before = at.before.map(|id| i64::from(id.0));
    let coming = queries::coming(conn, variant).await?;
    let shoppers = queries::shoppers_waiting(conn, variant).await?;
    let ledger = queries::ledger(conn, variant, before, ROWS).await?;
    let pictures = media::queries::pictures_by_ids(conn, &goods.media.into_iter().collect::<Vec<_>>()).await?;
    let thumb = goods.media.and_then(|id| pictures.get(&id));
    Ok(Some(
        StockPage::new(page, variant, &goods, places, at.location, forms)
            .with_ledger(ledger, ROWS as usize)
            .with_thumb(thumb)
            .with_shoppers(shoppers)
            .with_coming(&coming),
    ))
}
