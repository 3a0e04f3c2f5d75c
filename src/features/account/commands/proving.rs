//! Showing once more who one is, before what opens the account is changed.

use super::{attempt, counted};
use crate::features::account::model::AccountRefused;
use crate::features::customers::queries::Account;
use crate::features::customers::{self, Customer};
use crate::platform::access::{Origin, Password, passwords};
use crate::platform::base::{Failed, Moment};
use crate::platform::db::{self, Conn, Db};
use crate::platform::factors::{self, FactorRefused, PasskeyForm, Question, Relying};
use crate::platform::throttle;
use crate::platform::vault::Vault;

/// The account, once its password was typed. A wrong one counts as a failed sign-in.
async fn typed(
    db: &Db,
    customer: &Customer,
    password: Option<&Password>,
    origin: &Origin,
    now: Moment,
) -> Result<Account, Failed<AccountRefused>> {
    let password = password.ok_or(AccountRefused::WrongPassword)?;
    let (attempt, account) = {
        let mut conn = db.get().await?;
        let attempt = attempt(&mut conn, "customer", &customer.email, &origin.address, now).await?;
        (attempt, customers::queries::account_of(&mut conn, customer.id).await?)
    };
    let account = account.ok_or(AccountRefused::WrongPassword)?;
    if !passwords::matches(password, account.password_hash.clone()).await? {
        return Err(AccountRefused::WrongPassword.into());
    }
    throttle::forget(&mut *db.get().await?, &counted(&customer.email), attempt, now).await?;
    Ok(account)
}

/// The account, once whoever asks has shown that it is theirs: by the password where it has one, and a short while ago where it has
/// none or has a second factor.
pub(super) async fn proved(
    db: &Db,
    customer: &Customer,
    password: Option<&Password>,
    origin: &Origin,
    now: Moment,
) -> Result<Account, Failed<AccountRefused>> {
    let (account, more) = {
        let mut conn = db.get().await?;
        let more = factors::queries::has_factor(&mut conn, factors::Account::customer(customer.id.0)).await?;
        (customers::queries::account_of(&mut conn, customer.id).await?.ok_or(AccountRefused::WrongPassword)?, more)
    };
    if (more || account.password_hash.is_none()) && !customer.is_fresh(now) {
        return Err(AccountRefused::NotFresh.into());
    }
    match account.password_hash {
        Some(_) => typed(db, customer, password, origin, now).await,
        None => Ok(account),
    }
}

/// Shows who one is by the password, and by a code where there is an app.
pub async fn show_by_password(
    db: &Db,
    vault: &Vault,
    customer: &Customer,
    (password, code): (Option<&Password>, &str),
    origin: &Origin,
    now: Moment,
) -> Result<(), Failed<AccountRefused>> {
    typed(db, customer, password, origin, now).await?;
    let of = factors::Account::customer(customer.id.0);
    let mut conn = db.get().await?;
    if factors::queries::has_factor(&mut conn, of).await? {
        let attempt = factors::commands::attempt(&mut conn, of, &origin.address, now).await;
        let attempt = attempt.map_err(|failed| failed.map(AccountRefused::from))?;
        let proved =
            db::transaction(&mut conn, async |tx: &mut Conn| factors::commands::prove(tx, vault, of, code, attempt, now).await);
        proved.await.map_err(|failed| failed.map(AccountRefused::from))?;
    }
    Ok(customers::commands::note_proof(&mut conn, customer.session, now).await?)
}

/// Asks one's passkeys.
pub async fn ask_own(db: &Db, relying: &Relying, customer: &Customer, now: Moment) -> Result<Question, Failed<FactorRefused>> {
    let of = factors::Account::customer(customer.id.0);
    factors::passkeys::begin_proof(&mut *db.get().await?, relying, of, now).await
}

/// Shows who one is by a passkey.
pub async fn show_by_passkey(
    db: &Db,
    relying: &Relying,
    customer: &Customer,
    form: &PasskeyForm,
    now: Moment,
) -> Result<(), Failed<AccountRefused>> {
    let of = factors::Account::customer(customer.id.0);
    let mut conn = db.get().await?;
    let answered = factors::passkeys::answered(&mut conn, form, now).await.map_err(|failed| failed.map(AccountRefused::from))?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let proved = factors::passkeys::finish_proof(tx, relying, of, &answered, now).await;
        proved.map_err(|failed| failed.map(AccountRefused::from))?;
        Ok(customers::commands::note_proof(tx, customer.session, now).await?)
    })
    .await
}
