//! Reads of payments.

use std::collections::HashMap;

use diesel::dsl::{exists, sum};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use super::gateway::Known;
use super::model::{Attention, Capture, Method, Payment, PaymentState};
use crate::engines::credit::Kind;
use crate::platform::base::{Broke, CreditAccountId, Moment, Money, OrderId, PaymentId};
use crate::platform::db::Conn;
use crate::platform::schema::{credit_accounts, payment_captures, payment_events, payment_methods, payment_refunds, payments};

diesel::define_sql_function! {
    /// numeric sums of bigint columns, back as bigint.
    #[sql_name = "int8"]
    fn whole(sum: diesel::sql_types::Nullable<diesel::sql_types::Numeric>) -> diesel::sql_types::Nullable<diesel::sql_types::BigInt>;
}

type Row = (PaymentId, Method, Option<String>, i64, PaymentState, Option<Attention>, Moment, Option<CreditAccountId>);

/// The payments of an order, oldest first; pages where nobody paid are left out.
pub async fn payments_of(conn: &mut Conn, order: OrderId) -> QueryResult<Vec<Payment>> {
    let rows: Vec<Row> = payments::table
        .filter(payments::order_id.eq(order))
        .order(payments::id)
        .select((
            payments::id,
            payments::gateway,
            payments::reference,
            payments::amount,
            payments::state,
            payments::attention,
            payments::created_at,
            payments::credit_account_id,
        ))
        .load(conn)
        .await?;
    let ids: Vec<PaymentId> = rows.iter().map(|row| row.0).collect();
    let captures: Vec<(PaymentId, String, Option<i64>)> = payment_captures::table
        .filter(payment_captures::payment_id.eq_any(&ids))
        .group_by((payment_captures::payment_id, payment_captures::state))
        .select((payment_captures::payment_id, payment_captures::state, whole(sum(payment_captures::amount))))
        .load(conn)
        .await?;
    let refunds: Vec<(PaymentId, String, Option<i64>)> = payment_refunds::table
        .filter(payment_refunds::payment_id.eq_any(&ids))
        .group_by((payment_refunds::payment_id, payment_refunds::state))
        .select((payment_refunds::payment_id, payment_refunds::state, whole(sum(payment_refunds::amount))))
        .load(conn)
        .await?;
    let credited: Vec<(PaymentId, Option<i64>)> = payment_refunds::table
        .filter(payment_refunds::payment_id.eq_any(&ids))
        .filter(payment_refunds::credit_account_id.is_not_null())
        .group_by(payment_refunds::payment_id)
        .select((payment_refunds::payment_id, whole(sum(payment_refunds::amount))))
        .load(conn)
        .await?;
    let credited: HashMap<PaymentId, i64> = credited.into_iter().map(|(id, amount)| (id, amount.unwrap_or(0))).collect();
    let known = |rows: Vec<(PaymentId, String, Option<i64>)>| -> HashMap<(PaymentId, String), i64> {
        rows.into_iter().map(|(id, state, amount)| ((id, state), amount.unwrap_or(0))).collect()
    };
    let (captures, refunds) = (known(captures), known(refunds));
    let of = |sums: &HashMap<_, i64>, id: PaymentId, state: &str| sums.get(&(id, state.to_owned())).copied().unwrap_or(0);
    let payment = |(id, gateway, reference, amount, state, attention, created_at, account): Row| Payment {
        captured: of(&captures, id, "done"),
        capturing: of(&captures, id, "granted"),
        refunded: of(&refunds, id, "sent") + of(&refunds, id, "granted"),
        refunding: of(&refunds, id, "granted"),
        credited: credited.get(&id).copied().unwrap_or(0),
        account,
        id,
        gateway,
        reference: reference.unwrap_or_default(),
        amount,
        state,
        attention,
        created_at,
    };
    Ok(rows.into_iter().map(payment).collect())
}

/// Whether a capture was recorded under this key.
pub async fn is_captured(conn: &mut Conn, key: &str) -> QueryResult<bool> {
    let rows = payment_captures::table.filter(payment_captures::idempotency_key.eq(key));
    diesel::select(exists(rows)).get_result(conn).await
}

/// Whether a refund was granted under this key.
pub async fn is_refunded(conn: &mut Conn, key: &str) -> QueryResult<bool> {
    let rows = payment_refunds::table.filter(payment_refunds::idempotency_key.eq(key));
    diesel::select(exists(rows)).get_result(conn).await
}

/// What a refund became that did not go back the way the money came: more on a card, or store credit.
pub async fn refunded_as(conn: &mut Conn, refund: i64) -> QueryResult<Option<Kind>> {
    payment_refunds::table
        .inner_join(credit_accounts::table.on(payment_refunds::credit_account_id.eq(credit_accounts::id.nullable())))
        .filter(payment_refunds::id.eq(refund))
        .select(credit_accounts::kind)
        .first(conn)
        .await
        .optional()
}

/// A payment by itself.
#[derive(Clone, Debug)]
pub struct Opened {
    pub id: PaymentId,
    pub order: Option<OrderId>,
    pub method: Method,
    pub known: Known,
    pub asked: Money,
    pub capture: Capture,
    pub state: PaymentState,
    pub attention: Option<Attention>,
    pub expires_at: Option<Moment>,
}

