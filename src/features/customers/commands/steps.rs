//! The first step of signing in, kept while a second factor is asked for.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::features::customers::model::{STEP_WITHIN, Step};
use crate::platform::base::{CustomerId, Moment, Token, TokenHash};
use crate::platform::db::Conn;
use crate::platform::schema::customer_steps;

/// Keeps a first step under a new token.
pub async fn begin_step(tx: &mut Conn, step: &Step, now: Moment) -> QueryResult<Token> {
    let token = Token::random();
    let row = (
        customer_steps::token_hash.eq(token.hash().as_bytes().to_vec()),
        customer_steps::customer_id.eq(step.customer),
        customer_steps::stay.eq(step.stay),
        customer_steps::next.eq(&step.next),
        customer_steps::expires_at.eq(now + STEP_WITHIN),
    );
    diesel::insert_into(customer_steps::table).values(row).execute(tx).await?;
    Ok(token)
}

/// Uses a first step up; `false` when it was used or is over.
pub async fn spend_step(tx: &mut Conn, token: &TokenHash, now: Moment) -> QueryResult<bool> {
    let waiting = customer_steps::table.filter(customer_steps::token_hash.eq(token.as_bytes().to_vec()));
    Ok(diesel::delete(waiting.filter(customer_steps::expires_at.gt(now))).execute(tx).await? > 0)
}

/// Forgets the first steps of somebody whose password or factors are others now.
pub(super) async fn forget_steps(tx: &mut Conn, of: CustomerId) -> QueryResult<()> {
    diesel::delete(customer_steps::table.filter(customer_steps::customer_id.eq(of))).execute(tx).await?;
    Ok(())
}
