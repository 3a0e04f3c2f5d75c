//! The library for staff: all pictures, one picture, taking in and removing.

use rocket::form::{Contextual, Form};
use rocket::{Route, State, get, post, routes};

use super::forms::{TextsForm, UploadForm, Wish};
use super::model::Filter;
use super::queries;
use super::views::{LibraryPage, PicturePage};
use crate::features::catalog;
use crate::platform::access::{self, ManageProducts, Staff, ViewProducts};
use crate::platform::base::{Failed, MediaId, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::media::{self, RemoveRefused, Store};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

/// Pictures on a page.
const SHOWN: i64 = 48;

pub(super) fn routes() -> Vec<Route> {
    routes![list, upload, show, describe, remove]
}

#[get("/admin/pictures?<wish..>")]
async fn list(_staff: Staff<ViewProducts>, page: Page, wish: Wish, db: Db) -> web::Result<LibraryPage> {
    library_page(&mut *db.get().await?, page, &wish.filter(), wish.before, FormView::empty()).await
}

async fn library_page(
    conn: &mut Conn,
    page: Page,
    filter: &Filter,
    before: Option<MediaId>,
    form: FormView,
) -> web::Result<LibraryPage> {
    let rows = queries::pictures(conn, filter, before, SHOWN).await?;
    let ids: Vec<MediaId> = rows.iter().map(|row| row.id).collect();
    let pictures = media::queries::pictures_by_ids(conn, &ids).await?;
    Ok(LibraryPage::new(page, filter, before.is_some(), rows, SHOWN as usize, &pictures, form))
}

/// Takes files in; what is no picture is named, the others stay.
#[post("/admin/pictures", data = "<form>")]
async fn upload(
    staff: Staff<ManageProducts>,
    page: Page,
    db: Db,
    store: &State<Store>,
    form: Form<Contextual<'_, UploadForm<'_>>>,
) -> web::Result<Posted<LibraryPage>> {
    let mut refill = FormView::of(page.words, &form.context);
    let (mut taken, mut wrong) = (0, Vec::new());
    for file in form.value.iter().flat_map(|typed| &typed.files) {
        let Some(bytes) = media::bytes_of(file).await? else { continue };
        let name = media::name_of(file);
        match media::commands::keep(store, bytes, &name).await.or_break()? {
            Ok(kept) => taken += i64::from(take_in(&mut *db.get().await?, &staff, &kept).await?.is_some()),
            Err(why) => wrong.push(format!("{name}: {}", page.refusal(&why))),
        }
    }
    if refill.is_ok() && wrong.is_empty() && taken > 0 {
        return Ok(Posted::done(paths::admin_pictures(), "library-taken-in"));
    }
    let said = if wrong.is_empty() { page.t("library-no-file") } else { wrong.join(" ") };
    refill = refill.with_error("files", said);
    Ok(Posted::again(library_page(&mut *db.get().await?, page, &Filter::default(), None, refill).await?))
}

/// Records a stored file.
async fn take_in(conn: &mut Conn, staff: &access::Person, kept: &media::commands::Kept) -> web::Result<Option<MediaId>> {
    let done = db::transaction(conn, async |tx: &mut Conn| -> Result<MediaId, Failed<RemoveRefused>> {
        let id = media::commands::record(tx, kept).await?;
        access::audit(tx, staff, "picture.added", "media", Some(id.0), None, None).await?;
        Ok(id)
    });
    Ok(done.await.or_break()?.ok())
}

#[get("/admin/pictures/<id>")]
async fn show(_staff: Staff<ViewProducts>, page: Page, id: MediaId, db: Db) -> web::Result<Option<PicturePage>> {
    picture_page(&mut *db.get().await?, page, id, None).await
}

async fn picture_page(conn: &mut Conn, page: Page, id: MediaId, form: Option<FormView>) -> web::Result<Option<PicturePage>> {
    let Some(facts) = queries::facts(conn, id).await? else { return Ok(None) };
    let uses = queries::uses(conn, id).await?;
    let picture = media::queries::pictures_by_ids(conn, &[id]).await?.remove(&id);
    Ok(picture.map(|picture| PicturePage::new(page, &picture, &facts, uses, form)))
}

type Answer = web::Result<Option<Posted<PicturePage>>>;

/// Says what the picture shows, in each product.
#[post("/admin/pictures/<id>/texts", data = "<form>")]
async fn describe(
    staff: Staff<ManageProducts>,
    page: Page,
    id: MediaId,
    db: Db,
    form: Form<Contextual<'_, TextsForm>>,
) -> Answer {
    let mut conn = db.get().await?;
    let Some(typed) = &form.value else {
        let refill = FormView::of(page.words, &form.context);
        return Ok(picture_page(&mut conn, page, id, Some(refill)).await?.map(Posted::again));
    };
    let mut alts: Vec<_> = typed.alts.iter().map(|(product, alt)| (*product, alt.clone())).collect();
    alts.sort_by_key(|(product, _)| *product);
    _ = catalog::commands::describe_picture(&mut conn, &staff, id, &alts, page.now).await.or_break()?;
    Ok(Some(Posted::done(paths::admin_picture(id), "library-described")))
}

/// Removes a picture that nothing shows; one that is gone already is fine.
#[post("/admin/pictures/<id>/removal")]
async fn remove(staff: Staff<ManageProducts>, page: Page, id: MediaId, db: Db, store: &State<Store>) -> Answer {
    let mut conn = db.get().await?;
    let removed = db::transaction(&mut conn, async |tx: &mut Conn| {
        let gone = media::commands::remove(tx, id).await?;
        if gone.is_some() {
            access::audit(tx, &staff, "picture.removed", "media", Some(id.0), None, None).await?;
        }
        Ok(gone)
    });
    match removed.await.or_break()? {
        Ok(gone) => {
            if let Some(picture) = gone {
                media::commands::forget_files(&mut conn, store, &picture).await?;
            }
            Ok(Some(Posted::done(paths::admin_pictures(), "library-removed")))
        }
        Err(why) => {
            let form = FormView::empty().refused(page.words, "", &why);
            Ok(picture_page(&mut conn, page, id, Some(form)).await?.map(Posted::again))
        }
    }
}
