//! Where a cart buys: its prices are those of a market, in the market's currency.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::lock;
use super::seen::note_prices_seen;
use crate::platform::base::{Broke, CartId, Failed, MarketId, Moment, Never, OrBreak};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{cart_lines, carts};

/// Lets a cart buy in a market (`None`: the primary one); its prices there count as seen. One that became an order stays as it is.
pub async fn buy_in(conn: &mut Conn, cart: CartId, market: Option<MarketId>, now: Moment) -> Result<(), Broke> {
    let moved = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        if lock(tx, cart).await? {
            moved_to(tx, cart, market, now).await?;
        }
        Ok(())
    });
    moved.await.or_break().map(|moved| moved.unwrap_or_else(|never| match never {}))
}

/// The same for a cart that staff fill: what they took off by hand was in another currency, so it goes.
pub async fn buy_in_for_staff(tx: &mut Conn, cart: CartId, market: Option<MarketId>, now: Moment) -> Result<(), Broke> {
    let lines = cart_lines::table.filter(cart_lines::cart_id.eq(cart));
    diesel::update(lines).set(cart_lines::discount.eq(0)).execute(tx).await?;
    moved_to(tx, cart, market, now).await
}

/// Where a cart buys that is locked.
pub(super) async fn moved_to(tx: &mut Conn, cart: CartId, market: Option<MarketId>, now: Moment) -> Result<(), Broke> {
    if market_of(tx, cart).await? != market {
        diesel::update(carts::table.find(cart.0)).set(carts::market_id.eq(market)).execute(tx).await?;
        note_prices_seen(tx, cart, now).await?;
    }
    Ok(())
}

/// Where a cart buys; `None`: in the primary market.
pub(super) async fn market_of(tx: &mut Conn, cart: CartId) -> QueryResult<Option<MarketId>> {
    carts::table.find(cart.0).select(carts::market_id).first(tx).await
}
