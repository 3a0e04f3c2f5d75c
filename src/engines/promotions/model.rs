//! What a promotion is: its conditions, benefits, limits; and the facts of a basket that they are held against.

use serde::{Deserialize, Serialize};

use super::refusals::SaveRefused;
use crate::platform::base::{
    CategoryId, Country, CustomerGroupId, Moment, ProductId, PromotionId, PromotionLaneId, Rate, text_enum,
};
use crate::platform::i18n::{Said, Wording};

/// The most conditions, benefits or steps of one promotion.
pub const MOST_ROWS: usize = 20;
/// The most that is given or asked for in minor units.
pub const MOST: i64 = 100_000_000_000;
/// Letters and digits of a code at most.
pub const LONGEST_CODE: usize = 40;

text_enum! {
    /// Whether a promotion is used at all.
    Status { Draft = "draft", Active = "active", Paused = "paused" }
}

/// Which goods are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goods {
    #[default]
    All,
    Products(Vec<ProductId>),
    /// With those below them.
    Categories(Vec<CategoryId>),
    Tags(Vec<String>),
}

impl Goods {
    pub fn has(&self, item: &Item) -> bool {
        match self {
            Goods::All => true,
            Goods::Products(ids) => ids.contains(&item.product),
            Goods::Categories(ids) => ids.iter().any(|id| item.categories.contains(id)),
            Goods::Tags(tags) => tags.iter().any(|tag| item.tags.iter().any(|own| own.to_lowercase() == tag.to_lowercase())),
        }
    }

    fn is_named(&self) -> bool {
        match self {
            Goods::All => true,
            Goods::Products(ids) => !ids.is_empty(),
            Goods::Categories(ids) => !ids.is_empty(),
            Goods::Tags(tags) => !tags.is_empty(),
        }
    }
}

/// What must be true of a basket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Condition {
    /// Goods for so much, in minor units, before promotions.
    Subtotal { at_least: i64, of: Goods },
    /// So many pieces.
    Quantity { at_least: i64, of: Goods },
    /// The customer is in one of these groups.
    Groups { groups: Vec<CustomerGroupId> },
    /// Nobody ordered before with this account or address.
    FirstOrder,
    /// Sent to one of these countries.
    Countries { countries: Vec<Country> },
}

/// What is taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    Percent(Rate),
    /// Minor units.
    Amount(i64),
}

text_enum! {
    /// What the steps of tiers are counted in: minor units of goods, or pieces.
    Basis { Subtotal = "subtotal", Quantity = "quantity" }
}

/// What a promotion gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Benefit {
    Percent {
        rate: Rate,
        of: Goods,
    },
    /// Once off all of them together, or off each piece.
    Amount {
        amount: i64,
        each: bool,
        of: Goods,
    },
    /// Each piece costs this, if it costs more.
    FixedPrice {
        price: i64,
        of: Goods,
    },
    /// Sending costs nothing; `at_most` (minor units): no more than that is taken off.
    FreeShipping {
        at_most: Option<i64>,
    },
    /// Who buys so many pieces gets so many others, the cheapest, for less; `times`: at most so often in an order.
    BuyGet {
        buy: i64,
        buy_of: Goods,
        get: i64,
        get_of: Goods,
        rate: Rate,
        times: Option<i64>,
    },
    /// So many pieces of a product for nothing.
    Gift {
        product: ProductId,
        pieces: i64,
    },
    /// The highest step that is reached counts.
    Tiers {
        by: Basis,
        of: Goods,
        steps: Vec<(i64, Off)>,
    },
}

/// How often a promotion may be used; `None`: as often as one likes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    pub overall: Option<i32>,
    pub per_code: Option<i32>,
    pub per_customer: Option<i32>,
}

/// A promotion as staff typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionDraft {
    pub name: String,
    /// In other languages than the shop's main one.
    pub names: Said,
    pub lane: PromotionLaneId,
    pub status: Status,
    /// Whether a code must be typed.
    pub coded: bool,
    pub starts_at: Option<Moment>,
    pub ends_at: Option<Moment>,
    /// Whether all conditions must hold, or any of them.
    pub match_all: bool,
    pub conditions: Vec<Condition>,
    pub benefits: Vec<Benefit>,
    pub limits: Limits,
}

impl PromotionDraft {
    /// What shoppers read.
    pub fn called(&self) -> Wording {
        Wording::new(self.name.clone(), self.names.clone())
    }

