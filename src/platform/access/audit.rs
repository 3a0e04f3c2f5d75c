//! The audit trail: who did what, before and after, from where. Rows are only ever added.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use super::model::Person;
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
    let who = (trail::staff_id.eq(staff.id), trail::staff_email.eq(&staff.email), trail::address.eq(&staff.address));
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
