//! The guest's cart becomes the customer's when they sign in.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::codes::pour_codes;
use super::seen::{SeenPrice, note_prices_seen};
use super::{Fresh, add, discard, lock, moving, put_line, touch};
use crate::engines::inventory;
use crate::features::cart::model::{QuantityRefused, Saleable, quantity_after_joining};
use crate::features::cart::parts;
use crate::features::customers;
use crate::platform::base::{Broke, CartId, CustomerId, Failed, Moment, Never, OrBreak, Quantity, TokenHash, VariantId};
use crate::platform::db::Conn;
use crate::platform::schema::{cart_lines, carts, draft_orders, payment_sessions, payments};

/// What came of a guest's cart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// Whether the browser's cart is the customer's now, so that its cookie may go.
    pub moved: bool,
    /// Whether the customer had one already, so that more is in it than the browser showed.
    pub merged: bool,
    /// Things of which fewer are left than both carts held together.
    pub fewer: Vec<VariantId>,
    /// The cart that was poured out, and the one that has its goods now; `keep_poured` ends that, once the
    /// caller has taken what it keeps of the first.
    pub poured: Option<(CartId, CartId)>,
}

/// Makes the guest's cart the customer's; where they have one already, both are put together, each thing up to what can be sold.
/// Doing it again finds nothing to join. Locks the customer, then the carts in the order of their ids.
///
/// A cart whose payment is under way stays as it is, since its order will be made of what was shown; where both are being paid,
/// they are joined at a later sign-in. A draft that staff put together is nobody's to join.
pub async fn join(tx: &mut Conn, guest: &TokenHash, customer: CustomerId, now: Moment) -> Result<Joined, Broke> {
    customers::commands::hold(tx, customer).await?;
    let own = open_cart_of(tx, customer).await?;
    let Some(guest) = guest_cart(tx, guest, now).await? else { return Ok(Joined::default()) };
    let Some(own) = own else {
        if !lock_guest(tx, guest).await? {
            return Ok(Joined::default());
        }
        give(tx, guest, customer).await?;
        touch(tx, guest, now).await?;
        return Ok(Joined { moved: true, ..Joined::default() });
    };
    // In id order: two sign-ins must not wait for each other.
    let (own_open, guest_open) = match own < guest {
        true => (lock(tx, own).await?, lock_guest(tx, guest).await?),
        false => {
            let guest_open = lock_guest(tx, guest).await?;
            (lock(tx, own).await?, guest_open)
        }
    };
    match (own_open, guest_open) {
        (_, false) => return Ok(Joined::default()),
        (false, true) => return Err(anyhow::anyhow!("cart {own} became an order and is still open").into()),
        (true, true) => {}
    }
    let (from, into) = match (is_being_paid(tx, own).await?, is_being_paid(tx, guest).await?) {
        (true, true) => return Ok(Joined::default()),
        (true, false) => (guest, own),
        (false, _) => (own, guest),
    };
    let market = moving::market_of(tx, guest).await?;
    let fewer = pour(tx, from, into, now).await?;
    // What the browser showed goes on: its market is the one that was chosen last.
    moving::moved_to(tx, into, market, now).await?;
    touch(tx, into, now).await?;
    Ok(Joined { moved: true, merged: true, fewer, poured: Some((from, into)) })
}

/// The customer's cart that can be filled, locked together with the customer, so that two first adds at once open one.
pub(super) async fn held_cart_of(tx: &mut Conn, customer: CustomerId) -> Result<Option<CartId>, Broke> {
    customers::commands::hold(tx, customer).await?;
    match open_cart_of(tx, customer).await? {
        Some(cart) if lock(tx, cart).await? => Ok(Some(cart)),
        _ => Ok(None),
    }
}

async fn open_cart_of(tx: &mut Conn, customer: CustomerId) -> QueryResult<Option<CartId>> {
    let own = carts::table.filter(carts::customer_id.eq(customer)).filter(carts::placed_at.is_null());
    own.select(carts::id).first(tx).await.optional()
}

async fn guest_cart(tx: &mut Conn, token: &TokenHash, now: Moment) -> QueryResult<Option<CartId>> {
    carts::table
        .filter(carts::token_hash.eq(token.as_bytes()))
        .filter(carts::expires_at.gt(now))
        .filter(carts::customer_id.is_null().and(carts::placed_at.is_null()))
        .filter(diesel::dsl::not(exists(draft_orders::table.filter(draft_orders::cart_id.eq(carts::id)))))
        .select(carts::id)
        .first(tx)
        .await
        .optional()
}

/// Locks a cart that is still nobody's; another sign-in may have taken it meanwhile.
async fn lock_guest(tx: &mut Conn, cart: CartId) -> QueryResult<bool> {
    let free = carts::table.find(cart.0).filter(carts::customer_id.is_null().and(carts::placed_at.is_null()));
    let found: Option<CartId> = free.select(carts::id).for_update().first(tx).await.optional()?;
    Ok(found.is_some())
}

async fn give(tx: &mut Conn, cart: CartId, customer: CustomerId) -> QueryResult<()> {
    diesel::update(carts::table.find(cart.0)).set(carts::customer_id.eq(customer)).execute(tx).await?;
    Ok(())
}

