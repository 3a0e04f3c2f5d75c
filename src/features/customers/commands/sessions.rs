//! Opening and ending sessions.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::steps::forget_steps;
use crate::features::customers::model::{FRESH, Life, VIEWING};
use crate::platform::access::Origin;
use crate::platform::base::{CustomerId, CustomerSessionId, Moment, SessionId, Token};
use crate::platform::db::Conn;
use crate::platform::schema::{customer_sessions, customers};

/// Locks a customer until the end of the transaction: before their cart and their orders, since what they do at once in two places
/// is done one after the other.
pub async fn hold(tx: &mut Conn, customer: CustomerId) -> QueryResult<()> {
    let row = customers::table.find(customer).select(customers::id).for_no_key_update();
    row.first::<CustomerId>(tx).await.map(drop)
}

/// Opens a session under a new token for a customer who has just shown who they are.
pub async fn open_session(tx: &mut Conn, of: CustomerId, stay: bool, origin: &Origin, now: Moment) -> QueryResult<Token> {
    let (token, life) = (Token::random(), Life::of(stay));
    let over = customer_sessions::customer_id.eq(of).and(customer_sessions::expires_at.le(now));
    diesel::delete(customer_sessions::table.filter(over)).execute(tx).await?;
    diesel::insert_into(customer_sessions::table)
        .values((
            customer_sessions::token_hash.eq(token.hash().as_bytes().to_vec()),
            customer_sessions::customer_id.eq(of),
            (customer_sessions::address.eq(&origin.address), customer_sessions::device.eq(&origin.device)),
            (customer_sessions::created_at.eq(now), customer_sessions::seen_at.eq(now), customer_sessions::proved_at.eq(now)),
            customer_sessions::stay.eq(stay),
            customer_sessions::expires_at.eq(life.expiry(now, now)),
            customer_sessions::ends_at.eq(now + life.absolute),
        ))
        .execute(tx)
        .await?;
    Ok(token)
}

/// Opens a session in which staff look at the shop as this customer sees it: it changes nothing, see `guard.rs`, and is over with the
/// session of the staff at the latest.
pub async fn open_viewing(tx: &mut Conn, of: CustomerId, viewer: SessionId, origin: &Origin, now: Moment) -> QueryResult<Token> {
    let token = Token::random();
    diesel::insert_into(customer_sessions::table)
        .values((
            customer_sessions::token_hash.eq(token.hash().as_bytes().to_vec()),
            customer_sessions::customer_id.eq(of),
            customer_sessions::viewer_session_id.eq(viewer),
            (customer_sessions::address.eq(&origin.address), customer_sessions::device.eq(&origin.device)),
            (
                customer_sessions::created_at.eq(now),
                customer_sessions::seen_at.eq(now),
                customer_sessions::proved_at.eq(now - FRESH),
            ),
            (customer_sessions::expires_at.eq(now + VIEWING), customer_sessions::ends_at.eq(now + VIEWING)),
        ))
        .execute(tx)
        .await?;
    Ok(token)
}

/// Ends the session under this token, whoever holds it; for sign-out and for the session that a new one replaces. Where staff looked at
/// the shop in it, as whom.
pub async fn sign_out(conn: &mut Conn, token: &Token) -> QueryResult<Option<CustomerId>> {
    use customer_sessions::{customer_id, token_hash, viewer_session_id};
    let this = customer_sessions::table.filter(token_hash.eq(token.hash().as_bytes().to_vec()));
    let ended = diesel::delete(this).returning((customer_id, viewer_session_id.is_not_null()));
    let ended: Option<(CustomerId, bool)> = ended.get_result(conn).await.optional()?;
    Ok(ended.filter(|(_, viewed)| *viewed).map(|(customer, _)| customer))
}

/// Ends one of somebody's own sessions; `false` when it is none of theirs or has ended.
pub async fn end_session(conn: &mut Conn, of: CustomerId, session: CustomerSessionId) -> QueryResult<bool> {
    let own = customer_sessions::id.eq(session).and(customer_sessions::customer_id.eq(of));
    Ok(diesel::delete(customer_sessions::table.filter(own)).execute(conn).await? > 0)
}

/// Ends all sessions of somebody, or all but the one in use; what was signed in by half ends, too.
pub async fn end_sessions(tx: &mut Conn, of: CustomerId, but: Option<CustomerSessionId>) -> QueryResult<usize> {
    forget_steps(tx, of).await?;
    let others = customer_sessions::customer_id.eq(of).and(customer_sessions::id.ne(but.unwrap_or(CustomerSessionId(0))));
    diesel::delete(customer_sessions::table.filter(others)).execute(tx).await
}

/// Notes that whoever holds this session showed who they are just now.
pub async fn note_proof(conn: &mut Conn, session: CustomerSessionId, now: Moment) -> QueryResult<()> {
    diesel::update(customer_sessions::table.find(session)).set(customer_sessions::proved_at.eq(now)).execute(conn).await?;
    Ok(())
}
