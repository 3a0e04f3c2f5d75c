//! Promotions: what takes something off a price, when, and how often. Lanes apply one after another on what is left.
//! Owns: promotions, promotion_lanes, promotion_codes, promotion_code_lots, promotion_uses

pub mod applying;
#[cfg(test)]
mod applying_tests;
pub mod codes;
pub mod commands;
mod exchanging;
mod judging;
pub mod lots;
pub mod model;
pub mod queries;
pub mod refusals;
mod taking;
pub mod uses;

pub use applying::{Applied, GiftOffer, apply};
pub use model::{
    Basis, Benefit, Condition, Facts, Found, Goods, Item, Lane, Limits, Off, Promotion, PromotionDraft, Spent, Standing, Status,
};
pub use refusals::{CodeRefused, SaveRefused, Unmet, UsedUp};
