//! Acts on carts. Each locks the cart's row first, so that two clicks add two and a cart is placed once.

mod codes;
mod gifts;
mod joining;
mod moving;
mod seen;

use std::collections::BTreeMap;

use chrono::Duration;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{KEEP_DAYS, MAX_LINES, QuantityRefused, Saleable, quantity_after_adding, quantity_after_setting};
use super::{parts, queries};
use crate::engines::inventory;
use crate::platform::base::{
    Broke, CartId, CartLineId, CustomerId, Failed, MarketId, Moment, Never, OrBreak, Quantity, Token, VariantId,
};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Locale;
use crate::platform::schema::{cart_lines, carts, draft_orders, orders};

pub use codes::{add_code, remove_code};
pub use gifts::{decline_gift, take_gift};
pub use joining::{Joined, discard_of, join, join_customers, keep_poured, refill};
pub use moving::{buy_in, buy_in_for_staff};
use seen::SeenPrice;
pub use seen::note_prices_seen;

/// Things that the cart names at most when there is less of them than was asked for.
pub const MOST_TOLD: usize = 50;

/// A cart that is opened where there is none that can be filled.
#[derive(Clone, Debug)]
pub struct Fresh {
    pub token: Token,
    pub locale: Locale,
    /// Whose it is; a guest's is whoever's has the token.
    pub customer: Option<CustomerId>,
    /// Where it buys; `None`: in the primary market.
    pub market: Option<MarketId>,
}

/// Puts more of a thing in the cart, never more than can be sold; opens a cart where there is none that is still open.
/// Returns whether it opened one.
pub async fn add(
    conn: &mut Conn,
    cart: Option<CartId>,
    fresh: &Fresh,
    variant: VariantId,
    extra: Quantity,
    now: Moment,
) -> Result<bool, Failed<QuantityRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let open = match (cart, fresh.customer) {
            (Some(cart), _) if lock(tx, cart).await? => Some(cart),
            (_, Some(customer)) => joining::held_cart_of(tx, customer).await?,
            _ => None,
        };
        let offer = queries::offer(tx, variant).await?.filter(|offer| offer.offered).ok_or(QuantityRefused::Withdrawn)?;
        let held = match open {
            Some(cart) => quantity_held(tx, cart, variant).await?,
            None => 0,
        };
        let saleable = parts::saleable_beside(tx, open, variant, now).await?;
        let wanted = quantity_after_adding(saleable, held, extra)?;
        let id = match open {
            Some(cart) => cart,
            None => open_for(tx, fresh.token.hash().as_bytes(), fresh, now).await?,
        };
        if held == 0 && count_lines(tx, id).await? >= MAX_LINES as i64 {
            return Err(QuantityRefused::CartFull.into());
        }
        let price = seen::price_in(tx, id, variant, offer.price, wanted, now).await?;
        put_line(tx, id, variant, wanted, price).await?;
        touch(tx, id, now).await?;
        Ok(open.is_none())
    })
    .await
}

/// Sets how many a line holds; `false` when the line is not in this cart.
pub async fn set_quantity(
    conn: &mut Conn,
    cart: CartId,
    line: CartLineId,
    wanted: Quantity,
    now: Moment,
) -> Result<bool, Failed<QuantityRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let Some((variant, held)) = locked_line(tx, cart, line).await? else { return Ok(false) };
        let saleable = parts::saleable_beside(tx, Some(cart), variant, now).await?;
        let quantity = quantity_after_setting(saleable, held, wanted)?;
        seen::follow(tx, cart, line, quantity, now).await?;
        diesel::update(cart_lines::table.find(line.0)).set(cart_lines::quantity.eq(quantity.get())).execute(tx).await?;
        if quantity.get() < held {
            hold_no_more(tx, cart, now).await?;
        }
        touch(tx, cart, now).await?;
        Ok(true)
    })
    .await
}

/// Takes a line out; returns what it held, or `None` when the line is not in this cart.
pub async fn remove(
    conn: &mut Conn,
    cart: CartId,
    line: CartLineId,
    now: Moment,
) -> Result<Option<(VariantId, i32)>, Failed<Never>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let Some(held) = locked_line(tx, cart, line).await? else { return Ok(None) };
        diesel::delete(cart_lines::table.find(line.0)).execute(tx).await?;
        hold_no_more(tx, cart, now).await?;
        touch(tx, cart, now).await?;
        Ok(Some(held))
    })
    .await
}

