//! The parcels of orders, and from where what is left of an order will leave.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::features::orders::model::Tracking;
use crate::features::orders::origins::Promised;
use crate::platform::base::{FulfilmentId, LocationId, Moment, OrderId, OrderLineId, VariantId};
use crate::platform::db::Conn;
use crate::platform::schema::{fulfilment_lines, fulfilments, locations, order_lines, stock, stock_allocations};

/// A parcel and what is in it.
#[derive(Clone, Debug)]
pub struct Parcel {
    pub id: FulfilmentId,
    pub at: Moment,
    pub tracking: Tracking,
    /// Where it left, if it left one place alone.
    pub place: Option<String>,
    pub contents: Vec<(OrderLineId, i32)>,
}

/// The parcels of these orders, the first one first.
pub(super) async fn parcels_of(conn: &mut Conn, orders: &[OrderId]) -> QueryResult<HashMap<OrderId, Vec<Parcel>>> {
    type Texts = (String, String, String);
    type Row = (OrderId, FulfilmentId, Moment, Texts, (Option<LocationId>, Option<String>), OrderLineId, i32);
    let rows: Vec<Row> = fulfilments::table
        .inner_join(fulfilment_lines::table.on(fulfilment_lines::fulfilment_id.eq(fulfilments::id)))
        .left_join(locations::table.on(locations::id.nullable().eq(fulfilments::location_id)))
        .filter(fulfilments::order_id.eq_any(orders))
        .order((fulfilments::id, fulfilment_lines::order_line_id))
        .select((
            fulfilments::order_id,
            fulfilments::id,
            fulfilments::at,
            (fulfilments::carrier, fulfilments::tracking_number, fulfilments::tracking_url),
            (fulfilments::location_id, locations::name.nullable()),
            fulfilment_lines::order_line_id,
            fulfilment_lines::quantity,
        ))
        .load(conn)
        .await?;
    let mut parcels: HashMap<OrderId, Vec<Parcel>> = HashMap::new();
    for (order, id, at, (carrier, number, url), (from, place), line, quantity) in rows {
        let parcels = parcels.entry(order).or_default();
        if parcels.last().is_none_or(|parcel| parcel.id != id) {
            let tracking = Tracking { carrier, number, url, from };
            parcels.push(Parcel { id, at, tracking, place, contents: Vec::new() });
        }
        if let Some(parcel) = parcels.last_mut() {
            parcel.contents.push((line, quantity));
        }
    }
    Ok(parcels)
}

type PromisedRow = (OrderLineId, LocationId, String, VariantId, (i32, i32));

/// Where the pieces that these lines still wait for are promised, in the order in which places are drawn on.
pub async fn promised_of(conn: &mut Conn, lines: &[OrderLineId]) -> QueryResult<Vec<Promised>> {
    let rows: Vec<PromisedRow> = stock_allocations::table
        .inner_join(stock::table.on(stock::id.eq(stock_allocations::stock_id)))
        .inner_join(locations::table.on(locations::id.eq(stock::location_id)))
        .filter(stock_allocations::order_line_id.eq_any(lines))
        .order((locations::position, locations::id, stock_allocations::order_line_id, stock::id))
        .select((
            stock_allocations::order_line_id,
            locations::id,
            locations::name,
            stock::variant_id,
            (stock_allocations::quantity, stock_allocations::per_line),
        ))
        .load(conn)
        .await?;
    let of = |(line, location, place, variant, (quantity, per_line)): PromisedRow| Promised {
        line,
        location,
        place,
        variant,
        quantity,
        per_line,
    };
    Ok(rows.into_iter().map(of).collect())
}

/// What one piece of each of these lines weighs, in grams.
pub async fn weights_of(conn: &mut Conn, lines: &[OrderLineId]) -> QueryResult<HashMap<OrderLineId, i32>> {
    let rows: Vec<(OrderLineId, i32)> = order_lines::table
        .filter(order_lines::id.eq_any(lines))
        .select((order_lines::id, order_lines::weight_grams))
        .load(conn)
        .await?;
    Ok(rows.into_iter().collect())
}
