//! Acts on codes: setting up an app, recovery codes, proving by a code; and forgetting all factors.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{Account, FactorRefused, Proof, RECOVERY_CODES, SETUP_WITHIN, Typed, recovery_code, recovery_hash};
use super::totp::{self, TotpSetup};
use super::{passkeys, queries};
use crate::platform::base::{Broke, Failed, Moment};
use crate::platform::db::Conn;
use crate::platform::schema::{recovery_codes, totp_factors};
use crate::platform::throttle::{self, Attempt};
use crate::platform::vault::{Place, Purpose, Vault};

fn seed_of(account: Account) -> Place {
    Place::new(Purpose::TotpSeed, account)
}

/// When an app was begun and confirmed, and its last step; the row stays locked until the transaction ends.
async fn locked_totp(tx: &mut Conn, of: Account) -> QueryResult<Option<(Moment, Option<Moment>, i64)>> {
    let row = totp_factors::table.find((of.kind, of.id));
    row.select((totp_factors::begun_at, totp_factors::confirmed_at, totp_factors::last_step))
        .for_update()
        .first(tx)
        .await
        .optional()
}

/// Begins to set up an app, or begins anew; refused where one is set up already.
pub async fn begin_totp(tx: &mut Conn, vault: &Vault, of: Account, now: Moment) -> Result<(), Failed<FactorRefused>> {
    let row = (totp_factors::account_kind.eq(of.kind), totp_factors::account_id.eq(of.id), totp_factors::begun_at.eq(now));
    diesel::insert_into(totp_factors::table).values(row).on_conflict_do_nothing().execute(tx).await?;
    if let Some((_, Some(_), _)) = locked_totp(tx, of).await? {
        return Err(FactorRefused::HasTotp.into());
    }
    let anew = (totp_factors::begun_at.eq(now), totp_factors::last_step.eq(0));
    diesel::update(totp_factors::table.find((of.kind, of.id))).set(anew).execute(tx).await?;
    vault.keep(tx, &seed_of(of), &totp::fresh_seed()).await?;
    Ok(())
}

/// What to show while an app is being set up: `shop` and `name` are what the app will call the account. `None`: nothing was begun.
pub async fn totp_setup(
    conn: &mut Conn,
    vault: &Vault,
    of: Account,
    (shop, name): (&str, &str),
    now: Moment,
) -> Result<Option<TotpSetup>, Broke> {
    let begun = totp_factors::confirmed_at.is_null().and(totp_factors::begun_at.gt(now - SETUP_WITHIN));
    let begun = totp_factors::table.find((of.kind, of.id)).filter(begun).select(totp_factors::begun_at);
    if begun.first::<Moment>(conn).await.optional()?.is_none() {
        return Ok(None);
    }
    let seed = vault.read(conn, &seed_of(of)).await?;
    Ok(seed.map(|seed| totp::setup(&seed, shop, name)).transpose()?)
}

/// The first code of the app is right: from now on it counts. Gives recovery codes, to be shown once, to whoever has none.
pub async fn confirm_totp(
    tx: &mut Conn,
    vault: &Vault,
    of: Account,
    typed: &str,
    now: Moment,
) -> Result<Option<Vec<String>>, Failed<FactorRefused>> {
    match locked_totp(tx, of).await? {
        Some((_, Some(_), _)) => return Err(FactorRefused::HasTotp.into()),
        Some((begun, None, _)) if begun > now - SETUP_WITHIN => {}
        _ => return Err(FactorRefused::NothingBegun.into()),
    }
    let seed = vault.read(tx, &seed_of(of)).await?.ok_or(FactorRefused::NothingBegun)?;
    let Some(Typed::Totp(code)) = Typed::read(typed) else { return Err(FactorRefused::WrongCode.into()) };
    let step = totp::step_of(&seed, &code, now)?.ok_or(FactorRefused::WrongCode)?;
    let confirmed = (totp_factors::confirmed_at.eq(now), totp_factors::last_step.eq(step));
    diesel::update(totp_factors::table.find((of.kind, of.id))).set(confirmed).execute(tx).await?;
    Ok(first_recovery_codes(tx, of).await?)
}

/// Takes the app away, whether it was set up or only begun; recovery codes go with the last factor.
pub async fn remove_totp(tx: &mut Conn, vault: &Vault, of: Account) -> Result<(), Broke> {
    diesel::delete(totp_factors::table.find((of.kind, of.id))).execute(tx).await?;
    vault.forget(tx, &seed_of(of)).await?;
    Ok(tidy(tx, of).await?)
}

/// Recovery codes for whoever has none left; for the moment the first factor is there.
pub(super) async fn first_recovery_codes(tx: &mut Conn, of: Account) -> QueryResult<Option<Vec<String>>> {
    match queries::codes_left(tx, of).await? {
        0 => renew_recovery_codes(tx, of).await.map(Some),
        _ => Ok(None),
    }
}

