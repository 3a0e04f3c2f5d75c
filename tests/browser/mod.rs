//! The shop through Chromium: bought with and without JavaScript, walked by keyboard, looked at by axe.

mod desk;
mod desk_pages;
mod account;
mod driver;
mod editor;
mod inbox;
mod palette;
mod paying;
mod purchase;
mod accessibility;
mod validity;

pub use driver::{Browser, Look};
