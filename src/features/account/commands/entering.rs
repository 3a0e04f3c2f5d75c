//! Signing in and out: by password, by a passkey alone, and the second step where there is a second factor.

use super::{attempt, counted};
use crate::features::account::model::{AccountRefused, Caller, Entered, Entry};
use crate::features::customers::model::Step;
use crate::features::{cart, checkout, customers, elsewhere, messages, orders};
use crate::platform::access::{Password, SignInRefused, passwords};
use crate::platform::base::{Broke, CustomerId, Email, Failed, OrBreak, Token};
use crate::platform::db::{self, Conn, Db};
use crate::platform::factors::{self, AccountKind, FactorRefused, PasskeyForm, Proof, Question, Relying};
use crate::platform::throttle;
use crate::platform::vault::Vault;

/// The first step by password. An unknown address, a wrong password and a closed account are the same, in time too.
pub async fn sign_in(db: &Db, email: &Email, password: &Password, caller: &Caller) -> Result<Entry, Failed<AccountRefused>> {
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
        customers::commands::hold(tx, account.id).await?;
        // While it was looked at, the password may have become another, and all sessions ended.
        let now = customers::queries::account_of(tx, account.id).await?;
        if now.is_none_or(|now| now.password_hash != account.password_hash) {
            return Err(AccountRefused::from(SignInRefused::Wrong).into());
        }
        throttle::forget(tx, &counted(email), attempt, caller.now).await?;
        Ok(pass(tx, account.id, caller).await?)
    })
    .await
}

/// The first step is done: lets them in, or waits for the second where they have a second factor.
pub(super) async fn pass(tx: &mut Conn, customer: CustomerId, caller: &Caller) -> Result<Entry, Broke> {
    customers::commands::hold(tx, customer).await?;
    if !factors::queries::has_factor(tx, factors::Account::customer(customer.0)).await? {
        return Ok(Entry::In(enter(tx, customer, caller).await?));
    }
    let step = Step { customer, stay: caller.stay, next: caller.next.clone() };
    Ok(Entry::Step(customers::commands::begin_step(tx, &step, caller.now).await?))
}

/// Opens a session for somebody who has just shown who they are; their cart, orders of their proved address, and the identity that
/// waited for them join the account.
pub(super) async fn enter(tx: &mut Conn, customer: CustomerId, caller: &Caller) -> Result<Entered, Broke> {
    customers::commands::hold(tx, customer).await?;
    let joined = match &caller.cart {
        Some(cart) => checkout::commands::join(tx, cart, customer, caller.now).await?,
        None => cart::commands::Joined::default(),
    };
    orders::commands::adopt(tx, customer).await?;
    messages::commands::adopt(tx, customer).await?;
    let mut connected = false;
    if let Some(claim) = &caller.claim
        && let Some(who) = elsewhere::commands::take_claim(tx, claim, customer, caller.now).await?
    {
        connected = customers::commands::connect(tx, customer, &who, caller.now).await.or_break()?.is_ok();
    }
    let token = customers::commands::open_session(tx, customer, caller.stay, &caller.origin, caller.now).await?;
    let (cart_moved, cart_merged, fewer) = (joined.moved, joined.merged, joined.fewer);
    let (stay, next) = (caller.stay, caller.next.clone());
    Ok(Entered { token, stay, next, cart_moved, cart_merged, fewer, connected, codes_left: None })
}

/// The first step that waits in this browser.
pub async fn waiting(db: &Db, token: &Token, caller: &Caller) -> Result<Step, Failed<AccountRefused>> {
    let step = customers::queries::step_by_token(&mut *db.get().await?, &token.hash(), caller.now).await?;
    Ok(step.ok_or(AccountRefused::StepGone)?)
}