type OpenedRow = (
    PaymentId,
    Option<OrderId>,
    Method,
    String,
    Option<String>,
    i64,
    String,
    Capture,
    PaymentState,
    Option<Attention>,
    Option<Moment>,
);

fn opened(row: OpenedRow) -> Result<Opened, Broke> {
    let (id, order, method, key, reference, amount, currency, capture, state, attention, expires_at) = row;
    let currency = currency.parse().map_err(|()| anyhow::anyhow!("payment {id} has no known currency"))?;
    let (known, asked) = (Known { key, reference }, Money::new(amount, currency));
    Ok(Opened { id, order, method, known, asked, capture, state, attention, expires_at })
}

macro_rules! opened_columns {
    () => {
        (
            payments::id,
            payments::order_id,
            payments::gateway,
            payments::idempotency_key,
            payments::reference,
            payments::amount,
            payments::currency,
            payments::capture,
            payments::state,
            payments::attention,
            payments::expires_at,
        )
    };
}

pub async fn payment_by_id(conn: &mut Conn, id: PaymentId) -> Result<Option<Opened>, Broke> {
    let row: Option<OpenedRow> = payments::table.find(id).select(opened_columns!()).first(conn).await.optional()?;
    row.map(opened).transpose()
}

/// A payment by what the gateway calls it, or by our key.
pub async fn payment_known(conn: &mut Conn, method: Method, reference: &str, key: &str) -> Result<Option<Opened>, Broke> {
    let named = payments::reference.eq(reference).or(payments::idempotency_key.eq(key));
    let rows = payments::table.filter(payments::gateway.eq(method)).filter(named.assume_not_null());
    let row: Option<OpenedRow> = rows.select(opened_columns!()).first(conn).await.optional()?;
    row.map(opened).transpose()
}

/// Hosted payments that wait and whose page should have closed by then, oldest first.
pub async fn sessions_to_close(conn: &mut Conn, by: Moment, limit: i64) -> QueryResult<Vec<PaymentId>> {
    payments::table
        .filter(payments::state.eq(PaymentState::Pending))
        .filter(payments::expires_at.le(by))
        .order((payments::expires_at, payments::id))
        .select(payments::id)
        .limit(limit)
        .load(conn)
        .await
}

/// Payments that staff should look at, newest first.
pub async fn with_attention(conn: &mut Conn, limit: i64) -> Result<Vec<Opened>, Broke> {
    let rows = payments::table.filter(payments::attention.is_not_null()).order(payments::id.desc()).limit(limit);
    let rows: Vec<OpenedRow> = rows.select(opened_columns!()).load(conn).await?;
    rows.into_iter().map(opened).collect()
}

/// Something granted that the gateway must still be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    /// Row of the capture or refund.
    pub id: i64,
    pub what: What,
    pub amount: i64,
    pub key: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Capture,
    Refund,
    /// All of it, taken or not.
    GiveBack,
}

/// What of a payment is granted and not yet answered, in the order it was granted.
pub async fn errands(conn: &mut Conn, payment: &Opened) -> QueryResult<Vec<Errand>> {
    let captures: Vec<(i64, i64, String)> = payment_captures::table
        .filter(payment_captures::payment_id.eq(payment.id))
        .filter(payment_captures::state.eq("granted"))
        .order(payment_captures::id)
        .select((payment_captures::id, payment_captures::amount, payment_captures::idempotency_key))
        .load(conn)
        .await?;
    let refunds: Vec<(i64, i64, String)> = payment_refunds::table
        .filter(payment_refunds::payment_id.eq(payment.id))
        .filter(payment_refunds::state.eq("granted"))
        .order(payment_refunds::id)
        .select((payment_refunds::id, payment_refunds::amount, payment_refunds::idempotency_key))
        .load(conn)
        .await?;
    let of = |what| move |(id, amount, key)| Errand { id, what, amount, key };
    let mut errands: Vec<Errand> = captures.into_iter().map(of(What::Capture)).collect();
    errands.extend(refunds.into_iter().map(of(What::Refund)));
    if payment.state == PaymentState::Voiding {
        let key = format!("payment:{}:back", payment.id);
        errands.push(Errand { id: 0, what: What::GiveBack, amount: payment.asked.amount, key });
    }
    Ok(errands)
}

/// A way to pay, as staff set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable)]
pub struct Offered {
    pub method: Method,
    pub enabled: bool,
    pub capture: Capture,
}

/// All ways to pay, in the order they are offered.
pub async fn methods(conn: &mut Conn) -> QueryResult<Vec<Offered>> {
    payment_methods::table
        .order(payment_methods::position)
        .select((payment_methods::method, payment_methods::enabled, payment_methods::capture))
        .load(conn)
        .await
}

/// Something that happened to a payment.
#[derive(Clone, Debug, Queryable)]
pub struct Event {
    pub payment: PaymentId,
    pub kind: String,
    pub detail: Value,
    pub at: Moment,
}

/// What happened to these payments, newest first.
pub async fn events_of(conn: &mut Conn, payments: &[PaymentId]) -> QueryResult<Vec<Event>> {
    payment_events::table
        .filter(payment_events::payment_id.eq_any(payments))
        .order(payment_events::id.desc())
        .select((payment_events::payment_id, payment_events::kind, payment_events::detail, payment_events::at))
        .load(conn)
        .await
}
