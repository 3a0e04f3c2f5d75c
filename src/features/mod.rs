//! Rooms that people visit. Lowest room first.

pub mod catalog;
pub mod cart;
pub mod orders;
