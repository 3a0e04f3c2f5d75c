//! Payments: gateways that take money, what they were asked for, and what came in. Only the orders room records money here.
//! Owns: payments, payment_captures, payment_refunds, payment_events, payment_methods, test_card_charges, test_card_answers

pub mod commands;
pub mod gateway;
mod gateways;
pub mod model;
mod offline;
pub mod queries;
mod report;
pub mod sessions;
pub mod test_card;

pub use gateway::{Ask, Authorisation, Gateway, Known, Session, Trouble};
pub use gateways::Gateways;
pub use model::{Attention, Capture, CaptureRefused, Captured, Method, Payment, PaymentState, RefundRefused, Sums, VoidRefused};
pub use offline::{BankTransfer, CashOnDelivery};
pub use report::{Notice, Report, Standing, WebhookRefused};
