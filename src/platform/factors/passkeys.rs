//! Passkeys (WebAuthn): questions to a device and their answers. A question waits in the database for five minutes and is answered once.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    AuthenticationResult, CredentialID, DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Uuid, WebauthnError,
};

use super::commands;
use super::forms::PasskeyForm;
use super::model::{ANSWER_WITHIN, Account, AccountKind, FactorRefused, PASSKEYS};
use super::relying::Relying;
use crate::platform::base::{Broke, Failed, Moment, Name, PasskeyId, Token, text_enum};
use crate::platform::db::Conn;
use crate::platform::schema::{passkey_ceremonies as ceremonies, passkeys};

text_enum! {
    /// What a question is asked for.
    Ceremony { Registration = "registration", Proof = "proof", SignIn = "sign_in" }
}

/// A question as JSON for `static/js/passkeys.js`: the token to send back, and what the browser hands to the device.
#[derive(Clone, Debug)]
pub struct Question(Value);

impl Question {
    pub fn into_json(self) -> Value {
        self.0
    }
}

/// A question that was taken out, with the device's answer.
pub struct Answered {
    kind: Ceremony,
    account_kind: AccountKind,
    account_id: Option<i64>,
    state: Value,
    credential: Value,
}

impl Answered {
    /// The state and the answer, where the question was asked for this and of this account.
    fn parts<S, C>(&self, kind: Ceremony, account_kind: AccountKind, id: Option<i64>) -> Result<(S, C), FactorRefused>
    where
        S: serde::de::DeserializeOwned,
        C: serde::de::DeserializeOwned,
    {
        if (self.kind, self.account_kind, self.account_id) != (kind, account_kind, id) {
            return Err(FactorRefused::WrongPasskey);
        }
        let state = serde_json::from_value(self.state.clone()).map_err(|_| FactorRefused::TooLate)?;
        let credential = serde_json::from_value(self.credential.clone()).map_err(|_| FactorRefused::WrongPasskey)?;
        Ok((state, credential))
    }
}

/// Keeps a question until it is answered.
async fn ask(
    tx: &mut Conn,
    kind: Ceremony,
    (account_kind, account_id): (AccountKind, Option<i64>),
    state: Value,
    options: Value,
    now: Moment,
) -> Result<Question, Broke> {
    let token = Token::random();
    let row = (
        ceremonies::token_hash.eq(token.hash().as_bytes().to_vec()),
        ceremonies::kind.eq(kind),
        ceremonies::account_kind.eq(account_kind),
        ceremonies::account_id.eq(account_id),
        ceremonies::state.eq(state),
        ceremonies::expires_at.eq(now + ANSWER_WITHIN),
    );
    diesel::insert_into(ceremonies::table).values(row).execute(tx).await?;
    Ok(Question(json!({ "ceremony": token.to_string(), "publicKey": options["publicKey"] })))
}

/// Takes the question out, whatever becomes of the answer: call it outside the transaction that looks at the answer.
pub async fn answered(conn: &mut Conn, form: &PasskeyForm, now: Moment) -> Result<Answered, Failed<FactorRefused>> {
    let hash = form.ceremony.0.hash().as_bytes().to_vec();
    let taken: Option<(Ceremony, AccountKind, Option<i64>, Value, Moment)> = diesel::delete(ceremonies::table.find(hash))
        .returning((
            ceremonies::kind,
            ceremonies::account_kind,
            ceremonies::account_id,
            ceremonies::state,
            ceremonies::expires_at,
        ))
        .get_result(conn)
        .await
        .optional()?;
    let (kind, account_kind, account_id, state, expires_at) = taken.ok_or(FactorRefused::TooLate)?;
    if expires_at <= now {
        return Err(FactorRefused::TooLate.into());
    }
    Ok(Answered { kind, account_kind, account_id, state, credential: form.credential.0.clone() })
}

/// A passkey as it is kept.
struct Kept {
    id: PasskeyId,
    account_id: i64,
    handle: Vec<u8>,
    passkey: Passkey,
    counter: i64,
}

type Row = (PasskeyId, i64, Vec<u8>, Value, i64);
const COLUMNS: (passkeys::id, passkeys::account_id, passkeys::handle, passkeys::credential, passkeys::counter) =
    (passkeys::id, passkeys::account_id, passkeys::handle, passkeys::credential, passkeys::counter);

fn kept((id, account_id, handle, credential, counter): Row) -> Result<Kept, Broke> {
    Ok(Kept { id, account_id, handle, passkey: serde_json::from_value(credential)?, counter })
}

async fn all_of(conn: &mut Conn, of: Account) -> Result<Vec<Kept>, Broke> {
    let mine = passkeys::account_kind.eq(of.kind).and(passkeys::account_id.eq(of.id));
    let rows: Vec<Row> = passkeys::table.filter(mine).order(passkeys::id).select(COLUMNS).load(conn).await?;
    rows.into_iter().map(kept).collect()
}

fn broke(error: WebauthnError) -> Broke {
    Broke(anyhow::anyhow!("webauthn: {error:?}"))
}

