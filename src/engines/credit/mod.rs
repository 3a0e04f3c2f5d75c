//! Credit: gift cards and the store credit of customers. Accounts that pay, each with a ledger whose sum is its balance, never below zero.
//! Owns: credit_accounts, credit_movements, credit_holds, gift_cards, gift_card_terms

mod cards;
mod code;
pub mod commands;
pub mod model;
pub mod queries;

pub use cards::{
    NewCard, card_to_use, disable, enable, expiry, extend, issue, link, mark_shown, name_recipient, renew_code, set_years,
    take_back,
};
pub use code::{Code, CodeHash};
pub use model::{CardRefused, CreditShort, Kind, Movement, Part, Source, TakeRefused, spread};
