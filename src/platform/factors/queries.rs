//! What somebody has to prove who they are.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::Account;
use crate::platform::base::{Moment, PasskeyId};
use crate::platform::db::Conn;
use crate::platform::schema::{passkeys, recovery_codes, totp_factors};

/// A passkey as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct KnownPasskey {
    pub id: PasskeyId,
    pub name: String,
    pub made_at: Moment,
    pub used_at: Option<Moment>,
}

/// An app that gives codes.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct KnownTotp {
    pub used_at: Option<Moment>,
}

/// All factors of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    pub totp: Option<KnownTotp>,
    pub passkeys: Vec<KnownPasskey>,
    /// Recovery codes that are not used yet.
    pub recovery_codes: i64,
}

impl Held {
    /// Whether there is a second factor at all; recovery codes only stand in for one.
    pub fn any(&self) -> bool {
        self.totp.is_some() || !self.passkeys.is_empty()
    }
}

/// What an account has, passkeys in the order they came.
pub async fn held(conn: &mut Conn, of: Account) -> QueryResult<Held> {
    let totp = totp_factors::table.find((of.kind, of.id)).filter(totp_factors::confirmed_at.is_not_null());
    let totp = totp.select((totp_factors::used_at,)).first(conn).await.optional()?;
    let passkeys = passkeys::table
        .filter(passkeys::account_kind.eq(of.kind).and(passkeys::account_id.eq(of.id)))
        .order(passkeys::id)
        .select((passkeys::id, passkeys::name, passkeys::made_at, passkeys::used_at))
        .load(conn)
        .await?;
    Ok(Held { totp, passkeys, recovery_codes: codes_left(conn, of).await? })
}

/// Whether an account has a second factor.
pub async fn has_factor(conn: &mut Conn, of: Account) -> QueryResult<bool> {
    use diesel::dsl::{exists, select};
    let totp = totp_factors::table.find((of.kind, of.id)).filter(totp_factors::confirmed_at.is_not_null());
    let passkey = passkeys::table.filter(passkeys::account_kind.eq(of.kind).and(passkeys::account_id.eq(of.id)));
    select(exists(totp).or(exists(passkey))).get_result(conn).await
}

/// Recovery codes that are not used yet.
pub(super) async fn codes_left(conn: &mut Conn, of: Account) -> QueryResult<i64> {
    recovery_codes::table
        .filter(recovery_codes::account_kind.eq(of.kind).and(recovery_codes::account_id.eq(of.id)))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(conn)
        .await
}
