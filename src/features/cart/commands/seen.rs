//! Which prices the shopper has seen, so that the cart can say what became dearer or cheaper meanwhile.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::RunQueryDsl;

use crate::engines::pricing;
use crate::platform::base::{Broke, CartId, CartLineId, Moment, Quantity, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{cart_lines, variants};

/// What a piece costs whoever sees it: minor units, and of which currency; `None`: of the cart's.
pub(super) type SeenPrice = (i64, Option<String>);

/// What a piece of a thing costs in this cart when so many are in it.
pub(super) async fn price_in(
    tx: &mut Conn,
    cart: CartId,
    variant: VariantId,
    usual: i64,
    quantity: Quantity,
    now: Moment,
) -> Result<SeenPrice, Broke> {
    let tariff = pricing::queries::tariff(tx, &[variant], Some(cart), now).await?;
    Ok((tariff.price(variant, usual, quantity.get(), now), Some(tariff.sale.exchange.to.code().to_owned())))
}

/// The shopper sets another number: whoever knew the price knows that of the new number too. A change that they have not seen stays told.
pub(super) async fn follow(tx: &mut Conn, cart: CartId, line: CartLineId, quantity: Quantity, now: Moment) -> Result<(), Broke> {
    let row = cart_lines::table.inner_join(variants::table.on(variants::id.eq(cart_lines::variant_id)));
    let seen = (cart_lines::seen_price, cart_lines::seen_currency);
    let columns = (cart_lines::variant_id, cart_lines::quantity, seen, variants::price);
    let (variant, held, (seen, seen_in), usual): (VariantId, i32, SeenPrice, i64) =
        row.filter(cart_lines::id.eq(line)).select(columns).first(tx).await?;
    let tariff = pricing::queries::tariff(tx, &[variant], Some(cart), now).await?;
    let price = tariff.price(variant, usual, quantity.get(), now);
    let same_currency = seen_in.is_none_or(|code| code == tariff.sale.exchange.to.code());
    if same_currency && seen == tariff.price(variant, usual, held, now) && seen != price {
        diesel::update(cart_lines::table.find(line)).set(cart_lines::seen_price.eq(price)).execute(tx).await?;
    }
    Ok(())
}

/// Notes that the shopper has seen today's prices of everything in the cart.
pub async fn note_prices_seen(conn: &mut Conn, cart: CartId, now: Moment) -> Result<(), Broke> {
    let lines: Vec<(CartLineId, VariantId, i32, i64)> = cart_lines::table
        .inner_join(variants::table.on(variants::id.eq(cart_lines::variant_id)))
        .filter(cart_lines::cart_id.eq(cart))
        .order(cart_lines::id)
        .select((cart_lines::id, cart_lines::variant_id, cart_lines::quantity, variants::price))
        .load(conn)
        .await?;
    let goods: Vec<VariantId> = lines.iter().map(|line| line.1).collect();
    let tariff = pricing::queries::tariff(conn, &goods, Some(cart), now).await?;
    let prices = lines.iter().map(|(_, variant, quantity, usual)| tariff.price(*variant, *usual, *quantity, now));
    db::sql(
        "update cart_lines l set seen_price = n.price, seen_currency = $3 from unnest($1, $2) as n(id, price)
          where l.id = n.id and (l.seen_price <> n.price or l.seen_currency is distinct from $3)",
    )
    .bind::<Array<BigInt>, _>(lines.iter().map(|line| line.0).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(prices.collect::<Vec<_>>())
    .bind::<Text, _>(tariff.sale.exchange.to.code())
    .execute(conn)
    .await?;
    Ok(())
}
