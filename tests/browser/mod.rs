//! The shop through Chromium: bought with and without JavaScript, walked by keyboard, looked at by axe.

mod driver;
mod purchase;
mod accessibility;

pub use driver::{Browser, Look};
