//! What the bundles of a cart are made of, and what of a cart's lines can be had: a bundle and a single piece share their shelves.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::Saleable;
use crate::engines::inventory::{self, Part, Recipes, Shelves, Wait, wait_for};
use crate::features::catalog::model::BundlePart;
use crate::platform::base::{CartId, Moment, VariantId};
use crate::platform::db::Conn;
use crate::platform::schema::cart_lines;

fn recipes(parts: &HashMap<VariantId, Vec<BundlePart>>) -> Recipes {
    let part = |part: &BundlePart| Part { variant: part.variant, quantity: part.quantity };
    parts.iter().map(|(bundle, parts)| (*bundle, parts.iter().map(part).collect())).collect()
}

/// What of a line can be had, and what of it must be waited for.
#[derive(Clone, Copy, Debug)]
pub struct Stands {
    pub saleable: Saleable,
    pub wait: Option<Wait>,
}

/// How these lines of a cart stand; of what they share, the earlier line has its pieces first.
pub async fn standing(
    conn: &mut Conn,
    cart: CartId,
    lines: &[(VariantId, i32)],
    parts: &HashMap<VariantId, Vec<BundlePart>>,
    now: Moment,
) -> QueryResult<Vec<Stands>> {
    let of: Vec<VariantId> = lines.iter().map(|line| line.0).collect();
    let mut shelves = inventory::queries::shelves(conn, &of, recipes(parts), Some(cart), now).await?;
    Ok(lines.iter().map(|(variant, quantity)| stands(&mut shelves, *variant, *quantity)).collect())
}

fn stands(shelves: &mut Shelves, variant: VariantId, quantity: i32) -> Stands {
    let saleable = left(shelves, variant);
    let pieces = shelves.saleable(variant).min(i64::from(quantity));
    let drawn = shelves.take(variant, pieces).unwrap_or_default();
    Stands { saleable, wait: wait_for(&drawn) }
}

fn left(shelves: &Shelves, variant: VariantId) -> Saleable {
    if shelves.unlimited(variant) { Saleable::Endless } else { Saleable::Pieces(shelves.saleable(variant)) }
}

/// How many of each a cart can still have: what others have reserved is gone, what this cart has reserved is not.
pub async fn saleable(
    conn: &mut Conn,
    variants: &[VariantId],
    cart: CartId,
    now: Moment,
) -> QueryResult<HashMap<VariantId, Saleable>> {
    let recipes = inventory::queries::recipes(conn, variants).await?;
    let shelves = inventory::queries::shelves(conn, variants, recipes, Some(cart), now).await?;
    Ok(variants.iter().map(|variant| (*variant, left(&shelves, *variant))).collect())
}

/// How many of one thing a cart can have beside its other lines.
pub async fn saleable_beside(conn: &mut Conn, cart: Option<CartId>, variant: VariantId, now: Moment) -> QueryResult<Saleable> {
    let others = cart_lines::table
        .filter(cart_lines::cart_id.eq(cart.unwrap_or(CartId(0))))
        .filter(cart_lines::variant_id.ne(variant))
        .order(cart_lines::id)
        .select((cart_lines::variant_id, cart_lines::quantity));
    let others: Vec<(VariantId, i32)> = if cart.is_some() { others.load(conn).await? } else { Vec::new() };
    let all: Vec<VariantId> = others.iter().map(|line| line.0).chain([variant]).collect();
    let recipes = inventory::queries::recipes(conn, &all).await?;
    // Without bundles no two lines share a shelf.
    let (all, others) = if recipes.is_empty() { (vec![variant], Vec::new()) } else { (all, others) };
    let mut shelves = inventory::queries::shelves(conn, &all, recipes, cart, now).await?;
    for (other, quantity) in others {
        stands(&mut shelves, other, quantity);
    }
    Ok(left(&shelves, variant))
}
