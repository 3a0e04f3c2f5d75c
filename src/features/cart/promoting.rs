//! What promotions do to a cart: the facts they are held against, read in as few queries as it takes.

use super::model::Line;
use super::quoting::Terms;
use crate::engines::promotions::queries::Shopper;
use crate::engines::promotions::{Applied, Facts, Item, Standing, apply, queries};
use crate::platform::base::{Broke, CartId, ProductId};
use crate::platform::db::Conn;

/// Promotions and codes that stand for a cart, with the facts.
pub(super) struct Promoting {
    standing: Standing,
    facts: Facts,
}

impl Promoting {
    /// Reads them: one query where there is no promotion and no code.
    pub async fn read(conn: &mut Conn, cart: CartId, lines: &[&Line], terms: &Terms<'_>) -> Result<Promoting, Broke> {
        let who = Shopper { email: terms.email };
        let standing = queries::standing(conn, cart, who, terms.now).await?;
        if standing.found.is_empty() {
            return Ok(Promoting { standing, facts: Facts::default() });
        }
        let mut products: Vec<ProductId> = lines.iter().map(|line| line.product).collect();
        products.sort_unstable();
        products.dedup();
        let mut goods = queries::goods(conn, &products).await?;
        let (groups, first_order) = queries::shopper(conn, cart, who).await?;
        let mut items = Vec::with_capacity(lines.len());
        for line in lines {
            let (categories, tags) = goods.entry(line.product).or_default().clone();
            let (product, unit_price, quantity) = (line.product, line.price, i64::from(line.quantity));
            items.push(Item { product, categories, tags, unit_price, quantity, discount: line.discount });
        }
        let facts = Facts { items, shipping: None, country: Some(terms.to.country), groups, first_order, now: terms.now };
        Ok(Promoting { standing, facts })
    }

    /// What is taken off where sending costs this much; `None`: it is not known, or nothing is sent.
    pub fn apply(&mut self, shipping: Option<i64>) -> Applied {
        self.facts.shipping = shipping;
        apply(&self.standing, &self.facts)
    }
}
