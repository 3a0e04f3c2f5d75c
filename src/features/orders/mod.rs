//! Orders: what was bought, paid and shipped, and everything that happened to it since.
//! Owns: orders, order_lines, order_taxes, fulfilments, fulfilment_lines, order_timeline, counters

pub mod commands;
pub mod model;
pub mod queries;

pub use model::{
    Address, CancelRefused, FulfilRefused, FulfilmentStatus, NewLine, NewOrder, NoteRefused, OrderStatus, PayRefused,
    PaymentStatus, Placed, Tracking,
};
