//! Asking somebody by mail to join: a link that is good for three days and once.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::add_staff;
use super::entering::open_session;
use crate::platform::access::audit::{audit, audit_at_the_door};
use crate::platform::access::model::{INVITED_FOR, Origin, Person, StaffRefused};
use crate::platform::access::passwords::Kept;
use crate::platform::access::queries::{self, Invitation};
use crate::platform::access::roles::RoleKey;
use crate::platform::base::{Email, Failed, InvitationId, Moment, Token};
use crate::platform::db::Conn;
use crate::platform::schema::{staff, staff_invitations};

/// Asks somebody to join; gives the token of the link, which only the mail may say. Asking the same address again replaces the
/// earlier invitation.
pub async fn invite(
    tx: &mut Conn,
    by: &Person,
    email: &Email,
    role: &RoleKey,
    now: Moment,
) -> Result<Token, Failed<StaffRefused>> {
    let role = queries::role_by_key(tx, role).await?.ok_or(StaffRefused::NoRole)?;
    if !by.role.may_give(&role) {
        return Err(StaffRefused::Beyond.into());
    }
    let known = staff::table.filter(staff::email.eq(email.to_string()));
    if diesel::select(diesel::dsl::exists(known)).get_result(tx).await? {
        return Err(StaffRefused::Known.into());
    }
    let token = Token::random();
    let link = (
        staff_invitations::role.eq(role.key.as_str().to_owned()),
        staff_invitations::token_hash.eq(token.hash().as_bytes().to_vec()),
        staff_invitations::invited_by.eq(by.id),
        (staff_invitations::sent_at.eq(now), staff_invitations::expires_at.eq(now + INVITED_FOR)),
    );
    let id: InvitationId = diesel::insert_into(staff_invitations::table)
        .values((staff_invitations::email.eq(email.to_string()), link.clone()))
        .on_conflict(staff_invitations::email)
        .do_update()
        .set(link)
        .returning(staff_invitations::id)
        .get_result(tx)
        .await?;
    let after = json!({ "email": email, "role": role.key });
    audit(tx, by, "staff.invited", "staff_invitation", Some(id.0), None, Some(after)).await?;
    Ok(token)
}

async fn open(tx: &mut Conn, id: InvitationId) -> Result<Option<Invitation>, Failed<StaffRefused>> {
    Ok(queries::invitations(tx).await?.into_iter().find(|invitation| invitation.id == id))
}

/// A new link for somebody who is asked already: the earlier one is good no more.
pub async fn invite_again(
    tx: &mut Conn,
    by: &Person,
    id: InvitationId,
    now: Moment,
) -> Result<(Invitation, Token), Failed<StaffRefused>> {
    let invitation = open(tx, id).await?.ok_or(StaffRefused::Gone)?;
    if !by.role.may_give(&invitation.role) {
        return Err(StaffRefused::Beyond.into());
    }
    let token = Token::random();
    diesel::update(staff_invitations::table.find(id))
        .set((
            staff_invitations::token_hash.eq(token.hash().as_bytes().to_vec()),
            staff_invitations::sent_at.eq(now),
            staff_invitations::expires_at.eq(now + INVITED_FOR),
        ))
        .execute(tx)
        .await?;
    let after = json!({ "email": invitation.email });
    audit(tx, by, "staff.invited_again", "staff_invitation", Some(id.0), None, Some(after)).await?;
    Ok((invitation, token))
}

/// Takes an invitation back.
pub async fn uninvite(tx: &mut Conn, by: &Person, id: InvitationId) -> Result<(), Failed<StaffRefused>> {
    let gone: Option<(String, String)> = diesel::delete(staff_invitations::table.find(id))
        .returning((staff_invitations::email, staff_invitations::role))
        .get_result(tx)
        .await
        .optional()?;
    let (email, role) = gone.ok_or(StaffRefused::Gone)?;
    let before = json!({ "email": email, "role": role });
    Ok(audit(tx, by, "staff.uninvited", "staff_invitation", Some(id.0), Some(before), None).await?)
}

/// Somebody comes: uses the link up, puts them on the list and opens their first session.
pub async fn accept(
    tx: &mut Conn,
    token: &Token,
    name: &str,
    password: &Kept,
    origin: &Origin,
    now: Moment,
) -> Result<Token, Failed<StaffRefused>> {
    let hash = token.hash().as_bytes().to_vec();
    let good = staff_invitations::token_hash.eq(hash).and(staff_invitations::expires_at.gt(now));
    let taken: Option<(String, String)> = diesel::delete(staff_invitations::table.filter(good))
        .returning((staff_invitations::email, staff_invitations::role))
        .get_result(tx)
        .await
        .optional()?;
    let (email, role) = taken.ok_or(StaffRefused::Gone)?;
    let email: Email = email.parse().map_err(anyhow::Error::from)?;
    let key: RoleKey = role.parse().map_err(anyhow::Error::from)?;
    let id = add_staff(tx, &email, name, key, password).await?;
    let after = json!({ "email": email, "role": role });
    audit_at_the_door(tx, (Some(id), &email), origin, "staff.joined", Some(after)).await?;
    Ok(open_session(tx, (id, &email), "invitation", origin, now).await?)
}
