//! Choosing gift cards and store credit to pay with, and holding what a gateway's page leaves to them.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::engines::credit::model::MOST_AT_ONCE;
use crate::engines::credit::queries::Stands;
use crate::engines::credit::{self, Code, Part};
use crate::features::cart;
use crate::features::cart::commands::Joined;
use crate::features::checkout::model::PlaceRefused;
use crate::features::checkout::queries;
use crate::features::checkout::wallet::CreditRefused;
use crate::platform::base::{Broke, CartId, CreditAccountId, Currency, CustomerId, Failed, Moment, Never, OrBreak, TokenHash};
use crate::platform::db::{self, Conn};
use crate::platform::schema::checkout_credits;

/// Pays with the card of this code, as far as it goes.
///
/// # Errors
/// A code that no good card has; a card that is empty or in another currency.
pub async fn add_card(
    conn: &mut Conn,
    cart: CartId,
    code: &Code,
    currency: Currency,
    now: Moment,
) -> Result<(), Failed<CreditRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        if !cart::commands::lock(tx, cart).await? {
            return Err(CreditRefused::NoCart.into());
        }
        let card = credit::card_to_use(tx, code, now).await?.ok_or(CreditRefused::Unknown)?;
        match card.stands(now) {
            Stands::Disabled | Stands::Expired => return Err(CreditRefused::Unknown.into()),
            Stands::Empty => return Err(CreditRefused::Empty.into()),
            Stands::Good if card.currency() != currency => return Err(CreditRefused::OtherCurrency(card.currency()).into()),
            Stands::Good => {}
        }
        choose(tx, cart, card.id, now).await
    })
    .await
}

/// Pays with the store credit of the cart's customer, as far as it goes.
///
/// # Errors
/// A customer without any, or nobody.
pub async fn use_store_credit(
    conn: &mut Conn,
    cart: CartId,
    currency: Currency,
    now: Moment,
) -> Result<(), Failed<CreditRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        if !cart::commands::lock(tx, cart).await? {
            return Err(CreditRefused::NoCart.into());
        }
        let owner = cart::queries::owner_of(tx, cart).await?.ok_or(CreditRefused::Empty)?;
        let accounts = credit::queries::store_credits(tx, owner, now).await?;
        let account = accounts.into_iter().find(|account| account.currency == currency && account.balance > 0);
        choose(tx, cart, account.ok_or(CreditRefused::Empty)?.id, now).await
    })
    .await
}

async fn choose(tx: &mut Conn, cart: CartId, account: CreditAccountId, now: Moment) -> Result<(), Failed<CreditRefused>> {
    let chosen: i64 = checkout_credits::table.filter(checkout_credits::cart_id.eq(cart)).count().get_result(tx).await?;
    if chosen >= MOST_AT_ONCE as i64 {
        return Err(CreditRefused::TooMany.into());
    }
    let row = (checkout_credits::cart_id.eq(cart), checkout_credits::account_id.eq(account), checkout_credits::added_at.eq(now));
    diesel::insert_into(checkout_credits::table).values(row).on_conflict_do_nothing().execute(tx).await?;
    cart::commands::touch(tx, cart, now).await?;
    Ok(())
}

/// Does not pay with this any more. What was held for a page that is still open stays held until that is closed.
pub async fn remove_credit(conn: &mut Conn, cart: CartId, account: CreditAccountId) -> Result<(), Broke> {
    let removed = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        if cart::commands::lock(tx, cart).await? {
            diesel::delete(checkout_credits::table.find((cart, account))).execute(tx).await?;
            release_unless_paying(tx, cart).await?;
        }
        Ok(())
    });
    removed.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

/// No cart is to be paid with this card any more, which the caller holds locked: whoever still has it chooses it anew. A page on which
/// somebody pays already goes on.
pub async fn unchoose(tx: &mut Conn, card: CreditAccountId) -> QueryResult<()> {
    diesel::delete(checkout_credits::table.filter(checkout_credits::account_id.eq(card))).execute(tx).await?;
    Ok(())
}

/// Makes the guest's cart the customer's, with the gift cards that were put on either checkout.
pub async fn join(tx: &mut Conn, guest: &TokenHash, customer: CustomerId, now: Moment) -> Result<Joined, Broke> {
    let joined = cart::commands::join(tx, guest, customer, now).await?;
    pour(tx, joined.poured, customer).await?;
    Ok(joined)
}

