//! Links in mails: asked for, made good when the mail is written, spent by the act they are for.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::features::customers::model::NewLink;
use crate::platform::base::{CustomerId, CustomerLinkId, Moment, Token};
use crate::platform::db::Conn;
use crate::platform::events::{self, Event};
use crate::platform::schema::{customer_sessions, customer_steps, customer_tokens};

/// Notes that a link is wanted; a job finds out whose it is and writes the mail. Call it last in the transaction.
pub async fn ask_for_link(tx: &mut Conn, new: &NewLink, now: Moment) -> QueryResult<CustomerLinkId> {
    let id: CustomerLinkId = diesel::insert_into(customer_tokens::table)
        .values((
            // Nobody has this one: the mail brings another.
            customer_tokens::token_hash.eq(Token::random().hash().as_bytes().to_vec()),
            customer_tokens::kind.eq(new.kind),
            customer_tokens::customer_id.eq(new.customer),
            customer_tokens::email.eq(&new.email),
            customer_tokens::name.eq(&new.name),
            customer_tokens::password_hash.eq(&new.password_hash),
            customer_tokens::locale.eq(new.locale),
            customer_tokens::created_at.eq(now),
            customer_tokens::expires_at.eq(now + new.kind.life()),
        ))
        .returning(customer_tokens::id)
        .get_result(tx)
        .await?;
    events::record(tx, Event::CustomerLinkAsked { link: id }).await?;
    Ok(id)
}

/// Makes a link good under this token, for this customer where there is one already.
pub async fn make_good(tx: &mut Conn, link: CustomerLinkId, customer: Option<CustomerId>, token: &Token) -> QueryResult<()> {
    let hash = token.hash().as_bytes().to_vec();
    diesel::update(customer_tokens::table.find(link))
        .set((customer_tokens::token_hash.eq(hash), customer_tokens::customer_id.eq(customer)))
        .execute(tx)
        .await?;
    Ok(())
}

/// Uses a link up; `false` when somebody was faster.
pub async fn spend_link(tx: &mut Conn, link: CustomerLinkId) -> QueryResult<bool> {
    Ok(diesel::delete(customer_tokens::table.find(link)).execute(tx).await? > 0)
}

/// Forgets all that was asked for in the name of this address and is not done.
pub async fn forget_links_to(tx: &mut Conn, email: &str) -> QueryResult<()> {
    diesel::delete(customer_tokens::table.filter(customer_tokens::email.eq(email))).execute(tx).await?;
    Ok(())
}

/// Forgets all links of a customer.
pub async fn forget_links_of(tx: &mut Conn, customer: CustomerId) -> QueryResult<()> {
    diesel::delete(customer_tokens::table.filter(customer_tokens::customer_id.eq(customer))).execute(tx).await?;
    Ok(())
}

/// Deletes sessions, links and first steps that are over; run once in a while.
pub async fn sweep(conn: &mut Conn, now: Moment) -> QueryResult<()> {
    diesel::delete(customer_sessions::table.filter(customer_sessions::expires_at.le(now))).execute(conn).await?;
    diesel::delete(customer_tokens::table.filter(customer_tokens::expires_at.le(now))).execute(conn).await?;
    diesel::delete(customer_steps::table.filter(customer_steps::expires_at.le(now))).execute(conn).await?;
    Ok(())
}
