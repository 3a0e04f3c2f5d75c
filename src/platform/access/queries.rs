//! Reads of staff and their sessions.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::model::{IDLE, Person, SEEN_EVERY};
use super::rights::Role;
use crate::platform::base::{Broke, Moment, SessionId, StaffId, TokenHash};
use crate::platform::db::Conn;
use crate::platform::i18n::Locale;
use crate::platform::schema::{staff, staff_sessions};

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    session: SessionId,
    #[diesel(sql_type = BigInt)]
    staff: StaffId,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    role: Role,
    #[diesel(sql_type = Nullable<Text>)]
    time_zone: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    locale: Option<Locale>,
}

/// Whose session this is, while it lives and its owner is not disabled; notes in the same statement that it was seen, at most once a minute.
pub async fn person_by_token(conn: &mut Conn, token: &TokenHash, address: &str, now: Moment) -> Result<Option<Person>, Broke> {
    let found: Option<Found> = diesel::sql_query(
        "with found as (
             select s.id as session, p.id as staff, p.email, p.name, p.role, p.time_zone, p.locale, s.seen_at
               from staff_sessions s join staff p on p.id = s.staff_id
              where s.token_hash = $1 and s.expires_at > $2 and s.seen_at > $3 and p.disabled_at is null
         ), seen as (
             update staff_sessions s set seen_at = $2, address = $5 from found where s.id = found.session and found.seen_at < $4
         )
         select session, staff, email, name, role, time_zone, locale from found",
    )
    .bind::<Binary, _>(token.as_bytes())
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now - IDLE)
    .bind::<Timestamptz, _>(now - SEEN_EVERY)
    .bind::<Text, _>(address)
    .get_result(conn)
    .await
    .optional()?;
    Ok(found.map(|found| Person {
        id: found.staff,
        email: found.email,
        name: found.name,
        role: found.role,
        session: found.session,
        address: address.to_owned(),
        zone: found.time_zone.and_then(|zone| zone.parse().ok()),
        locale: found.locale,
    }))
}

/// A session that still lives.
#[derive(Clone, Debug, Queryable)]
pub struct Session {
    pub id: SessionId,
    pub address: String,
    pub device: String,
    pub created_at: Moment,
    pub seen_at: Moment,
}

/// The living sessions of somebody, the latest used first.
pub async fn sessions_of(conn: &mut Conn, of: StaffId, now: Moment) -> QueryResult<Vec<Session>> {
    use staff_sessions::{address, created_at, device, expires_at, id, seen_at, staff_id};
    staff_sessions::table
        .filter(staff_id.eq(of).and(expires_at.gt(now)).and(seen_at.gt(now - IDLE)))
        .order((seen_at.desc(), id.desc()))
        .limit(200)
        .select((id, address, device, created_at, seen_at))
        .load(conn)
        .await
}

/// Somebody on the staff list.
#[derive(Clone, Debug, Queryable)]
pub struct Member {
    pub id: StaffId,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub disabled_at: Option<Moment>,
    pub created_at: Moment,
}

impl Member {
    pub fn initials(&self) -> String {
        super::model::initials(if self.name.is_empty() { &self.email } else { &self.name })
    }
}

/// Everybody on the staff list, by the order they came.
pub async fn members(conn: &mut Conn) -> QueryResult<Vec<Member>> {
    use staff::{created_at, disabled_at, email, id, name, role};
    staff::table.order(id).select((id, email, name, role, disabled_at, created_at)).load(conn).await
}

/// Somebody on the staff list, with the kept password.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Account {
    pub id: StaffId,
    pub email: String,
    pub password_hash: String,
    pub disabled_at: Option<Moment>,
}

pub(super) async fn account_by_email(conn: &mut Conn, address: &str) -> QueryResult<Option<Account>> {
    use staff::{disabled_at, email, id, password_hash};
    let account = staff::table.filter(email.eq(address)).select((id, email, password_hash, disabled_at));
    account.first(conn).await.optional()
}

/// Whether anybody could sign in at all.
pub async fn somebody_can_sign_in(conn: &mut Conn) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(staff::table.filter(staff::disabled_at.is_null()))).get_result(conn).await
}

/// Whether somebody has put the setup guide away.
pub async fn guide_hidden(conn: &mut Conn, of: StaffId) -> QueryResult<bool> {
    staff::table.find(of).select(staff::guide_hidden).first(conn).await
}

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
    pub at: Moment,
}

/// The latest acts, newest first; those before an id for the next page.
pub async fn acts(conn: &mut Conn, before_id: Option<i64>, limit: i64) -> QueryResult<Vec<Act>> {
    use crate::platform::schema::audit::dsl as trail;
    use crate::platform::schema::orders;
    let ordered = trail::subject.eq("order").and(orders::id.nullable().eq(trail::subject_id));
    trail::audit
        .filter(trail::id.lt(before_id.unwrap_or(i64::MAX)))
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
            trail::at,
        ))
        .load(conn)
        .await
}

/// Who last did something to a thing, by name where they have one, and when; `None` when nobody of the staff did.
pub async fn last_act(conn: &mut Conn, subject: &str, id: i64) -> QueryResult<Option<(String, Moment)>> {
    use crate::platform::schema::{audit, staff};
    let found: Option<(String, Option<String>, Moment)> = audit::table
        .left_join(staff::table.on(audit::staff_id.eq(staff::id.nullable())))
        .filter(audit::subject.eq(subject).and(audit::subject_id.eq(id)))
        .order(audit::id.desc())
        .select((audit::staff_email, staff::name.nullable(), audit::at))
        .first(conn)
        .await
        .optional()?;
    Ok(found.map(|(email, name, at)| (name.filter(|name| !name.is_empty()).unwrap_or(email), at)))
}
