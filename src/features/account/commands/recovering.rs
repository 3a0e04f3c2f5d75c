//! A forgotten password: a link by mail, then a new one.

use super::entering::pass;
use super::{attempt, counted};
use crate::features::account::model::{AccountRefused, Caller, Entry};
use crate::features::customers;
use crate::features::customers::model::{LinkKind, NewLink};
use crate::platform::access::{Password, passwords};
use crate::platform::base::{Email, Failed, Moment, Token};
use crate::platform::db::{self, Conn, Db};
use crate::platform::i18n::Locale;
use crate::platform::throttle;

/// Has a link sent if there is an account; whether there is one is looked at when the mail is written.
pub async fn ask_reset(db: &Db, email: &Email, locale: Locale, address: &str, now: Moment) -> Result<(), Failed<AccountRefused>> {
    let link = NewLink {
        kind: LinkKind::Reset,
        customer: None,
        email: email.to_string(),
        name: String::new(),
        password_hash: None,
        locale,
    };
    let mut conn = db.get().await?;
    attempt(&mut conn, "reset", email, address, now).await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        customers::commands::ask_for_link(tx, &link, now).await?;
        Ok(())
    })
    .await
}

/// Takes a new password from whoever has the link; all sessions end. A mailbox is one factor: where there is a second, it is asked for.
pub async fn choose_password(
    db: &Db,
    token: &Token,
    password: &Password,
    caller: &Caller,
) -> Result<Entry, Failed<AccountRefused>> {
    let link = {
        let mut conn = db.get().await?;
        customers::queries::link_by_token(&mut conn, LinkKind::Reset, &token.hash(), caller.now).await?
    };
    let link = link.ok_or(AccountRefused::LinkGone)?;
    let customer = link.customer.ok_or(AccountRefused::LinkGone)?;
    let kept = passwords::chosen(password, &link.email).await.map_err(|failed| failed.map(AccountRefused::from))?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        if !customers::commands::spend_link(tx, link.id).await? {
            return Err(AccountRefused::LinkGone.into());
        }
        customers::commands::hold(tx, customer).await?;
        customers::commands::set_password(tx, customer, kept.as_str()).await?;
        customers::commands::end_sessions(tx, customer, None).await?;
        throttle::settle(tx, &[&counted(&link.email), &format!("reset {}", link.email)]).await?;
        Ok(pass(tx, customer, caller).await?)
    })
    .await
}
