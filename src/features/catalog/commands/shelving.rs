//! Acts of staff on categories; part of the room's commands. All of them lock the whole tree, which is small.

use diesel::dsl::max;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::{forget_redirect, redirect};
use crate::features::catalog::model::{Branch, CategoryEdit, PictureChoice, ShelveRefused, Tree, may_stand};
use crate::features::catalog::queries;
use crate::platform::access::{self, Person};
use crate::platform::base::{CategoryId, Failed, Handle, Moment, Move, Name, moved};
use crate::platform::db::{self, Conn};
use crate::platform::feed::{self, Subject};
use crate::platform::i18n::Translations;
use crate::platform::schema::{categories, handle_redirects};

/// All categories, and nobody else changes them until the transaction ends.
pub(super) async fn tree_for_update(tx: &mut Conn) -> QueryResult<Tree> {
    categories::table.order(categories::id).select(categories::id).for_update().load::<CategoryId>(tx).await?;
    queries::tree(tx).await
}

/// Adds a category, as the last one at its place.
pub async fn add_category(
    conn: &mut Conn,
    staff: &Person,
    title: &Name<255>,
    parent: Option<CategoryId>,
) -> Result<CategoryId, Failed<ShelveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let tree = tree_for_update(tx).await?;
        may_stand(&tree, None, parent)?;
        unlike_siblings(&tree, None, parent, title)?;
        let handle = free_handle(&tree, title, parent);
        forget_redirect(tx, "category", &handle).await?;
        let position = last_position(tx, parent).await? + 1;
        let new = (
            categories::handle.eq(&*handle),
            categories::title.eq(&**title),
            categories::parent_id.eq(parent),
            categories::position.eq(position),
        );
        let id: CategoryId = diesel::insert_into(categories::table).values(new).returning(categories::id).get_result(tx).await?;
        let after = json!({ "title": &**title, "handle": &*handle, "parent": parent });
        access::audit(tx, staff, "category.added", "category", Some(id.0), None, Some(after)).await?;
        feed::tell(tx, Subject::Category, Some(id.0)).await?;
        Ok(id)
    })
    .await
}

/// Makes a category as the form says. Its old handle leads to it from now on.
pub async fn edit_category(
    conn: &mut Conn,
    staff: &Person,
    id: CategoryId,
    edit: &CategoryEdit,
    now: Moment,
) -> Result<(), Failed<ShelveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let tree = tree_for_update(tx).await?;
        let kept = queries::editable_category(tx, id).await?.ok_or(ShelveRefused::Gone)?;
        if kept.version != edit.version {
            return Err(ShelveRefused::Changed.into());
        }
        may_stand(&tree, Some(id), edit.parent)?;
        unlike_siblings(&tree, Some(id), edit.parent, &edit.title)?;
        if tree.all().iter().any(|other| other.id != id && *other.handle == *edit.handle) {
            return Err(ShelveRefused::HandleTaken { handle: edit.handle.to_string() }.into());
        }
        if kept.handle != *edit.handle {
            forget_redirect(tx, "category", &edit.handle).await?;
            redirect(tx, "category", &kept.handle, id.0).await?;
        }
        if kept.parent != edit.parent {
            let position = last_position(tx, edit.parent).await? + 1;
            diesel::update(categories::table.find(id)).set(categories::position.eq(position)).execute(tx).await?;
        }
        let words = edit.translated(&kept.translations);
        write(tx, id, edit, &words, now).await?;
        let before = json!({
            "title": kept.title, "handle": kept.handle, "parent": kept.parent, "description": kept.description,
            "translations": kept.translations,
        });
        let after = json!({
            "title": &*edit.title, "handle": &*edit.handle, "parent": edit.parent, "description": &*edit.description,
            "translations": words,
        });
        access::audit(tx, staff, "category.edited", "category", Some(id.0), Some(before), Some(after)).await?;
        Ok(feed::tell(tx, Subject::Category, Some(id.0)).await?)
    })
    .await
}

async fn write(tx: &mut Conn, id: CategoryId, edit: &CategoryEdit, words: &Translations, now: Moment) -> QueryResult<()> {
    let row = categories::table.find(id);
    diesel::update(row)
        .set((
            categories::title.eq(&*edit.title),
            categories::handle.eq(&*edit.handle),
            categories::parent_id.eq(edit.parent),
            categories::description.eq(&*edit.description),
            categories::seo_title.eq(&*edit.seo_title),
            categories::seo_description.eq(&*edit.seo_description),
            categories::translations.eq(words),
            categories::version.eq(categories::version + 1),
            categories::updated_at.eq(now),
        ))
        .execute(tx)
        .await?;
    let picture = match edit.picture {
        PictureChoice::Keep => return Ok(()),
        PictureChoice::Remove => None,
        PictureChoice::Take(media) => Some(media),
    };
    diesel::update(row).set(categories::media_id.eq(picture)).execute(tx).await?;
    Ok(())
}

