//! The shop through Chromium: bought with and without JavaScript, walked by keyboard, looked at by axe.

mod desk;
mod desk_pages;
mod account;
mod discounts;
mod driver;
mod editor;
mod gift_cards;
mod inbox;
mod markets;
mod palette;
mod paying;
mod price_lists;
mod privacy;
mod purchase;
mod staff_door;
mod accessibility;
mod validity;
mod ways_in;

pub use driver::{Browser, Look};