    /// Checks it before it is kept.
    pub fn check(&self) -> Result<(), SaveRefused> {
        let fits = |amount: i64| (1..=MOST).contains(&amount);
        let rate = |rate: Rate| (1..=1_000_000).contains(&rate.0);
        let off = |off: Off| match off {
            Off::Percent(percent) => rate(percent),
            Off::Amount(amount) => fits(amount),
        };
        if self.name.trim().is_empty() {
            return Err(SaveRefused::Unnamed);
        }
        if matches!((self.starts_at, self.ends_at), (Some(from), Some(until)) if until <= from) {
            return Err(SaveRefused::Dates);
        }
        if self.benefits.is_empty() {
            return Err(SaveRefused::NoBenefit);
        }
        for (at, condition) in self.conditions.iter().enumerate() {
            let good = match condition {
                Condition::Subtotal { at_least, of } | Condition::Quantity { at_least, of } => fits(*at_least) && of.is_named(),
                Condition::Groups { groups } => !groups.is_empty(),
                Condition::Countries { countries } => !countries.is_empty(),
                Condition::FirstOrder => true,
            };
            if !good {
                return Err(SaveRefused::Condition(at));
            }
        }
        for (at, benefit) in self.benefits.iter().enumerate() {
            let good = match benefit {
                Benefit::Percent { rate: percent, of } => rate(*percent) && of.is_named(),
                Benefit::Amount { amount, of, .. } => fits(*amount) && of.is_named(),
                Benefit::FixedPrice { price, of } => (0..=MOST).contains(price) && of.is_named(),
                Benefit::FreeShipping { at_most } => at_most.is_none_or(fits),
                Benefit::BuyGet { buy, buy_of, get, get_of, rate: percent, times } => {
                    let few = |pieces: i64| (1..=9999).contains(&pieces);
                    few(*buy) && few(*get) && buy_of.is_named() && get_of.is_named() && rate(*percent) && times.is_none_or(few)
                }
                Benefit::Gift { pieces, .. } => (1..=9999).contains(pieces),
                Benefit::Tiers { of, steps, .. } => {
                    let rising = steps.windows(2).all(|pair| pair[0].0 < pair[1].0);
                    let whole = steps.iter().all(|(from, step)| fits(*from) && off(*step));
                    of.is_named() && !steps.is_empty() && steps.len() <= MOST_ROWS && rising && whole
                }
            };
            if !good {
                return Err(SaveRefused::Benefit(at));
            }
        }
        Ok(())
    }

    /// Whether it may be used at this moment.
    pub fn runs_at(&self, now: Moment) -> bool {
        let begun = self.starts_at.is_none_or(|from| from <= now);
        self.status == Status::Active && begun && self.ends_at.is_none_or(|until| now < until)
    }
}

/// A promotion that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promotion {
    pub id: PromotionId,
    pub draft: PromotionDraft,
    /// Where its lane stands among the lanes.
    pub lane_position: i32,
    pub version: i32,
}

/// A lane: of all promotions in it an item gets the best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    pub id: PromotionLaneId,
    pub name: String,
    pub promotions: i64,
}

/// A line of a basket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub product: ProductId,
    /// With those above them.
    pub categories: Vec<CategoryId>,
    pub tags: Vec<String>,
    /// Minor units.
    pub unit_price: i64,
    pub quantity: i64,
    /// What staff took off the line, in minor units.
    pub discount: i64,
}

impl Item {
    /// What it costs before promotions.
    pub fn total(&self) -> i64 {
        self.unit_price.saturating_mul(self.quantity).saturating_sub(self.discount).max(0)
    }
}

/// What is known of a basket and its shopper.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub items: Vec<Item>,
    /// What sending costs; `None`: not known yet, or nothing is sent.
    pub shipping: Option<i64>,
    pub country: Option<Country>,
    pub groups: Vec<CustomerGroupId>,
    /// Whether they never ordered before; `None` while nobody knows who they are.
    pub first_order: Option<bool>,
    pub now: Moment,
}

/// Which limit is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spent {
    /// The promotion's or the code's own.
    ByAll,
    /// This shopper's.
    ByShopper,
}

/// A promotion that may apply to a basket: an automatic one, or one whose code was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub promotion: Promotion,
    /// As it is kept: in capitals.
    pub code: Option<String>,
    pub spent: Option<Spent>,
}

/// All that may apply, and the codes that nobody knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub found: Vec<Found>,
    pub unknown: Vec<String>,
}

impl Standing {
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.unknown.is_empty()
    }
}

/// A code as it is kept and compared: in capitals, without what people type between groups; `None` for what is no code.
pub fn normal_code(typed: &str) -> Option<String> {
    let code: String = typed.trim().to_uppercase().chars().filter(|c| !c.is_whitespace()).collect();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    // The first is no sign, so that no cell of a table begins like a formula.
    let begins_well = code.starts_with(char::is_alphanumeric);
    (begins_well && code.chars().count() <= LONGEST_CODE && code.chars().all(fits)).then_some(code)
}
