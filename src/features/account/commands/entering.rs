//! Signing in and out.

use super::{attempt, counted};
use crate::features::account::model::{AccountRefused, Caller, Entered};
use crate::features::{cart, customers, messages, orders};
use crate::platform::access::{Password, SignInRefused, passwords};
use crate::platform::base::{Broke, CustomerId, Email, Failed, Token};
use crate::platform::db::{self, Conn, Db};
use crate::platform::throttle;

/// Lets a customer in under a new token. An unknown address, a wrong password and a closed account are the same, in time too.
pub async fn sign_in(db: &Db, email: &Email, password: &Password, caller: &Caller) -> Result<Entered, Failed<AccountRefused>> {
    let (attempt, account) = {
        let mut conn = db.get().await?;
        let attempt = attempt(&mut conn, "customer", email, &caller.origin.address, caller.now).await?;
        (attempt, customers::queries::account_by_email(&mut conn, email).await?)
    };
    let kept = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = passwords::matches(password, kept).await?;
    let Some(account) = account.filter(|_| right) else {
        return Err(AccountRefused::from(SignInRefused::Wrong).into());
    };
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        throttle::forget(tx, &counted(email), attempt, caller.now).await?;
        Ok(enter(tx, account.id, caller).await?)
    })
    .await
}

/// Opens a session for somebody who has just shown who they are; their cart, and orders of their proved address, join the account.
pub(super) async fn enter(tx: &mut Conn, customer: CustomerId, caller: &Caller) -> Result<Entered, Broke> {
    let joined = match &caller.cart {
        Some(cart) => cart::commands::join(tx, cart, customer, caller.now).await?,
        None => cart::commands::Joined::default(),
    };
    orders::commands::adopt(tx, customer).await?;
    messages::commands::adopt(tx, customer).await?;
    let token = customers::commands::open_session(tx, customer, caller.stay, &caller.origin, caller.now).await?;
    Ok(Entered { token, cart_moved: joined.moved, cart_merged: joined.merged, fewer: joined.fewer })
}

/// Ends the session under this token, whoever holds it.
pub async fn sign_out(db: &Db, token: &Token) -> Result<(), Broke> {
    Ok(customers::commands::sign_out(&mut *db.get().await?, token).await?)
}
