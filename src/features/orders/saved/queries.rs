//! Reads of kept views.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::SavedView;
use crate::platform::base::StaffId;
use crate::platform::db::Conn;
use crate::platform::schema::{order_views, staff};

/// A person's own views and those that others share, the oldest first.
pub async fn views_for(conn: &mut Conn, me: StaffId) -> QueryResult<Vec<SavedView>> {
    order_views::table
        .filter(order_views::staff_id.eq(me).or(order_views::shared))
        .order(order_views::id)
        .select((order_views::id, order_views::staff_id, order_views::name, order_views::query, order_views::shared))
        .limit(60)
        .load(conn)
        .await
}

/// The names of those who made these views, or their addresses where they have none.
pub async fn makers_of(conn: &mut Conn, views: &[SavedView]) -> QueryResult<Vec<(StaffId, String)>> {
    let ids: Vec<StaffId> = views.iter().map(|view| view.staff).collect();
    let rows: Vec<(StaffId, String, String)> =
        staff::table.filter(staff::id.eq_any(ids)).select((staff::id, staff::name, staff::email)).load(conn).await?;
    Ok(rows.into_iter().map(|(id, name, email)| (id, if name.is_empty() { email } else { name })).collect())
}
