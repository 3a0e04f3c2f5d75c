//! Acts on the pictures of a product. Each is done at once; what is typed in the form meanwhile is kept and not saved.

use askama::Template;
use rocket::http::Status;
use rocket::response::content::RawHtml;
use rocket::{Route, post, routes};

use super::editing::{refused_files, surroundings_of, typed_form};
use crate::features::catalog::commands;
use crate::features::catalog::model::Editable;
use crate::features::catalog::queries;
use crate::features::catalog::views::{ProductFormPage, Shots};
use crate::platform::access::{ManageProducts, Staff};
use crate::platform::base::{MediaId, Moment, OrBreak, ProductId};
use crate::platform::db::{Conn, Db};
use crate::platform::media::{Kept, Sent};
use crate::platform::shell::Page;
use crate::platform::web;

pub(super) fn routes() -> Vec<Route> {
    routes![add, place, remove, put_back, preview]
}

/// A page or a part of one, drawn with its status.
type Drawn = (Status, RawHtml<String>);

/// Adds the files; those that are no pictures are named, the others are there.
#[post("/admin/products/<id>/images", data = "<sent>")]
async fn add(staff: Staff<ManageProducts>, page: Page, id: ProductId, db: Db, sent: Sent) -> web::Result<Option<Drawn>> {
    let mut conn = db.get().await?;
    let Some(before) = queries::editable(&mut conn, id).await? else { return Ok(None) };
    attach(&mut conn, &staff, id, &sent, page.now).await?;
    let mut refused = refused_files(&page, &sent);
    if sent.files.is_empty() {
        refused.push(page.t("catalog-no-file"));
    }
    redrawn(&mut conn, page, &before, sent, |shots| shots.with_refused(refused)).await
}

/// Puts a picture at a place, counted from 0.
#[post("/admin/products/<id>/images/<picture>/place/<to>", data = "<sent>")]
async fn place(
    staff: Staff<ManageProducts>,
    page: Page,
    id: ProductId,
    picture: MediaId,
    to: usize,
    db: Db,
    sent: Sent,
) -> web::Result<Option<Drawn>> {
    let mut conn = db.get().await?;
    let Some(before) = queries::editable(&mut conn, id).await? else { return Ok(None) };
    let placed = commands::place_image(&mut conn, &staff, id, picture, to, page.now).await;
    placed.or_break()?.unwrap_or_else(|never| match never {});
    redrawn(&mut conn, page, &before, sent, |shots| shots).await
}

/// Takes a picture off the product; the page offers to put it back.
#[post("/admin/products/<id>/images/<picture>/removal", data = "<sent>")]
async fn remove(
    staff: Staff<ManageProducts>,
    page: Page,
    id: ProductId,
    picture: MediaId,
    db: Db,
    sent: Sent,
) -> web::Result<Option<Drawn>> {
    let mut conn = db.get().await?;
    let Some(before) = queries::editable(&mut conn, id).await? else { return Ok(None) };
    let there = before.images.iter().any(|image| image.media == picture);
    let removed = commands::remove_image(&mut conn, &staff, id, picture, page.now).await;
    removed.or_break()?.unwrap_or_else(|never| match never {});
    redrawn(&mut conn, page, &before, sent, |shots| if there { shots.with_removed(id, picture) } else { shots }).await
}

/// Puts a picture back where it was.
#[post("/admin/products/<id>/images/<picture>/return", data = "<sent>")]
async fn put_back(
    staff: Staff<ManageProducts>,
    page: Page,
    id: ProductId,
    picture: MediaId,
    db: Db,
    sent: Sent,
) -> web::Result<Option<Drawn>> {
    let mut conn = db.get().await?;
    let Some(before) = queries::editable(&mut conn, id).await? else { return Ok(None) };
    let back = commands::return_image(&mut conn, &staff, id, picture, page.now).await;
    back.or_break()?.unwrap_or_else(|never| match never {});
    redrawn(&mut conn, page, &before, sent, |shots| shots).await
}

/// The form as it is typed, with its description as shoppers will see it; nothing is saved.
#[post("/admin/products/<id>/preview", data = "<sent>")]
async fn preview(_staff: Staff<ManageProducts>, page: Page, id: ProductId, db: Db, sent: Sent) -> web::Result<Option<Drawn>> {
    let mut conn = db.get().await?;
    let Some(before) = queries::editable(&mut conn, id).await? else { return Ok(None) };
    if page.partial {
        let html = crate::platform::web::CleanHtml::of(sent.value("description"), before.markup);
        return Ok(Some((Status::Ok, RawHtml(html.to_string()))));
    }
    redrawn(&mut conn, page, &before, sent, |shots| shots).await
}

/// Stores the files that came with a form as pictures of the product.
pub(super) async fn attach(
    conn: &mut Conn,
    staff: &Staff<ManageProducts>,
    id: ProductId,
    sent: &Sent,
    now: Moment,
) -> web::Result<()> {
    let files: Vec<Kept> = sent.files.iter().filter_map(|file| file.kept.as_ref().ok().cloned()).collect();
    if !files.is_empty() {
        let added = commands::add_images(conn, staff, id, &files, now).await;
        added.or_break()?.unwrap_or_else(|never| match never {});
    }
    Ok(())
}

/// Whoever was up to date before the act is so after it; what the act changed on variants is so in the form, too.
fn follow(sent: &mut Sent, before: &Editable, after: &Editable) {
    let version = before.version.to_string();
    for (_, value) in sent.fields.iter_mut().filter(|(name, value)| name == "version" && *value == version) {
        *value = after.version.to_string();
    }
    for variant in &after.variants {
        if before.variant(variant.id).is_some_and(|was| was.media != variant.media) {
            let field = format!("variants[{}].picture", variant.id);
            let picture = variant.media.map(|id| id.to_string()).unwrap_or_default();
            sent.fields.iter_mut().filter(|(name, _)| *name == field).for_each(|(_, value)| value.clone_from(&picture));
        }
    }
}

/// The page as it was typed, over the product as it is after the act; scripts get the card of pictures alone.
async fn redrawn(
    conn: &mut Conn,
    page: Page,
    before: &Editable,
    mut sent: Sent,
    change: impl FnOnce(Shots) -> Shots,
) -> web::Result<Option<Drawn>> {
    let Some(product) = queries::editable(conn, before.id).await? else { return Ok(None) };
    follow(&mut sent, before, &product);
    let form = typed_form(&page, &product, &sent).without_errors();
    let around = surroundings_of(conn, &product).await?;
    let (partial, refused) = (page.partial, sent.files.iter().any(|file| file.kept.is_err()));
    let drawn = ProductFormPage::new(page, &product, &around, form).with_shots(change);
    let html = if partial { drawn.into_shots().render()? } else { drawn.render()? };
    Ok(Some((if refused { Status::UnprocessableEntity } else { Status::Ok }, RawHtml(html))))
}
