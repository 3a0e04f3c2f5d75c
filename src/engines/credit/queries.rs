//! Reads of accounts, their ledgers and gift cards.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::code::Code;
use super::model::{Kind, Movement, Part};
use crate::platform::base::{
    Broke, CartId, CreditAccountId, Currency, CustomerId, Moment, Money, OrderId, OrderLineId, PaymentId, TokenHash,
};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Locale;
use crate::platform::schema::{credit_accounts, gift_card_terms, gift_cards};

/// What others hold of an account `a`: all carts but `$2`, at the moment `$3`.
const HELD: &str = "coalesce((select sum(h.amount) from credit_holds h
    where h.account_id = a.id and h.cart_id <> $2 and h.expires_at > $3), 0)::bigint";

#[derive(QueryableByName)]
struct AvailableRow {
    #[diesel(sql_type = BigInt)]
    id: CreditAccountId,
    #[diesel(sql_type = BigInt)]
    available: i64,
}

/// What each of these can pay for a cart now; those that are disabled or expired, nothing.
pub async fn available(
    conn: &mut Conn,
    accounts: &[CreditAccountId],
    cart: Option<CartId>,
    now: Moment,
) -> QueryResult<HashMap<CreditAccountId, i64>> {
    let rows: Vec<AvailableRow> = db::sql(format!(
        "select a.id, case when g.disabled_at is not null or g.expires_at <= $3 then 0 else a.balance - {HELD} end as available
           from credit_accounts a left join gift_cards g on g.account_id = a.id where a.id = any($1)"
    ))
    .bind::<Array<BigInt>, _>(accounts)
    .bind::<BigInt, _>(cart.unwrap_or(CartId(0)))
    .bind::<Timestamptz, _>(now)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.available)).collect())
}

/// An account with what is held of it; minor units of its currency.
#[derive(Clone, Debug)]
pub struct Account {
    pub id: CreditAccountId,
    pub kind: Kind,
    pub currency: Currency,
    pub balance: i64,
    pub held: i64,
}

#[derive(QueryableByName)]
struct AccountRow {
    #[diesel(sql_type = BigInt)]
    id: CreditAccountId,
    #[diesel(sql_type = Text)]
    kind: Kind,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    balance: i64,
    #[diesel(sql_type = BigInt)]
    held: i64,
}

async fn accounts(conn: &mut Conn, which: &str, id: i64, now: Moment) -> QueryResult<Vec<Account>> {
    let rows: Vec<AccountRow> = db::sql(format!(
        "select a.id, a.kind, a.currency, a.balance, {HELD} as held from credit_accounts a where {which} = $1 order by a.id"
    ))
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(0)
    .bind::<Timestamptz, _>(now)
    .load(conn)
    .await?;
    let account = |row: AccountRow| {
        let currency = row.currency.parse().ok()?;
        Some(Account { id: row.id, kind: row.kind, currency, balance: row.balance, held: row.held })
    };
    Ok(rows.into_iter().filter_map(account).collect())
}

pub async fn account(conn: &mut Conn, id: CreditAccountId, now: Moment) -> QueryResult<Option<Account>> {
    Ok(accounts(conn, "a.id", id.0, now).await?.pop())
}

/// The store credit of a customer, an account for each currency.
pub async fn store_credits(conn: &mut Conn, customer: CustomerId, now: Moment) -> QueryResult<Vec<Account>> {
    accounts(conn, "a.customer_id", customer.0, now).await
}

#[derive(QueryableByName)]
struct Successor {
    #[diesel(sql_type = BigInt)]
    old: CreditAccountId,
    #[diesel(sql_type = BigInt)]
    new: CreditAccountId,
}

/// The store credit of one customer and of another, for each currency in which both have some.
pub(super) async fn in_the_same_currency(
    conn: &mut Conn,
    from: CustomerId,
    into: CustomerId,
) -> QueryResult<Vec<(CreditAccountId, CreditAccountId)>> {
    let pairs: Vec<Successor> = db::sql(
        "select a.id as old, b.id as new from credit_accounts a join credit_accounts b using (currency)
          where a.customer_id = $1 and b.customer_id = $2 order by a.id",
    )
    .bind::<BigInt, _>(from)
    .bind::<BigInt, _>(into)
    .load(conn)
    .await?;
    Ok(pairs.into_iter().map(|pair| (pair.old, pair.new)).collect())
}

