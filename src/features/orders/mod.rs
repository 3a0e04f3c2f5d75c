//! Orders: what was bought, paid and shipped, and everything that happened to it since.
//! Owns: orders, order_deliveries, order_lines, order_line_parts, order_discounts, order_taxes, order_tax_standings, fulfilments, fulfilment_lines, order_timeline, counters, order_batches, order_views, forgotten_orders

mod admin;
mod admin_labels;
mod admin_money;
pub mod batch;
mod bulk;
pub mod contact;
pub mod commands;
pub mod delivery;
mod credit_view;
mod desk;
mod desk_labels;
mod desk_line;
mod desk_money;
mod desk_order;
mod desk_sending;
pub mod emails;
mod forms;
pub mod jobs;
mod letters;
pub mod model;
mod placed;
pub mod origins;
pub mod queries;
mod routes;
pub mod saved;
mod sheets;
pub mod views;

pub use delivery::Delivery;
pub use forms::SOON;
pub use model::{
    Address, CancelRefused, FulfilRefused, FulfilmentStatus, NewLine, NewOrder, NewPart, NoteRefused, OrderStatus, PayRefused,
    PaymentStatus, Placed, Tracking,
};
pub use placed::CreateRefused;
pub use routes::routes;
pub use views::DECLINED;
