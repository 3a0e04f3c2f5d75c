//! The page where staff keep, rename, share and remove views.

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::{SavedView, ViewRefused, commands, queries};
use crate::features::orders::desk;
use crate::features::orders::forms::{Asked, RenameViewForm, ViewForm};
use crate::platform::access::{Person, Right, Staff, ViewOrders};
use crate::platform::base::{Broke, OrBreak, OrderViewId};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![list, keep, rename, remove]
}

#[derive(Template, WebTemplate)]
#[template(path = "orders/views_page.html")]
struct ViewsPage {
    page: Page,
    /// What is to be kept; empty: nothing, the page only shows what is there.
    query: String,
    /// What it stands for, in words.
    chips: Vec<desk::ChipView>,
    form: FormView,
    own: Vec<ViewRow>,
    others: Vec<ViewRow>,
    /// Whether this person may decide what everybody sees.
    may_share: bool,
    /// Whether this person removes what others shared: they may have left.
    may_tidy: bool,
}

/// A kept view.
struct ViewRow {
    id: OrderViewId,
    path: String,
    name: String,
    shared: bool,
    maker: String,
    chips: Vec<desk::ChipView>,
    rename: String,
    removal: String,
    /// What was refused in its own form.
    form: FormView,
}

/// What a refused form was about.
enum Refused {
    New(FormView),
    Row(OrderViewId, FormView),
}

async fn views(conn: &mut Conn, page: Page, me: &Person, asked: &Asked, refused: Option<Refused>) -> Result<ViewsPage, Broke> {
    let found = queries::views_for(conn, me.id).await?;
    let makers = queries::makers_of(conn, &found).await?;
    let row = |view: &SavedView| ViewRow {
        id: view.id,
        path: format!("{}?{}", paths::admin_orders(), view.query),
        name: view.name.clone(),
        shared: view.shared,
        maker: makers.iter().find(|maker| maker.0 == view.staff).map(|maker| maker.1.clone()).unwrap_or_default(),
        chips: desk::chips(&page, &Asked::of(&view.query)),
        rename: paths::admin_order_view_name(view.id),
        removal: paths::admin_order_view_removal(view.id),
        form: match &refused {
            Some(Refused::Row(id, form)) if *id == view.id => form.clone(),
            _ => FormView::empty(),
        },
    };
    let (own, others): (Vec<_>, Vec<_>) = found.iter().partition(|view| view.staff == me.id);
    Ok(ViewsPage {
        query: asked.query(),
        chips: desk::chips(&page, asked),
        own: own.into_iter().map(row).collect(),
        others: others.into_iter().map(row).collect(),
        may_share: me.may(Right::ManageOrders),
        may_tidy: me.may(Right::ManageStaff),
        form: match refused {
            Some(Refused::New(form)) => form,
            _ => FormView::empty(),
        },
        page,
    })
}

/// The views; with a query, also the form that keeps it.
#[get("/admin/orders/views")]
async fn list(staff: Staff<ViewOrders>, page: Page, db: Db) -> web::Result<ViewsPage> {
    let asked = Asked::of(page.url.split_once('?').map_or("", |(_, query)| query));
    views(&mut *db.get().await?, page, &staff, &asked, None).await
}

/// Keeps a query under a name; only who may change orders shares it.
#[post("/admin/orders/views", data = "<form>")]
async fn keep(
    staff: Staff<ViewOrders>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, ViewForm>>,
) -> web::Result<Posted<ViewsPage>> {
    let mut sent = FormView::of(page.words, &form.context);
    let typed = || form.context.field_value("query").unwrap_or_default();
    let asked = Asked::of(form.value.as_ref().map_or_else(typed, |input| &input.query));
    let mut conn = db.get().await?;
    if let Some(input) = &form.value {
        let (query, shared) = (asked.query(), input.shared.is_some() && staff.may(Right::ManageOrders));
        match commands::keep(&mut conn, &input.name, &query, shared, &staff, page.now).await.or_break()? {
            Ok(_) => return Ok(Posted::done(format!("{}?{query}", paths::admin_orders()), "orders-views-kept")),
            Err(why) => sent = sent.refused(page.words, "name", &why),
        }
    }
    Ok(Posted::again(views(&mut conn, page, &staff, &asked, Some(Refused::New(sent))).await?))
}

#[post("/admin/orders/views/<id>/name", data = "<form>")]
async fn rename(
    id: OrderViewId,
    staff: Staff<ViewOrders>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, RenameViewForm>>,
) -> web::Result<Option<Posted<ViewsPage>>> {
    let mut sent = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(input) = &form.value {
        let shared = input.shared.is_some() && staff.may(Right::ManageOrders);
        match commands::rename(&mut conn, id, &input.name, shared, &staff).await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_order_views(), "orders-views-renamed"))),
            Err(ViewRefused::Unknown) => return Ok(None),
            Err(why) => sent = sent.refused(page.words, "name", &why),
        }
    }
    let asked = Asked::default();
    Ok(Some(Posted::again(views(&mut conn, page, &staff, &asked, Some(Refused::Row(id, sent))).await?)))
}

#[post("/admin/orders/views/<id>/removal")]
async fn remove(id: OrderViewId, staff: Staff<ViewOrders>, page: Page, db: Db) -> web::Result<Posted<ViewsPage>> {
    let mut conn = db.get().await?;
    match commands::remove(&mut conn, id, &staff).await.or_break()? {
        Ok(()) | Err(ViewRefused::Unknown) => Ok(Posted::done(paths::admin_order_views(), "orders-views-removed")),
        Err(why) => {
            let sent = FormView::empty().refused(page.words, "name", &why);
            Ok(Posted::again(views(&mut conn, page, &staff, &Asked::default(), Some(Refused::Row(id, sent))).await?))
        }
    }
}
