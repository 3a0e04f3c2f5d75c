//! What an order is promised of the stock: its lines, the parts of its bundles, and what it waits for.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::engines::inventory::routing::Target;
use crate::engines::inventory::{OutOfStock, Part, Promise, promises};
use crate::features::orders::model::{Address, NewLine, NewOrder, NewPart};
use crate::platform::base::{Failed, Moment, OrderId, OrderLineId};
use crate::platform::db::Conn;
use crate::platform::schema::{order_line_parts, order_lines};

/// Promises the stock of an order to its lines, and keeps on each what was told: its parts, and from when it ships.
///
/// # Errors
/// Names the variants of which too few can be sold.
pub(super) async fn promise(
    tx: &mut Conn,
    order: OrderId,
    new: &NewOrder,
    lines: &[OrderLineId],
    now: Moment,
) -> Result<(), Failed<OutOfStock>> {
    keep_parts(tx, new, lines).await?;
    let promised: Vec<Promise> = lines
        .iter()
        .zip(new.lines.iter().zip(&new.quote.lines))
        .map(|(line, (new, quoted))| Promise {
            line: *line,
            variant: new.variant,
            quantity: quoted.quantity.get(),
            parts: parts_of(new),
        })
        .collect();
    let Address { country, region, postal_code, .. } = &new.shipping_address;
    let to = Target { country: *country, region, postal_code };
    for (line, wait) in promises::allocate(tx, order, new.cart, &promised, to, now).await? {
        let told = (
            order_lines::waiting.eq(wait.pieces),
            order_lines::waits_for.eq(wait.kind.as_str()),
            order_lines::waits_until.eq(wait.on.map(|day| day.date())),
        );
        diesel::update(order_lines::table.find(line)).set(told).execute(tx).await?;
    }
    Ok(())
}

fn parts_of(line: &NewLine) -> Vec<Part> {
    line.parts.iter().map(|part| Part { variant: part.variant, quantity: part.quantity }).collect()
}

async fn keep_parts(tx: &mut Conn, new: &NewOrder, lines: &[OrderLineId]) -> QueryResult<()> {
    let of = |(line, new): (&OrderLineId, &NewLine)| {
        let line = *line;
        let row = move |(position, part): (usize, &NewPart)| {
            (
                order_line_parts::order_line_id.eq(line),
                order_line_parts::variant_id.eq(part.variant),
                order_line_parts::quantity.eq(part.quantity),
                order_line_parts::title.eq(part.title.clone()),
                order_line_parts::variant_title.eq(part.variant_title.clone()),
                order_line_parts::translations.eq(part.translations.clone()),
                order_line_parts::sku.eq(part.sku.clone()),
                order_line_parts::position.eq(position as i32),
            )
        };
        new.parts.iter().enumerate().map(row).collect::<Vec<_>>()
    };
    let rows: Vec<_> = lines.iter().zip(&new.lines).flat_map(of).collect();
    if !rows.is_empty() {
        diesel::insert_into(order_line_parts::table).values(rows).execute(tx).await?;
    }
    Ok(())
}
