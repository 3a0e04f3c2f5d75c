//! Uses of promotions: counted under a lock when an order is placed, held while a gateway's page is open, given back when the order
//! ends before its time.

use std::collections::BTreeMap;

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Nullable, Text};
use diesel_async::RunQueryDsl;
use sha2::{Digest, Sha256};

use super::refusals::UsedUp;
use crate::engines::pricing::DiscountRow;
use crate::platform::base::{CartId, CustomerId, Failed, Moment, OrderId, PaymentId, PromotionCodeId, PromotionId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Locale;
use crate::platform::schema::{promotion_codes, promotion_uses, promotions};

/// Which rows `u` of promotion_uses count: those of orders, and those held while somebody is at a gateway's page.
pub(super) const COUNTS: &str = "(u.given_back_at is null and (u.order_id is not null
    or exists (select from payments held where held.id = u.payment_id and held.state = 'pending')))";

/// Who uses a promotion.
#[derive(Clone, Copy, Debug)]
pub struct Whom<'a> {
    pub cart: CartId,
    pub customer: Option<CustomerId>,
    pub email: &'a str,
    /// Their language.
    pub locale: Locale,
}

/// What stands for an address among the uses; `None` for no address.
pub fn email_hash(email: &str) -> Option<Vec<u8>> {
    let email = email.trim().to_lowercase();
    (!email.is_empty()).then(|| Sha256::digest(format!("barrow promotion use {email}")).to_vec())
}

/// One use: a promotion, its code, and what it took off.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Use {
    promotion: PromotionId,
    code: Option<String>,
    amount: i64,
}

/// The uses in the discounts of a quote, in the order of the promotions' ids: everybody locks in that order.
fn uses_of(rows: &[DiscountRow]) -> Vec<Use> {
    let mut uses: BTreeMap<PromotionId, Use> = BTreeMap::new();
    for row in rows {
        let Some(promotion) = row.promotion else { continue };
        let one = uses.entry(promotion).or_insert_with(|| Use { promotion, code: row.code.clone(), amount: 0 });
        one.amount = one.amount.saturating_add(row.amount);
    }
    uses.into_values().collect()
}

/// Holds the uses of what somebody is about to pay on a gateway's page, as long as that payment is pending.
///
/// # Errors
/// Somebody else took the last one.
pub async fn hold(
    tx: &mut Conn,
    whom: Whom<'_>,
    discounts: &[DiscountRow],
    payment: PaymentId,
    now: Moment,
) -> Result<(), Failed<UsedUp>> {
    let uses = uses_of(discounts);
    if uses.is_empty() {
        return Ok(());
    }
    lock_and_count(tx, whom, &uses).await?;
    insert(tx, whom, &uses, Some(payment), None, now).await
}

/// Counts the uses of an order. What was paid for was held and is counted whatever else was taken meanwhile.
///
/// # Errors
/// Somebody else took the last one.
pub async fn take(
    tx: &mut Conn,
    whom: Whom<'_>,
    discounts: &[DiscountRow],
    order: OrderId,
    was_held: bool,
    now: Moment,
) -> Result<(), Failed<UsedUp>> {
    let uses = uses_of(discounts);
    if uses.is_empty() {
        return Ok(());
    }
    if !was_held {
        lock_and_count(tx, whom, &uses).await?;
    }
    let held = promotion_uses::table.filter(promotion_uses::cart_id.eq(whom.cart)).filter(promotion_uses::order_id.is_null());
    diesel::delete(held).execute(tx).await?;
    insert(tx, whom, &uses, None, Some(order), now).await
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    code: Option<String>,
    #[diesel(sql_type = Bool)]
    spent: bool,
}

/// Locks what has limits (promotions by id, then codes by id), then counts.
async fn lock_and_count(tx: &mut Conn, whom: Whom<'_>, uses: &[Use]) -> Result<(), Failed<UsedUp>> {
    let ids: Vec<PromotionId> = uses.iter().map(|one| one.promotion).collect();
    let codes: Vec<&str> = uses.iter().filter_map(|one| one.code.as_deref()).collect();
    let limited = promotions::most_uses.is_not_null().or(promotions::most_uses_per_customer.is_not_null());
    let locked: Vec<PromotionId> = promotions::table
        .filter(promotions::id.eq_any(&ids).and(limited))
        .order(promotions::id)
        .select(promotions::id)
        .for_no_key_update()
        .load(tx)
        .await?;
    tracing::trace!(?locked, "promotions with limits");
    if !codes.is_empty() {
        // A code that everybody may use must not make them wait for each other.
        let counted = promotions::table.filter(promotions::id.eq_any(&ids).and(promotions::most_uses_per_code.is_not_null()));
        let rows: Vec<PromotionCodeId> = promotion_codes::table
            .filter(promotion_codes::code.eq_any(&codes))
            .filter(promotion_codes::promotion_id.eq_any(counted.select(promotions::id)))
            .order(promotion_codes::id)
            .select(promotion_codes::id)
            .for_no_key_update()
            .load(tx)
            .await?;
        tracing::trace!(?rows, "codes in use");
    }
    let counts: Vec<Count> = db::sql(format!(
        "select case when (select locale from settings) = $6 then p.name else coalesce(p.translations->'name'->>$6, p.name) end as name, c.code,
                coalesce(p.most_uses <= (select count(distinct u.cart_id) from promotion_uses u
                          where u.promotion_id = p.id and u.cart_id <> $3 and {COUNTS}), false)
                or coalesce(p.most_uses_per_code <= (select count(distinct u.cart_id) from promotion_uses u
                          where u.code_id = c.id and u.cart_id <> $3 and {COUNTS}), false)
                or coalesce(p.most_uses_per_customer <= (select count(distinct u.cart_id) from promotion_uses u
                          where u.promotion_id = p.id and (u.customer_id = $4 or u.email_hash = $5) and u.cart_id <> $3 and {COUNTS}), false)
                or (p.coded and c.id is null) as spent
           from promotions p left join promotion_codes c on c.promotion_id = p.id and c.code = any($2)
          where p.id = any($1) order by p.id"
    ))
    .bind::<Array<BigInt>, _>(&ids)
    .bind::<Array<Text>, _>(&codes)
    .bind::<BigInt, _>(whom.cart)
    .bind::<Nullable<BigInt>, _>(whom.customer)
    .bind::<Nullable<Binary>, _>(email_hash(whom.email))
    .bind::<Text, _>(whom.locale.as_str())
    .load(tx)
    .await?;
    match counts.into_iter().find(|count| count.spent) {
        Some(count) => Err(UsedUp { called: count.code.unwrap_or(count.name) }.into()),
        None => Ok(()),
    }
}

