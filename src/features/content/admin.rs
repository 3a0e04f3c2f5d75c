//! The menus for staff: the links of header and footer, composed and put in order.

use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::forms::{Below, Chosen, LinkForm, LinkId, PlaceForm};
use super::model::{LinkDraft, LinkRefused, Menu, Target};
use super::views::{LinkPage, MenusPage};
use super::{menus, queries};
use crate::platform::access::{ManageContent, Staff};
use crate::platform::base::{Failed, OrBreak};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub(super) fn routes() -> Vec<Route> {
    routes![list, begin, new, add, show, save, place, remove]
}

#[get("/admin/menus")]
async fn list(_staff: Staff<ManageContent>, page: Page, db: Db) -> web::Result<MenusPage> {
    let links = queries::menu_links(&mut *db.get().await?).await?;
    Ok(MenusPage::new(page, &links))
}

/// Fills an empty menu with the categories that the shop shows without one.
#[post("/admin/menus/<menu>/beginning")]
async fn begin(staff: Staff<ManageContent>, menu: Menu, db: Db) -> web::Result<Posted<MenusPage>> {
    _ = menus::begin(&mut *db.get().await?, &staff, menu).await.or_break()?;
    Ok(Posted::done(paths::admin_menus(), "content-menu-begun"))
}

#[get("/admin/menus/<menu>/links/new?<below..>")]
async fn new(_staff: Staff<ManageContent>, page: Page, menu: Menu, below: Below, db: Db) -> web::Result<LinkPage> {
    let parent = below.parent.map_or(0, |id| id.0).to_string();
    let form = FormView::filled([("target", "typed".to_owned()), ("parent", parent)]);
    link_page(&mut *db.get().await?, page, menu, None, form).await
}

type Answer = web::Result<Option<Posted<LinkPage>>>;

#[post("/admin/menus/<menu>/links", data = "<form>")]
async fn add(staff: Staff<ManageContent>, page: Page, menu: Menu, db: Db, form: Form<Contextual<'_, LinkForm>>) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let added = match draft(&mut conn, &page, typed).await.or_break()? {
            Ok(draft) => menus::add(&mut conn, &staff, menu, &draft).await.or_break()?,
            Err(why) => Err(why),
        };
        match added {
            Ok(id) => return Ok(Some(Posted::done(at(id), "content-link-added"))),
            Err(why) => refill = refill.refused(page.words, field_of(&why), &why),
        }
    }
    Ok(Some(Posted::again(link_page(&mut conn, page, menu, None, refill).await?)))
}

#[get("/admin/menu-links/<id>")]
async fn show(_staff: Staff<ManageContent>, page: Page, id: LinkId, db: Db) -> web::Result<Option<LinkPage>> {
    let mut conn = db.get().await?;
    let links = queries::menu_links(&mut conn).await?;
    let Some(link) = links.iter().find(|link| link.id == id.0) else { return Ok(None) };
    let form = LinkPage::filled(link);
    Ok(Some(link_page(&mut conn, page, link.menu, Some(id.0), form).await?))
}

#[post("/admin/menu-links/<id>", data = "<form>")]
async fn save(staff: Staff<ManageContent>, page: Page, id: LinkId, db: Db, form: Form<Contextual<'_, LinkForm>>) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let links = queries::menu_links(&mut conn).await?;
    let Some(menu) = links.iter().find(|link| link.id == id.0).map(|link| link.menu) else { return Ok(None) };
    if let Some(typed) = &form.value {
        let saved = match draft(&mut conn, &page, typed).await.or_break()? {
            Ok(draft) => menus::edit(&mut conn, &staff, id.0, &draft).await.or_break()?,
            Err(why) => Err(why),
        };
        match saved {
            Ok(()) => return Ok(Some(Posted::done(at(id.0), "content-link-saved"))),
            Err(why) => refill = refill.refused(page.words, field_of(&why), &why),
        }
    }
    Ok(Some(Posted::again(link_page(&mut conn, page, menu, Some(id.0), refill).await?)))
}

/// Moves a link among those beside it; what cannot be read moves nothing.
#[post("/admin/menu-links/<id>/place", data = "<form>")]
async fn place(
    staff: Staff<ManageContent>,
    id: LinkId,
    db: Db,
    form: Form<Contextual<'_, PlaceForm>>,
) -> web::Result<Posted<MenusPage>> {
    if let Some(typed) = &form.value {
        _ = menus::place(&mut *db.get().await?, &staff, id.0, typed.to).await.or_break()?;
    }
    Ok(Posted::to(at(id.0)))
}

/// Removes a link with those below it.
#[post("/admin/menu-links/<id>/removal")]
async fn remove(staff: Staff<ManageContent>, id: LinkId, db: Db) -> web::Result<Posted<MenusPage>> {
    _ = menus::remove(&mut *db.get().await?, &staff, id.0).await.or_break()?;
    Ok(Posted::done(paths::admin_menus(), "content-link-removed"))
}

/// The list of menus, at one link.
fn at(id: i64) -> String {
    format!("{}#link-{id}", paths::admin_menus())
}

async fn link_page(conn: &mut Conn, page: Page, menu: Menu, id: Option<i64>, form: FormView) -> web::Result<LinkPage> {
    let links = queries::menu_links(conn).await?;
    let categories = queries::category_choices(conn).await?;
    Ok(LinkPage::new(page, menu, id, &links, &categories, form))
}

/// The link as typed; addresses of products and categories become what they name.
async fn draft(conn: &mut Conn, page: &Page, typed: &LinkForm) -> Result<LinkDraft, Failed<LinkRefused>> {
    let target = match typed.target {
        Chosen::Nothing => Target::Nothing,
        Chosen::Place(place) => Target::Place(place),
        Chosen::Category(id) => Target::Category(id),
        Chosen::Typed if typed.address.is_empty() => Target::Nothing,
        Chosen::Typed => menus::target_of(conn, typed.address.clone().within(&page.origin)).await?,
    };
    match (typed.target, &target) {
        (Chosen::Typed, Target::Nothing) => Err(LinkRefused::NoAddress.into()),
        _ => Ok(typed.draft(target)),
    }
}

/// The field at which a refusal is shown.
fn field_of(why: &LinkRefused) -> &'static str {
    match why {
        LinkRefused::Unnamed => "label_en",
        LinkRefused::NotFound | LinkRefused::NoAddress => "address",
        LinkRefused::TooDeep | LinkRefused::Gone => "parent",
        LinkRefused::LeadsNowhere | LinkRefused::TooMany => "target",
    }
}
