//! Reads of carts.

use std::collections::HashMap;

use diesel::define_sql_function;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use super::model::Line;
use super::parts::{self, Stands, standing};
use crate::engines::pricing::{self, Content, Tariff};
use crate::features::catalog::model::BundlePart;
use crate::features::catalog::queries::bundle_parts;
use crate::platform::base::{
    Broke, CartId, CartLineId, CustomerId, MediaId, Moment, Money, ProductId, TaxClassId, TokenHash, VariantId,
};
use crate::platform::db::Conn;
use crate::platform::i18n::{Said, Translations, Wording};
use crate::platform::media::Picture;
use crate::platform::media::queries::pictures_by_ids;
use crate::platform::schema::{
    cart_declined_gifts, cart_lines, carts, orders, payment_sessions, payments, product_media, products, stock_reservations,
    variants,
};

/// A cart, until when it is kept, and the token of the order if it was placed already.
pub type Found = (CartId, Moment, Option<String>);

/// What a cart's token opens; a customer's cart is opened by their session alone.
pub async fn cart_by_token(conn: &mut Conn, token: &TokenHash, now: Moment) -> QueryResult<Option<Found>> {
    carts::table
        .left_join(orders::table.on(orders::cart_id.eq(carts::id)))
        .filter(carts::token_hash.eq(token.as_bytes()))
        .filter(carts::expires_at.gt(now))
        .filter(carts::customer_id.is_null())
        .select((carts::id, carts::expires_at, orders::token.nullable()))
        .first(conn)
        .await
        .optional()
}

/// The cart of a customer: the one that can be filled, else the one that became an order last.
pub async fn cart_of(conn: &mut Conn, customer: CustomerId, now: Moment) -> QueryResult<Option<Found>> {
    carts::table
        .left_join(orders::table.on(orders::cart_id.eq(carts::id)))
        .filter(carts::customer_id.eq(customer))
        .filter(carts::expires_at.gt(now))
        .order(carts::placed_at.desc().nulls_first())
        .select((carts::id, carts::expires_at, orders::token.nullable()))
        .first(conn)
        .await
        .optional()
}

/// Whose cart it is; `None`: whoever's has its token.
pub async fn owner_of(conn: &mut Conn, cart: CartId) -> QueryResult<Option<CustomerId>> {
    carts::table.find(cart.0).select(carts::customer_id).first(conn).await
}

type LineRow = (CartLineId, VariantId, i32, i64, i64, i32, Option<String>);
type VariantRow = (
    ProductId,
    i64,
    Option<i64>,
    String,
    i32,
    bool,
    (bool, Option<TaxClassId>),
    Option<MediaId>,
    Option<Moment>,
    Option<String>,
    Said,
    Option<Content>,
);
type ProductRow = (String, String, String, Translations, bool);

define_sql_function! {
    /// A variant's title in other languages than the shop's main one.
    fn variant_titles(variant: BigInt) -> Jsonb;
}

/// The lines of a cart, oldest first, with today's prices for whoever's cart it is, stock and pictures; as many statements
/// whatever its length.
pub async fn lines_of(conn: &mut Conn, cart: CartId, now: Moment) -> Result<Vec<Line>, Broke> {
    let rows: Vec<(LineRow, VariantRow, ProductRow)> = cart_lines::table
        .inner_join(variants::table.on(variants::id.eq(cart_lines::variant_id)))
        .inner_join(products::table.on(products::id.eq(variants::product_id)))
        .filter(cart_lines::cart_id.eq(cart))
        .order(cart_lines::id)
        .select((
            (
                cart_lines::id,
                cart_lines::variant_id,
                cart_lines::quantity,
                cart_lines::seen_price,
                cart_lines::discount,
                cart_lines::discount_for,
                cart_lines::seen_currency,
            ),
            (
                variants::product_id,
                variants::price,
                variants::compare_at,
                variants::title,
                variants::weight_grams,
                variants::requires_shipping,
                (variants::taxable, variants::tax_class_id),
                variants::media_id,
                variants::archived_at,
                variants::sku,
                variant_titles(variants::id),
                variants::content,
            ),
            (products::title, products::handle, products::status, products::translations, products::gift_card),
        ))
        .load(conn)
        .await?;
    let wanted: Vec<VariantId> = rows.iter().map(|row| row.0.1).collect();
    let tariff = pricing::queries::tariff(conn, &wanted, Some(cart), now).await?;
    let mut parts = bundle_parts(conn, &wanted).await?;
    let pieces: Vec<(VariantId, i32)> = rows.iter().map(|row| (row.0.1, row.0.2)).collect();
    let stands = standing(conn, cart, &pieces, &parts, now).await?;
    let products: Vec<ProductId> = rows.iter().map(|row| row.1.0).collect();
    let first = first_pictures(conn, &products).await?;
    let chosen = |row: &(LineRow, VariantRow, ProductRow)| row.1.7.or_else(|| first.get(&row.1.0).copied());
    let ids: Vec<MediaId> = rows.iter().filter_map(chosen).collect();
    let pictures = pictures_by_ids(conn, &ids).await?;
    let shown = |(row, stands): ((LineRow, VariantRow, ProductRow), Stands)| {
        let picture = chosen(&row).and_then(|id| pictures.get(&id)).cloned();
        let parts = parts.remove(&row.0.1).unwrap_or_default();
        line(row, &tariff, stands, parts, picture, now)
    };
    Ok(rows.into_iter().zip(stands).map(shown).collect())
}

