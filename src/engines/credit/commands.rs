//! Acts on accounts. A balance changes only by a row in the ledger, with its account locked; the database applies it.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{CreditShort, Kind, MOST, Movement, Part, TakeRefused};
use super::queries;
use crate::platform::base::{
    Broke, CartId, CreditAccountId, Currency, CustomerId, Failed, Moment, Money, Never, OrBreak, OrderId, PaymentId, StaffId,
};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{credit_accounts, credit_holds, credit_movements};

/// A change of a balance.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub account: CreditAccountId,
    pub kind: Movement,
    /// Minor units, signed.
    pub amount: i64,
    pub reason: &'a str,
    pub order: Option<OrderId>,
    pub payment: Option<PaymentId>,
    pub staff: Option<StaffId>,
}

impl Entry<'_> {
    /// A change without a story.
    pub fn of(account: CreditAccountId, kind: Movement, amount: i64) -> Entry<'static> {
        Entry { account, kind, amount, reason: "", order: None, payment: None, staff: None }
    }
}

/// Writes the ledger; the account must be locked, or new.
pub(super) async fn write(tx: &mut Conn, entry: Entry<'_>, now: Moment) -> QueryResult<()> {
    let row = (
        credit_movements::account_id.eq(entry.account),
        credit_movements::kind.eq(entry.kind),
        credit_movements::amount.eq(entry.amount),
        credit_movements::reason.eq(entry.reason),
        credit_movements::order_id.eq(entry.order),
        credit_movements::payment_id.eq(entry.payment),
        credit_movements::staff_id.eq(entry.staff),
        credit_movements::at.eq(now),
    );
    diesel::insert_into(credit_movements::table).values(row).execute(tx).await?;
    Ok(())
}

/// Locks accounts until the end of the transaction, in the order of their ids; those that are not there are left out.
pub(super) async fn lock(tx: &mut Conn, accounts: &[CreditAccountId]) -> QueryResult<Vec<CreditAccountId>> {
    credit_accounts::table
        .filter(credit_accounts::id.eq_any(accounts))
        .order(credit_accounts::id)
        .select(credit_accounts::id)
        .for_no_key_update()
        .load(tx)
        .await
}

/// Holds these parts for a cart until then, instead of what was held for it before: all of them or none.
///
/// # Errors
/// The first account that cannot pay its part.
pub async fn hold(tx: &mut Conn, cart: CartId, parts: &[Part], until: Moment, now: Moment) -> Result<(), Failed<CreditShort>> {
    check(tx, Some(cart), parts, now).await?;
    release(tx, cart).await?;
    let rows: Vec<_> = parts
        .iter()
        .filter(|part| part.amount > 0)
        .map(|part| {
            (
                credit_holds::cart_id.eq(cart),
                credit_holds::account_id.eq(part.account),
                credit_holds::amount.eq(part.amount),
                credit_holds::expires_at.eq(until),
            )
        })
        .collect();
    diesel::insert_into(credit_holds::table).values(rows).execute(tx).await?;
    Ok(())
}

/// Locks the accounts of these parts and sees whether each can pay.
async fn check(tx: &mut Conn, cart: Option<CartId>, parts: &[Part], now: Moment) -> Result<(), Failed<CreditShort>> {
    let wanted: Vec<CreditAccountId> = parts.iter().filter(|part| part.amount > 0).map(|part| part.account).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    lock(tx, &wanted).await?;
    let there = queries::available(tx, &wanted, cart, now).await?;
    for part in parts.iter().filter(|part| part.amount > 0) {
        if there.get(&part.account).is_none_or(|available| *available < part.amount) {
            return Err(CreditShort { account: part.account }.into());
        }
    }
    Ok(())
}

/// Lets go of what is held for a cart.
pub async fn release(tx: &mut Conn, cart: CartId) -> QueryResult<()> {
    diesel::delete(credit_holds::table.filter(credit_holds::cart_id.eq(cart))).execute(tx).await?;
    Ok(())
}

