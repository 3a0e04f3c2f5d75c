//! Acts on orders. Each locks its order first, keeps stock and money with it, and says what happened.

mod batches;
mod booking;
mod cards;
mod contact;
mod crediting;
mod delivering;
mod ending;
mod forgetting;
mod letters;
mod owning;
mod paying;
mod placing;
mod promising;
mod refunding;
mod settling;
mod shipping;
mod standing;

pub use batches::keep_batch;
pub use booking::{book_capture, book_refund, book_void, give_flagged_back, send_refunds_again};
pub use cards::{CardsDue, deliver_cards, hold_cards_due};
pub use contact::change_contact;
pub use ending::{cancel, expire_unpaid, remind_due};
pub use forgetting::{anonymise, forget_person, reduce};
pub use letters::send_letter;
pub use owning::{adopt, hand_over};
pub use paying::{PaidFor, capture, mark_paid, pay_order, void};
pub use placing::{Pays, create};
pub use refunding::{Refund, RefundTo, refund};
pub use settling::{settle, write_down};
pub use shipping::{fulfil, fulfil_rest};
pub use standing::add_note;
