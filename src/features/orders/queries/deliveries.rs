//! What was promised of the delivery of orders.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::features::orders::delivery::Delivery;
use crate::platform::base::OrderId;
use crate::platform::db::Conn;
use crate::platform::i18n::Translations;
use crate::platform::schema::order_deliveries;

type Row = (OrderId, (Option<NaiveDate>, Option<NaiveDate>), (i32, i32), String, String, Translations);

/// The promises of these orders; those before there were any, and those with nothing to send, have none.
pub(super) async fn deliveries_of(conn: &mut Conn, orders: &[OrderId]) -> QueryResult<HashMap<OrderId, Delivery>> {
    let rows: Vec<Row> = order_deliveries::table
        .filter(order_deliveries::order_id.eq_any(orders))
        .select((
            order_deliveries::order_id,
            (order_deliveries::first_day, order_deliveries::last_day),
            (order_deliveries::days_min, order_deliveries::days_max),
            order_deliveries::pickup,
            order_deliveries::pickup_note,
            order_deliveries::translations,
        ))
        .load(conn)
        .await?;
    let of = |(order, (first, last), days, pickup, note, translations): Row| {
        (order, Delivery { promised: first.zip(last), days, pickup, note, translations })
    };
    Ok(rows.into_iter().map(of).collect())
}
