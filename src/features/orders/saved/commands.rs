//! Keeping, renaming, sharing and removing views.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::{MOST, SavedView, ViewRefused};
use crate::platform::access::{Person, Right, audit};
use crate::platform::base::{Failed, Moment, OrderViewId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::order_views;

/// Keeps a query under a name. The same query under the same name again is a double click.
///
/// # Errors
/// A query that narrows nothing, a name that the person uses already, too many views.
pub async fn keep(
    conn: &mut Conn,
    name: &str,
    query: &str,
    shared: bool,
    staff: &Person,
    now: Moment,
) -> Result<OrderViewId, Failed<ViewRefused>> {
    if query.is_empty() {
        return Err(ViewRefused::Everything.into());
    }
    db::transaction(conn, async |tx: &mut Conn| {
        let mine = order_views::table.filter(order_views::staff_id.eq(staff.id));
        if mine.count().get_result::<i64>(tx).await? >= MOST {
            return Err(ViewRefused::TooMany.into());
        }
        let row = (
            order_views::staff_id.eq(staff.id),
            order_views::name.eq(name),
            order_views::query.eq(query),
            order_views::shared.eq(shared),
            order_views::created_at.eq(now),
        );
        let fresh = diesel::insert_into(order_views::table).values(row).on_conflict_do_nothing().returning(order_views::id);
        let Some(id) = fresh.get_result::<OrderViewId>(tx).await.optional()? else {
            let same = mine.filter(order_views::name.eq(name)).filter(order_views::query.eq(query));
            let same: Option<OrderViewId> = same.select(order_views::id).first(tx).await.optional()?;
            return same.ok_or_else(|| ViewRefused::NameTaken.into());
        };
        let after = json!({ "name": name, "query": query, "shared": shared });
        audit(tx, staff, "order_view.kept", "order_view", Some(id.0), None, Some(after)).await?;
        Ok(id)
    })
    .await
}

/// Gives a view another name, shares it with everybody or takes it back.
///
/// # Errors
/// A view of somebody else, or a name that the person uses already.
pub async fn rename(
    conn: &mut Conn,
    id: OrderViewId,
    name: &str,
    shared: bool,
    staff: &Person,
) -> Result<(), Failed<ViewRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let before = own(tx, id, staff).await?;
        let taken = order_views::table
            .filter(order_views::staff_id.eq(staff.id))
            .filter(order_views::id.ne(id))
            .filter(diesel::dsl::sql::<diesel::sql_types::Text>("lower(name)").eq(name.to_lowercase()));
        if taken.count().get_result::<i64>(tx).await? > 0 {
            return Err(ViewRefused::NameTaken.into());
        }
        let changes = (order_views::name.eq(name), order_views::shared.eq(shared));
        diesel::update(order_views::table.find(id)).set(changes).execute(tx).await?;
        let (before, after) = (detail(&before), json!({ "name": name, "shared": shared }));
        audit(tx, staff, "order_view.renamed", "order_view", Some(id.0), Some(before), Some(after)).await?;
        Ok(())
    })
    .await
}

/// Removes a view; the orders in it stay as they are. Who manages staff also removes what others share: they may have left.
///
/// # Errors
/// A view of somebody else.
pub async fn remove(conn: &mut Conn, id: OrderViewId, staff: &Person) -> Result<(), Failed<ViewRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let before = lock(tx, id).await?;
        if before.staff != staff.id && !(before.shared && staff.may(Right::ManageStaff)) {
            return Err(ViewRefused::Foreign.into());
        }
        diesel::delete(order_views::table.find(id)).execute(tx).await?;
        audit(tx, staff, "order_view.removed", "order_view", Some(id.0), Some(detail(&before)), None).await?;
        Ok(())
    })
    .await
}

fn detail(view: &SavedView) -> serde_json::Value {
    json!({ "name": view.name, "query": view.query, "shared": view.shared })
}

async fn lock(tx: &mut Conn, id: OrderViewId) -> Result<SavedView, Failed<ViewRefused>> {
    let columns = (order_views::id, order_views::staff_id, order_views::name, order_views::query, order_views::shared);
    let view: Option<SavedView> = order_views::table.find(id).select(columns).for_update().first(tx).await.optional()?;
    view.ok_or_else(|| ViewRefused::Unknown.into())
}

/// The view, locked, when this person made it.
async fn own(tx: &mut Conn, id: OrderViewId, staff: &Person) -> Result<SavedView, Failed<ViewRefused>> {
    let view = lock(tx, id).await?;
    if view.staff == staff.id { Ok(view) } else { Err(ViewRefused::Foreign.into()) }
}
