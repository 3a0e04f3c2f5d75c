//! Reads of staff and their sessions.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::model::{IDLE, Person, SEEN_EVERY};
use super::roles::{HeldRole, RoleKey};
use crate::platform::base::{Broke, InvitationId, Moment, SessionId, StaffId, TokenHash};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Locale;
use crate::platform::schema::{roles, staff, staff_invitations, staff_sessions, staff_sign_ins};

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
    device: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    proven_at: Option<Moment>,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = Text)]
    role_name: String,
    #[diesel(sql_type = Array<Text>)]
    rights: Vec<String>,
    #[diesel(sql_type = Bool)]
    demands_factor: bool,
    #[diesel(sql_type = Bool)]
    confined: bool,
    #[diesel(sql_type = Nullable<Text>)]
    time_zone: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    locale: Option<Locale>,
}

/// Whose session this is, while it lives and its owner is not disabled; notes in the same statement that it was seen, at most once a minute.
pub async fn person_by_token(conn: &mut Conn, token: &TokenHash, address: &str, now: Moment) -> Result<Option<Person>, Broke> {
    let found: Option<Found> = db::sql(
        "with found as (
             select s.id as session, p.id as staff, p.email, p.name, s.device, s.proven_at, p.time_zone, p.locale, s.seen_at,
                    p.role, r.name as role_name, r.rights, r.demands_factor,
                    r.demands_factor
                      and not exists (select from totp_factors f
                                       where f.account_kind = 'staff' and f.account_id = p.id and f.confirmed_at is not null)
                      and not exists (select from passkeys f where f.account_kind = 'staff' and f.account_id = p.id) as confined
               from staff_sessions s join staff p on p.id = s.staff_id join roles r on r.key = p.role
              where s.token_hash = $1 and s.expires_at > $2 and s.seen_at > $3 and p.disabled_at is null
         ), seen as (
             update staff_sessions s set seen_at = $2, address = $5 from found where s.id = found.session and found.seen_at < $4
         )
         select session, staff, email, name, device, proven_at, role, role_name, rights, demands_factor, confined, time_zone, locale
           from found",
    )
    .bind::<Binary, _>(token.as_bytes())
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now - IDLE)
    .bind::<Timestamptz, _>(now - SEEN_EVERY)
    .bind::<Text, _>(address)
    .get_result(conn)
    .await
    .optional()?;
    let Some(found) = found else { return Ok(None) };
    Ok(Some(Person {
        id: found.staff,
        email: found.email,
        name: found.name,
        role: HeldRole::kept(&found.role, found.role_name, &found.rights, found.demands_factor)?,
        session: found.session,
        address: address.to_owned(),
        device: found.device,
        proven_at: found.proven_at,
        confined: found.confined,
        zone: found.time_zone.and_then(|zone| zone.parse().ok()),
        locale: found.locale,
    }))
}

/// Somebody of the staff whose password was right and whose second factor is asked for.
#[derive(Clone, Debug, Queryable)]
pub struct HalfSignedIn {
    pub id: StaffId,
    pub email: String,
}

