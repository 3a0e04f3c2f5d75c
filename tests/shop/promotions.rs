//! Discounts: what a shopper pays, why a code does not count, that a use is given once, and how staff make them.

mod cart;
mod desk;
mod races;
pub mod steps;
mod trial;
