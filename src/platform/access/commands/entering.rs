//! Getting in: the password, then the second factor where there is one, then a session under a new token; and getting out.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

use crate::platform::access::audit::audit_at_the_door;
use crate::platform::access::model::{HALF_WITHIN, Origin, SignInRefused, expiry};
use crate::platform::access::passwords::{self, Password};
use crate::platform::access::queries::{self, HalfSignedIn};
use crate::platform::base::{Broke, Email, Failed, Moment, StaffId, Token};
use crate::platform::db::{self, Conn, Db};
use crate::platform::factors::{self, Account, Answered, Proof, Question, Relying};
use crate::platform::schema::{staff, staff_sessions, staff_sign_ins};
use crate::platform::throttle;
use crate::platform::vault::Vault;

/// What the right password opens.
#[derive(Debug)]
pub enum Admitted {
    /// A session.
    Whole(Token),
    /// The second step: no session begins before the second factor was right.
    Half(Token),
}

/// Looks at a password. Holds no connection while it is hashed.
pub async fn sign_in(
    db: &Db,
    email: &Email,
    password: &Password,
    origin: &Origin,
    now: Moment,
) -> Result<Admitted, Failed<SignInRefused>> {
    let (attempt, account) = {
        let mut conn = db.get().await?;
        let attempt =
            throttle::begin(&mut conn, email, &origin.address, now).await.map_err(|why| why.map(SignInRefused::Throttled))?;
        (attempt, queries::account_by_email(&mut conn, email).await?)
    };
    let kept = account.as_ref().map(|account| account.password_hash.clone());
    let right = passwords::matches(password, kept).await?;
    let mut conn = db.get().await?;
    let known = account.as_ref().map(|account| (account.id, account.email.clone()));
    let Some(account) = account.filter(|account| right && account.disabled_at.is_none()) else {
        // What an unknown somebody typed may be a password in the wrong field: it is not kept.
        let (id, called) = known.map_or((None, String::from("–")), |(id, email)| (Some(id), email));
        audit_at_the_door(&mut conn, (id, &called), origin, "staff.sign_in_failed", None).await?;
        return Err(SignInRefused::Wrong.into());
    };
    db::transaction(&mut conn, async |tx: &mut Conn| {
        throttle::forget(tx, &account.email, attempt, now).await?;
        if factors::queries::has_factor(tx, Account::staff(account.id)).await? {
            return Ok(Admitted::Half(half_way(tx, account.id, now).await?));
        }
        Ok(Admitted::Whole(open_session(tx, (account.id, &account.email), "password", origin, now).await?))
    })
    .await
}

/// Notes that somebody's password was right.
async fn half_way(tx: &mut Conn, id: StaffId, now: Moment) -> QueryResult<Token> {
    let token = Token::random();
    let row = (
        staff_sign_ins::token_hash.eq(token.hash().as_bytes().to_vec()),
        staff_sign_ins::staff_id.eq(id),
        staff_sign_ins::expires_at.eq(now + HALF_WITHIN),
    );
    diesel::insert_into(staff_sign_ins::table).values(row).execute(tx).await?;
    Ok(token)
}

/// Opens a session for somebody who has just proved who they are.
pub(super) async fn open_session(
    tx: &mut Conn,
    (id, email): (StaffId, &str),
    by: &str,
    origin: &Origin,
    now: Moment,
) -> QueryResult<Token> {
    let token = Token::random();
    let over = staff_sessions::staff_id.eq(id).and(staff_sessions::expires_at.lt(now));
    diesel::delete(staff_sessions::table.filter(over)).execute(tx).await?;
    diesel::insert_into(staff_sessions::table)
        .values((
            staff_sessions::token_hash.eq(token.hash().as_bytes().to_vec()),
            staff_sessions::staff_id.eq(id),
            (staff_sessions::address.eq(&origin.address), staff_sessions::device.eq(&origin.device)),
            (staff_sessions::created_at.eq(now), staff_sessions::seen_at.eq(now), staff_sessions::expires_at.eq(expiry(now))),
            staff_sessions::proven_at.eq(now),
        ))
        .execute(tx)
        .await?;
    audit_at_the_door(tx, (Some(id), email), origin, "staff.signed_in", Some(json!({ "by": by }))).await?;
    Ok(token)
}

