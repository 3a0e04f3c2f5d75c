//! Forgetting whom an order was for. While goods or money are still to move, an order needs its person. Then, if they asked, it keeps for as
//! long as tax law wants only what an invoice must show: name and address of whoever pays, and the country and postal code it went to.
//! When that time is over it keeps neither, whether anybody asked or not; goods, amounts and taxes stay.

use std::borrow::Cow;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::engines::payments::commands as payments;
use crate::engines::promotions;
use crate::engines::shipping::labels;
use crate::engines::tax;
use crate::platform::base::{CartId, CustomerId, Moment, OrderId};
use crate::platform::db::{self, Conn};
use crate::platform::mail::NOBODY;

/// Orders that are worked on at once.
const AT_ONCE: i64 = 500;

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: OrderId,
    #[diesel(sql_type = BigInt)]
    cart_id: CartId,
}

/// Notes that somebody asked to be forgotten, and forgets what can be at once; returns their orders with the carts they came from.
/// `emails`: their proved addresses in small letters, by which guests' orders are found.
pub async fn forget_person(
    tx: &mut Conn,
    customer: Option<CustomerId>,
    emails: &[String],
    now: Moment,
) -> QueryResult<Vec<(OrderId, CartId)>> {
    let theirs: Vec<Found> = db::sql(
        "select id, cart_id from orders
          where customer_id = $1 or (customer_id is null and lower(email) = any($2)) order by id for no key update",
    )
    .bind::<Nullable<BigInt>, _>(customer)
    .bind::<Array<Text>, _>(emails)
    .load(tx)
    .await?;
    db::sql(
        "insert into forgotten_orders (order_id, asked_at) select id, $2 from unnest($1) id
             on conflict (order_id) do update set asked_at = coalesce(forgotten_orders.asked_at, excluded.asked_at)",
    )
    .bind::<Array<BigInt>, _>(theirs.iter().map(|order| order.id).collect::<Vec<_>>())
    .bind::<Timestamptz, _>(now)
    .execute(tx)
    .await?;
    reduce(tx, now).await?;
    Ok(theirs.into_iter().map(|order| (order.id, order.cart_id)).collect())
}

/// Reduces the orders of those who asked that are done by now. An order that nobody ever paid for is no matter of taxes: it forgets all.
pub async fn reduce(tx: &mut Conn, now: Moment) -> QueryResult<usize> {
    let found: Vec<Found> = db::sql(
        "select o.id, o.cart_id from forgotten_orders f join orders o on o.id = f.order_id
          where f.asked_at is not null and f.reduced_at is null and o.status <> 'open'
          order by o.id limit $1 for no key update of o",
    )
    .bind::<BigInt, _>(AT_ONCE)
    .load(tx)
    .await?;
    let orders: Vec<OrderId> = found.into_iter().map(|order| order.id).collect();
    if orders.is_empty() {
        return Ok(0);
    }
    db::sql(
        "update orders set billing_address = billing_address - 'phone',
                shipping_address = jsonb_build_object('name', '', 'street', '', 'city', '', 'country', shipping_address->'country',
                                                      'postal_code', coalesce(shipping_address->'postal_code', to_jsonb(''::text)))
          where id = any($1)",
    )
    .bind::<Array<BigInt>, _>(&orders)
    .execute(tx)
    .await?;
    close(tx, &orders).await?;
    db::sql("update forgotten_orders set reduced_at = $2 where order_id = any($1)")
        .bind::<Array<BigInt>, _>(&orders)
        .bind::<Timestamptz, _>(now)
        .execute(tx)
        .await?;
    let unpaid: Vec<Found> = db::sql(
        "select id, cart_id from orders where id = any($1) and status in ('cancelled', 'expired') and payment_status in ('unpaid', 'voided')",
    )
    .bind::<Array<BigInt>, _>(&orders)
    .load(tx)
    .await?;
    empty(tx, &unpaid.into_iter().map(|order| order.id).collect::<Vec<_>>(), now).await?;
    Ok(orders.len())
}

/// Empties orders that were placed before a moment, since when tax law no longer asks for a name; those that are still open stay.
pub async fn anonymise(tx: &mut Conn, before: Moment, now: Moment) -> QueryResult<usize> {
    let old: Vec<Found> = db::sql(
        "select o.id, o.cart_id from orders o left join forgotten_orders f on f.order_id = o.id
          where o.placed_at < $1 and f.anonymised_at is null and o.status <> 'open' order by o.id limit $2 for no key update of o",
    )
    .bind::<Timestamptz, _>(before)
    .bind::<BigInt, _>(AT_ONCE)
    .load(tx)
    .await?;
    let orders: Vec<OrderId> = old.into_iter().map(|order| order.id).collect();
    if !orders.is_empty() {
        close(tx, &orders).await?;
        empty(tx, &orders, now).await?;
    }
    Ok(orders.len())
}

/// What no law asks for: how to reach the person, what they and staff wrote, where parcels were, and the link to the order's page.
async fn close(tx: &mut Conn, orders: &[OrderId]) -> QueryResult<()> {
    let unreachable = format!(
        "update orders set email = '{NOBODY}', note = '', version = version + 1,
                token = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') where id = any($1)"
    );
    for sql in [
        Cow::Owned(unreachable),
        "delete from order_timeline where order_id = any($1) and kind = 'note'".into(),
        "update order_timeline set detail = detail - array['before', 'after', 'text', 'reason', 'tracking'] where order_id = any($1)".into(),
        "update fulfilments set tracking_number = '', tracking_url = '' where order_id = any($1)".into(),
    ] {
        db::sql(sql).bind::<Array<BigInt>, _>(orders).execute(tx).await?;
    }
    labels::forget(tx, orders).await?;
    promotions::uses::forget_orders(tx, orders).await?;
    payments::forget_reasons(tx, orders).await
}

/// Empties names and addresses; the countries stay, since taxes were computed by them.
async fn empty(tx: &mut Conn, orders: &[OrderId], now: Moment) -> QueryResult<()> {
    db::sql(
        "update orders set customer_name = '–', customer_id = null,
                shipping_address = jsonb_build_object('name', '', 'street', '', 'city', '', 'country', shipping_address->'country'),
                billing_address = jsonb_build_object('name', '', 'street', '', 'city', '', 'country', billing_address->'country')
          where id = any($1)",
    )
    .bind::<Array<BigInt>, _>(orders)
    .execute(tx)
    .await?;
    tax::vat_checks::forget_names(tx, orders).await?;
    db::sql("update order_tax_standings set vat_id = '', exempt = '', vat_check_id = null where order_id = any($1)")
        .bind::<Array<BigInt>, _>(orders)
        .execute(tx)
        .await?;
    db::sql(
        "insert into forgotten_orders (order_id, reduced_at, anonymised_at) select id, $2, $2 from unnest($1) id
             on conflict (order_id) do update set reduced_at = coalesce(forgotten_orders.reduced_at, $2), anonymised_at = $2",
    )
    .bind::<Array<BigInt>, _>(orders)
    .bind::<Timestamptz, _>(now)
    .execute(tx)
    .await?;
    Ok(())
}
