//! Acts on staff and sessions.

use chrono_tz::Tz;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::audit;
use super::model::{Origin, Person, SignInRefused, StaffRefused, expiry};
use super::passwords::{self, Kept, Password};
use super::queries::{self, Account};
use super::rights::Role;
use crate::platform::base::{Broke, Email, Failed, Moment, SessionId, StaffId, Token};
use crate::platform::db::{self, Conn, Db};
use crate::platform::i18n::Locale;
use crate::platform::schema::{staff, staff_sessions};
use crate::platform::throttle;

/// Lets somebody in under a new token. Holds no connection while the password is hashed.
pub async fn sign_in(
    db: &Db,
    email: &Email,
    password: &Password,
    origin: &Origin,
    now: Moment,
) -> Result<Token, Failed<SignInRefused>> {
    let (attempt, account) = {
        let mut conn = db.get().await?;
        let attempt =
            throttle::begin(&mut conn, email, &origin.address, now).await.map_err(|why| why.map(SignInRefused::Throttled))?;
        (attempt, queries::account_by_email(&mut conn, email).await?)
    };
    let kept = account.as_ref().map(|account| account.password_hash.clone());
    let right = passwords::matches(password, kept).await?;
    let Some(account) = account.filter(|account| right && account.disabled_at.is_none()) else {
        return Err(SignInRefused::Wrong.into());
    };
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        throttle::forget(tx, &account.email, attempt, now).await?;
        open_session(tx, &account, origin, now).await
    })
    .await
}

/// Opens a session for somebody whose password was right just now.
async fn open_session(tx: &mut Conn, account: &Account, origin: &Origin, now: Moment) -> Result<Token, Failed<SignInRefused>> {
    let token = Token::random();
    let over = staff_sessions::staff_id.eq(account.id).and(staff_sessions::expires_at.lt(now));
    diesel::delete(staff_sessions::table.filter(over)).execute(tx).await?;
    diesel::insert_into(staff_sessions::table)
        .values((
            staff_sessions::token_hash.eq(token.hash().as_bytes().to_vec()),
            staff_sessions::staff_id.eq(account.id),
            (staff_sessions::address.eq(&origin.address), staff_sessions::device.eq(&origin.device)),
            (staff_sessions::created_at.eq(now), staff_sessions::seen_at.eq(now), staff_sessions::expires_at.eq(expiry(now))),
        ))
        .execute(tx)
        .await?;
    let who = format!("{}, {}", origin.device, origin.address);
    audit::audit_without_staff(tx, &account.email, "staff.signed_in", "staff", Some(account.id.0), Some(json!({ "from": who })))
        .await?;
    Ok(token)
}

/// Opens a session without asking for the password: for the person who has just opened the shop by its one-time link.
pub async fn let_in(tx: &mut Conn, email: &Email, origin: &Origin, now: Moment) -> Result<Token, Failed<SignInRefused>> {
    let account = queries::account_by_email(tx, email).await?.ok_or(SignInRefused::Wrong)?;
    open_session(tx, &account, origin, now).await
}

/// Ends the session under this token, whoever holds it; for sign-out and for the session that a new one replaces.
pub async fn sign_out(conn: &mut Conn, token: &Token) -> QueryResult<()> {
    let hash = token.hash().as_bytes().to_vec();
    diesel::delete(staff_sessions::table.filter(staff_sessions::token_hash.eq(hash))).execute(conn).await?;
    Ok(())
}

/// Ends one of somebody's own sessions; ending what has ended is fine.
pub async fn end_session(conn: &mut Conn, person: &Person, session: SessionId) -> Result<(), Broke> {
    let own = staff_sessions::id.eq(session).and(staff_sessions::staff_id.eq(person.id));
    diesel::delete(staff_sessions::table.filter(own)).execute(conn).await?;
    Ok(())
}

/// Ends all sessions of somebody, or all but the one in use.
pub async fn end_sessions(tx: &mut Conn, of: StaffId, but: Option<SessionId>) -> QueryResult<usize> {
    let others = staff_sessions::staff_id.eq(of).and(staff_sessions::id.ne(but.unwrap_or(SessionId(0))));
    diesel::delete(staff_sessions::table.filter(others)).execute(tx).await
}

/// Changes somebody's own password and ends their other sessions. A wrong current password counts as a failed sign-in.
pub async fn change_password(
    db: &Db,
    person: &Person,
    current: &Password,
    new: &Password,
    now: Moment,
) -> Result<(), Failed<ChangeRefused>> {
    let email: Email = person.email.parse().map_err(anyhow::Error::from)?;
    passwords::check(new, &email).map_err(|why| ChangeRefused::Staff(why.into()))?;
    let (attempt, account) = {
        let mut conn = db.get().await?;
        let attempt =
            throttle::begin(&mut conn, &email, &person.address, now).await.map_err(|why| why.map(ChangeRefused::Throttled))?;
        (attempt, queries::account_by_email(&mut conn, &email).await?)
    };
    if !passwords::matches(current, account.map(|account| account.password_hash)).await? {
        return Err(ChangeRefused::Staff(StaffRefused::WrongPassword).into());
    }
    let kept = passwords::chosen(new, &email).await.map_err(|why| why.map(|why| ChangeRefused::Staff(why.into())))?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        throttle::forget(tx, &person.email, attempt, now).await?;
        diesel::update(staff::table.find(person.id)).set(staff::password_hash.eq(kept.as_str())).execute(tx).await?;
        let ended = end_sessions(tx, person.id, Some(person.session)).await?;
        audit::audit(
            tx,
            person,
            "staff.password_changed",
            "staff",
            Some(person.id.0),
            None,
            Some(json!({ "sessions_ended": ended })),
        )
        .await?;
        Ok(())
    })
    .await
}