/// The second step by a code of the app, or by a recovery code.
pub async fn second_by_code(
    db: &Db,
    vault: &Vault,
    token: &Token,
    typed: &str,
    caller: &Caller,
) -> Result<Entered, Failed<AccountRefused>> {
    let step = waiting(db, token, caller).await?;
    let of = factors::Account::customer(step.customer.0);
    let mut conn = db.get().await?;
    let attempt = factors::commands::attempt(&mut conn, of, &caller.origin.address, caller.now).await;
    let attempt = attempt.map_err(|failed| failed.map(AccountRefused::from))?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let proved = factors::commands::prove(tx, vault, of, typed, attempt, caller.now).await;
        let proof = proved.map_err(|failed| failed.map(AccountRefused::from))?;
        let entered = finish(tx, token, &step, caller).await?;
        let codes_left = if let Proof::Recovery { left } = proof { Some(left) } else { None };
        Ok(Entered { codes_left, ..entered })
    })
    .await
}

/// Asks the passkeys of whoever waits for the second step.
pub async fn ask_second(db: &Db, relying: &Relying, token: &Token, caller: &Caller) -> Result<Question, Failed<AccountRefused>> {
    let step = waiting(db, token, caller).await?;
    let of = factors::Account::customer(step.customer.0);
    let asked = factors::passkeys::begin_proof(&mut *db.get().await?, relying, of, caller.now).await;
    asked.map_err(|failed| failed.map(AccountRefused::from))
}

/// The second step by a passkey.
pub async fn second_by_passkey(
    db: &Db,
    relying: &Relying,
    token: &Token,
    form: &PasskeyForm,
    caller: &Caller,
) -> Result<Entered, Failed<AccountRefused>> {
    let step = waiting(db, token, caller).await?;
    let of = factors::Account::customer(step.customer.0);
    let mut conn = db.get().await?;
    let answered = factors::passkeys::answered(&mut conn, form, caller.now).await;
    let answered = answered.map_err(|failed| failed.map(AccountRefused::from))?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let proved = factors::passkeys::finish_proof(tx, relying, of, &answered, caller.now).await;
        proved.map_err(|failed| failed.map(AccountRefused::from))?;
        finish(tx, token, &step, caller).await
    })
    .await
}

async fn finish(tx: &mut Conn, token: &Token, step: &Step, caller: &Caller) -> Result<Entered, Failed<AccountRefused>> {
    customers::commands::hold(tx, step.customer).await?;
    if !customers::commands::spend_step(tx, &token.hash(), caller.now).await? {
        return Err(AccountRefused::StepGone.into());
    }
    let caller = Caller { stay: step.stay, next: step.next.clone(), ..caller.clone() };
    Ok(enter(tx, step.customer, &caller).await?)
}

/// Asks whoever is there for a passkey.
pub async fn ask_anybody(db: &Db, relying: &Relying, caller: &Caller) -> Result<Question, Broke> {
    factors::passkeys::begin_sign_in(&mut *db.get().await?, relying, AccountKind::Customer, caller.now).await
}

/// Signs in by a passkey alone: it is something one has, and the device has asked for what one knows or is.
pub async fn sign_in_by_passkey(
    db: &Db,
    relying: &Relying,
    form: &PasskeyForm,
    caller: &Caller,
) -> Result<Entered, Failed<AccountRefused>> {
    let mut conn = db.get().await?;
    let answered = factors::passkeys::answered(&mut conn, form, caller.now).await;
    let answered = answered.map_err(|failed| failed.map(AccountRefused::from))?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let proved = factors::passkeys::finish_sign_in(tx, relying, AccountKind::Customer, &answered, caller.now).await;
        let customer = CustomerId(proved.map_err(|failed| failed.map(AccountRefused::from))?.id);
        if customers::queries::account_of(tx, customer).await?.is_none() {
            return Err(AccountRefused::from(FactorRefused::WrongPasskey).into());
        }
        Ok(enter(tx, customer, caller).await?)
    })
    .await
}

/// Ends the session under this token, whoever holds it.
pub async fn sign_out(db: &Db, token: &Token) -> Result<Option<CustomerId>, Broke> {
    Ok(customers::commands::sign_out(&mut *db.get().await?, token).await?)
}