/// The goods of a cart without what they cost, oldest first: what, how many, and whether the shop still sells it.
pub async fn goods_of(conn: &mut Conn, cart: CartId) -> QueryResult<Vec<(VariantId, i32, bool)>> {
    cart_lines::table
        .inner_join(variants::table.on(variants::id.eq(cart_lines::variant_id)))
        .inner_join(products::table.on(products::id.eq(variants::product_id)))
        .filter(cart_lines::cart_id.eq(cart))
        .order(cart_lines::id)
        .select((
            cart_lines::variant_id,
            cart_lines::quantity,
            products::status.eq("active").and(variants::archived_at.is_null()),
        ))
        .load(conn)
        .await
}

fn line(
    (row, variant, product): (LineRow, VariantRow, ProductRow),
    tariff: &Tariff,
    stands: Stands,
    parts: Vec<BundlePart>,
    picture: Option<Picture>,
    now: Moment,
) -> Line {
    let weight = parts.iter().map(|part| part.weight_grams.saturating_mul(part.quantity)).fold(0, i32::saturating_add);
    let price = tariff.price(row.1, variant.1, row.2, now);
    Line {
        id: row.0,
        variant: row.1,
        product: variant.0,
        quantity: row.2,
        currency: tariff.sale.exchange.to,
        seen: Money::new(row.3, row.6.and_then(|code| code.parse().ok()).unwrap_or(tariff.sale.exchange.to)),
        price,
        compare_at: variant.2.map(|before| tariff.sale.exchange.price(before)),
        discount: if row.5 == row.2 { row.4.min(price.saturating_mul(i64::from(row.2))) } else { 0 },
        title: product.3.wording("title", product.0),
        variant_title: Wording::new(variant.3, variant.10),
        sku: variant.9.unwrap_or_default(),
        handle: product.1,
        content: variant.11,
        weight_grams: if parts.is_empty() { variant.4 } else { weight },
        requires_shipping: !product.4
            && if parts.is_empty() { variant.5 } else { parts.iter().any(|part| part.requires_shipping) },
        taxable: variant.6.0 && !product.4,
        tax_class: variant.6.1,
        gift_card: product.4,
        offered: product.2 == "active" && variant.8.is_none(),
        saleable: stands.saleable,
        wait: stands.wait,
        parts,
        picture,
    }
}

/// What a thing usually costs and whether it is offered, for adding it.
pub struct Offer {
    /// Before any price list.
    pub price: i64,
    pub title: Wording,
    pub handle: String,
    pub offered: bool,
}

pub async fn offer(conn: &mut Conn, variant: VariantId) -> QueryResult<Option<Offer>> {
    let row: Option<(i64, Option<Moment>, String, String, String, Translations)> = variants::table
        .inner_join(products::table.on(products::id.eq(variants::product_id)))
        .filter(variants::id.eq(variant))
        .select((
            variants::price,
            variants::archived_at,
            products::status,
            products::title,
            products::handle,
            products::translations,
        ))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(|(price, archived, status, title, handle, words)| Offer {
        price,
        title: words.wording("title", title),
        handle,
        offered: archived.is_none() && status == "active",
    }))
}