async fn is_being_paid(tx: &mut Conn, cart: CartId) -> QueryResult<bool> {
    let open = payment_sessions::table
        .inner_join(payments::table.on(payments::id.eq(payment_sessions::payment_id)))
        .filter(payment_sessions::cart_id.eq(cart))
        .filter(payments::state.eq("pending"));
    diesel::select(exists(open)).get_result(tx).await
}

/// Adds the lines of one cart to another; what `from` holds on the shelf is let go first. Returns of what there is less than both held.
async fn pour(tx: &mut Conn, from: CartId, into: CartId, now: Moment) -> Result<Vec<VariantId>, Broke> {
    inventory::commands::release_reservations(tx, from).await?;
    let lines = |cart: CartId| {
        let lines = cart_lines::table.filter(cart_lines::cart_id.eq(cart)).order(cart_lines::id);
        let seen = (cart_lines::seen_price, cart_lines::seen_currency);
        lines.select((cart_lines::variant_id, cart_lines::quantity, seen))
    };
    let added: Vec<(VariantId, i32, SeenPrice)> = lines(from).load(tx).await?;
    let held: Vec<(VariantId, i32, SeenPrice)> = lines(into).load(tx).await?;
    let wanted: Vec<VariantId> = added.iter().map(|line| line.0).collect();
    let shelf = parts::saleable(tx, &wanted, into, now).await?;
    let mut fewer = Vec::new();
    for (variant, more, price) in added {
        let has = held.iter().find(|line| line.0 == variant).map_or(0, |line| line.1);
        let saleable = shelf.get(&variant).copied().unwrap_or(Saleable::Pieces(0));
        let quantity = quantity_after_joining(saleable, has, more);
        if quantity.get() < has.saturating_add(more) {
            fewer.push(variant);
        }
        put_line(tx, into, variant, quantity, price).await?;
    }
    if moving::market_of(tx, from).await? != moving::market_of(tx, into).await? {
        note_prices_seen(tx, into, now).await?;
    }
    pour_codes(tx, from, into).await?;
    Ok(fewer)
}

/// Throws away a cart that was poured out; the one that has its goods is the customer's.
pub async fn keep_poured(tx: &mut Conn, (from, into): (CartId, CartId), customer: CustomerId) -> QueryResult<()> {
    discard(tx, from).await?;
    give(tx, into, customer).await
}

/// Throws away the cart of a customer whose account is closed.
pub async fn discard_of(tx: &mut Conn, customer: CustomerId) -> QueryResult<()> {
    customers::commands::hold(tx, customer).await?;
    match open_cart_of(tx, customer).await? {
        Some(cart) if lock(tx, cart).await? => discard(tx, cart).await,
        _ => Ok(()),
    }
}

/// Puts things that were bought before in the cart again, each up to what can be had, or opens one for them. Returns of what there is
/// less than asked for, or nothing.
pub async fn refill(
    conn: &mut Conn,
    cart: Option<CartId>,
    fresh: &Fresh,
    wanted: &[(VariantId, Quantity)],
    now: Moment,
) -> Result<Vec<VariantId>, Failed<Never>> {
    let mut fewer = Vec::new();
    for (variant, quantity) in wanted {
        let opened = add(conn, cart, fresh, *variant, *quantity, now).await;
        let left = match opened.or_break()? {
            Ok(_) => continue,
            Err(QuantityRefused::OnlyLeft { left, held }) => left - i64::from(held),
            Err(_) => 0,
        };
        fewer.push(*variant);
        if let Some(rest) = i32::try_from(left).ok().and_then(Quantity::new) {
            // Another may have been faster once more: then there is none of it.
            let _ = add(conn, cart, fresh, *variant, rest, now).await.or_break()?;
        }
    }
    Ok(fewer)
}

/// Makes one cart of those of two customers who become one; both are locked. A cart whose payment is under way stays the one that is filled,
/// and where both are being paid, the one that goes is left to its payment. Returns the cart that was poured out and the one that has its goods
/// now; `keep_poured` ends that.
pub async fn join_customers(
    tx: &mut Conn,
    from: CustomerId,
    into: CustomerId,
    now: Moment,
) -> Result<Option<(CartId, CartId)>, Broke> {
    if let (Some(theirs), own) = (open_cart_of(tx, from).await?, open_cart_of(tx, into).await?) {
        for cart in [Some(theirs), own].into_iter().flatten().collect::<std::collections::BTreeSet<_>>() {
            lock(tx, cart).await?;
        }
        let Some(own) = own else {
            give(tx, theirs, into).await?;
            return Ok(None);
        };
        match (is_being_paid(tx, theirs).await?, is_being_paid(tx, own).await?) {
            (true, true) => {}
            (true, false) => {
                pour(tx, own, theirs, now).await?;
                return Ok(Some((own, theirs)));
            }
            (false, _) => {
                pour(tx, theirs, own, now).await?;
                return Ok(Some((theirs, own)));
            }
        }
    }
    Ok(None)
}
