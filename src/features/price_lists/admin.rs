//! Price lists for staff: the index, and what a list is.

use rocket::form::{Contextual, Form};
use rocket::{Route, State, get, post, routes};

use super::forms::{ListForm, LowestForm, MoveForm};
use super::prices::{Wish, own_view};
use super::views::{IndexPage, ListPage, OwnView, filled, fresh};
use super::{commands, queries};
use crate::engines::pricing::ListRefused;
use crate::platform::access::{ManageProducts, ManageSettings, Staff, ViewProducts};
use crate::platform::base::{OrBreak, PriceListId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::feed::{Change, Listener, Subject};
use crate::platform::paths;
use crate::platform::settings;
use crate::platform::shell::{Facts, Page};
use crate::platform::web::{self, FormView, Posted};

pub(super) fn routes() -> Vec<Route> {
    routes![index, new, add, show, save, place, remove, set_lowest]
}

#[get("/admin/price-lists")]
async fn index(_staff: Staff<ViewProducts>, page: Page, db: Db) -> web::Result<IndexPage> {
    let lists = queries::lists(&mut *db.get().await?).await?;
    Ok(IndexPage::new(page, &lists))
}

#[get("/admin/price-lists/new", rank = 1)]
async fn new(_staff: Staff<ManageProducts>, page: Page, db: Db) -> web::Result<ListPage> {
    let reach = queries::reach(&mut *db.get().await?).await?;
    let form = fresh(&page);
    Ok(ListPage::new(page, None, reach, form, OwnView::default()))
}

/// A list, with what a search for goods finds.
#[get("/admin/price-lists/<id>?<wish..>", rank = 2)]
async fn show(_staff: Staff<ViewProducts>, page: Page, id: PriceListId, wish: Wish, db: Db) -> web::Result<Option<ListPage>> {
    let mut conn = db.get().await?;
    let Some(kept) = queries::list(&mut conn, id).await? else { return Ok(None) };
    let (form, own) = (filled(&page, &kept), own_view(&mut conn, &page, &kept, &wish).await?);
    Ok(Some(ListPage::new(page, Some(&kept), queries::reach(&mut conn).await?, form, own)))
}

#[post("/admin/price-lists", data = "<form>")]
async fn add(
    staff: Staff<ManageProducts>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, ListForm>>,
) -> web::Result<Posted<ListPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let draft = typed.draft(page.shop());
        match commands::save(&mut conn, &staff, None, 0, &draft, page.now).await.or_break()? {
            Ok(id) => return Ok(Posted::done(paths::admin_price_list(id), "price-lists-added")),
            Err(why) => refill = refill.refused(page.words, field_of(why), &why),
        }
    }
    Ok(Posted::again(ListPage::new(page, None, queries::reach(&mut conn).await?, refill, OwnView::default())))
}

#[post("/admin/price-lists/<id>", data = "<form>", rank = 2)]
async fn save(
    staff: Staff<ManageProducts>,
    page: Page,
    id: PriceListId,
    db: Db,
    form: Form<Contextual<'_, ListForm>>,
) -> web::Result<Option<Posted<ListPage>>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let draft = typed.draft(page.shop());
        match commands::save(&mut conn, &staff, Some(id), typed.version.0, &draft, page.now).await.or_break()? {
            Ok(_) => return Ok(Some(Posted::done(paths::admin_price_list(id), "price-lists-saved"))),
            Err(ListRefused::Gone) => return Ok(None),
            Err(why) => refill = refill.refused(page.words, field_of(why), &why),
        }
    }
    let Some(kept) = queries::list(&mut conn, id).await? else { return Ok(None) };
    let own = own_view(&mut conn, &page, &kept, &Default::default()).await?;
    let refill = refill.with_value("version", &kept.version.to_string());
    Ok(Some(Posted::again(ListPage::new(page, Some(&kept), queries::reach(&mut conn).await?, refill, own))))
}

/// The field at which a refusal is shown.
fn field_of(why: ListRefused) -> &'static str {
    match why {
        ListRefused::NameTaken => "name",
        ListRefused::NoGroup => "groups",
        ListRefused::NoMarket => "markets",
        ListRefused::CurrencyFixed => "currency",
        ListRefused::Dates => "ends",
        _ => "",
    }
}

/// Moves a list in the order in which they are asked.
#[post("/admin/price-lists/<id>/place", data = "<form>")]
async fn place(
    staff: Staff<ManageProducts>,
    page: Page,
    id: PriceListId,
    db: Db,
    form: Form<Contextual<'_, MoveForm>>,
) -> web::Result<Option<Posted<IndexPage>>> {
    let mut conn = db.get().await?;
    let Some(typed) = &form.value else {
        return Ok(Some(Posted::again(IndexPage::new(page, &queries::lists(&mut conn).await?))));
    };
    let placed = commands::place(&mut conn, &staff, id, typed.to, page.now).await.or_break()?;
    Ok(placed.ok().map(|()| Posted::to(format!("{}#list-{id}", paths::admin_price_lists()))))
}

#[post("/admin/price-lists/<id>/removal")]
async fn remove(staff: Staff<ManageProducts>, page: Page, id: PriceListId, db: Db) -> web::Result<Option<Posted<IndexPage>>> {
    let removed = commands::remove(&mut *db.get().await?, &staff, id, page.now).await.or_break()?;
    Ok(removed.ok().map(|()| Posted::done(paths::admin_price_lists(), "price-lists-removed")))
}

/// Says whether the lowest price of thirty days stands beside a price before.
#[post("/admin/price-lists/lowest-price", data = "<form>", rank = 1)]
async fn set_lowest(
    staff: Staff<ManageSettings>,
    page: Page,
    db: Db,
    facts: &State<Facts>,
    form: Form<LowestForm>,
) -> web::Result<Posted<IndexPage>> {
    let (told, now) = (form.told, page.now);
    let mut conn = db.get().await?;
    let set = db::transaction(&mut conn, async |tx: &mut Conn| settings::commands::set_lowest_price(tx, &staff, told, now).await);
    set.await.or_break()?.unwrap_or_else(|never| match never {});
    facts.hear(&Change { subject: Subject::Settings, id: None });
    Ok(Posted::done(paths::admin_price_lists(), "price-lists-lowest-saved"))
}
