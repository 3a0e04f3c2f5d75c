//! Acts on orders. Each locks its order first, keeps stock and money with it, and says what happened.

mod batches;
mod contact;
mod ending;
mod letters;
mod paying;
mod placing;
mod settling;
mod shipping;
mod standing;

pub use batches::keep_batch;
pub use contact::change_contact;
pub use ending::{cancel, expire_unpaid, remind_due};
pub use letters::send_letter;
pub use paying::{PaidFor, book_refund, capture, give_flagged_back, mark_paid, pay_order, refund, send_refunds_again, void};
pub use placing::{Pays, create};
pub use settling::settle;
pub use shipping::{fulfil, fulfil_rest};
pub use standing::add_note;