/// Where money goes that belongs on this account: elsewhere only if its customer was merged into another one since.
pub async fn successor(conn: &mut Conn, account: CreditAccountId) -> QueryResult<CreditAccountId> {
    let found: Option<Successor> = db::sql(
        "with recursive way as (
             select a.id, a.currency, a.customer_id as customer from credit_accounts a where a.id = $1 and a.kind = 'store_credit'
             union all
             select w.id, w.currency, c.merged_into from way w join customers c on c.id = w.customer where c.merged_into is not null
         )
         select w.id as old, a.id as new from way w join credit_accounts a on a.customer_id = w.customer and a.currency = w.currency
                join customers c on c.id = w.customer and c.merged_into is null",
    )
    .bind::<BigInt, _>(account)
    .get_result(conn)
    .await
    .optional()?;
    Ok(found.map_or(account, |found| found.new))
}

/// Parts that were chosen a while ago, as they are paid now.
pub async fn as_they_stand(conn: &mut Conn, parts: &[Part]) -> QueryResult<Vec<Part>> {
    let mut parts = parts.to_vec();
    for part in parts.iter_mut().filter(|part| part.kind == Kind::StoreCredit) {
        part.account = successor(conn, part.account).await?;
    }
    Ok(parts)
}

pub async fn balance(conn: &mut Conn, id: CreditAccountId) -> QueryResult<i64> {
    credit_accounts::table.find(id).select(credit_accounts::balance).first(conn).await
}

/// A card as staff see it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Card {
    #[diesel(sql_type = BigInt)]
    pub id: CreditAccountId,
    #[diesel(sql_type = Text)]
    pub last_four: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    pub value: i64,
    #[diesel(sql_type = BigInt)]
    pub balance: i64,
    #[diesel(sql_type = BigInt)]
    pub held: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub expires_at: Option<Moment>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub disabled_at: Option<Moment>,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub words: String,
    #[diesel(sql_type = Text)]
    pub locale: Locale,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub shown_at: Option<Moment>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub sent_at: Option<Moment>,
    #[diesel(sql_type = diesel::sql_types::Integer)]
    pub sendings: i32,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: Moment,
    /// The number of the order that sold it.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub order: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub order_id: Option<OrderId>,
}

impl Card {
    pub fn currency(&self) -> Currency {
        self.currency.parse().unwrap_or(Currency::USD)
    }

    pub fn money(&self, amount: i64) -> Money {
        Money::new(amount, self.currency())
    }

    /// Whether something was paid with it, or is being paid.
    pub fn is_used(&self) -> bool {
        self.balance < self.value || self.held > 0
    }

    pub fn stands(&self, now: Moment) -> Stands {
        match self {
            card if card.disabled_at.is_some() => Stands::Disabled,
            card if card.expires_at.is_some_and(|at| at <= now) => Stands::Expired,
            card if card.balance == 0 => Stands::Empty,
            _ => Stands::Good,
        }
    }
}

/// How a card stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    Good,
    Empty,
    Expired,
    Disabled,
}

/// The columns of a card, with what is held of it by all carts but `$2` at the moment `$3`.
fn cards_where(which: &str) -> String {
    format!(
        "select a.id, g.last_four, a.currency, g.value, a.balance, {HELD} as held, g.expires_at, g.disabled_at, g.email, g.words, g.locale,
                g.shown_at, g.sent_at, g.sendings, g.created_at, o.number as \"order\", o.id as order_id
           from gift_cards g join credit_accounts a on a.id = g.account_id
                left join order_lines l on l.id = g.order_line_id left join orders o on o.id = l.order_id
          where {which}"
    )
}

pub async fn card(conn: &mut Conn, id: CreditAccountId, now: Moment) -> QueryResult<Option<Card>> {
    let query = db::sql(cards_where("a.id = $1")).bind::<BigInt, _>(id);
    query.bind::<BigInt, _>(0).bind::<Timestamptz, _>(now).get_result(conn).await.optional()
}

/// The card of a code, however it stands.
pub async fn card_by_code(conn: &mut Conn, code: &Code, now: Moment) -> QueryResult<Option<Card>> {
    let query = db::sql(cards_where("g.code_hash = $1")).bind::<Binary, _>(code.hash().as_bytes().to_vec());
    query.bind::<BigInt, _>(0).bind::<Timestamptz, _>(now).get_result(conn).await.optional()
}

/// The card that a link opens.
pub async fn card_by_link(conn: &mut Conn, link: &TokenHash, now: Moment) -> QueryResult<Option<Card>> {
    let query = db::sql(cards_where("g.link_hash = $1")).bind::<Binary, _>(link.as_bytes().to_vec());
    query.bind::<BigInt, _>(0).bind::<Timestamptz, _>(now).get_result(conn).await.optional()
}

/// The cards that an order sold.
pub async fn sold_by(conn: &mut Conn, order: OrderId, now: Moment) -> QueryResult<Vec<Card>> {
    let query = db::sql(cards_where("l.order_id = $1 order by a.id")).bind::<BigInt, _>(order);
    query.bind::<BigInt, _>(0).bind::<Timestamptz, _>(now).load(conn).await
}

