//! The promise of an order's delivery: copied when it is placed, made anew when its money comes on a later day.

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::dsl::max;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::engines::shipping::{self, Ready};
use crate::features::orders::delivery::Delivery;
use crate::platform::base::{Broke, Day, Moment, OrderId};
use crate::platform::db::Conn;
use crate::platform::schema::{order_deliveries, order_lines, orders, settings};

/// Keeps what the shopper was told.
pub(super) async fn keep(tx: &mut Conn, order: OrderId, delivery: &Delivery) -> QueryResult<()> {
    let days = (order_deliveries::days_min.eq(delivery.days.0), order_deliveries::days_max.eq(delivery.days.1));
    let pickup = (order_deliveries::pickup.eq(&delivery.pickup), order_deliveries::pickup_note.eq(&delivery.note));
    let row = (
        order_deliveries::order_id.eq(order),
        order_deliveries::first_day.eq(delivery.promised.map(|days| days.0)),
        order_deliveries::last_day.eq(delivery.promised.map(|days| days.1)),
        days,
        pickup,
        order_deliveries::translations.eq(&delivery.translations),
    );
    diesel::insert_into(order_deliveries::table).values(row).execute(tx).await.map(drop)
}

/// An order that is paid later than on the day it was placed leaves later: its days are counted from now on.
pub(super) async fn count_anew(tx: &mut Conn, order: OrderId, now: Moment) -> Result<(), Broke> {
    let row: Option<((i32, i32), String, Moment)> = order_deliveries::table
        .inner_join(orders::table.on(orders::id.eq(order_deliveries::order_id)))
        .filter(order_deliveries::order_id.eq(order).and(order_deliveries::first_day.is_not_null()))
        .select(((order_deliveries::days_min, order_deliveries::days_max), order_deliveries::pickup, orders::placed_at))
        .first(tx)
        .await
        .optional()?;
    let Some((days, pickup, placed)) = row else { return Ok(()) };
    let zone: String = settings::table.select(settings::time_zone).first(tx).await?;
    let zone: Tz = zone.parse()?;
    if Day::of(placed, zone) == Day::of(now, zone) {
        return Ok(());
    }
    let hours = shipping::queries::hours(tx).await?;
    let waits: Option<NaiveDate> =
        order_lines::table.filter(order_lines::order_id.eq(order)).select(max(order_lines::waits_until)).first(tx).await?;
    let ready = waits.map_or(Ready::Now, |day| Ready::On(day.into()));
    let Some(left) = hours.leaves_when(ready, now, zone) else { return Ok(()) };
    let span = if pickup.is_empty() { hours.there(left, days) } else { hours.waits(left, days) };
    let values = (order_deliveries::first_day.eq(span.from.date()), order_deliveries::last_day.eq(span.to.date()));
    diesel::update(order_deliveries::table.find(order)).set(values).execute(tx).await?;
    Ok(())
}
