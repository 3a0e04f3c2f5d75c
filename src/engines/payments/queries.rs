//! Reads of payments.

use std::collections::HashMap;

use diesel::dsl::sum;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{Payment, PaymentState};
use crate::platform::base::{Moment, OrderId, PaymentId};
use crate::platform::db::Conn;
use crate::platform::schema::{payment_captures, payment_refunds, payments};

diesel::define_sql_function! {
    /// numeric sums of bigint columns, back as bigint.
    #[sql_name = "int8"]
    fn whole(sum: diesel::sql_types::Nullable<diesel::sql_types::Numeric>) -> diesel::sql_types::Nullable<diesel::sql_types::BigInt>;
}

/// The payments of an order, oldest first.
pub async fn payments_of(conn: &mut Conn, order: OrderId) -> QueryResult<Vec<Payment>> {
    let rows: Vec<(PaymentId, String, String, i64, PaymentState, Moment)> = payments::table
        .filter(payments::order_id.eq(order))
        .order(payments::id)
        .select((payments::id, payments::gateway, payments::reference, payments::amount, payments::state, payments::created_at))
        .load(conn)
        .await?;
    let ids: Vec<PaymentId> = rows.iter().map(|row| row.0).collect();
    let captured: Vec<(PaymentId, Option<i64>)> = payment_captures::table
        .filter(payment_captures::payment_id.eq_any(&ids))
        .group_by(payment_captures::payment_id)
        .select((payment_captures::payment_id, whole(sum(payment_captures::amount))))
        .load(conn)
        .await?;
    let refunded: Vec<(PaymentId, Option<i64>)> = payment_refunds::table
        .filter(payment_refunds::payment_id.eq_any(&ids))
        .filter(payment_refunds::state.ne("failed"))
        .group_by(payment_refunds::payment_id)
        .select((payment_refunds::payment_id, whole(sum(payment_refunds::amount))))
        .load(conn)
        .await?;
    let (captured, refunded): (HashMap<_, _>, HashMap<_, _>) = (captured.into_iter().collect(), refunded.into_iter().collect());
    let of = |sums: &HashMap<PaymentId, Option<i64>>, id| sums.get(&id).copied().flatten().unwrap_or(0);
    let payment = |(id, gateway, reference, amount, state, created_at)| Payment {
        captured: of(&captured, id),
        refunded: of(&refunded, id),
        id,
        gateway,
        reference,
        amount,
        state,
        created_at,
    };
    Ok(rows.into_iter().map(payment).collect())
}

/// Whether a capture was recorded under this key.
pub async fn is_captured(conn: &mut Conn, key: &str) -> QueryResult<bool> {
    let rows = payment_captures::table.filter(payment_captures::idempotency_key.eq(key));
    Ok(rows.count().get_result::<i64>(conn).await? > 0)
}
