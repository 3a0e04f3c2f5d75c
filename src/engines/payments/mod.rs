//! Payments: gateways that take money, what they were asked for, and what came in. Only the orders room records money here.
//! Owns: payments, payment_captures, payment_refunds, payment_events

pub mod commands;
pub mod gateway;
pub mod model;
pub mod queries;

pub use gateway::{BankTransfer, Gateway, OrderFacts, Started};
pub use model::{CaptureRefused, Captured, Method, Payment, PaymentState, Sums};
