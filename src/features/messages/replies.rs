//! Saved replies: the list, one of them, and what is done with them.

use rocket::form::{Contextual, Form};
use rocket::{Route, get, post, routes};

use super::desk::{RepliesPage, ReplyPage};
use super::forms::ReplyForm;
use super::model::DeskRefused;
use super::{commands, queries};
use crate::platform::access::{AnswerMessages, Staff};
use crate::platform::base::{OrBreak, SavedReplyId};
use crate::platform::db::Db;
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, FormView, Posted};

pub fn routes() -> Vec<Route> {
    routes![list, add, show, change, remove]
}

#[get("/admin/saved-replies")]
async fn list(page: Page, _staff: Staff<AnswerMessages>, db: Db) -> web::Result<RepliesPage> {
    let replies = queries::saved(&mut *db.get().await?).await?;
    Ok(RepliesPage { page, replies, form: FormView::empty() })
}

/// Where a refusal stands in the form.
fn refused(form: FormView, page: &Page, why: &DeskRefused) -> FormView {
    let field = if *why == DeskRefused::Empty { "body" } else { "title" };
    form.refused(page.words, field, why)
}

#[post("/admin/saved-replies", data = "<form>")]
async fn add(
    page: Page,
    staff: Staff<AnswerMessages>,
    db: Db,
    form: Form<Contextual<'_, ReplyForm>>,
) -> web::Result<Posted<RepliesPage>> {
    let mut conn = db.get().await?;
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::add_reply(&mut conn, &input.title, &input.body, &staff, page.now).await.or_break()? {
            Ok(_) => return Ok(Posted::done(paths::admin_saved_replies(), "messages-reply-added")),
            Err(why) => sent = refused(sent, &page, &why),
        }
    }
    let replies = queries::saved(&mut conn).await?;
    Ok(Posted::again(RepliesPage { page, replies, form: sent }))
}

#[get("/admin/saved-replies/<id>")]
async fn show(id: SavedReplyId, page: Page, _staff: Staff<AnswerMessages>, db: Db) -> web::Result<Option<ReplyPage>> {
    let Some(reply) = queries::saved_reply(&mut *db.get().await?, id).await? else { return Ok(None) };
    let form = FormView::filled([("title", reply.title), ("body", reply.body)]);
    Ok(Some(ReplyPage { page, id, form }))
}

#[post("/admin/saved-replies/<id>", data = "<form>")]
async fn change(
    id: SavedReplyId,
    page: Page,
    staff: Staff<AnswerMessages>,
    db: Db,
    form: Form<Contextual<'_, ReplyForm>>,
) -> web::Result<Option<Posted<ReplyPage>>> {
    let mut conn = db.get().await?;
    if queries::saved_reply(&mut conn, id).await?.is_none() {
        return Ok(None);
    }
    let mut sent = FormView::of(page.words, &form.context);
    if let Some(input) = &form.value {
        match commands::change_reply(&mut conn, id, &input.title, &input.body, &staff, page.now).await.or_break()? {
            Ok(()) => return Ok(Some(Posted::done(paths::admin_saved_replies(), "messages-reply-saved"))),
            Err(DeskRefused::Gone) => return Ok(None),
            Err(why) => sent = refused(sent, &page, &why),
        }
    }
    Ok(Some(Posted::again(ReplyPage { page, id, form: sent })))
}

#[post("/admin/saved-replies/<id>/removal")]
async fn remove(id: SavedReplyId, staff: Staff<AnswerMessages>, db: Db) -> web::Result<Option<Posted<RepliesPage>>> {
    match commands::remove_reply(&mut *db.get().await?, id, &staff).await.or_break()? {
        Ok(()) => Ok(Some(Posted::done(paths::admin_saved_replies(), "messages-reply-removed"))),
        Err(_) => Ok(None),
    }
}
