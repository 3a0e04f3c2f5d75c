//! Gift cards and store credit that a shopper pays with: what is chosen, what each pays of the total, why a code is not taken.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use sha2::{Digest, Sha256};

use crate::engines::credit::{Kind, Part, Source, spread};
use crate::engines::payments::Method;
use crate::platform::base::{CartId, CreditAccountId, Currency, Message, Moment, Refusal};
use crate::platform::db::{self, Conn};

/// What a checkout pays with besides its method.
#[derive(Clone, Debug, Default)]
pub struct Wallet {
    /// Everything that is chosen, in the order it pays; what pays nothing stays with 0.
    pub parts: Vec<Part>,
    /// The customer's store credit that is not chosen, and how much there is.
    pub offered: Option<Source>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: CreditAccountId,
    #[diesel(sql_type = Text)]
    kind: Kind,
    #[diesel(sql_type = Text)]
    called: String,
    #[diesel(sql_type = BigInt)]
    available: i64,
    #[diesel(sql_type = Bool)]
    chosen: bool,
}

/// What is chosen for a cart and what of a total it pays: cards in the order they were typed, then the customer's own store credit;
/// one query. Store credit of anybody else never counts, whatever was chosen.
pub async fn wallet(conn: &mut Conn, cart: CartId, total: i64, currency: Currency, now: Moment) -> QueryResult<Wallet> {
    let rows: Vec<Row> = db::sql(
        "select a.id, a.kind, coalesce(g.last_four, '') as called, k.cart_id is not null as chosen,
                case when g.disabled_at is not null or g.expires_at <= $3 then 0
                     else a.balance - coalesce((select sum(h.amount) from credit_holds h
                              where h.account_id = a.id and h.cart_id <> $1 and h.expires_at > $3), 0)::bigint end as available
           from (select account_id as id from checkout_credits where cart_id = $1
                 union select own.id from carts c join credit_accounts own on own.customer_id = c.customer_id where c.id = $1) near
                join credit_accounts a on a.id = near.id
                left join gift_cards g on g.account_id = a.id
                left join checkout_credits k on k.account_id = a.id and k.cart_id = $1
          where a.currency = $2
            and (a.kind = 'gift_card' or a.customer_id = (select customer_id from carts where id = $1))
          order by a.kind, k.added_at, a.id",
    )
    .bind::<BigInt, _>(cart)
    .bind::<Text, _>(currency.code())
    .bind::<Timestamptz, _>(now)
    .load(conn)
    .await?;
    let source = |row: &Row| Source { account: row.id, kind: row.kind, called: row.called.clone(), available: row.available };
    let chosen: Vec<Source> = rows.iter().filter(|row| row.chosen).map(source).collect();
    let offered = rows.iter().find(|row| !row.chosen && row.available > 0).map(source);
    Ok(Wallet { parts: spread(total, &chosen), offered })
}

impl Wallet {
    /// What it pays, in minor units.
    pub fn paid(&self) -> i64 {
        self.parts.iter().map(|part| part.amount).sum()
    }

    /// The parts that pay something.
    pub fn paying(&self) -> Vec<Part> {
        self.parts.iter().filter(|part| part.amount > 0).cloned().collect()
    }

    /// What the order is paid with, where it is paid wholly: nothing else is asked then.
    pub fn covering(&self, total: i64) -> Option<Method> {
        let first = self.parts.iter().find(|part| part.amount > 0)?;
        (self.paid() >= total).then(|| Method::from(first.kind))
    }

    /// Tells apart what is paid with; empty where that is nothing.
    pub fn mark(&self) -> String {
        let paying = self.paying();
        if paying.is_empty() {
            return String::new();
        }
        let said: String = paying.iter().map(|part| format!("{}:{};", part.account, part.amount)).collect();
        format!("-{}", hex::encode(&Sha256::digest(said)[..8]))
    }
}

/// Why a card or credit is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditRefused {
    /// No card that is good has this code; whether there ever was one is nobody's business.
    Unknown,
    Empty,
    /// It is in another currency.
    OtherCurrency(Currency),
    TooMany,
    /// There is nothing to pay for.
    NoCart,
}

impl Refusal for CreditRefused {
    fn message(&self) -> Message {
        match self {
            CreditRefused::Unknown => Message::new("credit-code-unknown"),
            CreditRefused::Empty => Message::new("credit-code-empty"),
            CreditRefused::OtherCurrency(currency) => Message::new("credit-code-currency").text("currency", currency.code()),
            CreditRefused::TooMany => {
                Message::new("credit-too-many").count("count", crate::engines::credit::model::MOST_AT_ONCE as i64)
            }
            CreditRefused::NoCart => Message::new("cart-empty"),
        }
    }
}
