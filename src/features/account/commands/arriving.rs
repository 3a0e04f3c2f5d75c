//! Somebody comes back from another site. Whose account it is, is told by issuer and subject alone: an address only ever opens a new
//! account, or asks the owner of one to sign in first.

use super::entering::pass;
use crate::features::account::emails::Desk;
use crate::features::account::model::{AccountRefused, Arrival, Caller};
use crate::features::customers::commands::NewCustomer;
use crate::features::customers::model::Elsewhere;
use crate::features::customers::{self, Customer};
use crate::features::elsewhere;
use crate::features::elsewhere::model::{Told, TravelRefused};
use crate::platform::base::{Failed, OrBreak, SignInSiteId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::i18n::Locale;
use crate::platform::mail;

fn identity(told: &Told) -> Elsewhere {
    let email = told.email.as_ref().map(ToString::to_string).unwrap_or_default();
    Elsewhere { issuer: told.issuer.clone(), subject: told.subject.clone(), email }
}

/// Signs in whoever the site says it is; opens an account for somebody new.
pub async fn arrive(
    db: &Db,
    site: SignInSiteId,
    told: &Told,
    locale: Locale,
    caller: &Caller,
) -> Result<Arrival, Failed<AccountRefused>> {
    let who = identity(told);
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        if let Some(owner) = customers::queries::customer_by_identity(tx, &who.issuer, &who.subject).await? {
            customers::commands::note_use(tx, &who, caller.now).await?;
            return Ok(Arrival::Entry(pass(tx, owner, caller).await?));
        }
        let email = told.email.as_ref().ok_or(AccountRefused::from(TravelRefused::NoAddress))?;
        let new = NewCustomer {
            email: email.to_string(),
            verified: told.verified,
            name: told.name.clone(),
            password_hash: None,
            locale,
        };
        match customers::commands::open_account(tx, &new, caller.now).await.or_break()? {
            Ok(opened) => {
                let connected = customers::commands::connect(tx, opened, &who, caller.now).await;
                connected.map_err(|failed| failed.map(AccountRefused::from))?;
                Ok(Arrival::Entry(pass(tx, opened, caller).await?))
            }
            Err(taken) => {
                let owner = customers::queries::account_by_email(tx, email).await?.ok_or(AccountRefused::from(taken))?;
                let claim = elsewhere::commands::keep_claim(tx, site, owner.id, &who, caller.now).await?;
                Ok(Arrival::Claim(claim))
            }
        }
    })
    .await
}

/// Connects the identity to the account of whoever began it, in the session in which they did.
pub async fn connect(
    db: &Db,
    customer: &Customer,
    told: &Told,
    desk: &Desk<'_>,
    caller: &Caller,
) -> Result<Arrival, Failed<AccountRefused>> {
    let who = identity(told);
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let connected = customers::commands::connect(tx, customer.id, &who, caller.now).await;
        connected.map_err(|failed| failed.map(AccountRefused::from))?;
        if customer.verified {
            mail::commands::queue(tx, &desk.secured(&customer.email, "site-added")?).await?;
        }
        Ok(Arrival::Connected)
    })
    .await
}