/// Moves a category among its siblings.
pub async fn move_category(conn: &mut Conn, staff: &Person, id: CategoryId, to: Move) -> Result<(), Failed<ShelveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let tree = tree_for_update(tx).await?;
        let one = tree.get(id).ok_or(ShelveRefused::Gone)?;
        let siblings: Vec<i64> = tree.children(one.parent).map(|branch| branch.id.0).collect();
        let Some(order) = moved(&siblings, id.0, to) else { return Ok(()) };
        renumber(tx, &order, 0).await?;
        access::audit(tx, staff, "category.moved", "category", Some(id.0), None, Some(json!({ "order": order }))).await?;
        Ok(feed::tell(tx, Subject::Category, Some(id.0)).await?)
    })
    .await
}

/// Removes a category: those below move up, its products stay in the shop, its addresses lead to the one above.
pub async fn remove_category(conn: &mut Conn, staff: &Person, id: CategoryId) -> Result<(), Failed<ShelveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let tree = tree_for_update(tx).await?;
        let one = tree.get(id).ok_or(ShelveRefused::Gone)?;
        let children: Vec<&Branch> = tree.children(Some(id)).collect();
        for child in &children {
            let there = tree.children(one.parent).any(|other| other.id != id && other.title == child.title);
            if there {
                return Err(ShelveRefused::TitleTaken { title: child.title.clone() }.into());
            }
        }
        let last = last_position(tx, one.parent).await?;
        renumber(tx, &children.iter().map(|child| child.id.0).collect::<Vec<_>>(), last + 1).await?;
        diesel::update(categories::table.filter(categories::parent_id.eq(id)))
            .set(categories::parent_id.eq(one.parent))
            .execute(tx)
            .await?;
        diesel::delete(categories::table.find(id)).execute(tx).await?;
        lead_on(tx, one).await?;
        let before = json!({ "title": one.title, "handle": one.handle, "parent": one.parent });
        access::audit(tx, staff, "category.removed", "category", Some(id.0), Some(before), None).await?;
        Ok(feed::tell(tx, Subject::Category, Some(id.0)).await?)
    })
    .await
}

/// What led to a category that is gone, and its own address, leads to the one above; nowhere when there is none.
async fn lead_on(tx: &mut Conn, gone: &Branch) -> QueryResult<()> {
    let led =
        handle_redirects::table.filter(handle_redirects::kind.eq("category").and(handle_redirects::target_id.eq(gone.id.0)));
    match gone.parent {
        None => diesel::delete(led).execute(tx).await.map(drop),
        Some(parent) => {
            diesel::update(led).set(handle_redirects::target_id.eq(parent.0)).execute(tx).await?;
            redirect(tx, "category", &gone.handle, parent.0).await
        }
    }
}

/// Numbers categories in this order, from a position on.
async fn renumber(tx: &mut Conn, order: &[i64], from: i32) -> QueryResult<()> {
    db::sql(
        "update categories set position = o.place::integer + $2
           from unnest($1::bigint[]) with ordinality o (id, place) where categories.id = o.id",
    )
    .bind::<diesel::sql_types::Array<diesel::sql_types::BigInt>, _>(order)
    .bind::<diesel::sql_types::Integer, _>(from)
    .execute(tx)
    .await?;
    Ok(())
}

async fn last_position(tx: &mut Conn, parent: Option<CategoryId>) -> QueryResult<i32> {
    let siblings = categories::table.filter(categories::parent_id.is_not_distinct_from(parent));
    Ok(siblings.select(max(categories::position)).first::<Option<i32>>(tx).await?.unwrap_or(0))
}

fn unlike_siblings(
    tree: &Tree,
    one: Option<CategoryId>,
    parent: Option<CategoryId>,
    title: &Name<255>,
) -> Result<(), ShelveRefused> {
    let same = tree.children(parent).any(|other| Some(other.id) != one && *other.title == **title);
    if same { Err(ShelveRefused::TitleTaken { title: title.to_string() }) } else { Ok(()) }
}

/// "kettles", else "kitchen-kettles", else that with a number.
fn free_handle(tree: &Tree, title: &Name<255>, parent: Option<CategoryId>) -> Handle {
    let short = Handle::of_title(title);
    let above = parent.map(|parent| tree.trail(parent)).unwrap_or_default();
    let trail: Vec<&str> = above.iter().map(|branch| branch.title.as_str()).chain([&**title]).collect();
    let long = Handle::of_title(&trail.join(" "));
    let choices = [short, long.clone()].into_iter().chain((2..1000).map(|number| long.numbered(number)));
    let mut free = choices.filter(|handle| tree.by_handle(handle).is_none());
    free.next().unwrap_or(long)
}
