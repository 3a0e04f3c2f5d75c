//! What promotions do to a cart: the facts they are held against, read in as few queries as it takes.

use super::model::Line;
use super::quoting::Terms;
use crate::engines::pricing::Reach;
use crate::engines::promotions::queries::Shopper;
use crate::engines::promotions::{Applied, Facts, Item, Standing, apply, queries};
use crate::platform::base::{Broke, CartId, ProductId};
use crate::platform::db::Conn;

/// Promotions and codes that stand for a cart, with the facts.
pub(super) struct Promoting {
    standing: Standing,
    facts: Facts,
    /// The lines that are no gift cards.
    goods: Vec<usize>,
}

impl Promoting {
    /// Reads them: one query where there is no promotion and no code.
    pub async fn read(conn: &mut Conn, cart: CartId, lines: &[&Line], terms: &Terms<'_>) -> Result<Promoting, Broke> {
        let who = Shopper { email: terms.email };
        let standing = queries::standing(conn, cart, who, terms.now).await?.exchanged(&terms.shop.market.exchange);
        if standing.found.is_empty() {
            return Ok(Promoting { standing, facts: Facts::default(), goods: Vec::new() });
        }
        let mut products: Vec<ProductId> = lines.iter().map(|line| line.product).collect();
        products.sort_unstable();
        products.dedup();
        let mut goods = queries::goods(conn, &products).await?;
        let (groups, first_order) = queries::shopper(conn, cart, who).await?;
        let mut items = Vec::with_capacity(lines.len());
        for line in lines {
            let (categories, tags) = goods.entry(line.product).or_default().clone();
            // A gift card is money: nothing is taken off it, nor does it earn anything off something else.
            let unit_price = if line.gift_card { 0 } else { line.price };
            let (product, quantity) = (line.product, i64::from(line.quantity));
            items.push(Item { product, categories, tags, unit_price, quantity, discount: line.discount });
        }
        let facts = Facts { items, shipping: None, country: Some(terms.to.country), groups, first_order, now: terms.now };
        let goods = (0..lines.len()).filter(|at| !lines[*at].gift_card).collect();
        Ok(Promoting { standing, facts, goods })
    }

    /// What is taken off where sending costs this much; `None`: it is not known, or nothing is sent.
    pub fn apply(&mut self, shipping: Option<i64>) -> Applied {
        self.facts.shipping = shipping;
        let mut applied = apply(&self.standing, &self.facts);
        for discount in &mut applied.discounts {
            if let Reach::Lines(lines) = &mut discount.reach {
                lines.retain(|line| self.goods.contains(line));
            }
        }
        applied.discounts.retain(|discount| discount.reach != Reach::Lines(Vec::new()));
        applied
    }
}
