//! Who somebody is: opening an account, changing what it is known by, closing it.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::links::{forget_links_of, forget_links_to};
use super::sessions::end_sessions;
use crate::features::customers::model::AddressTaken;
use crate::platform::base::{CustomerId, Failed, Moment};
use crate::platform::db::Conn;
use crate::platform::events::{self, Event};
use crate::platform::i18n::Locale;
use crate::platform::schema::{customer_addresses, customer_identities, customers};

/// An account to be opened.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    pub email: String,
    /// Whether the address was proved just now.
    pub verified: bool,
    pub name: String,
    /// A PHC string of argon2id.
    pub password_hash: Option<String>,
    pub locale: Locale,
}

/// Opens an account. All that was asked for in the name of a proved address is void then.
///
/// # Errors
/// Somebody has proved the address already.
pub async fn open_account(tx: &mut Conn, new: &NewCustomer, now: Moment) -> Result<CustomerId, Failed<AddressTaken>> {
    let opened: Option<CustomerId> = diesel::insert_into(customers::table)
        .values((
            customers::email.eq(&new.email),
            customers::email_verified_at.eq(new.verified.then_some(now)),
            customers::name.eq(&new.name),
            customers::password_hash.eq(&new.password_hash),
            customers::locale.eq(new.locale),
            customers::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .returning(customers::id)
        .get_result(tx)
        .await
        .optional()?;
    let id = opened.ok_or(AddressTaken)?;
    if new.verified {
        forget_links_to(tx, &new.email).await?;
    }
    Ok(id)
}

/// Gives somebody another password and voids all links; ending sessions is the caller's.
pub async fn set_password(tx: &mut Conn, of: CustomerId, password_hash: &str) -> QueryResult<()> {
    diesel::update(customers::table.find(of)).set(customers::password_hash.eq(password_hash)).execute(tx).await?;
    forget_links_of(tx, of).await
}

/// Makes this the proved address of somebody.
///
/// # Errors
/// Somebody else has proved it already.
pub async fn set_email(tx: &mut Conn, of: CustomerId, email: &str, now: Moment) -> Result<(), Failed<AddressTaken>> {
    let open = customers::email_verified_at.is_not_null().and(customers::closed_at.is_null());
    let other = customers::table.filter(customers::email.eq(email)).filter(open).filter(customers::id.ne(of));
    let taken: bool = diesel::select(diesel::dsl::exists(other)).get_result(tx).await?;
    if taken {
        return Err(AddressTaken.into());
    }
    diesel::update(customers::table.find(of))
        .set((customers::email.eq(email), customers::email_verified_at.eq(now)))
        .execute(tx)
        .await?;
    forget_links_to(tx, email).await?;
    Ok(forget_links_of(tx, of).await?)
}

/// Keeps how somebody is called and in which language they are written to.
pub async fn set_details(conn: &mut Conn, of: CustomerId, name: &str, locale: Locale) -> QueryResult<()> {
    let set = (customers::name.eq(name), customers::locale.eq(locale));
    diesel::update(customers::table.find(of)).set(set).execute(conn).await?;
    Ok(())
}

/// Keeps the VAT id of somebody's business for their next order; empty: none.
pub async fn keep_vat_id(conn: &mut Conn, of: CustomerId, vat_id: &str) -> QueryResult<()> {
    let open = customers::table.find(of).filter(customers::closed_at.is_null());
    diesel::update(open).set(customers::vat_id.eq(vat_id)).execute(conn).await?;
    Ok(())
}

/// Closes an account: nobody signs in any more, and what was known of the person is gone. Their orders stay, as tax law asks.
pub async fn close_account(tx: &mut Conn, of: CustomerId, now: Moment) -> QueryResult<()> {
    end_sessions(tx, of, None).await?;
    forget_links_of(tx, of).await?;
    diesel::delete(customer_identities::table.filter(customer_identities::customer_id.eq(of))).execute(tx).await?;
    diesel::delete(customer_addresses::table.filter(customer_addresses::customer_id.eq(of))).execute(tx).await?;
    diesel::update(customers::table.find(of))
        .set((
            customers::email.eq(format!("closed-{of}@account.invalid")),
            customers::email_verified_at.eq(None::<Moment>),
            customers::name.eq(""),
            customers::vat_id.eq(""),
            customers::password_hash.eq(None::<String>),
            customers::closed_at.eq(now),
        ))
        .execute(tx)
        .await?;
    events::record(tx, Event::CustomerClosed { customer: of }).await
}

/// Closes an account that joins another: its addresses and identities are the other's, its links and sessions end.
pub async fn merge_away(tx: &mut Conn, from: CustomerId, into: CustomerId, now: Moment) -> QueryResult<()> {
    end_sessions(tx, from, None).await?;
    forget_links_of(tx, from).await?;
    let addresses = customer_addresses::table.filter(customer_addresses::customer_id.eq(from));
    diesel::update(addresses)
        .set((customer_addresses::customer_id.eq(into), customer_addresses::is_default.eq(false)))
        .execute(tx)
        .await?;
    let identities = customer_identities::table.filter(customer_identities::customer_id.eq(from));
    diesel::update(identities).set(customer_identities::customer_id.eq(into)).execute(tx).await?;
    let kept: String = customers::table.find(from).select(customers::vat_id).first(tx).await?;
    let lacks = customers::table.find(into).filter(customers::vat_id.eq(""));
    diesel::update(lacks).set(customers::vat_id.eq(kept)).execute(tx).await?;
    diesel::update(customers::table.find(from))
        .set((
            customers::email.eq(format!("merged-{from}@account.invalid")),
            customers::email_verified_at.eq(None::<Moment>),
            customers::name.eq(""),
            customers::vat_id.eq(""),
            customers::password_hash.eq(None::<String>),
            customers::closed_at.eq(now),
            customers::merged_into.eq(into),
        ))
        .execute(tx)
        .await?;
    Ok(())
}
