//! Acts of staff on the menus. All of them lock the links of both menus, which are few.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use super::model::{LinkDraft, LinkRefused, MOST_LINKS, Menu, MenuLink, Target};
use super::queries;
use crate::platform::access::{self, Person};
use crate::platform::base::{Failed, Move, moved};
use crate::platform::db::{self, Conn};
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{categories, menu_links, products, settings};

/// All links, and nobody else changes them until the transaction ends; the settings' row stands for the menus, which may be empty.
async fn links_for_update(tx: &mut Conn) -> QueryResult<Vec<MenuLink>> {
    settings::table.select(settings::version).for_update().first::<i32>(tx).await?;
    queries::menu_links(tx).await
}

/// Adds a link as the last one at its place.
pub async fn add(conn: &mut Conn, staff: &Person, menu: Menu, draft: &LinkDraft) -> Result<i64, Failed<LinkRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let links = links_for_update(tx).await?;
        draft.check()?;
        may_stand(&links, menu, None, draft.parent)?;
        if links.iter().filter(|link| link.menu == menu).count() >= MOST_LINKS {
            return Err(LinkRefused::TooMany.into());
        }
        let id = insert(tx, menu, draft, links.len() as i32).await?;
        told(tx, staff, "menu.link_added", id, None, Some(written(menu, draft))).await?;
        Ok(id)
    })
    .await
}

/// Makes a link as the form says.
pub async fn edit(conn: &mut Conn, staff: &Person, id: i64, draft: &LinkDraft) -> Result<(), Failed<LinkRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let links = links_for_update(tx).await?;
        let kept = links.iter().find(|link| link.id == id).ok_or(LinkRefused::Gone)?;
        draft.check()?;
        may_stand(&links, kept.menu, Some(id), draft.parent)?;
        let columns = columns(&draft.target);
        let set = (
            menu_links::labels.eq(draft.labels.to_json()),
            menu_links::parent_id.eq(draft.parent),
            (menu_links::category_id.eq(columns.0), menu_links::product_id.eq(columns.1)),
            (menu_links::place.eq(columns.2), menu_links::address.eq(columns.3)),
        );
        diesel::update(menu_links::table.find(id)).set(set).execute(tx).await.map_err(or_gone)?;
        let before = LinkDraft { labels: kept.labels.clone(), target: kept.target.clone(), parent: kept.parent };
        told(tx, staff, "menu.link_edited", id, Some(written(kept.menu, &before)), Some(written(kept.menu, draft))).await
    })
    .await
}

/// Moves a link among those beside it.
pub async fn place(conn: &mut Conn, staff: &Person, id: i64, to: Move) -> Result<(), Failed<LinkRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let links = links_for_update(tx).await?;
        let one = links.iter().find(|link| link.id == id).ok_or(LinkRefused::Gone)?;
        let beside = links.iter().filter(|link| link.menu == one.menu && link.parent == one.parent);
        let Some(order) = moved(&beside.map(|link| link.id).collect::<Vec<_>>(), id, to) else { return Ok(()) };
        db::sql(
            "update menu_links set position = o.place::integer
               from unnest($1::bigint[]) with ordinality o (id, place) where menu_links.id = o.id",
        )
        .bind::<Array<BigInt>, _>(&order)
        .execute(tx)
        .await?;
        told(tx, staff, "menu.link_moved", id, None, Some(json!({ "order": order }))).await
    })
    .await
}

/// Removes a link with those below it; one that is gone already is fine.
pub async fn remove(conn: &mut Conn, staff: &Person, id: i64) -> Result<(), Failed<LinkRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let links = links_for_update(tx).await?;
        let Some(kept) = links.iter().find(|link| link.id == id) else { return Ok(()) };
        diesel::delete(menu_links::table.find(id)).execute(tx).await?;
        let before = LinkDraft { labels: kept.labels.clone(), target: kept.target.clone(), parent: kept.parent };
        told(tx, staff, "menu.link_removed", id, Some(written(kept.menu, &before)), None).await
    })
    .await
}

