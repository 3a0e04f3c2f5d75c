//! The index of discounts and the editor.

use rocket::form::{Contextual, Form};
use rocket::{Responder, Route, get, post, routes};

use super::editor::{self, EditorPage};
use super::forms::{PromotionForm, StateForm, Wish};
use super::reading::{Reader, product_words};
use super::views::IndexPage;
use super::written::{Writer, products_of};
use super::{commands, queries};
use crate::engines::promotions::{self, Promotion, SaveRefused};
use crate::platform::access::{ManageProducts, Staff, ViewProducts};
use crate::platform::base::{Broke, OrBreak, PromotionId};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

/// Discounts on a page of the index.
pub const ROWS: i64 = 50;

pub(super) fn routes() -> Vec<Route> {
    routes![index, new, show, add, save, set_state, copy]
}

#[get("/admin/discounts?<wish..>")]
async fn index(_staff: Staff<ViewProducts>, page: Page, wish: Wish, db: Db) -> web::Result<IndexPage> {
    let filter = wish.filter();
    let found = queries::index(&mut *db.get().await?, &filter, ROWS, page.now).await?;
    Ok(IndexPage::new(page, &filter, found))
}

#[get("/admin/discounts/new")]
async fn new(_staff: Staff<ManageProducts>, page: Page, db: Db) -> web::Result<EditorPage> {
    EditorPage::read(&mut *db.get().await?, page, None, editor::fresh()).await
}

#[get("/admin/discounts/<id>", rank = 2)]
async fn show(id: PromotionId, _staff: Staff<ViewProducts>, page: Page, db: Db) -> web::Result<Option<EditorPage>> {
    let mut conn = db.get().await?;
    let Some(kept) = promotions::queries::promotion(&mut conn, id).await? else { return Ok(None) };
    let form = form_of(&mut conn, &page, &kept).await?;
    Ok(Some(EditorPage::read(&mut conn, page, Some(&kept), form).await?))
}

async fn form_of(conn: &mut Conn, page: &Page, kept: &Promotion) -> Result<FormView, Broke> {
    let handles = queries::handles(conn, &products_of(&kept.draft)).await?;
    let writer = Writer { currency: page.shop().currency, zone: page.zone, handles: &handles };
    Ok(writer.form(&kept.draft, kept.version))
}

/// What answers the editor: the same page with one more row, with what is wrong, or on to what was saved.
#[derive(Responder)]
enum Edited {
    Grown(Box<EditorPage>),
    Posted(Posted<EditorPage>),
}

type Answer = web::Result<Option<Edited>>;

#[post("/admin/discounts/new", data = "<form>")]
async fn add(staff: Staff<ManageProducts>, page: Page, db: Db, form: Form<Contextual<'_, PromotionForm>>) -> Answer {
    keep(staff, page, &mut *db.get().await?, None, form).await
}

#[post("/admin/discounts/<id>", data = "<form>", rank = 2)]
async fn save(
    id: PromotionId,
    staff: Staff<ManageProducts>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, PromotionForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    let Some(kept) = promotions::queries::promotion(&mut conn, id).await? else { return Ok(None) };
    keep(staff, page, &mut conn, Some(kept), form).await
}

async fn keep(
    staff: Staff<ManageProducts>,
    page: Page,
    conn: &mut Conn,
    kept: Option<Promotion>,
    form: Form<Contextual<'_, PromotionForm>>,
) -> Answer {
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(which) = form.context.field_value("rows") {
        let grown = EditorPage::read(conn, page, kept.as_ref(), editor::with_row(sent, which)).await?;
        return Ok(Some(Edited::Grown(Box::new(grown))));
    }
    if let Some(input) = &form.value {
        let products = queries::products_called(conn, &product_words(input)).await?;
        let reader = Reader { currency: page.shop().currency, zone: page.zone, products: &products };
        match reader.draft(input) {
            Err(faults) => sent = editor::with_faults(&page, sent, &faults),
            Ok(draft) => {
                let old = kept.as_ref().map(|kept| (kept.id, input.version.0));
                match commands::save(conn, old, &draft, &input.code, &staff, page.now).await.or_break()? {
                    Ok(id) => return Ok(Some(Edited::Posted(Posted::done(paths::admin_promotion(id), "discounts-saved")))),
                    Err(SaveRefused::Changed) => sent = now_at(&page, sent, kept.as_ref()),
                    Err(why) => sent = editor::refused(&page, sent, &why),
                }
            }
        }
    }
    let again = EditorPage::read(conn, page, kept.as_ref(), sent).await?;
    Ok(Some(Edited::Posted(Posted::again(again))))
}

/// The form after somebody else saved: what was typed stays, and saving again is a choice.
fn now_at(page: &Page, sent: FormView, kept: Option<&Promotion>) -> FormView {
    let version = kept.map_or(0, |kept| kept.version).to_string();
    editor::refused(page, sent, &SaveRefused::Changed).with_value("version", &version)
}

/// Lets a discount run, rest, or end.
#[post("/admin/discounts/<id>/state", data = "<form>")]
async fn set_state(
    id: PromotionId,
    staff: Staff<ManageProducts>,
    page: Page,
    db: Db,
    form: Form<Contextual<'_, StateForm>>,
) -> web::Result<Option<Posted<EditorPage>>> {
    let mut conn = db.get().await?;
    let Some(kept) = promotions::queries::promotion(&mut conn, id).await? else { return Ok(None) };
    if let Some(input) = &form.value {
        let set = commands::set_state(&mut conn, id, input.to, &staff, page.now).await.or_break()?;
        return Ok(set.ok().map(|()| Posted::done(paths::admin_promotion(id), "discounts-state-set")));
    }
    let sent = form_of(&mut conn, &page, &kept).await?.with_error("", page.t("error-choice"));
    Ok(Some(Posted::again(EditorPage::read(&mut conn, page, Some(&kept), sent).await?)))
}

/// Makes a copy as a draft and leads to it.
#[post("/admin/discounts/<id>/copy")]
async fn copy(id: PromotionId, staff: Staff<ManageProducts>, page: Page, db: Db) -> web::Result<Option<Posted<EditorPage>>> {
    let mut conn = db.get().await?;
    let Some(kept) = promotions::queries::promotion(&mut conn, id).await? else { return Ok(None) };
    let name: String = page.named("discounts-copy-of", &kept.draft.name).chars().take(120).collect();
    let copied = commands::copy(&mut conn, id, &name, &staff, page.now).await.or_break()?;
    Ok(copied.ok().map(|copy| Posted::done(paths::admin_promotion(copy), "discounts-copied")))
}
