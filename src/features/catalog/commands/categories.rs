//! Saving categories; part of the room's commands.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use super::{forget_redirect, or_taken, redirect};
use crate::features::catalog::model::{CategoryDraft, Outcome, SaveRefused};
use crate::platform::base::{CategoryId, Failed, Handle, MediaId, Name};
use crate::platform::db::{self, Conn};
use crate::platform::feed::{self, Subject};
use crate::platform::schema::categories;

#[derive(Queryable, Selectable, Insertable, AsChangeset, PartialEq)]
#[diesel(table_name = categories, treat_none_as_null = true)]
struct Row {
    title: String,
    parent_id: Option<CategoryId>,
    description: String,
    media_id: Option<MediaId>,
    position: i32,
}

/// Creates the category of this handle, or makes it as the draft says. Saving the same again writes nothing.
pub async fn save_category(tx: &mut Conn, draft: &CategoryDraft) -> Result<(CategoryId, Outcome), Failed<SaveRefused>> {
    let wanted = Row {
        title: draft.title.to_string(),
        parent_id: draft.parent,
        description: draft.description.to_string(),
        media_id: draft.image,
        position: draft.position,
    };
    let named = categories::table.filter(categories::handle.eq(&*draft.handle));
    let kept: Option<(CategoryId, Row)> =
        named.select((categories::id, Row::as_select())).for_update().first(tx).await.optional()?;
    let refused = |error| or_title_taken(error, &draft.handle, &draft.title);
    let (id, outcome) = match kept {
        Some((id, kept)) if kept == wanted => (id, Outcome::Unchanged),
        Some((id, _)) => {
            if let Some(parent) = draft.parent
                && stands_below(tx, parent, id).await?
            {
                return Err(SaveRefused::CategoryCircle.into());
            }
            diesel::update(categories::table.find(id.0)).set(wanted).execute(tx).await.map_err(refused)?;
            (id, Outcome::Updated)
        }
        None => {
            forget_redirect(tx, "category", &draft.handle).await?;
            let new = diesel::insert_into(categories::table).values((categories::handle.eq(&*draft.handle), wanted));
            (new.returning(categories::id).get_result(tx).await.map_err(refused)?, Outcome::Created)
        }
    };
    if outcome != Outcome::Unchanged {
        feed::tell(tx, Subject::Category, Some(id.0)).await?;
    }
    Ok((id, outcome))
}

/// The category at the end of a path of titles ("Kitchen", "Kettles"), made with all above it where it is missing; counts those made.
/// `None` for an empty path.
pub async fn category_at(tx: &mut Conn, path: &[Name<255>]) -> Result<(Option<CategoryId>, usize), Failed<SaveRefused>> {
    let (mut parent, mut made, mut trail): (Option<CategoryId>, usize, Vec<&str>) = (None, 0, Vec::new());
    for title in path {
        trail.push(title);
        let there = categories::table
            .filter(categories::parent_id.is_not_distinct_from(parent).and(categories::title.eq(&**title)))
            .select(categories::id);
        if let Some(id) = there.first::<CategoryId>(tx).await.optional()? {
            parent = Some(id);
            continue;
        }
        let position: i64 =
            categories::table.filter(categories::parent_id.is_not_distinct_from(parent)).count().get_result(tx).await?;
        let handle = free_handle(tx, &trail).await?;
        let draft = CategoryDraft {
            handle,
            title: title.clone(),
            parent,
            description: Default::default(),
            image: None,
            position: position as i32,
        };
        parent = Some(save_category(tx, &draft).await?.0);
        made += 1;
    }
    Ok((parent, made))
}

/// Gives a category another handle; the old one leads there from now on.
pub async fn rename_category(tx: &mut Conn, category: CategoryId, handle: &Handle) -> Result<(), Failed<SaveRefused>> {
    let old: String = categories::table.find(category.0).select(categories::handle).for_update().first(tx).await?;
    if old == **handle {
        return Ok(());
    }
    forget_redirect(tx, "category", handle).await?;
    redirect(tx, "category", &old, category.0).await?;
    let renamed = diesel::update(categories::table.find(category.0)).set(categories::handle.eq(&**handle)).execute(tx).await;
    renamed.map_err(|error| or_taken(error, handle))?;
    Ok(feed::tell(tx, Subject::Category, Some(category.0)).await?)
}

/// "kettles", else "kitchen-kettles", else that with a number.
async fn free_handle(tx: &mut Conn, trail: &[&str]) -> QueryResult<Handle> {
    let short = Handle::of_title(trail.last().copied().unwrap_or_default());
    let long = Handle::of_title(&trail.join(" "));
    let like = format!("{}%", &*long);
    let taken: Vec<String> = categories::table
        .filter(categories::handle.eq(&*short).or(categories::handle.like(like)))
        .select(categories::handle)
        .load(tx)
        .await?;
    let mut choices = [short, long.clone()].into_iter().chain((2..).map(|number| long.numbered(number)));
    let free = choices.find(|handle| !taken.iter().any(|one| *one == **handle));
    Ok(free.unwrap_or(long))
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    below: bool,
}

/// Whether a category is this one or stands somewhere below it.
async fn stands_below(tx: &mut Conn, category: CategoryId, above: CategoryId) -> QueryResult<bool> {
    let found: Found = db::sql(
        "with recursive up (id, parent_id) as (select id, parent_id from categories where id = $1 \
         union select c.id, c.parent_id from categories c join up on c.id = up.parent_id) \
         select exists (select 1 from up where id = $2) as below",
    )
    .bind::<BigInt, _>(category.0)
    .bind::<BigInt, _>(above.0)
    .get_result(tx)
    .await?;
    Ok(found.below)
}

fn or_title_taken(error: diesel::result::Error, handle: &Handle, title: &str) -> Failed<SaveRefused> {
    use diesel::result::Error;
    match &error {
        Error::DatabaseError(_, info) if info.constraint_name() == Some("categories_title_once") => {
            SaveRefused::CategoryTitleTaken { title: title.to_owned() }.into()
        }
        _ => or_taken(error, handle),
    }
}