/// Fills an empty menu with the categories that the shop shows without one; a menu that has links stays as it is.
pub async fn begin(conn: &mut Conn, staff: &Person, menu: Menu) -> Result<(), Failed<LinkRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        if links_for_update(tx).await?.iter().any(|link| link.menu == menu) {
            return Ok(());
        }
        let top: Vec<i64> = below(tx, None).await?;
        for (position, category) in top.into_iter().take(12).enumerate() {
            let draft = |category: i64, parent: Option<i64>| {
                let target = Target::Category(crate::platform::base::CategoryId(category));
                LinkDraft { labels: Default::default(), target, parent }
            };
            let parent = insert(tx, menu, &draft(category, None), position as i32).await?;
            for (position, child) in below(tx, Some(category)).await?.into_iter().take(7).enumerate() {
                insert(tx, menu, &draft(child, Some(parent)), position as i32).await?;
            }
        }
        told(tx, staff, "menu.begun", None::<i64>, None, Some(json!({ "menu": menu }))).await
    })
    .await
}

async fn below(tx: &mut Conn, parent: Option<i64>) -> QueryResult<Vec<i64>> {
    let mine = categories::table.filter(categories::parent_id.is_not_distinct_from(parent));
    mine.order((categories::position, categories::title)).select(categories::id).load(tx).await
}

/// Two levels, both in the same menu.
fn may_stand(links: &[MenuLink], menu: Menu, one: Option<i64>, parent: Option<i64>) -> Result<(), LinkRefused> {
    let Some(parent) = parent else { return Ok(()) };
    let above = links.iter().find(|link| link.id == parent && link.menu == menu).ok_or(LinkRefused::Gone)?;
    let has_own = one.is_some_and(|one| links.iter().any(|link| link.parent == Some(one)));
    if above.parent.is_some() || has_own || one == Some(parent) { Err(LinkRefused::TooDeep) } else { Ok(()) }
}

type Columns<'a> = (Option<i64>, Option<i64>, &'a str, &'a str);

fn columns(target: &Target) -> Columns<'_> {
    match target {
        Target::Nothing => (None, None, "", ""),
        Target::Category(id) => (Some(id.0), None, "", ""),
        Target::Product(id) => (None, Some(id.0), "", ""),
        Target::Place(place) => (None, None, place.as_str(), ""),
        Target::Address(link) => (None, None, "", link.as_str()),
    }
}

async fn insert(tx: &mut Conn, menu: Menu, draft: &LinkDraft, position: i32) -> Result<i64, Failed<LinkRefused>> {
    let columns = columns(&draft.target);
    let row = (
        (menu_links::menu.eq(menu), menu_links::parent_id.eq(draft.parent), menu_links::position.eq(position)),
        menu_links::labels.eq(draft.labels.to_json()),
        (menu_links::category_id.eq(columns.0), menu_links::product_id.eq(columns.1)),
        (menu_links::place.eq(columns.2), menu_links::address.eq(columns.3)),
    );
    diesel::insert_into(menu_links::table).values(row).returning(menu_links::id).get_result(tx).await.map_err(or_gone)
}

/// What it leads to may have been removed a moment ago.
fn or_gone(error: diesel::result::Error) -> Failed<LinkRefused> {
    use diesel::result::{DatabaseErrorKind, Error};
    match error {
        Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => LinkRefused::NotFound.into(),
        error => error.into(),
    }
}

fn written(menu: Menu, draft: &LinkDraft) -> Value {
    let (category, product, place, address) = columns(&draft.target);
    json!({ "menu": menu, "labels": draft.labels.to_json(), "category": category, "product": product, "place": place, "address": address })
}

async fn told(
    tx: &mut Conn,
    staff: &Person,
    action: &str,
    id: impl Into<Option<i64>>,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<(), Failed<LinkRefused>> {
    access::audit(tx, staff, action, "menu_link", id.into(), before, after).await?;
    Ok(feed::tell(tx, Subject::Content, None).await?)
}

/// The product or category that an address of the shop names; other addresses stay addresses.
pub async fn target_of(conn: &mut Conn, link: crate::platform::web::Link) -> Result<Target, Failed<LinkRefused>> {
    let path = link.as_str().split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_owned();
    if let Some(handle) = path.strip_prefix("/products/") {
        let found = products::table.filter(products::handle.eq(handle)).select(products::id).first(conn).await.optional()?;
        return Ok(Target::Product(found.ok_or(LinkRefused::NotFound)?));
    }
    if let Some(handle) = path.strip_prefix("/categories/") {
        let found =
            categories::table.filter(categories::handle.eq(handle)).select(categories::id).first(conn).await.optional()?;
        return Ok(Target::Category(found.ok_or(LinkRefused::NotFound)?));
    }
    Ok(Target::Address(link))
}