/// Asks a device for a new passkey. `(name, called)`: what the device shows the account as, an e-mail address and a name.
pub async fn begin_registration(
    tx: &mut Conn,
    relying: &Relying,
    of: Account,
    (name, called): (&str, &str),
    now: Moment,
) -> Result<Question, Failed<FactorRefused>> {
    let known = all_of(tx, of).await?;
    if known.len() >= PASSKEYS {
        return Err(FactorRefused::TooManyPasskeys.into());
    }
    let handle = known.as_slice().first().and_then(|kept| Uuid::from_slice(&kept.handle).ok()).unwrap_or_else(Uuid::new_v4);
    let taken: Vec<CredentialID> = known.iter().map(|kept| kept.passkey.cred_id().clone()).collect();
    let begun = relying.0.start_passkey_registration(handle, name, called, Some(taken)).map_err(broke)?;
    let mut options = serde_json::to_value(&begun.0).map_err(anyhow::Error::from)?;
    // Kept on the device where it can be, so that one can sign in without typing a name.
    options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred".into();
    let state = json!({ "handle": handle, "state": serde_json::to_value(&begun.1).map_err(anyhow::Error::from)? });
    Ok(ask(tx, Ceremony::Registration, (of.kind, Some(of.id)), state, options, now).await?)
}

/// Asks a device for the passkey that an account is to be opened with: there is none yet.
pub async fn begin_first(
    tx: &mut Conn,
    relying: &Relying,
    kind: AccountKind,
    (name, called): (&str, &str),
    now: Moment,
) -> Result<Question, Broke> {
    let handle = Uuid::new_v4();
    let begun = relying.0.start_passkey_registration(handle, name, called, None).map_err(broke)?;
    let mut options = serde_json::to_value(&begun.0)?;
    options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred".into();
    let state = json!({ "handle": handle, "state": serde_json::to_value(&begun.1)? });
    ask(tx, Ceremony::Registration, (kind, None), state, options, now).await
}

/// Puts the passkey that an account was opened with on its list; gives the first recovery codes, to be shown once.
pub async fn finish_first(
    tx: &mut Conn,
    relying: &Relying,
    of: Account,
    answer: &Answered,
    name: &Name<60>,
    now: Moment,
) -> Result<Option<Vec<String>>, Failed<FactorRefused>> {
    add(tx, relying, of, answer.parts(Ceremony::Registration, of.kind, None)?, name, now).await
}

#[derive(serde::Deserialize)]
struct Registering {
    handle: Uuid,
    state: PasskeyRegistration,
}

/// Puts the new passkey on the list. Gives recovery codes, to be shown once, to whoever has none.
pub async fn finish_registration(
    tx: &mut Conn,
    relying: &Relying,
    of: Account,
    answer: &Answered,
    name: &Name<60>,
    now: Moment,
) -> Result<Option<Vec<String>>, Failed<FactorRefused>> {
    add(tx, relying, of, answer.parts(Ceremony::Registration, of.kind, Some(of.id))?, name, now).await
}

async fn add(
    tx: &mut Conn,
    relying: &Relying,
    of: Account,
    (begun, credential): (Registering, RegisterPublicKeyCredential),
    name: &Name<60>,
    now: Moment,
) -> Result<Option<Vec<String>>, Failed<FactorRefused>> {
    let passkey = relying.0.finish_passkey_registration(&credential, &begun.state).map_err(|_| FactorRefused::WrongPasskey)?;
    let row = (
        passkeys::account_kind.eq(of.kind),
        passkeys::account_id.eq(of.id),
        passkeys::handle.eq(begun.handle.as_bytes().to_vec()),
        passkeys::credential_id.eq(passkey.cred_id().to_vec()),
        passkeys::credential.eq(serde_json::to_value(&passkey).map_err(anyhow::Error::from)?),
        passkeys::name.eq(&**name),
        passkeys::made_at.eq(now),
    );
    let added = diesel::insert_into(passkeys::table).values(row).on_conflict(passkeys::credential_id).do_nothing();
    if added.execute(tx).await? == 0 {
        return Err(FactorRefused::KnownPasskey.into());
    }
    Ok(commands::first_recovery_codes(tx, of).await?)
}

/// Asks the passkeys of an account.
pub async fn begin_proof(tx: &mut Conn, relying: &Relying, of: Account, now: Moment) -> Result<Question, Failed<FactorRefused>> {
    let known: Vec<Passkey> = all_of(tx, of).await?.into_iter().map(|kept| kept.passkey).collect();
    if known.is_empty() {
        return Err(FactorRefused::NoPasskey.into());
    }
    let (options, state) = relying.0.start_passkey_authentication(&known).map_err(broke)?;
    let options = serde_json::to_value(&options).map_err(anyhow::Error::from)?;
    let state = serde_json::to_value(&state).map_err(anyhow::Error::from)?;
    Ok(ask(tx, Ceremony::Proof, (of.kind, Some(of.id)), state, options, now).await?)
}

