//! Replies that staff keep for questions that come again.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use crate::features::messages::model::{DeskRefused, MOST_REPLIES};
use crate::platform::access::{Person, audit};
use crate::platform::base::{Failed, Moment, SavedReplyId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::saved_replies;

pub async fn add_reply(
    conn: &mut Conn,
    title: &str,
    body: &str,
    staff: &Person,
    now: Moment,
) -> Result<SavedReplyId, Failed<DeskRefused>> {
    if body.trim().is_empty() {
        return Err(DeskRefused::Empty.into());
    }
    db::transaction(conn, async |tx: &mut Conn| {
        let many: i64 = saved_replies::table.count().get_result(tx).await?;
        if many >= MOST_REPLIES {
            return Err(DeskRefused::TooManyReplies.into());
        }
        let row = (saved_replies::title.eq(title), saved_replies::body.eq(body), saved_replies::created_at.eq(now));
        let added = diesel::insert_into(saved_replies::table).values((row, saved_replies::updated_at.eq(now)));
        let added: Option<SavedReplyId> =
            added.on_conflict_do_nothing().returning(saved_replies::id).get_result(tx).await.optional()?;
        let id = added.ok_or(DeskRefused::NameTaken)?;
        audit(tx, staff, "message.reply_added", "saved_reply", Some(id.0), None, Some(json!({ "title": title }))).await?;
        Ok(id)
    })
    .await
}

pub async fn change_reply(
    conn: &mut Conn,
    id: SavedReplyId,
    title: &str,
    body: &str,
    staff: &Person,
    now: Moment,
) -> Result<(), Failed<DeskRefused>> {
    if body.trim().is_empty() {
        return Err(DeskRefused::Empty.into());
    }
    db::transaction(conn, async |tx: &mut Conn| {
        let old = saved_replies::table.find(id).select((saved_replies::title, saved_replies::body)).for_update();
        let old: Option<(String, String)> = old.first(tx).await.optional()?;
        let (old_title, old_body) = old.ok_or(DeskRefused::Gone)?;
        let same = diesel::dsl::sql::<diesel::sql_types::Bool>("lower(title) = lower(")
            .bind::<diesel::sql_types::Text, _>(title)
            .sql(")");
        let other = saved_replies::table.filter(saved_replies::id.ne(id)).filter(same);
        if diesel::select(diesel::dsl::exists(other)).get_result(tx).await? {
            return Err(DeskRefused::NameTaken.into());
        }
        let set = (saved_replies::title.eq(title), saved_replies::body.eq(body), saved_replies::updated_at.eq(now));
        diesel::update(saved_replies::table.find(id)).set(set).execute(tx).await?;
        let (before, after) = (json!({ "title": old_title, "body": old_body }), json!({ "title": title, "body": body }));
        audit(tx, staff, "message.reply_changed", "saved_reply", Some(id.0), Some(before), Some(after)).await?;
        Ok(())
    })
    .await
}

pub async fn remove_reply(conn: &mut Conn, id: SavedReplyId, staff: &Person) -> Result<(), Failed<DeskRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let gone = diesel::delete(saved_replies::table.find(id)).returning((saved_replies::title, saved_replies::body));
        let gone: Option<(String, String)> = gone.get_result(tx).await.optional()?;
        let (title, body) = gone.ok_or(DeskRefused::Gone)?;
        let before = json!({ "title": title, "body": body });
        Ok(audit(tx, staff, "message.reply_removed", "saved_reply", Some(id.0), Some(before), None).await?)
    })
    .await
}
