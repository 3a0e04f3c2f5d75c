//! Changing what an account is opened with, and closing it; the current password is asked each time.

use super::super::emails::Desk;
use super::{attempt, counted};
use crate::features::account::model::AccountRefused;
use crate::features::customers::model::{LinkKind, NewLink};
use crate::features::customers::queries::Account;
use crate::features::customers::{self, Customer};
use crate::platform::access::{Origin, Password, passwords};
use crate::platform::base::{Email, Failed, Moment, Token};
use crate::platform::db::{self, Conn, Db};
use crate::platform::mail;
use crate::platform::throttle;

/// The account, once the current password was typed. A wrong one counts as a failed sign-in.
async fn proved(
    db: &Db,
    customer: &Customer,
    password: &Password,
    origin: &Origin,
    now: Moment,
) -> Result<Account, Failed<AccountRefused>> {
    let (attempt, account) = {
        let mut conn = db.get().await?;
        let attempt = attempt(&mut conn, "customer", &customer.email, &origin.address, now).await?;
        (attempt, customers::queries::account_of(&mut conn, customer.id).await?)
    };
    let account = account.ok_or(AccountRefused::WrongPassword)?;
    let known = account.password_hash.clone().ok_or(AccountRefused::NoPassword)?;
    if !passwords::matches(password, Some(known)).await? {
        return Err(AccountRefused::WrongPassword.into());
    }
    throttle::forget(&mut *db.get().await?, &counted(&customer.email), attempt, now).await?;
    Ok(account)
}

/// Changes the password; everything else is signed out, and the owner is told by mail.
pub async fn change_password(
    db: &Db,
    customer: &Customer,
    current: &Password,
    new: &Password,
    origin: &Origin,
    desk: &Desk<'_>,
    now: Moment,
) -> Result<(), Failed<AccountRefused>> {
    passwords::check(new, &customer.email).map_err(AccountRefused::from)?;
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
    password: &Password,
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

/// Gives the account the address whose link was followed; the old one is told, and guest orders of the new one join.
pub async fn confirm_email(db: &Db, token: &Token, desk: &Desk<'_>, now: Moment) -> Result<(), Failed<AccountRefused>> {
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
        crate::features::orders::commands::adopt(tx, customer).await?;
        crate::features::messages::commands::adopt(tx, customer).await?;
        mail::commands::queue(tx, &letter).await?;
        Ok(())
    })
    .await
}

/// Closes the account; the last mail says so.
pub async fn close(
    db: &Db,
    customer: &Customer,
    password: &Password,
    origin: &Origin,
    desk: &Desk<'_>,
    now: Moment,
) -> Result<(), Failed<AccountRefused>> {
    proved(db, customer, password, origin, now).await?;
    let letter = desk.closed(&customer.email)?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        crate::features::cart::commands::discard_of(tx, customer.id).await?;
        customers::commands::close_account(tx, customer.id, now).await?;
        mail::commands::queue(tx, &letter).await?;
        Ok(())
    })
    .await
}
