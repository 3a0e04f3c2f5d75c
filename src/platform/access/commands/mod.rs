//! Acts on staff and sessions: passwords, who is on the list, ending sessions. How one gets in: `entering.rs`; own factors:
//! `securing.rs`; invitations: `inviting.rs`; roles: `roles.rs`.

mod entering;
mod inviting;
mod roles;
mod securing;

use chrono_tz::Tz;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::audit;
use super::model::{Person, StaffRefused};
use super::passwords::{self, Kept, Password};
use super::queries;
use super::rights::Role;
use super::roles::RoleKey;
use crate::platform::base::{Email, Failed, Moment, Never, SessionId, StaffId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::i18n::Locale;
use crate::platform::schema::{staff, staff_sessions, staff_sign_ins};
use crate::platform::throttle;

pub use entering::{Admitted, ask_passkey, let_in, second_step_by_code, second_step_by_passkey, sign_in, sign_out};
pub use inviting::{accept, invite, invite_again, uninvite};
pub use roles::{NewRole, add_role, change_role, remove_role};
pub use securing::{
    ProofRefused, add_passkey, ask_new_passkey, ask_own_passkey, begin_app, confirm_app, prove_by_code, prove_by_passkey,
    prove_by_password, remove_app, remove_passkey, rename_passkey, renew_codes, reset_factors,
};

/// Ends one of the sessions of somebody, one's own or a colleague's; ending what has ended is fine.
pub async fn end_session(tx: &mut Conn, by: &Person, of: StaffId, session: SessionId) -> Result<(), Failed<Never>> {
    let theirs = staff_sessions::id.eq(session).and(staff_sessions::staff_id.eq(of));
    let ended: Option<(String, String)> = diesel::delete(staff_sessions::table.filter(theirs))
        .returning((staff_sessions::address, staff_sessions::device))
        .get_result(tx)
        .await
        .optional()?;
    if let Some((address, device)) = ended {
        let before = json!({ "address": address, "device": device });
        audit::audit(tx, by, "staff.session_ended", "staff", Some(of.0), Some(before), None).await?;
    }
    Ok(())
}

/// Ends all sessions of somebody, or all but one, and says who did it.
pub async fn end_all_sessions(tx: &mut Conn, by: &Person, of: StaffId, but: Option<SessionId>) -> Result<(), Failed<Never>> {
    let ended = end_sessions(tx, of, but).await?;
    let after = json!({ "sessions_ended": ended });
    audit::audit(tx, by, "staff.sessions_ended", "staff", Some(of.0), None, Some(after)).await?;
    Ok(())
}

/// Ends all sessions of somebody, or all but the one in use, and whatever was begun at the sign-in page.
pub async fn end_sessions(tx: &mut Conn, of: StaffId, but: Option<SessionId>) -> QueryResult<usize> {
    diesel::delete(staff_sign_ins::table.filter(staff_sign_ins::staff_id.eq(of))).execute(tx).await?;
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
    role: impl Into<RoleKey>,
    password: &Kept,
) -> Result<StaffId, Failed<StaffRefused>> {
    let role: RoleKey = role.into();
    let row = (
        staff::email.eq(email.to_string()),
        staff::name.eq(name),
        staff::role.eq(role.as_str()),
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

/// Changes what somebody may do, or shuts them out (which ends their sessions). The last owner stays, and nobody gives or takes
/// rights that they do not have.
pub async fn change_member(
    tx: &mut Conn,
    by: &Person,
    id: StaffId,
    role: &RoleKey,
    disabled: bool,
    now: Moment,
) -> Result<(), Failed<StaffRefused>> {
    // All owners are locked in one order, so that two owners cannot remove each other at once.
    let owner = Role::Owner.as_str();
    let owners = staff::table.filter(staff::role.eq(owner).and(staff::disabled_at.is_null())).select(staff::id);
    let owners: Vec<StaffId> = owners.order(staff::id).for_update().load(tx).await?;
    let before: Option<(String, Option<Moment>)> =
        staff::table.find(id).select((staff::role, staff::disabled_at)).for_update().first(tx).await.optional()?;
    let (old, disabled_at) = before.ok_or(StaffRefused::Gone)?;
    let old: RoleKey = old.parse().map_err(anyhow::Error::from)?;
    if owners == [id] && (disabled || role.as_str() != owner) {
        return Err(StaffRefused::LastOwner.into());
    }
    let (had, has) = (queries::role_by_key(tx, &old).await?, queries::role_by_key(tx, role).await?);
    let has = has.ok_or(StaffRefused::NoRole)?;
    if !by.role.may_give(&has) || !had.is_none_or(|had| by.role.may_give(&had)) {
        return Err(StaffRefused::Beyond.into());
    }
    let since = disabled.then(|| disabled_at.unwrap_or(now));
    diesel::update(staff::table.find(id)).set((staff::role.eq(role.as_str()), staff::disabled_at.eq(since))).execute(tx).await?;
    if disabled {
        end_sessions(tx, id, None).await?;
    }
    let before = json!({ "role": old, "disabled": disabled_at.is_some() });
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

/// Puts the setup guide away for somebody, or brings it back; how one's own page looks is no act that the audit trail tells of.
pub async fn hide_guide(conn: &mut Conn, person: &Person, hidden: bool) -> QueryResult<()> {
    diesel::update(staff::table.find(person.id)).set(staff::guide_hidden.eq(hidden)).execute(conn).await?;
    Ok(())
}

/// Says whether somebody wants the mail of what runs low; a wish of one's own is no act that the audit trail tells of.
pub async fn wish_low_stock_mail(conn: &mut Conn, person: &Person, wished: bool) -> QueryResult<()> {
    diesel::update(staff::table.find(person.id)).set(staff::low_stock_mail.eq(wished)).execute(conn).await?;
    Ok(())
}

/// Deletes sessions that are over; run once in a while.
pub async fn sweep(conn: &mut Conn, now: Moment) -> QueryResult<()> {
    diesel::delete(staff_sessions::table.filter(staff_sessions::expires_at.lt(now))).execute(conn).await?;
    diesel::delete(staff_sign_ins::table.filter(staff_sign_ins::expires_at.lt(now))).execute(conn).await?;
    Ok(())
}