/// Gives back what a checkout held for the cart beyond what is still in it; the rest stays held as long as it was. Nothing is given
/// back while it is being paid on a gateway's page.
async fn hold_no_more(tx: &mut Conn, cart: CartId, now: Moment) -> Result<(), Broke> {
    if queries::is_being_paid(tx, cart).await? {
        return Ok(());
    }
    let Some(until) = queries::held_until(tx, cart, now).await? else { return Ok(()) };
    let lines = cart_lines::table.filter(cart_lines::cart_id.eq(cart)).select((cart_lines::variant_id, cart_lines::quantity));
    let lines: Vec<(VariantId, i32)> = lines.load(tx).await?;
    let wanted: Vec<(VariantId, Quantity)> =
        lines.into_iter().filter_map(|(variant, quantity)| Some((variant, Quantity::new(quantity)?))).collect();
    if inventory::commands::reserve(tx, cart, &wanted, until, now).await.or_break()?.is_err() {
        inventory::commands::release_reservations(tx, cart).await?;
    }
    Ok(())
}

/// Locks a cart until the end of the transaction; `false` when it is gone or an order was made of it.
pub async fn lock(tx: &mut Conn, cart: CartId) -> QueryResult<bool> {
    let found: Option<i64> = carts::table.find(cart.0).select(carts::id).for_update().first(tx).await.optional()?;
    if found.is_none() {
        return Ok(false);
    }
    let placed: bool = diesel::select(exists(orders::table.filter(orders::cart_id.eq(cart)))).get_result(tx).await?;
    Ok(!placed)
}

/// Empties a cart that became an order; its row stays, so that its cookie still leads to the order.
pub async fn empty(tx: &mut Conn, cart: CartId, now: Moment) -> QueryResult<()> {
    diesel::delete(cart_lines::table.filter(cart_lines::cart_id.eq(cart))).execute(tx).await?;
    retire(tx, cart, now).await
}

/// Notes that a cart became an order: its customer may have another one now.
async fn retire(tx: &mut Conn, cart: CartId, now: Moment) -> QueryResult<()> {
    diesel::update(carts::table.find(cart.0)).set(carts::placed_at.eq(now)).execute(tx).await?;
    Ok(())
}

/// Takes what was bought out of a cart that becomes an order. What was put in meanwhile moves to a new cart under the same cookie.
pub async fn take_bought(tx: &mut Conn, cart: CartId, bought: &BTreeMap<VariantId, i32>, now: Moment) -> QueryResult<()> {
    let lines = cart_lines::table.filter(cart_lines::cart_id.eq(cart)).order(cart_lines::id);
    let lines: Vec<(CartLineId, VariantId, i32)> =
        lines.select((cart_lines::id, cart_lines::variant_id, cart_lines::quantity)).load(tx).await?;
    retire(tx, cart, now).await?;
    let mut left = 0;
    for (line, variant, quantity) in lines {
        let rest = quantity - bought.get(&variant).copied().unwrap_or(0);
        left += rest.max(0);
        match rest > 0 {
            true => diesel::update(cart_lines::table.find(line.0)).set(cart_lines::quantity.eq(rest)).execute(tx).await?,
            false => diesel::delete(cart_lines::table.find(line.0)).execute(tx).await?,
        };
    }
    if left == 0 {
        return Ok(());
    }
    let (hash, locale, customer, market): (Vec<u8>, Locale, Option<CustomerId>, Option<MarketId>) = carts::table
        .find(cart.0)
        .select((carts::token_hash, carts::locale, carts::customer_id, carts::market_id))
        .first(tx)
        .await?;
    let retired = Token::random();
    diesel::update(carts::table.find(cart.0)).set(carts::token_hash.eq(retired.hash().as_bytes())).execute(tx).await?;
    let fresh = open_for(tx, &hash, &Fresh { token: retired, locale, customer, market }, now).await?;
    let moved = cart_lines::table.filter(cart_lines::cart_id.eq(cart));
    diesel::update(moved).set(cart_lines::cart_id.eq(fresh)).execute(tx).await?;
    Ok(())
}