/// Ten new recovery codes, to be shown once; the old ones no longer count.
///
/// # Panics
/// When the operating system has no randomness to give, which leaves nothing safe to do.
pub async fn renew_recovery_codes(tx: &mut Conn, of: Account) -> QueryResult<Vec<String>> {
    forget_recovery_codes(tx, of).await?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let mut random = [0; 16];
        getrandom::fill(&mut random).expect("the operating system gives random bytes");
        codes.push(recovery_code(&random));
    }
    let rows: Vec<_> = codes
        .iter()
        .map(|code| {
            let hash = recovery_hash(of, &code.replace('-', ""));
            (recovery_codes::account_kind.eq(of.kind), recovery_codes::account_id.eq(of.id), recovery_codes::code_hash.eq(hash))
        })
        .collect();
    diesel::insert_into(recovery_codes::table).values(rows).execute(tx).await?;
    Ok(codes)
}

async fn forget_recovery_codes(tx: &mut Conn, of: Account) -> QueryResult<()> {
    let all = recovery_codes::account_kind.eq(of.kind).and(recovery_codes::account_id.eq(of.id));
    diesel::delete(recovery_codes::table.filter(all)).execute(tx).await?;
    Ok(())
}

/// Recovery codes stand in for a factor: where none is left, they go too.
pub(super) async fn tidy(tx: &mut Conn, of: Account) -> QueryResult<()> {
    if !queries::has_factor(tx, of).await? {
        forget_recovery_codes(tx, of).await?;
    }
    Ok(())
}

/// The name under which codes of an account are counted.
fn counted_as(of: Account) -> String {
    format!("second factor {of}")
}

/// Counts an attempt at a code before the code is looked at; refused when there were too many.
pub async fn attempt(conn: &mut Conn, of: Account, address: &str, now: Moment) -> Result<Attempt, Failed<FactorRefused>> {
    throttle::begin(conn, &counted_as(of), address, now).await.map_err(|why| why.map(FactorRefused::Throttled))
}

/// Looks at a code of the app or a recovery code, and uses it up; right, it takes the attempt back.
pub async fn prove(
    tx: &mut Conn,
    vault: &Vault,
    of: Account,
    typed: &str,
    attempt: Attempt,
    now: Moment,
) -> Result<Proof, Failed<FactorRefused>> {
    let proof = match Typed::read(typed) {
        Some(Typed::Totp(code)) => by_totp(tx, vault, of, &code, now).await?,
        Some(Typed::Recovery(code)) => by_recovery(tx, of, &code, now).await?,
        None => None,
    };
    let proof = proof.ok_or(FactorRefused::WrongCode)?;
    throttle::forget(tx, &counted_as(of), attempt, now).await?;
    Ok(proof)
}

async fn by_totp(tx: &mut Conn, vault: &Vault, of: Account, code: &str, now: Moment) -> Result<Option<Proof>, Broke> {
    let Some((_, Some(_), last)) = locked_totp(tx, of).await? else { return Ok(None) };
    let Some(seed) = vault.read(tx, &seed_of(of)).await? else { return Ok(None) };
    let Some(step) = totp::step_of(&seed, code, now)?.filter(|step| *step > last) else { return Ok(None) };
    let used = (totp_factors::last_step.eq(step), totp_factors::used_at.eq(now));
    diesel::update(totp_factors::table.find((of.kind, of.id))).set(used).execute(tx).await?;
    Ok(Some(Proof::Totp))
}

async fn by_recovery(tx: &mut Conn, of: Account, code: &str, now: Moment) -> Result<Option<Proof>, Broke> {
    let unused = recovery_codes::account_kind
        .eq(of.kind)
        .and(recovery_codes::account_id.eq(of.id))
        .and(recovery_codes::code_hash.eq(recovery_hash(of, code)))
        .and(recovery_codes::used_at.is_null());
    let used = diesel::update(recovery_codes::table.filter(unused)).set(recovery_codes::used_at.eq(now)).execute(tx).await?;
    match used {
        0 => Ok(None),
        _ => Ok(Some(Proof::Recovery { left: queries::codes_left(tx, of).await? })),
    }
}

/// Takes all factors of an account away: when it is closed, or its owner has lost everything.
pub async fn forget(tx: &mut Conn, vault: &Vault, of: Account) -> Result<(), Broke> {
    passkeys::forget_all(tx, of).await?;
    remove_totp(tx, vault, of).await
}

/// Deletes questions that nobody answered; run once in a while.
pub async fn sweep(conn: &mut Conn, now: Moment) -> QueryResult<()> {
    passkeys::sweep(conn, now).await
}
