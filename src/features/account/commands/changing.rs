//! Changing what an account is opened with, and closing it; the current password is asked each time.

use super::super::emails::Desk;
use super::attempt;
use super::proving::proved;
use crate::features::account::model::AccountRefused;
use crate::features::customers::model::{LinkKind, NewLink};
use crate::features::customers::{self, Customer};
use crate::features::privacy;
use crate::platform::access::{Origin, Password, passwords};
use crate::platform::base::{CustomerSessionId, Email, Failed, Moment, Token};
use crate::platform::db::{self, Conn, Db};
use crate::platform::mail;
use crate::platform::vault::Vault;

/// Changes the password; everything else is signed out, and the owner is told by mail.
pub async fn change_password(
    db: &Db,
    customer: &Customer,
    current: Option<&Password>,
    new: &Password,
    origin: &Origin,
    desk: &Desk<'_>,
    now: Moment,
) -> Result<(), Failed<AccountRefused>> {
    passwords::check(new, &customer.email).map_err(AccountRefused::from)?;
    if !customer.verified {
        return Err(AccountRefused::Unproved.into());
    }
    proved(db, customer, current, origin, now).await?;
    let kept = passwords::chosen(new, &customer.email).await.map_err(|failed| failed.map(AccountRefused::from))?;
    let letter = desk.password_changed(&customer.email)?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        customers::commands::set_password(tx, customer.id, kept.as_str()).await?;
        customers::commands::end_sessions(tx, customer.id, Some(customer.session)).await?;
        mail::commands::queue(tx, &letter).await?;
        Ok(())
    })
    .await
}

/// Has a link sent to another address; until it is followed the account keeps its own.
pub async fn change_email(
    db: &Db,
    customer: &Customer,
    email: &Email,
    password: Option<&Password>,
    origin: &Origin,
    now: Moment,
) -> Result<(), Failed<AccountRefused>> {
    if **email == *customer.email && customer.verified {
        return Err(AccountRefused::SameAddress.into());
    }
    proved(db, customer, password, origin, now).await?;
    attempt(&mut *db.get().await?, "register", email, &origin.address, now).await?;
    let link = NewLink {
        kind: LinkKind::Change,
        customer: Some(customer.id),
        email: email.to_string(),
        name: String::new(),
        password_hash: None,
        locale: customer.locale,
    };
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        customers::commands::ask_for_link(tx, &link, now).await?;
        Ok(())
    })
    .await
}

/// Gives the account the address whose link was followed: the old one is told, guest orders of the new one join, and everything but
/// the session in use is signed out.
pub async fn confirm_email(
    db: &Db,
    token: &Token,
    session: Option<CustomerSessionId>,
    desk: &Desk<'_>,
    now: Moment,
) -> Result<(), Failed<AccountRefused>> {
    let mut conn = db.get().await?;
    let link = customers::queries::link_by_token(&mut conn, LinkKind::Change, &token.hash(), now).await?;
    let link = link.ok_or(AccountRefused::LinkGone)?;
    let customer = link.customer.ok_or(AccountRefused::LinkGone)?;
    let account = customers::queries::account_of(&mut conn, customer).await?.ok_or(AccountRefused::LinkGone)?;
    let letter = desk.email_changed(&account, &link.email)?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        if !customers::commands::spend_link(tx, link.id).await? {
            return Err(AccountRefused::LinkGone.into());
        }
        let set = customers::commands::set_email(tx, customer, &link.email, now).await;
        set.map_err(|failed| failed.map(AccountRefused::from))?;
        customers::commands::end_sessions(tx, customer, session).await?;
        crate::features::orders::commands::adopt(tx, customer).await?;
        crate::features::messages::commands::adopt(tx, customer).await?;
        // An address that was never proved may be a stranger's.
        if account.verified_at.is_some() {
            mail::commands::queue(tx, &letter).await?;
        }
        Ok(())
    })
    .await
}

/// Has a link sent to the address of an account that is not proved yet.
pub async fn ask_proof_of_email(
    db: &Db,
    customer: &Customer,
    origin: &Origin,
    now: Moment,
) -> Result<(), Failed<AccountRefused>> {
    if customer.verified {
        return Err(AccountRefused::SameAddress.into());
    }
    let link = NewLink {
        kind: LinkKind::Verify,
        customer: Some(customer.id),
        email: customer.email.clone(),
        name: String::new(),
        password_hash: None,
        locale: customer.locale,
    };
    let mut conn = db.get().await?;
    attempt(&mut conn, "register", &customer.email, &origin.address, now).await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        customers::commands::ask_for_link(tx, &link, now).await?;
        Ok(())
    })
    .await
}

/// The address of an account is proved: guest orders of it join.
pub async fn prove_email(db: &Db, token: &Token, now: Moment) -> Result<(), Failed<AccountRefused>> {
    let mut conn = db.get().await?;
    let link = customers::queries::link_by_token(&mut conn, LinkKind::Verify, &token.hash(), now).await?;
    let link = link.ok_or(AccountRefused::LinkGone)?;
    let customer = link.customer.ok_or(AccountRefused::LinkGone)?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        if !customers::commands::spend_link(tx, link.id).await? {
            return Err(AccountRefused::LinkGone.into());
        }
        let set = customers::commands::set_email(tx, customer, &link.email, now).await;
        set.map_err(|failed| failed.map(AccountRefused::from))?;
        crate::features::orders::commands::adopt(tx, customer).await?;
        Ok(())
    })
    .await
}

/// Closes the account, and all that opened it is forgotten; the last mail says so.
pub async fn close(
    db: &Db,
    vault: &Vault,
    customer: &Customer,
    password: Option<&Password>,
    origin: &Origin,
    desk: &Desk<'_>,
    now: Moment,
) -> Result<(), Failed<AccountRefused>> {
    proved(db, customer, password, origin, now).await?;
    let letter = desk.closed(&customer.email)?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        // All that opened the account goes with the person.
        let erased = privacy::commands::erase(tx, vault, customer.id, now).await;
        erased.map_err(|failed| failed.map(|_| AccountRefused::WrongPassword))?;
        if customer.verified {
            mail::commands::queue(tx, &letter).await?;
        }
        Ok(())
    })
    .await
}