/// Makes one cart of those of two customers who become one, with the gift cards that were put on either checkout.
pub async fn join_customers(tx: &mut Conn, from: CustomerId, into: CustomerId, now: Moment) -> Result<(), Broke> {
    let poured = cart::commands::join_customers(tx, from, into, now).await?;
    pour(tx, poured, into).await
}

/// Who wanted to pay with an account that became another one pays with that.
pub async fn follow(tx: &mut Conn, became: &[(CreditAccountId, CreditAccountId)]) -> QueryResult<()> {
    for (old, new) in became {
        let gone = diesel::delete(checkout_credits::table.filter(checkout_credits::account_id.eq(*old)));
        let chosen = gone.returning((checkout_credits::cart_id, checkout_credits::added_at));
        let chosen: Vec<(CartId, Moment)> = chosen.get_results(tx).await?;
        let row = |(cart, at): (CartId, Moment)| {
            (checkout_credits::cart_id.eq(cart), checkout_credits::account_id.eq(*new), checkout_credits::added_at.eq(at))
        };
        let rows: Vec<_> = chosen.into_iter().map(row).collect();
        diesel::insert_into(checkout_credits::table).values(rows).on_conflict_do_nothing().execute(tx).await?;
    }
    Ok(())
}

/// What one cart was to be paid with pays for another one of the same customer now, each card once and as many as a checkout takes.
async fn pour(tx: &mut Conn, poured: Option<(CartId, CartId)>, customer: CustomerId) -> Result<(), Broke> {
    let Some((from, into)) = poured else { return Ok(()) };
    let of = |cart: CartId| checkout_credits::table.filter(checkout_credits::cart_id.eq(cart)).order(checkout_credits::added_at);
    let columns = (checkout_credits::account_id, checkout_credits::added_at);
    let held: Vec<(CreditAccountId, Moment)> = of(into).select(columns).load(tx).await?;
    let more: Vec<(CreditAccountId, Moment)> = of(from).select(columns).load(tx).await?;
    let fresh = more.into_iter().filter(|(account, _)| held.iter().all(|(other, _)| other != account));
    let row = |(account, at): (CreditAccountId, Moment)| {
        (checkout_credits::cart_id.eq(into), checkout_credits::account_id.eq(account), checkout_credits::added_at.eq(at))
    };
    let rows: Vec<_> = fresh.take(MOST_AT_ONCE.saturating_sub(held.len())).map(row).collect();
    if !rows.is_empty() {
        diesel::insert_into(checkout_credits::table).values(rows).execute(tx).await?;
    }
    credit::commands::release(tx, from).await?;
    Ok(cart::commands::keep_poured(tx, (from, into), customer).await?)
}

/// Forgets what a cart was to be paid with, once it is.
pub(super) async fn clear(tx: &mut Conn, cart: CartId) -> QueryResult<()> {
    diesel::delete(checkout_credits::table.filter(checkout_credits::cart_id.eq(cart))).execute(tx).await?;
    Ok(())
}

/// Lets go of what is held for a cart, unless a gateway's page of it is open.
pub(super) async fn release_unless_paying(tx: &mut Conn, cart: CartId) -> QueryResult<()> {
    if queries::open_sessions(tx, cart).await?.is_empty() {
        credit::commands::release(tx, cart).await?;
    }
    Ok(())
}

/// Holds these parts until then. What an open page of the same cart leaves to its cards stays held as well, until that page is closed.
pub(super) async fn hold_with_open_pages(
    tx: &mut Conn,
    cart: CartId,
    wanted: &[Part],
    until: Moment,
    now: Moment,
) -> Result<(), Failed<PlaceRefused>> {
    let mut all = wanted.to_vec();
    for (snapshot, _) in queries::open_snapshots(tx, cart).await? {
        raise(&mut all, &credit::queries::as_they_stand(tx, &snapshot.order.credits).await?);
    }
    let mut held = credit::commands::hold(tx, cart, &all, until, now).await;
    if matches!(held, Err(Failed::Refused(_))) {
        held = credit::commands::hold(tx, cart, wanted, until, now).await;
    }
    held.map_err(|failed| failed.map(|_| PlaceRefused::CreditChanged))
}

/// Of each account as much as either asks for, whichever is more.
fn raise(most: &mut Vec<Part>, parts: &[Part]) {
    for part in parts {
        match most.iter_mut().find(|known| known.account == part.account) {
            Some(known) => known.amount = known.amount.max(part.amount),
            None => most.push(part.clone()),
        }
    }
}
