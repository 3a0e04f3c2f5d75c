//! What a cart holds, what has changed since, and what may be put in it.

use crate::engines::inventory::Wait;
use crate::engines::pricing::Content;
use crate::engines::shipping::{Piece, Ready};
use crate::features::catalog::model::BundlePart;
use crate::platform::base::{CartLineId, Currency, Message, Money, ProductId, Quantity, Refusal, TaxClassId, VariantId};
use crate::platform::i18n::Wording;
use crate::platform::media::Picture;

/// Days a cart is kept after it was last touched.
pub const KEEP_DAYS: i64 = 30;
/// Different things one cart may hold; bounds what a page has to show.
pub const MAX_LINES: usize = 100;
/// Codes one cart may hold.
pub const MAX_CODES: usize = 10;

/// How many of a thing this shopper can still have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saleable {
    /// Not counted: never runs out.
    Endless,
    /// So many pieces; never negative.
    Pieces(i64),
}

impl Saleable {
    pub fn covers(self, quantity: i32) -> bool {
        match self {
            Saleable::Endless => true,
            Saleable::Pieces(left) => i64::from(quantity) <= left,
        }
    }

    /// The pieces left; `None` when they are not counted.
    pub fn left(self) -> Option<i64> {
        match self {
            Saleable::Endless => None,
            Saleable::Pieces(left) => Some(left),
        }
    }
}

/// A line of a cart with what the catalogue and the shelf say now.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: CartLineId,
    pub variant: VariantId,
    pub product: ProductId,
    pub quantity: i32,
    /// Of the market where the cart buys; all amounts are in it.
    pub currency: Currency,
    /// What it cost when the shopper put it in or last agreed to a price; where its market closed since, in another currency.
    pub seen: Money,
    /// Minor units; what a piece costs now, in this number and for whoever's cart it is.
    pub price: i64,
    pub compare_at: Option<i64>,
    /// Minor units; what staff took off the line, never more than it costs.
    pub discount: i64,
    pub title: Wording,
    pub variant_title: Wording,
    /// Empty when it has none.
    pub sku: String,
    pub handle: String,
    /// What is in a piece, where its price is told by it.
    pub content: Option<Content>,
    pub weight_grams: i32,
    pub requires_shipping: bool,
    pub taxable: bool,
    /// `None`: the shop's usual class.
    pub tax_class: Option<TaxClassId>,
    /// Whether it is a gift card: sent by mail, and taxed when it is used.
    pub gift_card: bool,
    /// Whether the product is shown in the shop and the variant is not archived.
    pub offered: bool,
    pub saleable: Saleable,
    /// What of it is not there yet.
    pub wait: Option<Wait>,
    /// What a bundle is made of.
    pub parts: Vec<BundlePart>,
    /// The variant's own picture, else the first of its product.
    pub picture: Option<Picture>,
}

/// Why a line cannot be bought as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No longer offered.
    Withdrawn,
    SoldOut,
    /// Fewer are left than the line asks for.
    Short {
        left: i64,
    },
}

impl Line {
    pub fn trouble(&self) -> Option<Trouble> {
        match self.saleable {
            _ if !self.offered => Some(Trouble::Withdrawn),
            Saleable::Pieces(0) => Some(Trouble::SoldOut),
            Saleable::Pieces(left) if left < i64::from(self.quantity) => Some(Trouble::Short { left }),
            _ => None,
        }
    }

    /// Whether the price is another than the shopper has seen.
    pub fn price_changed(&self) -> bool {
        self.seen != Money::new(self.price, self.currency)
    }

    /// What it costs after its discount, in minor units.
    pub fn total_after(&self) -> i64 {
        self.total().saturating_sub(self.discount)
    }

    /// An amount beside its price, seen as whoever pays `unit` for a piece sees it: with or without tax.
    pub fn as_charged(&self, unit: i64, amount: i64) -> i64 {
        if unit == self.price || self.price <= 0 {
            return amount;
        }
        let (amount, unit, price) = (i128::from(amount), i128::from(unit), i128::from(self.price));
        i64::try_from((2 * amount * unit + price) / (2 * price)).unwrap_or(i64::MAX)
    }

    /// What the shopper has seen, as whoever pays `unit` for a piece sees it.
    pub fn seen_as_charged(&self, unit: i64) -> Money {
        match self.seen.currency == self.currency {
            true => Money::new(self.as_charged(unit, self.seen.amount), self.currency),
            false => self.seen,
        }
    }

    /// As it is sent.
    pub fn piece(&self) -> Piece {
        let (product, quantity, grams) = (self.product, self.quantity, self.weight_grams);
        let ready = self.wait.as_ref().map_or(Ready::Now, |wait| wait.on.map_or(Ready::Unknown, Ready::On));
        Piece { product, quantity, grams, total: self.total_after(), sent: self.requires_shipping, ready }
    }

    /// Before its discount, in minor units.
    pub fn total(&self) -> i64 {
        self.price.saturating_mul(i64::from(self.quantity))
    }
}

impl Refusal for Trouble {
    fn message(&self) -> Message {
        match self {
            Trouble::Withdrawn => Message::new("cart-withdrawn"),
            Trouble::SoldOut => Message::new("cart-sold-out"),
            Trouble::Short { left } => Message::new("cart-only-left").count("count", *left),
        }
    }
}

