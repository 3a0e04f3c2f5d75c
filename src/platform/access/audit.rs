//! The audit trail: who did what, before and after, from where. Rows are only added, and stay for a year at least (the database sees to
//! both). It says to whom something was done by ids: names, addresses, notes of customers do not belong here, since it forgets nobody.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use super::model::{Origin, Person};
use crate::platform::base::{Moment, StaffId};
use crate::platform::db::Conn;
use crate::platform::schema::audit as trail;

/// Writes down a staff act in the transaction that does it: `audit(tx, &staff, "order.cancelled", "order", Some(id), before, after)`.
pub async fn audit(
    tx: &mut Conn,
    staff: &Person,
    action: &str,
    subject: &str,
    id: Option<i64>,
    before: Option<Value>,
    after: Option<Value>,
) -> QueryResult<()> {
    let who = (trail::staff_id.eq(staff.id), trail::staff_email.eq(&staff.email));
    let who = (who, trail::address.eq(&staff.address), trail::device.eq(&staff.device));
    let what = (trail::action.eq(action), trail::subject.eq(subject), trail::subject_id.eq(id));
    diesel::insert_into(trail::table).values((who, what, trail::before.eq(before), trail::after.eq(after))).execute(tx).await?;
    Ok(())
}

/// Writes down what was done from the command line or while the shop was first opened.
pub async fn audit_without_staff(
    tx: &mut Conn,
    who: &str,
    action: &str,
    subject: &str,
    id: Option<i64>,
    after: Option<Value>,
) -> QueryResult<()> {
    let what = (trail::action.eq(action), trail::subject.eq(subject), trail::subject_id.eq(id));
    diesel::insert_into(trail::table).values((trail::staff_email.eq(who), what, trail::after.eq(after))).execute(tx).await?;
    Ok(())
}

/// Writes down what happens at the door, where nobody is signed in yet or any more; `who`: the account, if it is one, and how it is called.
pub async fn audit_at_the_door(
    tx: &mut Conn,
    (id, called): (Option<StaffId>, &str),
    origin: &Origin,
    action: &str,
    after: Option<Value>,
) -> QueryResult<()> {
    let who = (trail::staff_id.eq(id), trail::staff_email.eq(called));
    let whence = (trail::address.eq(&origin.address), trail::device.eq(&origin.device));
    let what = (trail::action.eq(action), trail::subject.eq("staff"), trail::subject_id.eq(id.map(|id| id.0)));
    diesel::insert_into(trail::table).values((who, whence, what, trail::after.eq(after))).execute(tx).await?;
    Ok(())
}

/// Deletes what was written down before a moment that is more than a year ago; run once in a while.
pub async fn sweep(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    diesel::delete(trail::table.filter(trail::at.lt(before))).execute(conn).await
}