/// Whether this piece of a line has its card.
pub async fn is_issued(conn: &mut Conn, line: OrderLineId, piece: i32) -> QueryResult<bool> {
    let rows = gift_cards::table.filter(gift_cards::order_line_id.eq(line)).filter(gift_cards::piece.eq(piece));
    diesel::select(exists(rows)).get_result(conn).await
}

/// The card that this form issued already.
pub async fn issued_by_form(conn: &mut Conn, key: &str) -> QueryResult<Option<CreditAccountId>> {
    gift_cards::table.filter(gift_cards::form_key.eq(key)).select(gift_cards::account_id).first(conn).await.optional()
}

/// For how many years cards that are sold are good.
pub async fn years(conn: &mut Conn) -> QueryResult<i32> {
    gift_card_terms::table.select(gift_card_terms::years).first(conn).await
}

/// Cards that a page of the list shows.
pub const PAGE: i64 = 50;

/// The list of cards that hold these words, newest first, from a card on: by the last four characters, an address of mail or the number of
/// an order. One more than a page shows, where there is more.
pub async fn cards(conn: &mut Conn, words: &str, before: Option<CreditAccountId>, now: Moment) -> QueryResult<Vec<Card>> {
    let which = "($1 = '' or g.last_four = upper($1) or lower(g.email) = lower($1) or o.number::text = ltrim($1, '#'))
                 and ($4 = 0 or a.id < $4) order by a.id desc limit $5";
    db::sql(cards_where(which))
        .bind::<Text, _>(words)
        .bind::<BigInt, _>(0)
        .bind::<Timestamptz, _>(now)
        .bind::<BigInt, _>(before.map_or(0, |card| card.0))
        .bind::<BigInt, _>(PAGE + 1)
        .load(conn)
        .await
}

/// What the shop owes in a currency.
#[derive(Clone, Debug, QueryableByName)]
pub struct Owed {
    #[diesel(sql_type = Text)]
    currency: String,
    /// On cards that are good.
    #[diesel(sql_type = BigInt)]
    cards: i64,
    #[diesel(sql_type = BigInt)]
    store_credit: i64,
}

impl Owed {
    /// On cards that are good, and to customers.
    pub fn amounts(&self) -> Option<(Money, Money)> {
        let currency = self.currency.parse().ok()?;
        Some((Money::new(self.cards, currency), Money::new(self.store_credit, currency)))
    }
}

/// What the shop owes on cards that are good and to customers, by currency.
pub async fn owed(conn: &mut Conn, now: Moment) -> QueryResult<Vec<Owed>> {
    db::sql(
        "select a.currency,
                coalesce(sum(a.balance) filter (where a.kind = 'gift_card' and g.disabled_at is null and (g.expires_at is null or g.expires_at > $1)), 0)::bigint as cards,
                coalesce(sum(a.balance) filter (where a.kind = 'store_credit'), 0)::bigint as store_credit
           from credit_accounts a left join gift_cards g on g.account_id = a.id group by a.currency order by a.currency",
    )
    .bind::<Timestamptz, _>(now)
    .load(conn)
    .await
}

/// A row of a ledger with the balance after it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Moved {
    #[diesel(sql_type = Text)]
    pub kind: Movement,
    #[diesel(sql_type = BigInt)]
    pub amount: i64,
    #[diesel(sql_type = BigInt)]
    pub then: i64,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub order: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    pub staff: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub at: Moment,
}

/// The latest rows of a ledger, the newest first.
pub async fn ledger(conn: &mut Conn, account: CreditAccountId, limit: i64) -> QueryResult<Vec<Moved>> {
    db::sql(
        "select m.kind, m.amount, (sum(m.amount) over (order by m.id))::bigint as then, m.reason, o.number as \"order\", s.name as staff, m.at
           from credit_movements m left join orders o on o.id = m.order_id left join staff s on s.id = m.staff_id
          where m.account_id = $1 order by m.id desc limit $2",
    )
    .bind::<BigInt, _>(account)
    .bind::<BigInt, _>(limit)
    .load(conn)
    .await
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many accounts have another balance than their ledger; none, by construction.
pub async fn drift(conn: &mut Conn) -> Result<i64, Broke> {
    let counted: Counted = db::sql(
        "select count(*) as count from credit_accounts a
          where a.balance <> coalesce((select sum(m.amount) from credit_movements m where m.account_id = a.id), 0)",
    )
    .get_result(conn)
    .await?;
    Ok(counted.count)
}

/// The account that a payment was made with.
pub async fn paid_with(conn: &mut Conn, payment: PaymentId) -> QueryResult<Option<CreditAccountId>> {
    use crate::platform::schema::payments;
    payments::table.find(payment).select(payments::credit_account_id).first(conn).await
}
