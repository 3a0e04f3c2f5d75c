//! Opening an account: asked for with a password, opened when the link in the mail is followed and the password typed again.
//! Whoever types another's address gets nothing: the mail goes to its owner, who does not know the password.

use super::entering::enter;
use super::{attempt, counted};
use crate::features::account::model::{AccountRefused, Caller, Entered};
use crate::features::customers;
use crate::features::customers::commands::NewCustomer;
use crate::features::customers::model::{Link, LinkKind, NewLink};
use crate::platform::access::{Password, SignInRefused, passwords};
use crate::platform::base::{CustomerId, Email, Failed, Moment, Name, Token};
use crate::platform::db::{self, Conn, Db};
use crate::platform::factors::{self, AccountKind, PasskeyForm, Question, Relying};
use crate::platform::i18n::Locale;
use crate::platform::throttle;

/// What somebody typed who wants an account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub email: Email,
    pub name: String,
    /// `None`: how they sign in is chosen when the link is followed.
    pub password: Option<Password>,
    pub locale: Locale,
}

/// Keeps what was typed and has a mail sent. Whether there is an account already is not looked at here, so that nobody can tell by
/// text, code or time; the mail says so to the owner of the address.
pub async fn register(db: &Db, new: &NewAccount, address: &str, now: Moment) -> Result<(), Failed<AccountRefused>> {
    if let Some(password) = &new.password {
        passwords::check(password, &new.email).map_err(AccountRefused::from)?;
    }
    attempt(&mut *db.get().await?, "register", &new.email, address, now).await?;
    let kept = match &new.password {
        Some(password) => Some(chosen(password, &new.email).await?),
        None => None,
    };
    let link = NewLink {
        kind: LinkKind::Register,
        customer: None,
        email: new.email.to_string(),
        name: new.name.clone(),
        password_hash: kept,
        locale: new.locale,
    };
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        customers::commands::ask_for_link(tx, &link, now).await?;
        Ok(())
    })
    .await
}

async fn chosen(password: &Password, email: &str) -> Result<String, Failed<AccountRefused>> {
    let kept = passwords::chosen(password, email).await.map_err(|failed| failed.map(AccountRefused::from))?;
    Ok(kept.as_str().to_owned())
}

async fn good(conn: &mut Conn, token: &Token, now: Moment) -> Result<Link, Failed<AccountRefused>> {
    let link = customers::queries::link_by_token(conn, LinkKind::Register, &token.hash(), now).await?;
    Ok(link.ok_or(AccountRefused::LinkGone)?)
}

/// Opens the account that a mail's link stands for, and lets its customer in: with the password that was chosen with it, typed again,
/// or with one that is chosen now where there was none.
pub async fn confirm(db: &Db, token: &Token, password: &Password, caller: &Caller) -> Result<Entered, Failed<AccountRefused>> {
    let link = good(&mut *db.get().await?, token, caller.now).await?;
    let (kept, attempt) = match &link.password_hash {
        None => (chosen(password, &link.email).await?, None),
        Some(kept) => {
            let mut conn = db.get().await?;
            let attempt = attempt(&mut conn, "customer", &link.email, &caller.origin.address, caller.now).await?;
            drop(conn);
            if !passwords::matches(password, Some(kept.clone())).await? {
                return Err(AccountRefused::from(SignInRefused::Wrong).into());
            }
            (kept.clone(), Some(attempt))
        }
    };
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let customer = open(tx, &link, Some(&kept), caller.now).await?;
        if let Some(attempt) = attempt {
            throttle::forget(tx, &counted(&link.email), attempt, caller.now).await?;
        }
        Ok(enter(tx, customer, caller).await?)
    })
    .await
}

async fn open(tx: &mut Conn, link: &Link, password: Option<&str>, now: Moment) -> Result<CustomerId, Failed<AccountRefused>> {
    if !customers::commands::spend_link(tx, link.id).await? {
        return Err(AccountRefused::LinkGone.into());
    }
    let new = NewCustomer {
        email: link.email.clone(),
        verified: true,
        name: link.name.clone(),
        password_hash: password.map(str::to_owned),
        locale: link.locale,
    };
    let opened = customers::commands::open_account(tx, &new, now).await;
    opened.map_err(|failed| failed.map(AccountRefused::from))
}

/// Asks a device for the passkey that an account is to be opened with, where no password was chosen.
pub async fn ask_first(db: &Db, relying: &Relying, token: &Token, now: Moment) -> Result<Question, Failed<AccountRefused>> {
    let mut conn = db.get().await?;
    let link = good(&mut conn, token, now).await?;
    if link.password_hash.is_some() {
        return Err(AccountRefused::LinkGone.into());
    }
    let called = if link.name.is_empty() { &link.email } else { &link.name };
    let shown = (link.email.as_str(), called.as_str());
    Ok(factors::passkeys::begin_first(&mut conn, relying, AccountKind::Customer, shown, now).await?)
}

/// Opens the account with a passkey as its only credential, and lets its customer in; the recovery codes are shown once.
pub async fn confirm_by_passkey(
    db: &Db,
    relying: &Relying,
    token: &Token,
    (form, name): (&PasskeyForm, &Name<60>),
    caller: &Caller,
) -> Result<(Entered, Vec<String>), Failed<AccountRefused>> {
    let mut conn = db.get().await?;
    let link = good(&mut conn, token, caller.now).await?;
    if link.password_hash.is_some() {
        return Err(AccountRefused::LinkGone.into());
    }
    let answered = factors::passkeys::answered(&mut conn, form, caller.now).await;
    let answered = answered.map_err(|failed| failed.map(AccountRefused::from))?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let customer = open(tx, &link, None, caller.now).await?;
        let of = factors::Account::customer(customer.0);
        let added = factors::passkeys::finish_first(tx, relying, of, &answered, name, caller.now).await;
        let codes = added.map_err(|failed| failed.map(AccountRefused::from))?;
        Ok((enter(tx, customer, caller).await?, codes.unwrap_or_default()))
    })
    .await
}
