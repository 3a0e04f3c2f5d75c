//! Somebody's own factors, and proving once more who one is. Each act is in the audit trail, never what was typed.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::end_sessions;
use crate::platform::access::audit::{audit, audit_without_staff};
use crate::platform::access::model::{Person, StaffRefused};
use crate::platform::access::passwords::{self, Password};
use crate::platform::access::queries;
use crate::platform::base::{Email, Failed, Message, Moment, Name, PasskeyId, Refusal, StaffId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::factors::{self, Account, Answered, FactorRefused, Question, Relying};
use crate::platform::schema::staff_sessions;
use crate::platform::throttle::{self, Throttled};
use crate::platform::vault::Vault;

/// Why somebody has not proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofRefused {
    WrongPassword,
    /// The account has a factor: the password is not enough.
    AsksFactor,
    Factor(FactorRefused),
    Throttled(Throttled),
}

impl From<FactorRefused> for ProofRefused {
    fn from(why: FactorRefused) -> ProofRefused {
        match why {
            FactorRefused::Throttled(why) => ProofRefused::Throttled(why),
            why => ProofRefused::Factor(why),
        }
    }
}

impl Refusal for ProofRefused {
    fn message(&self) -> Message {
        match self {
            ProofRefused::WrongPassword => Message::new("access-password-wrong"),
            ProofRefused::AsksFactor => Message::new("access-asks-factor"),
            ProofRefused::Factor(why) => why.message(),
            ProofRefused::Throttled(why) => why.message(),
        }
    }
}

/// Notes on the session that its person has proved who they are.
async fn proven(tx: &mut Conn, person: &Person, by: &str, now: Moment) -> QueryResult<()> {
    diesel::update(staff_sessions::table.find(person.session)).set(staff_sessions::proven_at.eq(now)).execute(tx).await?;
    audit(tx, person, "staff.proved", "staff", Some(person.id.0), None, Some(json!({ "by": by }))).await
}

async fn not_proven(conn: &mut Conn, person: &Person, by: &str) -> QueryResult<()> {
    audit(conn, person, "staff.proof_failed", "staff", Some(person.id.0), None, Some(json!({ "by": by }))).await
}

/// Proves by a code of the app or a recovery code.
pub async fn prove_by_code(
    db: &Db,
    vault: &Vault,
    person: &Person,
    typed: &str,
    now: Moment,
) -> Result<(), Failed<ProofRefused>> {
    let (mut conn, of) = (db.get().await?, Account::staff(person.id));
    let attempt = factors::commands::attempt(&mut conn, of, &person.address, now).await;
    let attempt = attempt.map_err(|why| why.map(ProofRefused::from))?;
    let proved = db::transaction(&mut conn, async |tx: &mut Conn| {
        let proof = factors::commands::prove(tx, vault, of, typed, attempt, now).await;
        let proof = proof.map_err(|why| why.map(ProofRefused::from))?;
        Ok(proven(tx, person, proof.as_str(), now).await?)
    });
    let proved = proved.await;
    if let Err(Failed::Refused(_)) = &proved {
        not_proven(&mut conn, person, "code").await?;
    }
    proved
}

/// Proves by the password; only for whoever has no factor. Holds no connection while the password is hashed.
pub async fn prove_by_password(db: &Db, person: &Person, password: &Password, now: Moment) -> Result<(), Failed<ProofRefused>> {
    let (attempt, account) = {
        let mut conn = db.get().await?;
        if factors::queries::has_factor(&mut conn, Account::staff(person.id)).await? {
            return Err(ProofRefused::AsksFactor.into());
        }
        let attempt = throttle::begin(&mut conn, &person.email, &person.address, now).await;
        let attempt = attempt.map_err(|why| why.map(ProofRefused::Throttled))?;
        (attempt, queries::account_by_email(&mut conn, &person.email).await?)
    };
    let right = passwords::matches(password, account.map(|account| account.password_hash)).await?;
    let mut conn = db.get().await?;
    if !right {
        not_proven(&mut conn, person, "password").await?;
        return Err(ProofRefused::WrongPassword.into());
    }
    db::transaction(&mut conn, async |tx: &mut Conn| {
        throttle::forget(tx, &person.email, attempt, now).await?;
        Ok(proven(tx, person, "password", now).await?)
    })
    .await
}

/// The question to one of somebody's own passkeys.
pub async fn ask_own_passkey(
    tx: &mut Conn,
    relying: &Relying,
    person: &Person,
    now: Moment,
) -> Result<Question, Failed<FactorRefused>> {
    factors::passkeys::begin_proof(tx, relying, Account::staff(person.id), now).await
}

