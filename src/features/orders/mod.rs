//! Orders: what was bought, paid and shipped, and everything that happened to it since.
//! Owns: orders, order_lines, order_discounts, order_taxes, fulfilments, fulfilment_lines, order_timeline, counters, order_batches, order_views, forgotten_orders

mod admin;
mod admin_money;
pub mod batch;
mod bulk;
pub mod contact;
pub mod commands;
mod desk;
mod desk_line;
mod desk_money;
mod desk_order;
pub mod emails;
mod forms;
pub mod jobs;
mod letters;
pub mod model;
pub mod queries;
mod routes;
pub mod saved;
mod sheets;
pub mod views;

pub use forms::SOON;
pub use model::{
    Address, CancelRefused, FulfilRefused, FulfilmentStatus, NewLine, NewOrder, NoteRefused, OrderStatus, PayRefused,
    PaymentStatus, Placed, Tracking,
};
pub use routes::routes;
pub use views::DECLINED;
