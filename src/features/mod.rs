//! Rooms that people visit. Lowest room first.

pub mod catalog;
pub mod stockroom;
pub mod price_lists;
pub mod library;
pub mod customers;
pub mod elsewhere;
pub mod waitlist;
pub mod cart;
pub mod orders;
pub mod checkout;
pub mod counter;
pub mod discounts;
pub mod gift_cards;
pub mod content;
pub mod clientele;
pub mod messages;
pub mod privacy;
pub mod account;
