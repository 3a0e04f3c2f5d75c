//! Second factors, passkeys and identities at other sites: added and taken away soon after their owner showed who they are,
//! and never the last way in. The owner is told by mail.

use super::super::emails::Desk;
use crate::features::account::model::AccountRefused;
use crate::features::customers::{self, Customer};
use crate::platform::base::{CustomerIdentityId, Failed, Moment, Name, PasskeyId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::factors::{self, FactorRefused, PasskeyForm, Question, Relying};
use crate::platform::mail;
use crate::platform::vault::Vault;

fn of(customer: &Customer) -> factors::Account {
    factors::Account::customer(customer.id.0)
}

fn fresh(customer: &Customer, now: Moment) -> Result<(), AccountRefused> {
    if customer.is_fresh(now) { Ok(()) } else { Err(AccountRefused::NotFresh) }
}

/// Tells the owner of a proved address what was changed.
async fn tell(tx: &mut Conn, customer: &Customer, desk: &Desk<'_>, what: &str) -> Result<(), Failed<AccountRefused>> {
    if customer.verified {
        mail::commands::queue(tx, &desk.secured(&customer.email, what)?).await?;
    }
    Ok(())
}

/// Begins to set up an app for codes.
pub async fn begin_app(db: &Db, vault: &Vault, customer: &Customer, now: Moment) -> Result<(), Failed<AccountRefused>> {
    fresh(customer, now)?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let begun = factors::commands::begin_totp(tx, vault, of(customer), now).await;
        begun.map_err(|failed| failed.map(AccountRefused::from))
    })
    .await
}

/// The first code of the app is right; gives recovery codes, to be shown once, to whoever has none.
pub async fn confirm_app(
    db: &Db,
    vault: &Vault,
    customer: &Customer,
    typed: &str,
    desk: &Desk<'_>,
    now: Moment,
) -> Result<Vec<String>, Failed<AccountRefused>> {
    fresh(customer, now)?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let confirmed = factors::commands::confirm_totp(tx, vault, of(customer), typed, now).await;
        let codes = confirmed.map_err(|failed| failed.map(AccountRefused::from))?;
        tell(tx, customer, desk, "app-added").await?;
        Ok(codes.unwrap_or_default())
    })
    .await
}

pub async fn remove_app(
    db: &Db,
    vault: &Vault,
    customer: &Customer,
    desk: &Desk<'_>,
    now: Moment,
) -> Result<(), Failed<AccountRefused>> {
    fresh(customer, now)?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        factors::commands::remove_totp(tx, vault, of(customer)).await?;
        tell(tx, customer, desk, "app-removed").await
    })
    .await
}

/// Ten new recovery codes instead of the old ones; refused where there is no factor that they could stand in for.
pub async fn renew_codes(
    db: &Db,
    customer: &Customer,
    desk: &Desk<'_>,
    now: Moment,
) -> Result<Vec<String>, Failed<AccountRefused>> {
    fresh(customer, now)?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        if !factors::queries::has_factor(tx, of(customer)).await? {
            return Err(AccountRefused::from(FactorRefused::NothingBegun).into());
        }
        let codes = factors::commands::renew_recovery_codes(tx, of(customer)).await?;
        tell(tx, customer, desk, "codes").await?;
        Ok(codes)
    })
    .await
}

/// Asks a device for a new passkey.
pub async fn ask_new(db: &Db, relying: &Relying, customer: &Customer, now: Moment) -> Result<Question, Failed<AccountRefused>> {
    fresh(customer, now)?;
    let shown = (customer.email.as_str(), customer.called());
    let asked = factors::passkeys::begin_registration(&mut *db.get().await?, relying, of(customer), shown, now).await;
    asked.map_err(|failed| failed.map(AccountRefused::from))
}

/// Adds the passkey that answered; gives recovery codes, to be shown once, to whoever has none.
pub async fn add_passkey(
    db: &Db,
    relying: &Relying,
    customer: &Customer,
    (form, name): (&PasskeyForm, &Name<60>),
    desk: &Desk<'_>,
    now: Moment,
) -> Result<Vec<String>, Failed<AccountRefused>> {
    fresh(customer, now)?;
    let mut conn = db.get().await?;
    let answered = factors::passkeys::answered(&mut conn, form, now).await.map_err(|failed| failed.map(AccountRefused::from))?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let added = factors::passkeys::finish_registration(tx, relying, of(customer), &answered, name, now).await;
        let codes = added.map_err(|failed| failed.map(AccountRefused::from))?;
        tell(tx, customer, desk, "passkey-added").await?;
        Ok(codes.unwrap_or_default())
    })
    .await
}

/// Takes a passkey away; `false` when it is none of theirs.
pub async fn remove_passkey(
    db: &Db,
    customer: &Customer,
    id: PasskeyId,
    desk: &Desk<'_>,
    now: Moment,
) -> Result<bool, Failed<AccountRefused>> {
    fresh(customer, now)?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        customers::commands::hold(tx, customer.id).await?;
        if factors::passkeys::remove(tx, of(customer), id).await?.is_none() {
            return Ok(false);
        }
        if customers::queries::ways_in(tx, customer.id).await? == 0 {
            return Err(AccountRefused::from(customers::model::IdentityRefused::LastWay).into());
        }
        tell(tx, customer, desk, "passkey-removed").await?;
        Ok(true)
    })
    .await
}

/// Takes an identity at another site away.
pub async fn disconnect(
    db: &Db,
    customer: &Customer,
    id: CustomerIdentityId,
    desk: &Desk<'_>,
    now: Moment,
) -> Result<(), Failed<AccountRefused>> {
    fresh(customer, now)?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let gone = customers::commands::disconnect(tx, customer.id, id).await;
        gone.map_err(|failed| failed.map(AccountRefused::from))?;
        tell(tx, customer, desk, "site-removed").await
    })
    .await
}
