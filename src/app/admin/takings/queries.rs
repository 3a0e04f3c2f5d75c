//! Reads of money that moved: captures and refunds in one list, the latest first. Gift cards and store credit are no new money: it came in
//! when a card was sold.

use std::fmt;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use rocket::form::{self, FromFormField, ValueField};

use crate::platform::base::{Moment, text_enum};
use crate::platform::db::{self, Conn};

text_enum! {
    /// Which way the money went.
    Kind { Capture = "capture", Refund = "refund" }
}

/// Money that moved.
#[derive(Clone, Debug, QueryableByName)]
pub struct Movement {
    #[diesel(sql_type = Timestamptz)]
    pub at: Moment,
    #[diesel(sql_type = Text)]
    pub kind: Kind,
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Minor units, never negative.
    #[diesel(sql_type = BigInt)]
    pub amount: i64,
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    #[diesel(sql_type = Text)]
    pub customer_name: String,
}

/// Where a page of the list ends: the movement above it, written "1764000000000000-capture-12".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Microseconds since 1970.
    pub at: i64,
    pub kind: Kind,
    pub id: i64,
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.at, self.kind, self.id)
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Edge {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let mut parts = field.value.splitn(3, '-');
        let edge = (|| {
            let (at, kind, id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            (0..=4_102_444_800_000_000).contains(&at).then_some(Edge { at, kind, id })
        })();
        edge.ok_or_else(|| form::Error::validation("error-choice").into())
    }
}

/// How much moved in a currency; amounts in its minor units.
#[derive(Clone, Debug, QueryableByName)]
pub struct Totals {
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    #[diesel(sql_type = BigInt)]
    pub captured: i64,
    #[diesel(sql_type = BigInt)]
    pub refunded: i64,
}

/// What moved from one moment on and before the other, for each currency, the shop's own first and always; refunds that failed did not move.
pub async fn totals(conn: &mut Conn, (from, end): (Moment, Moment)) -> QueryResult<Vec<Totals>> {
    db::sql(
        "with moved as (
            select p.currency, m.amount as came, 0::bigint as went, 1 as one from payment_captures m join payments p on p.id = m.payment_id
             where m.at >= $1 and m.at < $2 and m.state = 'done' and p.credit_account_id is null
            union all
            select p.currency, 0, r.amount, 1 from payment_refunds r join payments p on p.id = r.payment_id
             where r.at >= $1 and r.at < $2 and r.state <> 'failed' and r.credit_account_id is null
            union all
            select s.currency, 0, 0, 0 from settings s)
         select currency, sum(one)::bigint as count, sum(came)::bigint as captured, sum(went)::bigint as refunded
           from moved group by currency order by currency <> (select s.currency from settings s), currency",
    )
    .bind::<Timestamptz, _>(from)
    .bind::<Timestamptz, _>(end)
    .load(conn)
    .await
}

/// What moved in this time, the latest first; those below an edge of the list.
pub async fn movements(
    conn: &mut Conn,
    (from, end): (Moment, Moment),
    below: Option<Edge>,
    limit: i64,
) -> QueryResult<Vec<Movement>> {
    let below = below.unwrap_or(Edge { at: end.timestamp_micros(), kind: Kind::Capture, id: 0 });
    db::sql(
        "with moved as (
            (select at, 'capture' as kind, id, amount, payment_id from payment_captures c
              where at >= $1 and at < $2 and state = 'done' and (at, 'capture', id) < ($3, $4, $5)
                and not exists (select from payments p where p.id = c.payment_id and p.credit_account_id is not null)
              order by at desc, id desc limit $6)
            union all
            (select at, 'refund', id, amount, payment_id from payment_refunds
              where at >= $1 and at < $2 and state <> 'failed' and credit_account_id is null and (at, 'refund', id) < ($3, $4, $5)
              order by at desc, id desc limit $6)
         )
         select m.at, m.kind, m.id, m.amount, p.currency, o.number, o.customer_name
           from moved m join payments p on p.id = m.payment_id join orders o on o.id = p.order_id
          order by m.at desc, m.kind desc, m.id desc limit $6",
    )
    .bind::<Timestamptz, _>(from)
    .bind::<Timestamptz, _>(end)
    .bind::<Timestamptz, _>(below.moment())
    .bind::<Text, _>(below.kind.as_str())
    .bind::<BigInt, _>(below.id)
    .bind::<BigInt, _>(limit)
    .load(conn)
    .await
}
