//! Reads of customers and their sessions.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Bool, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::model::{Customer, Life, Link, LinkKind, SEEN_EVERY, Step};
use crate::platform::base::{
    Address, Broke, CustomerAddressId, CustomerId, CustomerIdentityId, CustomerLinkId, CustomerSessionId, Moment, TokenHash,
};
use crate::platform::db::{self, Conn};
use crate::platform::factors;
use crate::platform::i18n::Locale;
use crate::platform::schema::{
    customer_addresses, customer_identities, customer_sessions, customer_steps, customer_tokens, customers,
};

#[derive(QueryableByName)]
struct Left {
    #[diesel(sql_type = BigInt)]
    id: CustomerId,
}

/// Who a customer is now: whoever they were merged into, else they themselves.
pub async fn successor(conn: &mut Conn, id: CustomerId) -> QueryResult<CustomerId> {
    let left: Option<Left> = db::sql(
        "with recursive way as (
             select id, merged_into from customers where id = $1
             union all
             select c.id, c.merged_into from way w join customers c on c.id = w.merged_into
         )
         select id from way where merged_into is null",
    )
    .bind::<BigInt, _>(id)
    .get_result(conn)
    .await
    .optional()?;
    Ok(left.map_or(id, |left| left.id))
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    session: CustomerSessionId,
    #[diesel(sql_type = BigInt)]
    customer: CustomerId,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Bool)]
    verified: bool,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    locale: Locale,
    #[diesel(sql_type = Timestamptz)]
    proved_at: Moment,
    #[diesel(sql_type = Bool)]
    viewed: bool,
}

/// Whose session this is, while it lives; notes in the same statement that it was seen, at most every five minutes, which makes it last.
pub async fn customer_by_token(
    conn: &mut Conn,
    token: &TokenHash,
    address: &str,
    now: Moment,
) -> Result<Option<Customer>, Broke> {
    let found: Option<Found> = db::sql(
        "with found as (
             select s.id as session, c.id as customer, c.email, c.email_verified_at is not null as verified, c.name, c.locale, s.seen_at, s.proved_at,
                    s.viewer_session_id is not null as viewed
               from customer_sessions s join customers c on c.id = s.customer_id
              where s.token_hash = $1 and s.expires_at > $2 and c.closed_at is null
         ), seen as (
             update customer_sessions s
                set seen_at = $2, address = $4,
                    expires_at = least(s.ends_at, $2 + make_interval(secs => case when s.stay then $5 else $6 end))
               from found where s.id = found.session and found.seen_at < $3
         )
         select session, customer, email, verified, name, locale, proved_at, viewed from found",
    )
    .bind::<Binary, _>(token.as_bytes())
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now - SEEN_EVERY)
    .bind::<Text, _>(address)
    .bind::<BigInt, _>(Life::of(true).idle.num_seconds())
    .bind::<BigInt, _>(Life::of(false).idle.num_seconds())
    .get_result(conn)
    .await
    .optional()?;
    Ok(found.map(|found| Customer {
        id: found.customer,
        email: found.email,
        verified: found.verified,
        name: found.name,
        locale: found.locale,
        session: found.session,
        proved: found.proved_at,
        viewed: found.viewed,
    }))
}

/// A session that still lives.
#[derive(Clone, Debug, Queryable)]
pub struct Session {
    pub id: CustomerSessionId,
    pub address: String,
    pub device: String,
    pub created_at: Moment,
    pub seen_at: Moment,
}

/// The living sessions of somebody, the latest used first; staff who look at the shop as they see it are none.
pub async fn sessions_of(conn: &mut Conn, of: CustomerId, now: Moment) -> QueryResult<Vec<Session>> {
    use customer_sessions::{address, created_at, customer_id, device, expires_at, id, seen_at, viewer_session_id};
    customer_sessions::table
        .filter(customer_id.eq(of).and(expires_at.gt(now)).and(viewer_session_id.is_null()))
        .order((seen_at.desc(), id.desc()))
        .limit(200)
        .select((id, address, device, created_at, seen_at))
        .load(conn)
        .await
}

/// What signing in needs of an account that is open.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = customers)]
pub struct Account {
    pub id: CustomerId,
    pub email: String,
    #[diesel(column_name = email_verified_at)]
    pub verified_at: Option<Moment>,
    pub name: String,
    pub locale: Locale,
    /// `None`: signs in another way.
    pub password_hash: Option<String>,
}

/// The open account that has proved this address.
pub async fn account_by_email(conn: &mut Conn, address: &str) -> QueryResult<Option<Account>> {
    let open = customers::email_verified_at.is_not_null().and(customers::closed_at.is_null());
    let found = customers::table.filter(customers::email.eq(address)).filter(open);
    found.select(Account::as_select()).first(conn).await.optional()
}

