//! Acts on orders. Each locks its order first, keeps stock and money with it, and says what happened.

mod batches;
mod ending;
mod paying;
mod placing;
mod settling;
mod shipping;
mod standing;

pub use batches::keep_batch;
pub use ending::{cancel, expire_unpaid, remind_due};
pub use paying::{PaidFor, capture, mark_paid, pay_order, refund, void};
pub use placing::{Pays, create};
pub use settling::settle;
pub use shipping::{fulfil, fulfil_rest};
pub use standing::add_note;
