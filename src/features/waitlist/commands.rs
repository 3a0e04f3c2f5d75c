//! Acts on wishes: asked, confirmed, ended, told, forgotten.

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};
use diesel_async::RunQueryDsl;

use super::model::{NewWish, TOLD_DAYS, UNCONFIRMED_DAYS, WishRefused, round};
use super::queries::{self, Back, Wish};
use crate::platform::base::{Failed, Moment, Never, StockWishId, Token};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};
use crate::platform::mail::{self, Draft};
use crate::platform::schema::stock_wishes;
use crate::platform::throttle;

/// Takes a wish; asked twice it is one. Returns whether its address is known already, so that no mail is needed.
///
/// # Errors
/// What can be bought, what is not sold any more, and who asks too often.
pub async fn ask(conn: &mut Conn, wish: &NewWish<'_>, address: &str, now: Moment) -> Result<bool, Failed<WishRefused>> {
    let email = wish.email.to_lowercase();
    if !wish.proved {
        let counted = throttle::begin(conn, &format!("wish {email}"), address, now).await;
        counted.map_err(|failed| failed.map(WishRefused::from))?;
    }
    db::transaction(conn, async |tx: &mut Conn| {
        let goods = queries::goods(tx, wish.variant).await?.ok_or(WishRefused::Unknown)?;
        if goods.saleable > 0 {
            return Err(WishRefused::There.into());
        }
        let row = (
            stock_wishes::variant_id.eq(wish.variant),
            stock_wishes::email.eq(&email),
            stock_wishes::locale.eq(wish.locale.as_str()),
            stock_wishes::token.eq(Token::random().to_string()),
            stock_wishes::created_at.eq(now),
            stock_wishes::confirmed_at.eq(wish.proved.then_some(now)),
        );
        let fresh: Option<StockWishId> = diesel::insert_into(stock_wishes::table)
            .values(row)
            .on_conflict_do_nothing()
            .returning(stock_wishes::id)
            .get_result(tx)
            .await
            .optional()?;
        let open = stock_wishes::table
            .filter(stock_wishes::variant_id.eq(wish.variant).and(stock_wishes::email.eq(&email)))
            .filter(stock_wishes::told_at.is_null());
        if wish.proved && fresh.is_none() {
            diesel::update(open.filter(stock_wishes::confirmed_at.is_null()))
                .set(stock_wishes::confirmed_at.eq(now))
                .execute(tx)
                .await?;
        }
        let (id, confirmed): (StockWishId, Option<Moment>) =
            open.select((stock_wishes::id, stock_wishes::confirmed_at)).first(tx).await?;
        if confirmed.is_none() {
            events::record(tx, Event::StockWished { wish: id }).await?;
        }
        Ok(wish.proved)
    })
    .await
}

/// The address says yes; saying it again changes nothing.
pub async fn confirm(conn: &mut Conn, wish: StockWishId, now: Moment) -> QueryResult<()> {
    let row = stock_wishes::table.find(wish).filter(stock_wishes::confirmed_at.is_null());
    diesel::update(row).set(stock_wishes::confirmed_at.eq(now)).execute(conn).await?;
    Ok(())
}

/// Ends a wish, and forgets its address.
pub async fn end(conn: &mut Conn, wish: StockWishId) -> QueryResult<()> {
    diesel::delete(stock_wishes::table.find(wish)).execute(conn).await?;
    Ok(())
}

/// Forgets whoever has these addresses; they are in small letters.
pub async fn forget(tx: &mut Conn, emails: &[String]) -> QueryResult<()> {
    diesel::delete(stock_wishes::table.filter(stock_wishes::email.eq_any(emails))).execute(tx).await?;
    Ok(())
}

/// Forgets wishes that were told, whose address never said yes, or that are older than wishes are kept; returns how many.
pub async fn sweep(conn: &mut Conn, kept_since: Moment, now: Moment) -> QueryResult<usize> {
    db::sql("delete from stock_wishes where told_at < $1 or (confirmed_at is null and created_at < $2) or created_at < $3")
        .bind::<Timestamptz, _>(now - Duration::days(TOLD_DAYS))
        .bind::<Timestamptz, _>(now - Duration::days(UNCONFIRMED_DAYS))
        .bind::<Timestamptz, _>(kept_since)
        .execute(conn)
        .await
}

/// Prints the mail of a wish.
pub type Write<'a> = dyn Fn(&Wish) -> anyhow::Result<Draft> + Send + Sync + 'a;

/// Takes as many of those who wait for a variant as are told now, queues the mail of each and notes that they were told; returns how many.
/// Twice at once tells nobody twice.
pub async fn tell(conn: &mut Conn, back: Back, write: &Write<'_>, now: Moment) -> Result<usize, Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        db::sql("select pg_advisory_xact_lock(hashtextextended('stock wishes', $1))")
            .bind::<BigInt, _>(back.variant)
            .execute(tx)
            .await?;
        let lately = queries::told_since(tx, back.variant, now - Duration::days(1)).await?;
        let wishes = queries::next(tx, back.variant, round(back.saleable, back.unlimited, lately)).await?;
        let ids: Vec<StockWishId> = wishes.iter().map(|wish| wish.id).collect();
        let told = stock_wishes::table.filter(stock_wishes::id.eq_any(ids));
        diesel::update(told).set(stock_wishes::told_at.eq(now)).execute(tx).await?;
        for wish in &wishes {
            mail::commands::queue(tx, &write(wish)?).await?;
        }
        Ok(wishes.len())
    })
    .await
}