/// Whether anybody has an account, or had one.
pub async fn anybody(conn: &mut Conn) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(customers::table.select(customers::id))).get_result(conn).await
}

pub async fn account_of(conn: &mut Conn, customer: CustomerId) -> QueryResult<Option<Account>> {
    let found = customers::table.find(customer).filter(customers::closed_at.is_null());
    found.select(Account::as_select()).first(conn).await.optional()
}

/// The columns of a link.
const LINK: (
    customer_tokens::id,
    customer_tokens::kind,
    customer_tokens::customer_id,
    customer_tokens::email,
    customer_tokens::name,
    customer_tokens::password_hash,
    customer_tokens::locale,
) = (
    customer_tokens::id,
    customer_tokens::kind,
    customer_tokens::customer_id,
    customer_tokens::email,
    customer_tokens::name,
    customer_tokens::password_hash,
    customer_tokens::locale,
);

/// What this token is good for, if it still is.
pub async fn link_by_token(conn: &mut Conn, kind: LinkKind, token: &TokenHash, now: Moment) -> QueryResult<Option<Link>> {
    let good = customer_tokens::expires_at.gt(now).and(customer_tokens::kind.eq(kind));
    let found = customer_tokens::table.filter(customer_tokens::token_hash.eq(token.as_bytes())).filter(good);
    found.select(LINK).first(conn).await.optional()
}

/// A link whose mail is to be written.
pub async fn link_by_id(conn: &mut Conn, id: CustomerLinkId) -> QueryResult<Option<Link>> {
    customer_tokens::table.find(id).select(LINK).for_update().first(conn).await.optional()
}

/// An address that a customer keeps.
#[derive(Clone, Debug)]
pub struct SavedAddress {
    pub id: CustomerAddressId,
    pub address: Address,
    /// Where things usually go.
    pub is_default: bool,
}

/// The address book of a customer, the default first, then the newest.
pub async fn addresses_of(conn: &mut Conn, of: CustomerId) -> Result<Vec<SavedAddress>, Broke> {
    use customer_addresses::{address, customer_id, id, is_default};
    let own = customer_addresses::table.filter(customer_id.eq(of)).order((is_default.desc(), id.desc()));
    let rows: Vec<(CustomerAddressId, serde_json::Value, bool)> = own.select((id, address, is_default)).load(conn).await?;
    let mut saved = Vec::with_capacity(rows.len());
    for (row, kept, default) in rows {
        saved.push(SavedAddress { id: row, address: serde_json::from_value(kept)?, is_default: default });
    }
    Ok(saved)
}

/// The VAT id of a customer's business, as they want it to be known at their next order; empty: none.
pub async fn vat_id_of(conn: &mut Conn, of: CustomerId) -> QueryResult<String> {
    customers::table.find(of).select(customers::vat_id).first(conn).await
}

/// An identity at another site, as its owner's list shows it.
#[derive(Clone, Debug, Queryable)]
pub struct Identity {
    pub id: CustomerIdentityId,
    pub issuer: String,
    pub email: String,
    pub created_at: Moment,
    pub used_at: Option<Moment>,
}

pub async fn identities_of(conn: &mut Conn, of: CustomerId) -> QueryResult<Vec<Identity>> {
    use customer_identities::{created_at, customer_id, email, id, issuer, used_at};
    let own = customer_identities::table.filter(customer_id.eq(of)).order(id);
    own.select((id, issuer, email, created_at, used_at)).load(conn).await
}

/// Whose identity this is; a closed account has none.
pub async fn customer_by_identity(conn: &mut Conn, issuer: &str, subject: &str) -> QueryResult<Option<CustomerId>> {
    let this = customer_identities::issuer.eq(issuer).and(customer_identities::subject.eq(subject));
    customer_identities::table.filter(this).select(customer_identities::customer_id).first(conn).await.optional()
}

/// In how many ways an account can be signed in to: its password, each passkey, each identity at another site.
pub async fn ways_in(conn: &mut Conn, of: CustomerId) -> Result<usize, Broke> {
    let password = account_of(conn, of).await?.is_some_and(|account| account.password_hash.is_some());
    let passkeys = factors::queries::held(conn, factors::Account::customer(of.0)).await?.passkeys.len();
    Ok(usize::from(password) + passkeys + identities_of(conn, of).await?.len())
}

/// The first step of signing in under this token, while it waits.
pub async fn step_by_token(conn: &mut Conn, token: &TokenHash, now: Moment) -> QueryResult<Option<Step>> {
    let waiting = customer_steps::table.find(token.as_bytes()).filter(customer_steps::expires_at.gt(now));
    waiting.select((customer_steps::customer_id, customer_steps::stay, customer_steps::next)).first(conn).await.optional()
}