/// Why a password stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeRefused {
    Throttled(throttle::Throttled),
    Staff(StaffRefused),
}

impl crate::platform::base::Refusal for ChangeRefused {
    fn message(&self) -> crate::platform::base::Message {
        match self {
            ChangeRefused::Throttled(why) => why.message(),
            ChangeRefused::Staff(why) => why.message(),
        }
    }
}

/// Puts somebody on the staff list. Hash the password first with [`passwords::chosen`]; the caller writes the audit row.
pub async fn add_staff(
    tx: &mut Conn,
    email: &Email,
    name: &str,
    role: Role,
    password: &Kept,
) -> Result<StaffId, Failed<StaffRefused>> {
    let row = (
        staff::email.eq(email.to_string()),
        staff::name.eq(name),
        staff::role.eq(role),
        staff::password_hash.eq(password.as_str()),
    );
    let added = diesel::insert_into(staff::table).values(row).on_conflict(staff::email).do_nothing().returning(staff::id);
    added.get_result(tx).await.optional()?.ok_or_else(|| StaffRefused::Known.into())
}

/// Gives somebody on the staff list a new password and ends their sessions; for the command line.
pub async fn set_password(tx: &mut Conn, email: &Email, password: &Kept) -> Result<StaffId, Failed<StaffRefused>> {
    let of = staff::table.filter(staff::email.eq(email.to_string()));
    let set = diesel::update(of).set(staff::password_hash.eq(password.as_str())).returning(staff::id);
    let id: StaffId = set.get_result(tx).await.optional()?.ok_or(StaffRefused::Gone)?;
    end_sessions(tx, id, None).await?;
    Ok(id)
}

/// Changes what somebody may do, or shuts them out (which ends their sessions). The last owner stays.
pub async fn change_member(
    tx: &mut Conn,
    by: &Person,
    id: StaffId,
    role: Role,
    disabled: bool,
    now: Moment,
) -> Result<(), Failed<StaffRefused>> {
    // All owners are locked in one order, so that two owners cannot remove each other at once.
    let owners = staff::table.filter(staff::role.eq(Role::Owner).and(staff::disabled_at.is_null())).select(staff::id);
    let owners: Vec<StaffId> = owners.order(staff::id).for_update().load(tx).await?;
    let before: Option<(Role, Option<Moment>)> =
        staff::table.find(id).select((staff::role, staff::disabled_at)).for_update().first(tx).await.optional()?;
    let (old_role, disabled_at) = before.ok_or(StaffRefused::Gone)?;
    if owners == [id] && (disabled || role != Role::Owner) {
        return Err(StaffRefused::LastOwner.into());
    }
    let since = disabled.then(|| disabled_at.unwrap_or(now));
    diesel::update(staff::table.find(id)).set((staff::role.eq(role), staff::disabled_at.eq(since))).execute(tx).await?;
    if disabled {
        end_sessions(tx, id, None).await?;
    }
    let before = json!({ "role": old_role, "disabled": disabled_at.is_some() });
    audit::audit(tx, by, "staff.changed", "staff", Some(id.0), Some(before), Some(json!({ "role": role, "disabled": disabled })))
        .await?;
    Ok(())
}

/// Keeps how somebody wants to see the management pages; `None`: as the shop does.
pub async fn set_preferences(tx: &mut Conn, person: &Person, zone: Option<Tz>, locale: Option<Locale>) -> QueryResult<()> {
    diesel::update(staff::table.find(person.id))
        .set((staff::time_zone.eq(zone.map(Tz::name)), staff::locale.eq(locale)))
        .execute(tx)
        .await?;
    let told = |zone: Option<Tz>, locale| json!({ "time_zone": zone.map(Tz::name), "locale": locale });
    let (before, after) = (told(person.zone, person.locale), told(zone, locale));
    audit::audit(tx, person, "staff.preferences", "staff", Some(person.id.0), Some(before), Some(after)).await
}

/// Puts the setup guide away for somebody, or brings it back.
pub async fn hide_guide(conn: &mut Conn, person: &Person, hidden: bool) -> QueryResult<()> {
    diesel::update(staff::table.find(person.id)).set(staff::guide_hidden.eq(hidden)).execute(conn).await?;
    Ok(())
}

/// Deletes sessions that are over; run once in a while.
pub async fn sweep(conn: &mut Conn, now: Moment) -> QueryResult<()> {
    diesel::delete(staff_sessions::table.filter(staff_sessions::expires_at.lt(now))).execute(conn).await?;
    Ok(())
}
