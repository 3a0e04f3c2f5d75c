//! Opening an account: asked for with a password, opened when the link in the mail is followed and the password typed again.
//! Whoever types another's address gets nothing: the mail goes to its owner, who does not know the password.

use super::entering::enter;
use super::{attempt, counted};
use crate::features::account::model::{AccountRefused, Caller, Entered};
use crate::features::customers;
use crate::features::customers::commands::NewCustomer;
use crate::features::customers::model::{LinkKind, NewLink};
use crate::platform::access::{Password, SignInRefused, passwords};
use crate::platform::base::{Email, Failed, Moment, Token};
use crate::platform::db::{self, Conn, Db};
use crate::platform::i18n::Locale;
use crate::platform::throttle;

/// What somebody typed who wants an account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub email: Email,
    pub name: String,
    pub password: Password,
    pub locale: Locale,
}

/// Keeps what was typed and has a mail sent. Whether there is an account already is not looked at here, so that nobody can tell by
/// text, code or time; the mail says so to the owner of the address.
pub async fn register(db: &Db, new: &NewAccount, address: &str, now: Moment) -> Result<(), Failed<AccountRefused>> {
    passwords::check(&new.password, &new.email).map_err(AccountRefused::from)?;
    attempt(&mut *db.get().await?, "register", &new.email, address, now).await?;
    let kept = passwords::chosen(&new.password, &new.email).await.map_err(|failed| failed.map(AccountRefused::from))?;
    let link = NewLink {
        kind: LinkKind::Register,
        customer: None,
        email: new.email.to_string(),
        name: new.name.clone(),
        password_hash: Some(kept.as_str().to_owned()),
        locale: new.locale,
    };
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        customers::commands::ask_for_link(tx, &link, now).await?;
        Ok(())
    })
    .await
}

/// Opens the account that a mail's link stands for, and lets its customer in.
pub async fn confirm(db: &Db, token: &Token, password: &Password, caller: &Caller) -> Result<Entered, Failed<AccountRefused>> {
    let (link, attempt) = {
        let mut conn = db.get().await?;
        let link = customers::queries::link_by_token(&mut conn, LinkKind::Register, &token.hash(), caller.now).await?;
        let link = link.ok_or(AccountRefused::LinkGone)?;
        let attempt = attempt(&mut conn, "customer", &link.email, &caller.origin.address, caller.now).await?;
        (link, attempt)
    };
    if !passwords::matches(password, link.password_hash.clone()).await? {
        return Err(AccountRefused::from(SignInRefused::Wrong).into());
    }
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        if !customers::commands::spend_link(tx, link.id).await? {
            return Err(AccountRefused::LinkGone.into());
        }
        let new = NewCustomer {
            email: link.email.clone(),
            verified: true,
            name: link.name.clone(),
            password_hash: link.password_hash.clone(),
            locale: link.locale,
        };
        let opened = customers::commands::open_account(tx, &new, caller.now).await;
        let customer = opened.map_err(|failed| failed.map(AccountRefused::from))?;
        throttle::forget(tx, &counted(&link.email), attempt, caller.now).await?;
        Ok(enter(tx, customer, caller).await?)
    })
    .await
}