/// One of the account's passkeys answered.
pub async fn finish_proof(
    tx: &mut Conn,
    relying: &Relying,
    of: Account,
    answer: &Answered,
    now: Moment,
) -> Result<(), Failed<FactorRefused>> {
    let (state, credential): (PasskeyAuthentication, PublicKeyCredential) =
        answer.parts(Ceremony::Proof, of.kind, Some(of.id))?;
    let kept = locked(tx, of.kind, credential.get_credential_id()).await?;
    let kept = kept.filter(|kept| kept.account_id == of.id).ok_or(FactorRefused::WrongPasskey)?;
    let result = relying.0.finish_passkey_authentication(&credential, &state).map_err(|_| FactorRefused::WrongPasskey)?;
    Ok(used(tx, kept, &result, now).await?.ok_or(FactorRefused::WrongPasskey)?)
}

/// Asks whoever is there: the device knows whose passkey it is.
pub async fn begin_sign_in(tx: &mut Conn, relying: &Relying, kind: AccountKind, now: Moment) -> Result<Question, Broke> {
    let (options, state) = relying.0.start_discoverable_authentication().map_err(broke)?;
    let options = serde_json::to_value(&options)?;
    ask(tx, Ceremony::SignIn, (kind, None), serde_json::to_value(&state)?, options, now).await
}

/// Whose passkey answered; the caller looks whether that account may sign in.
pub async fn finish_sign_in(
    tx: &mut Conn,
    relying: &Relying,
    kind: AccountKind,
    answer: &Answered,
    now: Moment,
) -> Result<Account, Failed<FactorRefused>> {
    let (state, credential): (DiscoverableAuthentication, PublicKeyCredential) = answer.parts(Ceremony::SignIn, kind, None)?;
    let (handle, id) = relying.0.identify_discoverable_authentication(&credential).map_err(|_| FactorRefused::WrongPasskey)?;
    let kept = locked(tx, kind, id).await?.filter(|kept| kept.handle == handle.as_bytes()).ok_or(FactorRefused::WrongPasskey)?;
    let result = relying.0.finish_discoverable_authentication_v2(&credential, state, &kept.passkey);
    let result = result.map_err(|_| FactorRefused::WrongPasskey)?;
    let account = Account { kind, id: kept.account_id };
    used(tx, kept, &result, now).await?.ok_or(FactorRefused::WrongPasskey)?;
    Ok(account)
}

async fn locked(tx: &mut Conn, kind: AccountKind, credential: &[u8]) -> Result<Option<Kept>, Broke> {
    let this = passkeys::account_kind.eq(kind).and(passkeys::credential_id.eq(credential.to_vec()));
    let row: Option<Row> = passkeys::table.filter(this).select(COLUMNS).for_update().first(tx).await.optional()?;
    row.map(kept).transpose()
}

/// Notes the use. `None`: the device counts, and its count has not grown, so that there may be a copy of it.
async fn used(tx: &mut Conn, mut kept: Kept, result: &AuthenticationResult, now: Moment) -> Result<Option<()>, Broke> {
    let counter = i64::from(result.counter());
    if !result.user_verified() || (counter.max(kept.counter) > 0 && counter <= kept.counter) {
        return Ok(None);
    }
    kept.passkey.update_credential(result);
    let seen =
        (passkeys::credential.eq(serde_json::to_value(&kept.passkey)?), passkeys::counter.eq(counter), passkeys::used_at.eq(now));
    diesel::update(passkeys::table.find(kept.id)).set(seen).execute(tx).await?;
    Ok(Some(()))
}

/// Takes a passkey of an account off the list; `None`: it has no such passkey. Recovery codes go with the last factor.
pub async fn remove(tx: &mut Conn, of: Account, id: PasskeyId) -> QueryResult<Option<String>> {
    let mine = passkeys::account_kind.eq(of.kind).and(passkeys::account_id.eq(of.id)).and(passkeys::id.eq(id));
    let removed = diesel::delete(passkeys::table.filter(mine)).returning(passkeys::name).get_result(tx).await.optional()?;
    commands::tidy(tx, of).await?;
    Ok(removed)
}

/// Calls a passkey of an account otherwise; `false`: it has no such passkey.
pub async fn rename(tx: &mut Conn, of: Account, id: PasskeyId, name: &Name<60>) -> QueryResult<bool> {
    let mine = passkeys::account_kind.eq(of.kind).and(passkeys::account_id.eq(of.id)).and(passkeys::id.eq(id));
    Ok(diesel::update(passkeys::table.filter(mine)).set(passkeys::name.eq(&**name)).execute(tx).await? > 0)
}

pub(super) async fn forget_all(tx: &mut Conn, of: Account) -> QueryResult<()> {
    let mine = passkeys::account_kind.eq(of.kind).and(passkeys::account_id.eq(of.id));
    diesel::delete(passkeys::table.filter(mine)).execute(tx).await?;
    let asked = ceremonies::account_kind.eq(of.kind).and(ceremonies::account_id.eq(of.id));
    diesel::delete(ceremonies::table.filter(asked)).execute(tx).await?;
    Ok(())
}

pub(super) async fn sweep(conn: &mut Conn, now: Moment) -> QueryResult<()> {
    diesel::delete(ceremonies::table.filter(ceremonies::expires_at.lt(now))).execute(conn).await?;
    Ok(())
}
