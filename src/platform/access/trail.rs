//! Reads of the audit trail: the latest acts, narrowed by who, what, to what and when.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

use crate::platform::base::Moment;
use crate::platform::db::{self, Conn};
use crate::platform::schema::audit::dsl as trail;
use crate::platform::schema::orders;

/// A row of the audit trail.
#[derive(Clone, Debug, Queryable)]
pub struct Act {
    pub id: i64,
    pub who: String,
    pub action: String,
    pub subject: String,
    pub subject_id: Option<i64>,
    /// What people call it, where it is an order.
    pub order_number: Option<i64>,
    pub before: Option<serde_json::Value>,
    pub after: Option<serde_json::Value>,
    pub address: String,
    pub device: String,
    pub at: Moment,
}

/// What to narrow the trail to.
#[derive(Clone, Debug, Default)]
pub struct Narrowed {
    /// A part of who it was: e-mail address, network address, device.
    pub who: String,
    /// The act, or the beginning of its name up to a point: "settings.legal" is every legal text.
    pub action: String,
    pub subject: String,
    /// Of an order, the number that people call it by.
    pub subject_id: Option<i64>,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
}

/// Text to be found anywhere, with no sign of it meaning more than itself.
fn anywhere(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// The latest acts, newest first; those before an id for the next page.
pub async fn acts(conn: &mut Conn, narrowed: &Narrowed, before_id: Option<i64>, limit: i64) -> QueryResult<Vec<Act>> {
    let ordered = trail::subject.eq("order").and(orders::id.nullable().eq(trail::subject_id));
    let mut found = trail::audit.filter(trail::id.lt(before_id.unwrap_or(i64::MAX))).into_boxed();
    if !narrowed.who.is_empty() {
        let part = anywhere(&narrowed.who);
        let who = trail::staff_email.ilike(part.clone()).or(trail::address.ilike(part.clone())).or(trail::device.ilike(part));
        found = found.filter(who);
    }
    if !narrowed.action.is_empty() {
        let below = anywhere(&narrowed.action).trim_start_matches('%').trim_end_matches('%').to_owned() + ".%";
        found = found.filter(trail::action.eq(narrowed.action.clone()).or(trail::action.like(below)));
    }
    if !narrowed.subject.is_empty() {
        found = found.filter(trail::subject.eq(narrowed.subject.clone()));
    }
    match narrowed.subject_id {
        Some(number) if narrowed.subject == "order" => {
            let order = orders::table.filter(orders::number.eq(number)).select(orders::id.nullable());
            found = found.filter(trail::subject_id.eq_any(order));
        }
        Some(id) => found = found.filter(trail::subject_id.eq(id)),
        None => {}
    }
    if let Some(from) = narrowed.from {
        found = found.filter(trail::at.ge(from));
    }
    if let Some(until) = narrowed.until {
        found = found.filter(trail::at.lt(until));
    }
    found
        .order(trail::id.desc())
        .limit(limit)
        .select((
            trail::id,
            trail::staff_email,
            trail::action,
            trail::subject,
            trail::subject_id,
            orders::table.filter(ordered).select(orders::number).single_value(),
            trail::before,
            trail::after,
            trail::address,
            trail::device,
            trail::at,
        ))
        .load(conn)
        .await
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Every act that the trail knows, each once; from step to step through the index, however long the trail is.
pub async fn actions(conn: &mut Conn) -> QueryResult<Vec<String>> {
    let found: Vec<Named> = db::sql(
        "with recursive one as (
             (select action as name from audit order by action limit 1)
             union all
             select (select action from audit where action > one.name order by action limit 1) from one where one.name is not null
         )
         select name from one where name is not null",
    )
    .load(conn)
    .await?;
    Ok(found.into_iter().map(|found| found.name).collect())
}
