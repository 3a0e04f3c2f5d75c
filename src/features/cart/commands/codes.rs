//! Discount codes in a cart: kept as typed; what they do is found out each time the cart is shown.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{lock, touch};
use crate::engines::promotions::model::normal_code;
use crate::features::cart::model::{CodeRefused, MAX_CODES};
use crate::platform::base::{Broke, CartId, Failed, Moment, Never, OrBreak};
use crate::platform::db::{self, Conn};
use crate::platform::schema::cart_codes;

/// Puts a code in a cart; one that is in it already stays once. A cart that became an order keeps none.
///
/// # Errors
/// What is no code; more codes than a cart holds.
pub async fn add_code(conn: &mut Conn, cart: CartId, typed: &str, now: Moment) -> Result<(), Failed<CodeRefused>> {
    let code = normal_code(typed).ok_or(if typed.trim().is_empty() { CodeRefused::Empty } else { CodeRefused::Odd })?;
    db::transaction(conn, async |tx: &mut Conn| {
        if !lock(tx, cart).await? {
            return Ok(());
        }
        let held: Vec<String> = cart_codes::table.filter(cart_codes::cart_id.eq(cart)).select(cart_codes::code).load(tx).await?;
        if held.contains(&code) {
            return Ok(());
        }
        if held.len() >= MAX_CODES {
            return Err(CodeRefused::TooMany.into());
        }
        let row = (cart_codes::cart_id.eq(cart), cart_codes::code.eq(&code), cart_codes::created_at.eq(now));
        diesel::insert_into(cart_codes::table).values(row).execute(tx).await?;
        touch(tx, cart, now).await?;
        Ok(())
    })
    .await
}

/// Takes a code out of a cart; one that is not in it is gone anyway.
pub async fn remove_code(conn: &mut Conn, cart: CartId, typed: &str, now: Moment) -> Result<(), Broke> {
    let Some(code) = normal_code(typed) else { return Ok(()) };
    let removed = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        if lock(tx, cart).await? {
            let one = cart_codes::table.filter(cart_codes::cart_id.eq(cart)).filter(cart_codes::code.eq(&code));
            diesel::delete(one).execute(tx).await?;
            touch(tx, cart, now).await?;
        }
        Ok(())
    });
    removed.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

/// The codes of one cart are another's, too, as far as it can hold them.
pub(super) async fn pour_codes(tx: &mut Conn, from: CartId, into: CartId) -> QueryResult<()> {
    let codes = |cart: CartId| {
        let codes = cart_codes::table.filter(cart_codes::cart_id.eq(cart)).order((cart_codes::created_at, cart_codes::code));
        codes.select((cart_codes::code, cart_codes::created_at))
    };
    let held: Vec<(String, Moment)> = codes(into).load(tx).await?;
    let more: Vec<(String, Moment)> = codes(from).load(tx).await?;
    let fresh = more.into_iter().filter(|(code, _)| held.iter().all(|(other, _)| other != code));
    let rows: Vec<_> = fresh
        .take(MAX_CODES.saturating_sub(held.len()))
        .map(|(code, at)| (cart_codes::cart_id.eq(into), cart_codes::code.eq(code), cart_codes::created_at.eq(at)))
        .collect();
    if !rows.is_empty() {
        diesel::insert_into(cart_codes::table).values(rows).execute(tx).await?;
    }
    Ok(())
}