/// The first picture of each product.
async fn first_pictures(conn: &mut Conn, products: &[ProductId]) -> QueryResult<HashMap<ProductId, MediaId>> {
    let rows: Vec<(ProductId, MediaId)> = product_media::table
        .filter(product_media::product_id.eq_any(products))
        .distinct_on(product_media::product_id)
        .order((product_media::product_id, product_media::position, product_media::id))
        .select((product_media::product_id, product_media::media_id))
        .load(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Whether a line is in this cart.
pub async fn holds(conn: &mut Conn, cart: CartId, line: CartLineId) -> QueryResult<bool> {
    let lines = cart_lines::table.filter(cart_lines::id.eq(line)).filter(cart_lines::cart_id.eq(cart));
    diesel::select(diesel::dsl::exists(lines)).get_result(conn).await
}

/// Pieces of a thing in a cart.
pub async fn pieces_of(conn: &mut Conn, cart: CartId, variant: VariantId) -> QueryResult<i32> {
    let lines = cart_lines::table.filter(cart_lines::cart_id.eq(cart)).filter(cart_lines::variant_id.eq(variant));
    Ok(lines.select(cart_lines::quantity).first(conn).await.optional()?.unwrap_or(0))
}

/// Until when a cart's goods are held for it, if they are.
pub async fn held_until(conn: &mut Conn, cart: CartId, now: Moment) -> QueryResult<Option<Moment>> {
    stock_reservations::table
        .filter(stock_reservations::cart_id.eq(cart))
        .filter(stock_reservations::expires_at.gt(now))
        .select(diesel::dsl::min(stock_reservations::expires_at))
        .first(conn)
        .await
}

/// Whether a gateway's page is open where what was in this cart is paid.
pub async fn is_being_paid(conn: &mut Conn, cart: CartId) -> QueryResult<bool> {
    let open = payment_sessions::table
        .inner_join(payments::table.on(payments::id.eq(payment_sessions::payment_id)))
        .filter(payment_sessions::cart_id.eq(cart))
        .filter(payments::state.eq("pending"));
    diesel::select(exists(open)).get_result(conn).await
}

/// A gift that a promotion gives, as the cart offers it.
#[derive(Clone, Debug)]
pub struct Gift {
    pub product: ProductId,
    pub title: Wording,
    pub handle: String,
    /// What to put in with one press; `None` where it must be chosen.
    pub variant: Option<VariantId>,
    /// Whether the shopper said that they do not want it.
    pub declined: bool,
}

/// Those of these products that can be had: on sale, and something left of them for this cart.
pub async fn gifts(conn: &mut Conn, wanted: &[ProductId], cart: CartId, now: Moment) -> Result<Vec<Gift>, Broke> {
    let rows: Vec<(VariantId, ProductId, String, String, Translations)> = variants::table
        .inner_join(products::table.on(products::id.eq(variants::product_id)))
        .filter(products::id.eq_any(wanted.iter().map(|id| id.0).collect::<Vec<_>>()))
        .filter(products::status.eq("active"))
        .filter(variants::archived_at.is_null())
        .order((products::id, variants::position))
        .select((variants::id, products::id, products::handle, products::title, products::translations))
        .load(conn)
        .await?;
    let shelf = parts::saleable(conn, &rows.iter().map(|row| row.0).collect::<Vec<_>>(), cart, now).await?;
    let declined = cart_declined_gifts::table.filter(cart_declined_gifts::cart_id.eq(cart));
    let declined: Vec<ProductId> = declined.select(cart_declined_gifts::product_id).load(conn).await?;
    let mut gifts = Vec::new();
    for product in wanted {
        let can_be_had = |row: &&(VariantId, ProductId, _, _, _)| shelf.get(&row.0).is_some_and(|left| left.covers(1));
        let own: Vec<_> = rows.iter().filter(|row| row.1 == *product).filter(can_be_had).collect();
        if let [(variant, _, handle, title, translations), ..] = own.as_slice() {
            let title = translations.wording("title", title.clone());
            gifts.push(Gift {
                product: *product,
                title,
                handle: handle.clone(),
                variant: (own.len() == 1).then_some(*variant),
                declined: declined.contains(product),
            });
        }
    }
    Ok(gifts)
}