/// Holds on to what is held for a cart at least until then.
pub async fn hold_until(conn: &mut Conn, cart: CartId, until: Moment) -> QueryResult<()> {
    let rows = credit_holds::table.filter(credit_holds::cart_id.eq(cart)).filter(credit_holds::expires_at.lt(until));
    diesel::update(rows).set(credit_holds::expires_at.eq(until)).execute(conn).await?;
    Ok(())
}

/// Sweeps what was held until now, at a thousand rows; it is free from the moment it expires.
pub async fn sweep(conn: &mut Conn, now: Moment) -> QueryResult<usize> {
    diesel::delete(credit_holds::table.filter(credit_holds::expires_at.le(now))).execute(conn).await
}

/// Looks with the accounts locked whether each part can be paid for this cart; nothing moves yet. What is held for the cart is let go.
///
/// # Errors
/// The first account that cannot pay its part.
pub async fn claim(tx: &mut Conn, cart: CartId, parts: &[Part], now: Moment) -> Result<(), Failed<CreditShort>> {
    check(tx, Some(cart), parts, now).await?;
    Ok(release(tx, cart).await?)
}

/// Takes a part that was claimed, for the payment of an order.
pub async fn redeem(tx: &mut Conn, part: &Part, order: OrderId, payment: PaymentId, now: Moment) -> QueryResult<()> {
    let entry = Entry::of(part.account, Movement::Redeemed, -part.amount);
    write(tx, Entry { order: Some(order), payment: Some(payment), ..entry }, now).await
}

/// Gives an amount back that an order was paid with, to this account.
pub async fn give_back(
    tx: &mut Conn,
    account: CreditAccountId,
    amount: i64,
    order: OrderId,
    staff: Option<StaffId>,
    now: Moment,
) -> QueryResult<()> {
    lock(tx, &[account]).await?;
    let entry = Entry::of(account, Movement::Refunded, amount);
    write(tx, Entry { order: Some(order), staff, ..entry }, now).await
}

/// A customer's store credit in a currency, opened where there is none.
pub async fn store_credit_of(
    tx: &mut Conn,
    customer: CustomerId,
    currency: Currency,
    now: Moment,
) -> QueryResult<CreditAccountId> {
    let row = (
        credit_accounts::kind.eq(Kind::StoreCredit),
        credit_accounts::customer_id.eq(customer),
        credit_accounts::currency.eq(currency.code()),
        credit_accounts::created_at.eq(now),
    );
    diesel::insert_into(credit_accounts::table).values(row).on_conflict_do_nothing().execute(tx).await?;
    let theirs = credit_accounts::table
        .filter(credit_accounts::customer_id.eq(customer))
        .filter(credit_accounts::currency.eq(currency.code()));
    theirs.select(credit_accounts::id).for_no_key_update().first(tx).await
}

/// A change by hand, with what the person saw.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// Minor units, signed.
    pub amount: i64,
    pub reason: &'a str,
    /// The balance that the page showed; their second click changes nothing more.
    pub seen: i64,
}

/// Gives an account more, or takes something from it; returns the balance after it.
///
/// # Errors
/// No reason, no amount, more than is there and not held, or a balance that changed since the person saw it.
pub async fn adjust(
    tx: &mut Conn,
    account: CreditAccountId,
    change: Change<'_>,
    staff: StaffId,
    now: Moment,
) -> Result<i64, Failed<TakeRefused>> {
    if change.reason.trim().is_empty() {
        return Err(TakeRefused::Unexplained.into());
    }
    if change.amount == 0 || change.amount.abs() > MOST {
        return Err(TakeRefused::Amount.into());
    }
    lock(tx, &[account]).await?;
    let stands = queries::account(tx, account, now).await?.ok_or(TakeRefused::Unknown)?;
    if stands.balance != change.seen {
        return Err(TakeRefused::Changed.into());
    }
    let after = stands.balance + change.amount;
    if after < stands.held {
        return Err(TakeRefused::TooMuch { left: Money::new(stands.balance - stands.held, stands.currency) }.into());
    }
    if after > MOST {
        return Err(TakeRefused::Amount.into());
    }
    let kind = if change.amount > 0 { Movement::Given } else { Movement::Taken };
    let entry = Entry { reason: change.reason.trim(), staff: Some(staff), ..Entry::of(account, kind, change.amount) };
    write(tx, entry, now).await?;
    Ok(after)
}

