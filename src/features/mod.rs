//! Rooms that people visit. Lowest room first.

pub mod catalog;
pub mod stockroom;
pub mod cart;
pub mod orders;
pub mod checkout;
pub mod content;