/// Who this is, while the second step may still be taken.
pub async fn half_by_token(conn: &mut Conn, token: &TokenHash, now: Moment) -> QueryResult<Option<HalfSignedIn>> {
    staff_sign_ins::table
        .inner_join(staff::table.on(staff::id.eq(staff_sign_ins::staff_id)))
        .filter(staff_sign_ins::token_hash.eq(token.as_bytes().to_vec()).and(staff_sign_ins::expires_at.gt(now)))
        .filter(staff::disabled_at.is_null())
        .select((staff::id, staff::email))
        .first(conn)
        .await
        .optional()
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
#[derive(Clone, Debug)]
pub struct Member {
    pub id: StaffId,
    pub email: String,
    pub name: String,
    pub role: HeldRole,
    pub disabled_at: Option<Moment>,
    pub created_at: Moment,
}

impl Member {
    pub fn initials(&self) -> String {
        super::model::initials(self.called())
    }

    /// The name, or the e-mail address where there is none.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }
}

type RoleRow = (String, String, Vec<String>, bool);
const ROLE: (roles::key, roles::name, roles::rights, roles::demands_factor) =
    (roles::key, roles::name, roles::rights, roles::demands_factor);

fn role_of((key, name, rights, demands): RoleRow) -> Result<HeldRole, Broke> {
    Ok(HeldRole::kept(&key, name, &rights, demands)?)
}

/// Everybody on the staff list, by the order they came.
pub async fn members(conn: &mut Conn) -> Result<Vec<Member>, Broke> {
    type Row = (StaffId, String, String, RoleRow, Option<Moment>, Moment);
    let rows: Vec<Row> = staff::table
        .inner_join(roles::table.on(roles::key.eq(staff::role)))
        .order(staff::id)
        .select((staff::id, staff::email, staff::name, ROLE, staff::disabled_at, staff::created_at))
        .load(conn)
        .await?;
    let member = |(id, email, name, role, disabled_at, created_at): Row| {
        Ok(Member { id, email, name, role: role_of(role)?, disabled_at, created_at })
    };
    rows.into_iter().map(member).collect()
}

/// All roles: the six in the order of their rights, then the shop's own by name.
pub async fn roles(conn: &mut Conn) -> Result<Vec<HeldRole>, Broke> {
    let rows: Vec<RoleRow> = roles::table.order((roles::name, roles::key)).select(ROLE).load(conn).await?;
    let mut all: Vec<HeldRole> = rows.into_iter().map(role_of).collect::<Result<_, Broke>>()?;
    all.sort_by_key(|role| role.key.built_in().map_or(usize::MAX, |role| role as usize));
    Ok(all)
}

pub async fn role_by_key(conn: &mut Conn, key: &RoleKey) -> Result<Option<HeldRole>, Broke> {
    let row: Option<RoleRow> = roles::table.find(key.as_str()).select(ROLE).first(conn).await.optional()?;
    row.map(role_of).transpose()
}

/// Somebody who is asked to join.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub role: HeldRole,
    pub sent_at: Moment,
    pub expires_at: Moment,
}

type InvitationRow = (InvitationId, String, RoleRow, Moment, Moment);

fn invitation((id, email, role, sent_at, expires_at): InvitationRow) -> Result<Invitation, Broke> {
    Ok(Invitation { id, email, role: role_of(role)?, sent_at, expires_at })
}

/// Everybody who is asked to join and has not come yet, also those whose link is too old by now.
pub async fn invitations(conn: &mut Conn) -> Result<Vec<Invitation>, Broke> {
    let of = (staff_invitations::id, staff_invitations::email, ROLE, staff_invitations::sent_at, staff_invitations::expires_at);
    let all = staff_invitations::table.inner_join(roles::table.on(roles::key.eq(staff_invitations::role)));
    let rows: Vec<InvitationRow> = all.order(staff_invitations::id).select(of).load(conn).await?;
    rows.into_iter().map(invitation).collect()
}

/// The invitation of a link, while it is good.
pub async fn invitation_by_token(conn: &mut Conn, token: &TokenHash, now: Moment) -> Result<Option<Invitation>, Broke> {
    let of = (staff_invitations::id, staff_invitations::email, ROLE, staff_invitations::sent_at, staff_invitations::expires_at);
    let all = staff_invitations::table.inner_join(roles::table.on(roles::key.eq(staff_invitations::role)));
    let good = staff_invitations::token_hash.eq(token.as_bytes().to_vec()).and(staff_invitations::expires_at.gt(now));
    let row: Option<InvitationRow> = all.filter(good).select(of).first(conn).await.optional()?;
    row.map(invitation).transpose()
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

/// Whether somebody wants the mail of what runs low.
pub async fn wishes_low_stock_mail(conn: &mut Conn, of: StaffId) -> QueryResult<bool> {
    staff::table.find(of).select(staff::low_stock_mail).first(conn).await
}

/// Whether somebody has put the setup guide away.
pub async fn guide_hidden(conn: &mut Conn, of: StaffId) -> QueryResult<bool> {
    staff::table.find(of).select(staff::guide_hidden).first(conn).await
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