/// Store credit of one customer is another's from now on, with what open pages hold of it; returns which account each became.
pub async fn hand_over(
    tx: &mut Conn,
    from: CustomerId,
    into: CustomerId,
    now: Moment,
) -> QueryResult<Vec<(CreditAccountId, CreditAccountId)>> {
    use diesel::sql_types::{BigInt, Timestamptz};
    db::sql(
        "insert into credit_accounts (kind, customer_id, currency, created_at)
             select kind, $2, currency, $3 from credit_accounts where customer_id = $1 on conflict do nothing",
    )
    .bind::<BigInt, _>(from)
    .bind::<BigInt, _>(into)
    .bind::<Timestamptz, _>(now)
    .execute(tx)
    .await?;
    let pairs = queries::in_the_same_currency(tx, from, into).await?;
    lock(tx, &pairs.iter().flat_map(|(old, new)| [*old, *new]).collect::<Vec<_>>()).await?;
    for (old, new) in &pairs {
        let moved = queries::balance(tx, *old).await?;
        if moved > 0 {
            write(tx, Entry::of(*old, Movement::Merged, -moved), now).await?;
            write(tx, Entry::of(*new, Movement::Merged, moved), now).await?;
        }
        let holds = credit_holds::table.filter(credit_holds::account_id.eq(*old));
        diesel::update(holds).set(credit_holds::account_id.eq(*new)).execute(tx).await?;
    }
    Ok(pairs)
}

/// Empties the words in which staff explained changes of a customer's credit, takes away who cards sent to these addresses (in small
/// letters) were for, and what stands on those that these orders sold; amounts stay, for the books.
pub async fn forget_person(
    tx: &mut Conn,
    customer: Option<CustomerId>,
    emails: &[String],
    orders: &[OrderId],
) -> QueryResult<()> {
    use diesel::sql_types::{Array, BigInt, Nullable, Text};
    db::sql(
        "update credit_movements m set reason = '' from credit_accounts a
          where a.id = m.account_id and a.customer_id = $1 and m.reason <> ''",
    )
    .bind::<Nullable<BigInt>, _>(customer)
    .execute(tx)
    .await?;
    db::sql("update gift_cards set email = '', words = '', link_hash = null where email <> '' and lower(email) = any($1)")
        .bind::<Array<Text>, _>(emails)
        .execute(tx)
        .await?;
    let lines = "select id from order_lines where order_id = any($1)";
    db::sql(format!("update gift_cards set words = '' where words <> '' and order_line_id in ({lines})"))
        .bind::<Array<BigInt>, _>(orders)
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes away for whom cards were that are used up, expired or disabled and were issued before a moment; returns how many.
pub async fn forget_recipients(conn: &mut Conn, before: Moment, now: Moment) -> Result<usize, Broke> {
    let forgotten = db::transaction(conn, async |tx: &mut Conn| {
        use diesel::sql_types::Timestamptz;
        let done = db::sql(
            "update gift_cards g set email = '', words = '', link_hash = null from credit_accounts a
              where a.id = g.account_id and g.created_at < $1 and (g.email <> '' or g.words <> '')
                and (a.balance = 0 or g.disabled_at is not null or g.expires_at <= $2)",
        )
        .bind::<Timestamptz, _>(before)
        .bind::<Timestamptz, _>(now);
        Ok::<_, Failed<Never>>(done.execute(tx).await?)
    });
    forgotten.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}