async fn insert(
    tx: &mut Conn,
    whom: Whom<'_>,
    uses: &[Use],
    payment: Option<PaymentId>,
    order: Option<OrderId>,
    now: Moment,
) -> Result<(), Failed<UsedUp>> {
    let codes: Vec<&str> = uses.iter().filter_map(|one| one.code.as_deref()).collect();
    let known: Vec<(String, PromotionCodeId)> = match codes.is_empty() {
        true => Vec::new(),
        false => {
            let known = promotion_codes::table.filter(promotion_codes::code.eq_any(&codes));
            known.select((promotion_codes::code, promotion_codes::id)).load(tx).await?
        }
    };
    let id_of = |code: &Option<String>| known.iter().find(|(other, _)| Some(other) == code.as_ref()).map(|(_, id)| *id);
    let rows: Vec<_> = uses
        .iter()
        .map(|one| {
            (
                promotion_uses::promotion_id.eq(one.promotion),
                promotion_uses::code_id.eq(id_of(&one.code)),
                promotion_uses::cart_id.eq(whom.cart),
                promotion_uses::payment_id.eq(payment),
                promotion_uses::order_id.eq(order),
                promotion_uses::customer_id.eq(whom.customer),
                promotion_uses::email_hash.eq(email_hash(whom.email)),
                promotion_uses::amount.eq(one.amount),
                promotion_uses::created_at.eq(now),
            )
        })
        .collect();
    diesel::insert_into(promotion_uses::table).values(rows).execute(tx).await?;
    Ok(())
}

/// Gives back what an order used that ends before its time: others may use it again.
pub async fn give_back(tx: &mut Conn, order: OrderId, now: Moment) -> QueryResult<usize> {
    let used = promotion_uses::table.filter(promotion_uses::order_id.eq(order)).filter(promotion_uses::given_back_at.is_null());
    diesel::update(used).set(promotion_uses::given_back_at.eq(now)).execute(tx).await
}

/// Forgets who used promotions in these orders.
pub async fn forget_orders(tx: &mut Conn, orders: &[OrderId]) -> QueryResult<usize> {
    let nobody = (promotion_uses::customer_id.eq(None::<CustomerId>), promotion_uses::email_hash.eq(None::<Vec<u8>>));
    diesel::update(promotion_uses::table.filter(promotion_uses::order_id.eq_any(orders))).set(nobody).execute(tx).await
}

/// Forgets who is at a gateway's page, or was: their account and the addresses that they proved.
pub async fn forget_person(tx: &mut Conn, customer: Option<CustomerId>, emails: &[String]) -> QueryResult<usize> {
    let hashes: Vec<Option<Vec<u8>>> = emails.iter().map(|email| email_hash(email)).collect();
    let held = promotion_uses::table.filter(promotion_uses::order_id.is_null());
    let theirs = promotion_uses::customer_id.eq(customer).or(promotion_uses::email_hash.eq_any(hashes));
    diesel::delete(held.filter(theirs)).execute(tx).await
}

/// The uses of one customer are another's from now on.
pub async fn hand_over(tx: &mut Conn, from: CustomerId, into: CustomerId) -> QueryResult<usize> {
    let theirs = promotion_uses::table.filter(promotion_uses::customer_id.eq(from));
    diesel::update(theirs).set(promotion_uses::customer_id.eq(into)).execute(tx).await
}

/// Removes what was held for pages that are closed since long; returns how many.
pub async fn sweep(conn: &mut Conn, now: Moment) -> QueryResult<usize> {
    let old = promotion_uses::table.filter(promotion_uses::order_id.is_null());
    diesel::delete(old.filter(promotion_uses::created_at.lt(now - Duration::days(2)))).execute(conn).await
}