/// Proves by a passkey.
pub async fn prove_by_passkey(
    tx: &mut Conn,
    relying: &Relying,
    person: &Person,
    answer: &Answered,
    now: Moment,
) -> Result<(), Failed<ProofRefused>> {
    let proved = factors::passkeys::finish_proof(tx, relying, Account::staff(person.id), answer, now).await;
    proved.map_err(|why| why.map(ProofRefused::from))?;
    Ok(proven(tx, person, "passkey", now).await?)
}

/// Writes down a change of somebody's own factors.
async fn secured(tx: &mut Conn, person: &Person, action: &str, after: Option<serde_json::Value>) -> QueryResult<()> {
    audit(tx, person, action, "staff", Some(person.id.0), None, after).await
}

/// Begins to set up an app.
pub async fn begin_app(tx: &mut Conn, vault: &Vault, person: &Person, now: Moment) -> Result<(), Failed<FactorRefused>> {
    factors::commands::begin_totp(tx, vault, Account::staff(person.id), now).await?;
    Ok(secured(tx, person, "staff.app_begun", None).await?)
}

/// The first code of the app is right. Gives recovery codes to whoever has none.
pub async fn confirm_app(
    tx: &mut Conn,
    vault: &Vault,
    person: &Person,
    typed: &str,
    now: Moment,
) -> Result<Option<Vec<String>>, Failed<FactorRefused>> {
    let codes = factors::commands::confirm_totp(tx, vault, Account::staff(person.id), typed, now).await?;
    secured(tx, person, "staff.app_added", None).await?;
    Ok(codes)
}

pub async fn remove_app(tx: &mut Conn, vault: &Vault, person: &Person) -> Result<(), Failed<FactorRefused>> {
    factors::commands::remove_totp(tx, vault, Account::staff(person.id)).await?;
    Ok(secured(tx, person, "staff.app_removed", None).await?)
}

/// Ten new recovery codes, for whoever has a factor.
pub async fn renew_codes(tx: &mut Conn, person: &Person) -> Result<Option<Vec<String>>, Failed<FactorRefused>> {
    let of = Account::staff(person.id);
    if !factors::queries::has_factor(tx, of).await? {
        return Ok(None);
    }
    let codes = factors::commands::renew_recovery_codes(tx, of).await?;
    secured(tx, person, "staff.codes_renewed", None).await?;
    Ok(Some(codes))
}

/// The question to a device that is to become a passkey.
pub async fn ask_new_passkey(
    tx: &mut Conn,
    relying: &Relying,
    person: &Person,
    now: Moment,
) -> Result<Question, Failed<FactorRefused>> {
    factors::passkeys::begin_registration(tx, relying, Account::staff(person.id), (&person.email, person.called()), now).await
}

/// Puts a passkey on the list. Gives recovery codes to whoever has none.
pub async fn add_passkey(
    tx: &mut Conn,
    relying: &Relying,
    person: &Person,
    answer: &Answered,
    name: &Name<60>,
    now: Moment,
) -> Result<Option<Vec<String>>, Failed<FactorRefused>> {
    let codes = factors::passkeys::finish_registration(tx, relying, Account::staff(person.id), answer, name, now).await?;
    secured(tx, person, "staff.passkey_added", Some(json!({ "name": **name }))).await?;
    Ok(codes)
}

/// Calls a passkey otherwise; `false`: they have no such passkey.
pub async fn rename_passkey(
    tx: &mut Conn,
    person: &Person,
    id: PasskeyId,
    name: &Name<60>,
) -> Result<bool, Failed<FactorRefused>> {
    let renamed = factors::passkeys::rename(tx, Account::staff(person.id), id, name).await?;
    if renamed {
        secured(tx, person, "staff.passkey_renamed", Some(json!({ "name": **name }))).await?;
    }
    Ok(renamed)
}

/// Takes a passkey off the list; `false`: they have no such passkey.
pub async fn remove_passkey(tx: &mut Conn, person: &Person, id: PasskeyId) -> Result<bool, Failed<FactorRefused>> {
    let Some(name) = factors::passkeys::remove(tx, Account::staff(person.id), id).await? else { return Ok(false) };
    secured(tx, person, "staff.passkey_removed", Some(json!({ "name": name }))).await?;
    Ok(true)
}

/// Takes all factors of somebody away who has lost them, and ends their sessions; for the command line.
pub async fn reset_factors(tx: &mut Conn, vault: &Vault, email: &Email, who: &str) -> Result<StaffId, Failed<StaffRefused>> {
    let account = queries::account_by_email(tx, email).await?.ok_or(StaffRefused::Gone)?;
    let of = Account::staff(account.id);
    let held = factors::queries::held(tx, of).await?;
    factors::commands::forget(tx, vault, of).await?;
    let ended = end_sessions(tx, account.id, None).await?;
    let after = json!({ "app": held.totp.is_some(), "passkeys": held.passkeys.len(), "sessions_ended": ended });
    audit_without_staff(tx, who, "staff.factors_reset", "staff", Some(account.id.0), Some(after)).await?;
    Ok(account.id)
}
