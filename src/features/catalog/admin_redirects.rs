//! Redirects for staff: which addresses lead where.

use rocket::form::{self, Contextual, Form, FromForm, FromFormField, ValueField};
use rocket::{Route, get, post, routes};

use super::commands;
use super::model::{OldPath, RedirectRefused};
use super::queries;
use super::views::RedirectsPage;
use crate::platform::access::{ManageContent, Staff};
use crate::platform::base::{BadText, Line, OrBreak};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Between, FormView, Link, Posted};

/// Redirects on a page.
const ROWS: i64 = 50;

pub(super) fn routes() -> Vec<Route> {
    routes![list, add, remove]
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for OldPath {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map_err(|why: BadText| form::Error::validation(why.0).into())
    }
}

/// What of the list is wished for.
#[derive(FromForm)]
struct Wish {
    q: Option<Line<100>>,
    before: Option<Between<1, { i32::MAX }>>,
}

/// A new redirect.
#[derive(FromForm)]
struct RedirectForm {
    from: OldPath,
    to: Link,
}

#[get("/admin/redirects?<wish..>")]
async fn list(_staff: Staff<ManageContent>, page: Page, wish: Wish, db: Db) -> web::Result<RedirectsPage> {
    let words = wish.q.unwrap_or_default();
    let before = wish.before.map(|id| i64::from(id.0));
    redirects_page(&mut *db.get().await?, page, &words, before, FormView::empty()).await
}

async fn redirects_page(
    conn: &mut Conn,
    page: Page,
    words: &str,
    before: Option<i64>,
    form: FormView,
) -> web::Result<RedirectsPage> {
    let rows = queries::redirects(conn, words, before, ROWS).await?;
    let moved = if before.is_none() { queries::moved_handles(conn, words, ROWS).await? } else { Vec::new() };
    Ok(RedirectsPage::new(page, words, rows, ROWS as usize, moved, form))
}

#[post("/admin/redirects", data = "<form>")]
async fn add(
    staff: Staff<ManageContent>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, RedirectForm>>,
) -> web::Result<Posted<RedirectsPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    if let Some(typed) = &form.value {
        let to = typed.to.clone().within(&page.origin);
        if to.is_empty() {
            refill = refill.with_error("to", page.t("error-required"));
        } else {
            match commands::add_redirect(&mut conn, &staff, &typed.from, &to).await.or_break()? {
                Ok(()) => return Ok(Posted::done(paths::admin_redirects(), "redirects-added")),
                Err(why) => refill = refill.refused(page.words, field_of(&why), &why),
            }
        }
    }
    Ok(Posted::again(redirects_page(&mut conn, page, "", None, refill).await?))
}

#[post("/admin/redirects/<id>/removal")]
async fn remove(staff: Staff<ManageContent>, id: i64, db: Db) -> web::Result<Posted<RedirectsPage>> {
    _ = commands::remove_redirect(&mut *db.get().await?, &staff, id).await.or_break()?;
    Ok(Posted::done(paths::admin_redirects(), "redirects-removed"))
}

/// The field at which a refusal is shown.
fn field_of(why: &RedirectRefused) -> &'static str {
    match why {
        RedirectRefused::Taken { .. } | RedirectRefused::IsPage => "from",
        _ => "to",
    }
}