/// Opens a session without asking for the password: for the person who has just opened the shop by its one-time link.
pub async fn let_in(tx: &mut Conn, email: &Email, origin: &Origin, now: Moment) -> Result<Token, Failed<SignInRefused>> {
    let account = queries::account_by_email(tx, email).await?.ok_or(SignInRefused::Wrong)?;
    Ok(open_session(tx, (account.id, &account.email), "link", origin, now).await?)
}

async fn half_of(conn: &mut Conn, token: &Token, now: Moment) -> Result<HalfSignedIn, Failed<SignInRefused>> {
    queries::half_by_token(conn, &token.hash(), now).await?.ok_or_else(|| SignInRefused::TooLate.into())
}

/// The second step by a code of the app or a recovery code; each guess counts as those of a password do.
pub async fn second_step_by_code(
    db: &Db,
    vault: &Vault,
    token: &Token,
    typed: &str,
    origin: &Origin,
    now: Moment,
) -> Result<Token, Failed<SignInRefused>> {
    let mut conn = db.get().await?;
    let half = half_of(&mut conn, token, now).await?;
    let of = Account::staff(half.id);
    let attempt = factors::commands::attempt(&mut conn, of, &origin.address, now).await;
    let attempt = attempt.map_err(|why| why.map(SignInRefused::from))?;
    let entered = db::transaction(&mut conn, async |tx: &mut Conn| {
        let proof = factors::commands::prove(tx, vault, of, typed, attempt, now).await;
        let proof = proof.map_err(|why| why.map(SignInRefused::from))?;
        wholly(tx, token, &half, proof, origin, now).await
    });
    let entered = entered.await;
    if let Err(Failed::Refused(SignInRefused::Factor(_))) = &entered {
        audit_at_the_door(&mut conn, (Some(half.id), &half.email), origin, "staff.second_step_failed", None).await?;
    }
    entered
}

/// The question to a passkey of whoever takes the second step.
pub async fn ask_passkey(db: &Db, relying: &Relying, token: &Token, now: Moment) -> Result<Question, Failed<SignInRefused>> {
    let mut conn = db.get().await?;
    let half = half_of(&mut conn, token, now).await?;
    let asked = db::transaction(&mut conn, async |tx: &mut Conn| {
        factors::passkeys::begin_proof(tx, relying, Account::staff(half.id), now).await
    });
    asked.await.map_err(|why| why.map(SignInRefused::from))
}

/// The second step by a passkey.
pub async fn second_step_by_passkey(
    db: &Db,
    relying: &Relying,
    token: &Token,
    answer: &Answered,
    origin: &Origin,
    now: Moment,
) -> Result<Token, Failed<SignInRefused>> {
    let mut conn = db.get().await?;
    let half = half_of(&mut conn, token, now).await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let proved = factors::passkeys::finish_proof(tx, relying, Account::staff(half.id), answer, now).await;
        proved.map_err(|why| why.map(SignInRefused::from))?;
        wholly(tx, token, &half, Proof::Passkey, origin, now).await
    })
    .await
}

/// Uses the second step up and opens the session.
async fn wholly(
    tx: &mut Conn,
    token: &Token,
    half: &HalfSignedIn,
    proof: Proof,
    origin: &Origin,
    now: Moment,
) -> Result<Token, Failed<SignInRefused>> {
    let hash = token.hash().as_bytes().to_vec();
    if diesel::delete(staff_sign_ins::table.find(hash)).execute(tx).await? == 0 {
        return Err(SignInRefused::TooLate.into());
    }
    Ok(open_session(tx, (half.id, &half.email), proof.as_str(), origin, now).await?)
}

/// Ends the session under this token, whoever holds it; for sign-out and for the session that a new one replaces.
pub async fn sign_out(conn: &mut Conn, token: &Token) -> Result<(), Broke> {
    let hash = token.hash().as_bytes().to_vec();
    let ended: Option<(StaffId, String, String)> = diesel::delete(staff_sessions::table)
        .filter(staff_sessions::token_hash.eq(hash))
        .returning((staff_sessions::staff_id, staff_sessions::address, staff_sessions::device))
        .get_result(conn)
        .await
        .optional()?;
    if let Some((id, address, device)) = ended {
        let email: String = staff::table.find(id).select(staff::email).first(conn).await?;
        audit_at_the_door(conn, (Some(id), &email), &Origin { address, device }, "staff.signed_out", None).await?;
    }
    Ok(())
}