/// Keeps a cart for another thirty days.
pub async fn touch(conn: &mut Conn, cart: CartId, now: Moment) -> QueryResult<()> {
    diesel::update(carts::table.find(cart.0))
        .set((carts::updated_at.eq(now), carts::expires_at.eq(now + Duration::days(KEEP_DAYS))))
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets carts that nobody touched for so many days (thirty at most), at a thousand at once; returns how many. Drafts of staff have thirty.
pub async fn sweep(conn: &mut Conn, days: i32, now: Moment) -> QueryResult<usize> {
    let drafted = exists(draft_orders::table.filter(draft_orders::cart_id.eq(carts::id)));
    let early = carts::updated_at.le(now - Duration::days(days.into())).and(diesel::dsl::not(drafted));
    let old = carts::table.filter(carts::expires_at.le(now).or(early)).order(carts::expires_at).select(carts::id).limit(1000);
    let old: Vec<i64> = old.for_update().skip_locked().load(conn).await?;
    diesel::delete(carts::table.filter(carts::id.eq_any(old))).execute(conn).await
}

/// Throws away carts that became orders of somebody who is forgotten: no cookie leads to the order any more.
pub async fn forget_placed(tx: &mut Conn, placed: &[CartId]) -> QueryResult<usize> {
    let gone = carts::table.filter(carts::id.eq_any(placed.iter().map(|cart| cart.0).collect::<Vec<_>>()));
    diesel::delete(gone.filter(carts::placed_at.is_not_null())).execute(tx).await
}

/// Opens an empty cart under the hash of a token.
pub async fn open(tx: &mut Conn, token_hash: &[u8], locale: Locale, now: Moment) -> QueryResult<CartId> {
    open_for(tx, token_hash, &Fresh { token: Token::random(), locale, customer: None, market: None }, now).await
}

async fn open_for(tx: &mut Conn, token_hash: &[u8], fresh: &Fresh, now: Moment) -> QueryResult<CartId> {
    diesel::insert_into(carts::table)
        .values((
            carts::token_hash.eq(token_hash),
            carts::locale.eq(fresh.locale.as_str()),
            carts::customer_id.eq(fresh.customer),
            carts::market_id.eq(fresh.market),
            carts::created_at.eq(now),
            carts::expires_at.eq(now + Duration::days(KEEP_DAYS)),
        ))
        .returning(carts::id)
        .get_result(tx)
        .await
}

/// Puts pieces of a thing in a cart that staff fill, whatever the shelf holds: it is looked at when the order is placed.
///
/// # Errors
/// A thing that is not on sale, more pieces than a line can hold, more lines than a cart.
pub async fn put_for_staff(
    tx: &mut Conn,
    cart: CartId,
    variant: VariantId,
    extra: Quantity,
    now: Moment,
) -> Result<(), Failed<QuantityRefused>> {
    let offer = queries::offer(tx, variant).await?.filter(|offer| offer.offered).ok_or(QuantityRefused::Withdrawn)?;
    let held = quantity_held(tx, cart, variant).await?;
    let wanted = quantity_after_adding(Saleable::Endless, held, extra)?;
    if held == 0 && count_lines(tx, cart).await? >= MAX_LINES as i64 {
        return Err(QuantityRefused::CartFull.into());
    }
    let price = seen::price_in(tx, cart, variant, offer.price, wanted, now).await?;
    Ok(put_line(tx, cart, variant, wanted, price).await?)
}

/// Sets a line of a cart that staff fill: its pieces (none: it goes) and what is taken off it, in minor units.
pub async fn set_for_staff(tx: &mut Conn, cart: CartId, variant: VariantId, quantity: i32, discount: i64) -> QueryResult<()> {
    let line = cart_lines::table.filter(cart_lines::cart_id.eq(cart)).filter(cart_lines::variant_id.eq(variant));
    if quantity <= 0 {
        diesel::delete(line).execute(tx).await?;
        return Ok(());
    }
    let set = (cart_lines::quantity.eq(quantity), cart_lines::discount.eq(discount), cart_lines::discount_for.eq(quantity));
    diesel::update(line).set(set).execute(tx).await?;
    Ok(())
}

/// Throws a cart away with what is in it and what is held for it.
pub async fn discard(tx: &mut Conn, cart: CartId) -> QueryResult<()> {
    inventory::commands::release_reservations(tx, cart).await?;
    diesel::delete(carts::table.find(cart.0)).execute(tx).await?;
    Ok(())
}

async fn quantity_held(tx: &mut Conn, cart: CartId, variant: VariantId) -> QueryResult<i32> {
    let lines = cart_lines::table.filter(cart_lines::cart_id.eq(cart)).filter(cart_lines::variant_id.eq(variant));
    Ok(lines.select(cart_lines::quantity).first(tx).await.optional()?.unwrap_or(0))
}

async fn count_lines(tx: &mut Conn, cart: CartId) -> QueryResult<i64> {
    cart_lines::table.filter(cart_lines::cart_id.eq(cart)).count().get_result(tx).await
}

async fn locked_line(tx: &mut Conn, cart: CartId, line: CartLineId) -> QueryResult<Option<(VariantId, i32)>> {
    if !lock(tx, cart).await? {
        return Ok(None);
    }
    cart_lines::table
        .filter(cart_lines::id.eq(line))
        .filter(cart_lines::cart_id.eq(cart))
        .select((cart_lines::variant_id, cart_lines::quantity))
        .first(tx)
        .await
        .optional()
}

async fn put_line(tx: &mut Conn, cart: CartId, variant: VariantId, quantity: Quantity, seen: SeenPrice) -> QueryResult<()> {
    let (price, currency) = seen;
    let seen = (cart_lines::seen_price.eq(price), cart_lines::seen_currency.eq(currency));
    diesel::insert_into(cart_lines::table)
        .values((
            cart_lines::cart_id.eq(cart),
            cart_lines::variant_id.eq(variant),
            cart_lines::quantity.eq(quantity.get()),
            seen.clone(),
        ))
        .on_conflict((cart_lines::cart_id, cart_lines::variant_id))
        .do_update()
        .set((cart_lines::quantity.eq(quantity.get()), seen))
        .execute(tx)
        .await?;
    Ok(())
}