/// Why a thing is not put in the cart or not in that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityRefused {
    /// No longer offered, or never was.
    Withdrawn,
    SoldOut,
    /// Fewer are left than asked for.
    OnlyLeft {
        left: i64,
        held: i32,
    },
    /// More than a line can hold.
    TooMany,
    /// The cart holds as many different things as it can.
    CartFull,
}

impl Refusal for QuantityRefused {
    fn message(&self) -> Message {
        match *self {
            QuantityRefused::Withdrawn => Message::new("cart-withdrawn"),
            QuantityRefused::SoldOut => Message::new("cart-sold-out"),
            QuantityRefused::OnlyLeft { left, held: 0 } => Message::new("cart-only-left").count("count", left),
            QuantityRefused::OnlyLeft { left, held } => {
                Message::new("cart-only-left-held").count("count", left).count("held", held)
            }
            QuantityRefused::TooMany => Message::new("cart-too-many").count("count", Quantity::MAX),
            QuantityRefused::CartFull => Message::new("cart-full").count("count", MAX_LINES as i64),
        }
    }
}

/// Why a code is not put in the cart; whether it counts is found out later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefused {
    Empty,
    /// No code looks like that.
    Odd,
    /// The cart holds as many as it can.
    TooMany,
}

impl Refusal for CodeRefused {
    fn message(&self) -> Message {
        match self {
            CodeRefused::Empty => Message::new("cart-code-empty"),
            CodeRefused::Odd => Message::new("promotions-unknown"),
            CodeRefused::TooMany => Message::new("cart-codes-full"),
        }
    }
}

/// How many a line holds after adding, never more than can be sold.
pub fn quantity_after_adding(saleable: Saleable, held: i32, extra: Quantity) -> Result<Quantity, QuantityRefused> {
    let wanted = Quantity::new(held.saturating_add(extra.get())).ok_or(QuantityRefused::TooMany)?;
    fitting(saleable, held, wanted)
}

/// How many a line holds after its number is set: fewer than before is always fine.
pub fn quantity_after_setting(saleable: Saleable, held: i32, wanted: Quantity) -> Result<Quantity, QuantityRefused> {
    if wanted.get() <= held { Ok(wanted) } else { fitting(saleable, 0, wanted) }
}

/// How many a line holds when two carts become one: both together up to what can be sold, and never fewer than the larger held.
/// What cannot be had any more stays and says so.
pub fn quantity_after_joining(saleable: Saleable, held: i32, more: i32) -> Quantity {
    let (sum, larger) = (held.saturating_add(more), held.max(more));
    let wanted = match saleable.left() {
        None => sum,
        Some(left) => sum.min(i32::try_from(left).unwrap_or(i32::MAX)).max(larger),
    };
    Quantity::new(wanted.clamp(1, Quantity::MAX)).unwrap_or(Quantity::ONE)
}

fn fitting(saleable: Saleable, held: i32, wanted: Quantity) -> Result<Quantity, QuantityRefused> {
    match saleable {
        saleable if saleable.covers(wanted.get()) => Ok(wanted),
        Saleable::Endless => Ok(wanted),
        Saleable::Pieces(0) => Err(QuantityRefused::SoldOut),
        Saleable::Pieces(left) => Err(QuantityRefused::OnlyLeft { left, held }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(count: i32) -> Quantity {
        Quantity::new(count).expect("in range")
    }

    #[test]
    fn adding_stops_at_what_is_left() {
        let three = Saleable::Pieces(3);
        assert_eq!(quantity_after_adding(three, 1, pieces(2)), Ok(pieces(3)));
        assert_eq!(quantity_after_adding(three, 2, pieces(2)), Err(QuantityRefused::OnlyLeft { left: 3, held: 2 }));
        assert_eq!(quantity_after_adding(Saleable::Pieces(0), 0, pieces(1)), Err(QuantityRefused::SoldOut));
        assert_eq!(quantity_after_adding(Saleable::Endless, 9999, pieces(1)), Err(QuantityRefused::TooMany));
    }

    #[test]
    fn two_carts_hold_together_what_can_be_had_and_lose_nothing() {
        assert_eq!(quantity_after_joining(Saleable::Endless, 2, 3), pieces(5));
        assert_eq!(quantity_after_joining(Saleable::Pieces(9), 2, 3), pieces(5));
        assert_eq!(quantity_after_joining(Saleable::Pieces(4), 2, 3), pieces(4));
        assert_eq!(quantity_after_joining(Saleable::Pieces(0), 2, 3), pieces(3));
        assert_eq!(quantity_after_joining(Saleable::Endless, 9999, 1), pieces(9999));
    }

    #[test]
    fn less_is_always_fine() {
        assert_eq!(quantity_after_setting(Saleable::Pieces(0), 5, pieces(2)), Ok(pieces(2)));
        assert_eq!(
            quantity_after_setting(Saleable::Pieces(3), 2, pieces(4)),
            Err(QuantityRefused::OnlyLeft { left: 3, held: 0 })
        );
    }
}
